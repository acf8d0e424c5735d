"""Scenarios by name or path: open one, check one, list those that come with the product."""

from __future__ import annotations

import io
import json
import os
import sys
import warnings
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import BinaryIO, NamedTuple

from detente.errors import DetenteError, DetenteWarning, Place, Problem, ScenarioError, UnknownNameError
from detente.scenario.citations import Support, support
from detente.scenario.document import parse_document, read_document, read_stream
from detente.scenario.doubts import doubts, surely_has_states
from detente.scenario.draft import Draft
from detente.scenario.dump import dumps
from detente.scenario.load import accepted, draft
from detente.scenario.model import Scenario
from detente.scenario.near import near_miss
from detente.scenario.sanity import SanityReport, report
from detente.scenario.schema import FORMAT

SCENARIO_SUFFIXES = (".yaml", ".yml", ".json", ".gmcr")
DEFAULT = "korea-2017"
"""The crisis that is asked about where none is named."""
STDIN = "-"
LONGEST_PATH = 100  # characters of a path that a message repeats


class Opened(NamedTuple):
    """A scenario, and what its reader should know about how it was read."""

    scenario: Scenario
    notices: tuple[str, ...] = ()


class Checked(NamedTuple):
    """A scenario without problems, what it adds up to, what its judgements rest on, and how it was read."""

    scenario: Scenario
    report: SanityReport
    support: Support
    notices: tuple[str, ...] = ()


def open(source: str | os.PathLike[str]) -> Scenario:
    """A crisis to ask about.

    Parameters
    ----------
    source : str or path
        The name of a built-in scenario (`detente.scenarios()` lists them), or the path of a scenario in YAML or
        JSON, or of a `.gmcr` file.

    Returns
    -------
    Scenario

    Raises
    ------
    ScenarioError
        With every problem of the file and its place.
    UnknownNameError
        When there is neither a file nor a built-in scenario of that name.
    """
    scenario, notices = open_with_notices(source)
    for notice in notices:
        warnings.warn(notice, stacklevel=2)
    return scenario


def open_with_notices(source: str | os.PathLike[str]) -> Opened:
    """As `open`, with what its reader should know about the file instead of warnings; `-` is standard input."""
    path = _find(os.fspath(source))
    _known_form(path)
    if path.suffix.lower() == ".gmcr":
        from detente.exchange.gmcr import read_gmcr

        return Opened(*read_gmcr(path))
    return Opened(accepted(_drafted(path)))


def text_of(source: str | os.PathLike[str]) -> str:
    """The text of a scenario, comments and all; written anew where it came in another form than YAML."""
    path = _find(os.fspath(source))
    scenario = open_with_notices(source if os.fspath(source) == STDIN else path).scenario
    return path.read_text("utf-8") if path.suffix in (".yaml", ".yml") else dumps(scenario)


def text_from_tables(title: str, tables: Sequence[Path], base: str | None = None) -> str:
    """The text of a scenario whose sections come from tables; what they do not hold comes from a base, if any.

    Raises
    ------
    ScenarioError
        With every problem of the tables: sheet, row and column.
    """
    from detente.exchange.table_reading import combined, sections

    begun = text_of(base) if base is not None else f"detente: {FORMAT}\ntitle: {json.dumps(title)}\n"
    file = ", ".join(map(str, tables))
    held, twice = sections(tables)
    read = draft(combined(parse_document(begun, base or file), held), file, title)
    read.problems.extend(twice)
    return dumps(accepted(read))


def check(source: str | os.PathLike[str]) -> Checked:
    """What a scenario's interests and relations add up to, what looks unintended, and what judgements rest on.

    Raises
    ------
    ScenarioError
        With every problem of the file and its place.
    """
    path = _find(os.fspath(source))
    if path.suffix.lower() == ".gmcr":
        (scenario, notices), read = open_with_notices(path), None
    else:
        _known_form(path)
        read = _drafted(path)
        scenario, notices = accepted(read), ()
    _computable(scenario, read)
    return Checked(scenario, report(scenario, read), support(scenario, read), notices)


