"""Ask a question by its word, with arguments that were checked first."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from detente import arguments, catalogue, library
from detente.answers.answer import Answer
from detente.catalogue import Question
from detente.errors import DetenteError
from detente.interrupts import at_safe_places
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
    values = _values(row, scenario, given, progress)
    if progress is not None:
        values["progress"] = progress
    answer: Answer = catalogue.resolve(row.function)(scenario, **values)
    return answer


def tells_progress(row: Question) -> bool:
    """Whether a question says how far it has come."""
    return "progress" in inspect.signature(catalogue.resolve(row.function)).parameters


def asking(row: Question) -> Callable[..., Answer]:
    """The function of a question as the package offers it.

    It takes the name or the path of a scenario as well as a scenario, a single name where there may be several,
    and refuses what every door refuses.
    """
    function = catalogue.resolve(row.function)
    signature = inspect.signature(function)
    known = {parameter.keyword for parameter in row.parameters}

    @functools.wraps(function)
    def asks(*values: Any, **named: Any) -> Answer:
        given = signature.bind(*values, **named).arguments
        given["scenario"] = opened(given["scenario"], row.word)
        chosen = {keyword: value for keyword, value in given.items() if keyword in known}
        complete = {**given, **_values(row, given["scenario"], chosen, given.get("progress"))}
        with at_safe_places():
            answer: Answer = function(**complete)
        return answer

    return asks


def opened(given: Any, word: str) -> Scenario:
    """A scenario, opened where it was only named.

    Raises
    ------
    DetenteError
        For what is neither; `word` says what it was wanted for.
    """
    if isinstance(given, Scenario):
        return given
    if isinstance(given, str | os.PathLike):
        return library.open(given)
    raise DetenteError(
        f"{word} is asked of a scenario, not of a {type(given).__name__}. "
        f'Write e.g. detente.{word}(detente.load("{library.builtin()[0]}")).'
    )


def _values(
    row: Question,
    scenario: Scenario,
    given: Mapping[str, Any],
    progress: Callable[[str, float], None] | None = None,
) -> dict[str, Any]:
    """The values that were given, read; events from their file."""
    values = arguments.read(row, given)
    for parameter in row.parameters:
        value = values.get(parameter.keyword)
        if parameter.kind == "events" and isinstance(value, str | os.PathLike):
            values[parameter.keyword] = read_events(value, scenario, progress)
    return values


def read_events(
    path: str | os.PathLike[str],
    scenario: Scenario,
    progress: Callable[[str, float], None] | None = None,
) -> Record:
    """Coded events between the parties of a scenario, for `relations`.

    Parameters
    ----------
    path : str or path
        A file in the layout of ICEWS, GDELT or POLECAT, or a table with date, source, target and goldstein;
        plain, gzipped or zipped.
    scenario : Scenario
        Its parties are known by id, name and `iso` code, and by every name and code of the same state.
    progress : callable, optional
        Told, now and then, how far reading has come.

    Raises
    ------
    ScenarioError
        The file is missing, is no known layout, or holds rows that cannot be read, each with its line.
    """
    from detente.exchange import events

    return events.read_events(os.fspath(path), events.names_of(scenario), progress)
