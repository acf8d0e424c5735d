"""What a shell offers on Tab: scenarios, and the names that the scenario on the line knows."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable
from typing import Any

from detente import library
from detente.concepts import NAMES
from detente.errors import DetenteError
from detente.scenario.model import Scenario

Names = Callable[[Scenario], Iterable[str]]

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
    "at": lambda scenario: _levels(scenario),
    "start": lambda scenario: _levels(scenario),
    "starts": lambda scenario: _levels(scenario),
    "sets": lambda scenario: (f"{address}=" for address in scenario.addresses()),
    "subject": lambda scenario: (
        "status-quo",
        *(each.id for each in scenario.outcomes),
        *(each.id for each in scenario.strategies),
        *_levels(scenario),
    ),
}
"""Per keyword of a parameter, the names that can stand there."""


def scenarios(incomplete: str) -> list[str]:
    """Built-in scenarios and files in this folder that begin so."""
    return [name for name in (*library.builtin(), *library.here()) if name.startswith(incomplete)]


def names_for(keyword: str) -> Callable[..., list[str]] | None:
    """What completes the values of a parameter; None where nothing is known to."""
    names = KNOWN.get(keyword)
    if names is None:
        return None

    def complete(ctx: Any, incomplete: str) -> list[str]:
        try:
            with warnings.catch_warnings(action="ignore"):
                scenario = library.open_with_notices(_scenario(ctx)).scenario
        except (DetenteError, OSError):
            return []
        return [name for name in names(scenario) if name.startswith(incomplete)]

    return complete


def _scenario(ctx: Any) -> str:
    """The scenario on the line: the word after the command, before an option that waits for its value too."""
    named = ctx.params.get("scenario") or ctx.params.get("one")
    typed = os.environ.get("_TYPER_COMPLETE_ARGS") or os.environ.get("COMP_WORDS") or ""
    words = typed.split()[2:3]
    waiting = words[0] if words and not words[0].startswith("-") else library.DEFAULT
    return str(waiting if named in (None, library.DEFAULT) else named)


def _levels(scenario: Scenario) -> Iterable[str]:
    return (f"{option.id}={level}" for option in scenario.options for level in option.levels)
