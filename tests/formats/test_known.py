"""Formats are rows: their names and endings tell one from another, and each draws a page."""

from __future__ import annotations

import pytest

from detente.errors import DetenteError, UnknownNameError
from detente.formats.known import FORMATS, NAMES, Look, named, of_ending
from detente.report.page import Page, Paragraph

PAGE = Page("A title", (Paragraph("Ünïcode words."),))


def test_no_two_rows_share_a_name_or_an_ending() -> None:
    endings = [ending for row in FORMATS for ending in row.endings]
    assert len(set(endings)) == len(endings)
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("row", [row for row in FORMATS if row.draw], ids=lambda row: row.name)
def test_every_row_draws_a_page_in_letters_that_can_be_shown(row) -> None:
    drawn = row.draw(PAGE, Look(encoding="ascii"))
    assert "A title" in drawn
    drawn.encode("ascii")


@pytest.mark.parametrize(
    ("ending", "name"), [("", "terminal"), (".HTM", "html"), (".json", "json"), (".md", "markdown")]
)
def test_an_ending_stands_for_a_format(ending: str, name: str) -> None:
    assert of_ending(ending).name == name


def test_what_stands_for_none_is_refused_with_what_is_known() -> None:
    with pytest.raises(
        DetenteError, match=r"'\.pdf' stands for no format; nothing was written.*\.html, \.htm, or add"
    ):
        of_ending(".pdf")
    with pytest.raises(UnknownNameError, match="Did you mean 'terminal'"):
        named("terminals")
