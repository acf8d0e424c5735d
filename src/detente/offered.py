"""The names that a scenario offers for a parameter: what a shell completes, and what a form lets one choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from detente.concepts import NAMES
from detente.scenario.model import Scenario

Names = Callable[[Scenario], Iterable[str]]


def _levels(scenario: Scenario) -> Iterable[str]:
    return (f"{option.id}={level}" for option in scenario.options for level in option.levels)


KNOWN: dict[str, Names] = {
    "strategy": lambda scenario: (each.id for each in scenario.strategies),
    "strategies": lambda scenario: (each.id for each in scenario.strategies),
    "reach": lambda scenario: (each.id for each in scenario.strategies),
    "outcome": lambda scenario: (each.id for each in scenario.outcomes),
    "tables": lambda scenario: ("all", "none", *(each.id for each in scenario.tables)),
    "opens": lambda scenario: (each.id for each in scenario.tables),
    "shocks": lambda scenario: (each.id for each in scenario.shocks),
    "party": lambda scenario: (each.id for each in scenario.parties),
    "weaker": lambda scenario: (each.id for each in scenario.parties),
    "target": lambda scenario: (each.target for each in scenario.pressures),
    "concept": lambda scenario: NAMES,
    "concepts": lambda scenario: (*NAMES, "sim"),
    "foresight": lambda scenario: NAMES,
    "at": _levels,
    "start": _levels,
    "starts": _levels,
    "sets": lambda scenario: (f"{address}=" for address in scenario.addresses()),
    "subject": lambda scenario: (
        "status-quo",
        *(each.id for each in scenario.outcomes),
        *(each.id for each in scenario.strategies),
        *_levels(scenario),
    ),
}
"""Per keyword of a parameter, the names that can stand there."""
