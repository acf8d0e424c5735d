"""Reads coded event data (ICEWS, GDELT, POLECAT/PLOVER or a plain table) into dated, scored events.

Layouts are recognised by their columns: a header line names them, except in GDELT files, which have none and
are known by their 57, 58 or 61 tab-separated fields. Only events between two of the given parties are kept;
everything else is counted, not guessed.
"""

from __future__ import annotations

import csv
import math
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, repeat
from operator import itemgetter
from pathlib import Path

from detente.errors import Place, Problem, ScenarioError
from detente.exchange.event_rows import Row, Rows
from detente.network.history import GOLDSTEIN_RANGE, Event, Record
from detente.scenario.countries import aliases
from detente.scenario.model import Scenario

MOST_PROBLEMS = 20
MOST_EVENTS = 2_000_000  # between the parties
MOST_NAMES = 10_000  # that are no party and are counted each by itself
LONGEST = 60  # characters of a name, number or code that are kept
YEARS = range(1800, 2101)  # in which something can have happened
FORMS = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d.%m.%Y")
UNSCORED = {"", ".", "-", "na", "n/a", "null", "none"}
"""What files write where an event has no score."""


@dataclass(frozen=True)
class Columns:
    """Positions of date, source, target, score and (where there are such) code and number in a row."""

    day: int
    source: int
    target: int
    score: int
    code: int | None
    id: int | None = None

    @property
    def used(self) -> tuple[int, ...]:
        """The columns that make an event."""
        places = (self.day, self.source, self.target, self.score, self.code)
        return tuple(place for place in places if place is not None)


GDELT_FIELDS = (57, 58, 61)
GDELT_COLUMNS = Columns(day=1, source=7, target=17, score=30, code=26, id=0)


@dataclass(frozen=True)
class Layout:
    """Where a kind of file keeps date, source, target, score and code: column names, tried in order."""

    name: str
    day: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    score: tuple[str, ...]
    code: tuple[str, ...]


