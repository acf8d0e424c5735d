"""How the list of built-in scenarios is told."""

from __future__ import annotations

from detente.report.page import Column, Page, Paragraph, Table
from detente.scenario.model import Scenario


def page(known: tuple[Scenario, ...]) -> Page:
    """Name, title and size of each scenario."""
    columns = (
        Column("Name", fixed=True),
        Column("Title"),
        Column("Parties", "right", fixed=True),
        Column("Options", "right", fixed=True),
        Column("Strategies", "right", fixed=True),
    )
    rows = tuple(
        (one.id, one.title, str(len(one.parties)), str(len(one.options)), str(len(one.strategies)))
        for one in known
    )
    return Page(
        "Built-in scenarios",
        (Table(columns, rows), Paragraph("Look into one with: detente overview NAME.")),
    )
