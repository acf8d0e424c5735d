"""Reads coded event data (ICEWS, GDELT, POLECAT/PLOVER or a plain table) into dated, scored events.

Layouts are recognised by their columns: a header line names them, except in GDELT files, which have none and
are known by their 57, 58 or 61 tab-separated fields. Only events between two of the given parties are kept;
everything else is counted, not guessed.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import TextIO

from detente.errors import Place, Problem, ScenarioError
from detente.exchange.countries import aliases
from detente.network.history import GOLDSTEIN_RANGE, Event, Record
from detente.scenario.model import Scenario

MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Columns:
    """Positions of date, source, target, score and (where there is one) code in a row."""

    day: int
    source: int
    target: int
    score: int
    code: int | None


GDELT_FIELDS = (57, 58, 61)
GDELT_COLUMNS = Columns(day=1, source=7, target=17, score=30, code=26)


@dataclass(frozen=True)
class Layout:
    """Where a kind of file keeps date, source, target, score and code: column names, tried in order."""

    name: str
    day: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    score: tuple[str, ...]
    code: tuple[str, ...]


LAYOUTS = (
    Layout("ICEWS", ("event date",), ("source country",), ("target country",), ("intensity",), ("cameo code",)),
    Layout(
        "POLECAT", ("event date",), ("actor country",), ("recipient country",), ("intensity",), ("event type",)
    ),
    Layout(
        "plain",
        ("date", "day"),
        ("source", "src"),
        ("target", "tgt"),
        ("goldstein", "score"),
        ("cameo", "code"),
    ),
)


def names_of(scenario: Scenario) -> dict[str, str]:
    """Every name and code under which the scenario's parties may appear in event data → the party's id.

    A party goes by its id, its name and its `iso` code, and by every name and code of the state that one of
    these names. What would stand for two parties stands for neither, unless it is the id of one.
    """
    claims: dict[str, set[str]] = {}
    for party in scenario.parties:
        own = [name for name in (party.id, party.name, party.iso) if name]
        for name in (*own, *(alias for known in own for alias in aliases(known))):
            claims.setdefault(name.casefold(), set()).add(party.id)
    found = {name: next(iter(ids)) for name, ids in claims.items() if len(ids) == 1}
    return found | {party.id.casefold(): party.id for party in scenario.parties}


def read_events(path: str | Path, parties: Mapping[str, str]) -> Record:
    """Read coded events between parties.

    Parameters
    ----------
    path : a .csv, .tsv, .tab or .txt file, plain or gzipped.
    parties : every name or code under which a party may appear (compared without case) → its id.

    Raises
    ------
    ScenarioError
        The file is missing, is no known layout, or holds rows that cannot be read, each with its line.
    """
    path = Path(path)
    known = {name.strip().casefold(): party for name, party in parties.items()}
    try:
        with _opened(path) as stream:
            return _read(stream, str(path), known)
    except (OSError, EOFError, ValueError, csv.Error) as error:
        reason = (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error)
        raise ScenarioError([Problem(Place(str(path)), f"cannot be read as event data: {reason}.")]) from error


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _read(stream: TextIO, file: str, known: Mapping[str, str]) -> Record:
    first = stream.readline()
    if not first.strip():
        raise ScenarioError([Problem(Place(file), "the file is empty.")])
    delimiter = "\t" if "\t" in first else ","
    cells = next(csv.reader([first], delimiter=delimiter))
    rest = csv.reader(stream, delimiter=delimiter)
    if len(cells) in GDELT_FIELDS and cells[0].isdigit():
        return _collected("GDELT", GDELT_COLUMNS, enumerate(chain([cells], rest), start=1), file, known)
    layout, columns = _recognised(cells, file)
    return _collected(layout.name, columns, enumerate(rest, start=2), file, known)


def _collected(
    name: str, columns: Columns, rows: Iterable[tuple[int, list[str]]], file: str, known: Mapping[str, str]
) -> Record:
    events: list[Event] = []
    left_out: Counter[str] = Counter()
    problems: list[Problem] = []
    for line, row in rows:
        if not row:
            continue
        try:
            event = _event(row, columns, known)
        except (IndexError, ValueError) as error:
            problems.append(Problem(Place(file, line, 1), f"not an event row: {error}."))
            if len(problems) == MOST_PROBLEMS:
                break
            continue
        if isinstance(event, Event):
            events.append(event)
        else:
            left_out[event] += 1
    if problems:
        raise ScenarioError(problems)
    return Record(tuple(sorted(events)), name, tuple(sorted(left_out.items())))


def _event(row: list[str], columns: Columns, known: Mapping[str, str]) -> Event | str:
    """The event in a row, or the reason why the row is left out."""
    day = _day(row[columns.day])
    source = known.get(row[columns.source].strip().casefold())
    target = known.get(row[columns.target].strip().casefold())
    if source is None or target is None:
        return "not between two parties of the scenario"
    if source == target:
        return "within one party"
    if not row[columns.score].strip():
        return "no score"
    score = float(row[columns.score])
    if not -GOLDSTEIN_RANGE <= score <= GOLDSTEIN_RANGE:
        raise ValueError(f"score {score:g} is outside -10 to 10")
    code = row[columns.code].strip() if columns.code is not None else ""
    return Event(day, source, target, score, code)


def _recognised(header: list[str], file: str) -> tuple[Layout, Columns]:
    places = {name.strip().casefold(): position for position, name in enumerate(header)}
    for layout in LAYOUTS:
        found = [
            next((places[name] for name in names if name in places), None)
            for names in (layout.day, layout.source, layout.target, layout.score, layout.code)
        ]
        day, source, target, score, code = found
        if day is not None and source is not None and target is not None and score is not None:
            return layout, Columns(day, source, target, score, code)
    raise ScenarioError(
        [
            Problem(
                Place(file, 1, 1),
                f"no known event layout: the columns are {', '.join(header[:8])}.",
                "Give an ICEWS, GDELT or POLECAT file, or a table with date, source, target, goldstein.",
            )
        ]
    )


def _day(text: str) -> date:
    text = text.strip()[:10]
    form = "%Y%m%d" if text.isdigit() else "%Y-%m-%d"
    try:
        return datetime.strptime(text, form).date()
    except ValueError:
        raise ValueError(f"'{text}' is no date like 2017-04-06 or 20170406") from None