IDS = ("event id", "globaleventid", "eventid", "event_id")
LAYOUTS = (
    Layout(
        "GDELT",
        ("sqldate",),
        ("actor1countrycode",),
        ("actor2countrycode",),
        ("goldsteinscale",),
        ("eventcode",),
    ),
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

    A party goes by its id, by its `aliases`, by its name and its `iso` code, and by every name and code of the
    state that one of these two or its id names. What would stand for two parties stands for neither, unless
    it is the id of one, or an alias of one only.
    """
    derived: list[tuple[str, str]] = []
    for party in scenario.parties:
        own = [name for name in (party.id, party.name, party.iso) if name]
        derived += [(name, party.id) for name in (*own, *(each for known in own for each in aliases(known)))]
    given = [(alias, party.id) for party in scenario.parties for alias in party.aliases]
    ids = {party.id.casefold(): party.id for party in scenario.parties}
    return _of_one(derived, beside=given) | _of_one(given) | ids


def _of_one(names: Iterable[tuple[str, str]], beside: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """Names that stand for one thing only, compared without case; nor for another beside."""
    claims: dict[str, set[str]] = {}
    for name, id in (*names, *beside):
        claims.setdefault(name.strip().casefold(), set()).add(id)
    return {name: next(iter(ids)) for name, ids in claims.items() if len(ids) == 1}


def read_events(
    path: str | Path, parties: Mapping[str, str], progress: Callable[[str, float], None] | None = None
) -> Record:
    """Read coded events between parties.

    The file is read once, line by line. What is kept grows with what differs between its events, not with the
    number of its rows: an event that is written a thousand times is kept once and counted.

    Parameters
    ----------
    path : a table divided by tabs, commas, semicolons or bars; plain, gzipped, or alone in a zip archive.
    parties : every name or code under which a party may appear (compared without case) → its id.
    progress : told, now and then, how far reading has come.

    Raises
    ------
    ScenarioError
        The file is missing, too large, no known layout, or holds rows that cannot be read, each with its line.
    """
    path = Path(path)
    known = {name.strip().casefold(): party for name, party in parties.items()}
    try:
        return _read(Rows(path, progress), known)
    except (OSError, EOFError, ValueError, csv.Error, zlib.error, zipfile.BadZipFile) as error:
        reason = (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error)
        raise ScenarioError([Problem(Place(str(path)), f"cannot be read as event data: {reason}.")]) from error


def _read(found: Rows, known: Mapping[str, str]) -> Record:
    rows = iter(found)
    first = next(rows, None)
    if first is None:
        raise ScenarioError([Problem(Place(found.file), "the file is empty.")])
    if len(first.cells) in GDELT_FIELDS and first.cells[0].isdigit():
        return _collected("GDELT", GDELT_COLUMNS, chain([first], rows), found.file, known)
    layout, columns = _recognised(first, found.file)
    return _collected(layout.name, columns, rows, found.file, known)


@dataclass(slots=True)
class _Tally:
    """An event, and how often it is written so."""

    event: Event
    times: int = 0


def _collected(name: str, columns: Columns, rows: Iterable[Row], file: str, known: Mapping[str, str]) -> Record:
    tallies: dict[tuple[str, ...], _Tally] = {}  # by the cells as written: the cheapest to compare
    number = 0
    used, last = itemgetter(*columns.used), max(columns.used)
    seen: set[str] = set()
    left_out: Counter[str] = Counter()
    strangers: Counter[str] = Counter()
    problems: list[Problem] = []
    for line, row in rows:
        try:
            cells = used(row) if len(row) > last else ()
            tally = tallies.get(cells)
            event = _event(row, columns, known, strangers) if tally is None else tally.event
        except (IndexError, ValueError) as error:
            why = "it has too few columns" if isinstance(error, IndexError) else str(error)
            problems.append(Problem(Place(file, line, 1), f"not an event row: {why}."))
            if len(problems) == MOST_PROBLEMS:
                break
            continue
        if not isinstance(event, Event):
            left_out[event] += 1
        elif _again(row, columns, seen):
            left_out["the same event again, by its number"] += 1
        else:
            if tally is None:
                tally = tallies[cells] = _Tally(event)
            tally.times += 1
            number += 1
            if number > MOST_EVENTS:
                what = f"more than {MOST_EVENTS:,} events between the parties."
                raise ScenarioError([Problem(Place(file, line, 1), what, "Cut the file to fewer years.")])
    if problems:
        raise ScenarioError(problems)
    counted = tuple(sorted(strangers.items(), key=lambda pair: (-pair[1], pair[0])))
    ordered = sorted(tallies.values(), key=lambda tally: tally.event)
    told = tuple(chain.from_iterable(repeat(tally.event, tally.times) for tally in ordered))
    return Record(told, name, tuple(sorted(left_out.items())), counted)


def _again(row: list[str], columns: Columns, seen: set[str]) -> bool:
    """Whether an event of this number was there before."""
    number = row[columns.id].strip() if columns.id is not None else ""
    if not number:
        return False
    if len(number) > LONGEST:
        number = blake2b(number.encode()).hexdigest()[:LONGEST]
    known = number in seen
    seen.add(number)
    return known


def _event(row: list[str], columns: Columns, known: Mapping[str, str], strangers: Counter[str]) -> Event | str:
    """The event in a row, or the reason why the row is left out; names that are no party are counted."""
    names = [row[columns.source].strip(), row[columns.target].strip()]
    source, target = (known.get(name.casefold()) for name in names)
    if source is None or target is None:
        for name in names:
            if name and name.casefold() not in known:
                shown = name[:LONGEST]
                if shown in strangers or len(strangers) < MOST_NAMES:
                    strangers[shown] += 1
        return "not between two parties of the scenario"
    if source == target:
        return "within one party"
    day = _day(row[columns.day])
    text = row[columns.score].strip()
    if text.casefold() in UNSCORED:
        return "no score"
    score = _score(text)
    if math.isnan(score) or not -GOLDSTEIN_RANGE <= score <= GOLDSTEIN_RANGE:
        raise ValueError(f"score {score:g} is outside -10 to 10")
    code = row[columns.code].strip()[:LONGEST] if columns.code is not None else ""
    return Event(day, source, target, score, code)


def _recognised(header: Row, file: str) -> tuple[Layout, Columns]:
    names = [name.strip().strip('"').casefold() for name in header.cells]
    places = {name: position for position, name in reversed(list(enumerate(names)))}
    id = next((places[name] for name in IDS if name in places), None)
    for layout in LAYOUTS:
        found = [
            next((places[name] for name in names if name in places), None)
            for names in (layout.day, layout.source, layout.target, layout.score, layout.code)
        ]
        day, source, target, score, code = found
        if day is not None and source is not None and target is not None and score is not None:
            return layout, Columns(day, source, target, score, code, id)
    raise ScenarioError(
        [
            Problem(
                Place(file, header.line, 1),
                f"no known event layout: the columns are {', '.join(header.cells[:8])[:200]}.",
                "Give an ICEWS, GDELT or POLECAT file, or a table with date, source, target, goldstein.",
            )
        ]
    )


def _score(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise ValueError(f"'{text[:LONGEST]}' is no score like -4.5") from None


@lru_cache(1 << 14)
def _day(text: str) -> date:
    text = text.strip().strip('"')
    shown = text[:10]
    for form in FORMS:
        try:
            day = datetime.strptime(shown if form != "%Y%m%d" else text[:8], form).date()
        except ValueError:
            continue
        if day.year in YEARS:
            return day
        raise ValueError(f"nothing happened on {shown} yet, or it stands for no date at all")
    raise ValueError(f"'{shown}' is no date like 2017-04-06 or 20170406")