def known(source: str) -> None:
    """Refuse a name that is neither that of a built-in scenario nor that of a file, as `open` does."""
    _find(source)


def builtin() -> tuple[str, ...]:
    """The names of the scenarios that come with the product."""
    return tuple(sorted(path.stem for path in _builtin_folder().glob("*.yaml")))


def _find(name: str) -> Path:
    """The file that a name stands for: a built-in scenario first, then a path."""
    if name == STDIN:
        return Path(STDIN)
    if name in builtin():
        _tell_of_namesakes(name)
        return _builtin_folder() / f"{name}.yaml"
    if not name.strip():
        raise DetenteError(f"the name of the scenario is empty. Name a file, or: {', '.join(builtin())}.")
    path = Path(name)
    try:
        if path.is_dir():
            raise DetenteError(f"{name} is a folder; a scenario is one file.")
        if path.exists():
            return path
        beside = _scenarios_in(path.parent)
    except PermissionError:
        raise
    except (OSError, ValueError):
        beside = ()
    shown = name if len(name) <= LONGEST_PATH else name[: LONGEST_PATH - 1] + "…"
    near = near_miss(shown, beside)
    raise UnknownNameError("scenario file or built-in scenario", shown, (near,) if near else builtin())


def _tell_of_namesakes(name: str) -> None:
    """Warn of a file of this folder that somebody may have meant by the name of a built-in scenario."""
    for file in (name, *(f"{name}{suffix}" for suffix in SCENARIO_SUFFIXES)):
        if os.path.isfile(file) and Path(file).resolve().parent != _builtin_folder().resolve():
            meant = os.path.join(".", file)
            told = f"'{name}' is the built-in scenario; for the file of that name write {meant}."
            warnings.warn(told, DetenteWarning, stacklevel=2)
            return


def here() -> tuple[str, ...]:
    """The scenario files of this folder."""
    return _scenarios_in(Path())


def _scenarios_in(folder: Path) -> tuple[str, ...]:
    """The scenario files of a folder."""
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return tuple(str(file) for file in files if file.suffix in SCENARIO_SUFFIXES)


def _drafted(path: Path) -> Draft:
    """A file read and checked; a built-in scenario goes by its name, not by where it is installed."""
    if path == Path(STDIN):
        if sys.stdin is None:
            raise DetenteError("the standard input is closed; name a file instead of -.")
        _known_stream(sys.stdin.buffer)
        return draft(read_stream(sys.stdin.buffer, "standard input"), "standard input", "standard-input")
    shown = path.name if path.parent == _builtin_folder() else str(path)
    return draft(read_document(path), shown, path.stem)


def _known_form(path: Path) -> None:
    """Refuse a file of another program by its name."""
    if path == Path(STDIN) or path.parent == _builtin_folder():
        return
    from detente.exchange.foreign import foreign_file

    problem = foreign_file(path)
    if problem is not None:
        raise ScenarioError([problem])


def _known_stream(stream: BinaryIO) -> None:
    """Refuse another program's file on the standard input by its name; what is looked at stays unread."""
    from detente.exchange.foreign import foreign

    if isinstance(stream, io.BufferedReader):
        problem = foreign(stream.peek(), "standard input")
        if problem is not None:
            raise ScenarioError([problem])


def _computable(scenario: Scenario, draft: Draft | None) -> None:
    """Refuse what would stop a question, with its place; states are computed only where there is doubt."""
    doubted = tuple(doubts(scenario))
    if not doubted and surely_has_states(scenario):
        return
    from detente.states.faults import faults

    def at(*path: str | int) -> Place:
        return draft.place(*path) if draft else Place()

    try:
        problems = [Problem(at(*path), what) for path, what in faults(scenario, doubted)]
    except ScenarioError as error:
        problems = [replace(problem, place=at("rules")) for problem in error.problems]
    if problems:
        raise ScenarioError(sorted(problems))


def _builtin_folder() -> Path:
    return Path(str(resources.files("detente"))) / "scenarios"
