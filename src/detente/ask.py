"""Ask a question by its word, with arguments that were checked first."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from detente import arguments, catalogue
from detente.answers.answer import Answer
from detente.scenario.model import Scenario

if TYPE_CHECKING:
    from detente.network.history import Record


def ask(
    word: str, scenario: Scenario, progress: Callable[[str, float], None] | None = None, **given: Any
) -> Answer:
    """Ask a question by its word.

    Parameters
    ----------
    word : str
        A question of the catalogue.
    scenario : Scenario
    progress : callable, optional
        Told what is being done and which share of it is done, by questions that take long.
    given
        The question's parameters, as values or as the text that somebody typed.

    Raises
    ------
    UnknownNameError
        For a question or a parameter that does not exist.
    DetenteError
        For a value that cannot be meant, or a question that this scenario cannot answer.
    """
    row = catalogue.question(word)
    values = arguments.read(row, given)
    for parameter in row.parameters:
        value = values.get(parameter.keyword)
        if parameter.kind == "events" and isinstance(value, str | os.PathLike):
            values[parameter.keyword] = read_events(value, scenario)
    if progress is not None:
        values["progress"] = progress
    answer: Answer = catalogue.resolve(row.function)(scenario, **values)
    return answer


def read_events(path: str | os.PathLike[str], scenario: Scenario) -> Record:
    """Coded events between the parties of a scenario, for `relations`.

    Parameters
    ----------
    path : str or path
        A file in the layout of ICEWS, GDELT or POLECAT, or a table with date, source, target and goldstein;
        plain or gzipped.
    scenario : Scenario
        Its parties are known by id, name and `iso` code, and by every name and code of the same state.

    Raises
    ------
    ScenarioError
        The file is missing, is no known layout, or holds rows that cannot be read, each with its line.
    """
    from detente.exchange import events

    return events.read_events(os.fspath(path), events.names_of(scenario))
