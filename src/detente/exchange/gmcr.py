"""Reads `.gmcr` files, the documents of the graph-model program GMCR+, as scenarios.

Options become two-level options in the program's own working order (party by party), so that its state numbers
are the scenario's state numbers. Infeasible patterns become rules, one-way options keep their direction, and
preferences stay what they are: rankings of states or prioritized statements.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.errors import Place, Problem, ScenarioError
from detente.exchange.gmcr_record import MOST_BYTES, Conjunction, PartyRecord, Record, read_record
from detente.scenario.expression import Constant, Expression, Logic, Name, Not, is_name
from detente.scenario.model import (
    NATURE,
    Option,
    Party,
    Preference,
    Ranking,
    Rule,
    Scenario,
    Statement,
    Statements,
)

LONGEST_ID = 40
LONGEST_TITLE = 200
CHUNK = 1 << 20
INDIFFERENT = Statement(Constant(1.0))


class Imported(NamedTuple):
    """A scenario read from another program's file, and what the reader should know about it."""

    scenario: Scenario
    notices: tuple[str, ...]


def read_gmcr(path: str | Path) -> Imported:
    """Read a `.gmcr` file.

    The status quo, which such files do not hold, is the state where no option is taken, or the first feasible
    state. Coalitions are kept. Misperceptions are refused: that program lets a party overlook states
    altogether, which none of the definitions used here does. Names that repeat or cannot stand in an
    expression get a safe identifier; the original stays as name or title.

    Parameters
    ----------
    path : str or Path
        The file.

    Returns
    -------
    Imported
        The scenario, and notices: choices made here and parts that questions do not use.

    Raises
    ------
    ScenarioError
        With every problem found: what it is and its path inside the document.
    OSError
        The file cannot be opened.
    """
    path = Path(path)
    with path.open("rb") as stream:
        return parse_gmcr(stream.read(MOST_BYTES + 1), str(path))


def parse_gmcr(content: bytes, name: str = "model.gmcr") -> Imported:
    """Read the bytes of a `.gmcr` file; `name` appears in messages and gives the title. See `read_gmcr`."""
    record = read_record(content, name)
    naming = _Naming(record)
    notices = list(record.notices)
    quo = _first_feasible(naming.patterns(record.infeasibles), len(naming.order))
    problems = list(_impossible(record, naming, quo, name))
    if problems:
        raise ScenarioError(problems)
    notices += _notices(record, naming, quo)
    stem = _printable(Path(name).stem) or "model"
    version = f" written by version {_printable(record.version)}" if record.version else ""
    scenario = Scenario(
        id=stem,
        title=stem,
        about=f"Read from a .gmcr file{version}.",
        parties=tuple(
            Party(id, name=_title(party.name, id))
            for id, party in zip(naming.parties, record.parties, strict=True)
        ),
        options=tuple(_option(record, naming, index) for index in naming.order),
        preferences=tuple(_preference(party, naming) for party in record.parties),
        status_quo=tuple("yes" if quo >> place & 1 else "no" for place in range(len(naming.order))),
        rules=tuple(Rule(Not(naming.all_of(pattern))) for pattern in record.infeasibles),
        coalitions=tuple(tuple(naming.parties[member] for member in group) for group in record.coalitions),
    )
    return Imported(scenario, tuple(notices))


class _Naming:
    """Identifiers for parties and options, and the working order of options: by party, then as listed."""

    def __init__(self, record: Record) -> None:
        self.parties = _distinct([party.name for party in record.parties], "party", taken=(NATURE,))
        owned = [option for party in record.parties for option in party.options]
        self.unowned = [index for index in range(len(record.options)) if index not in owned]
        self.order = owned + self.unowned
        self.owner = {
            option: id
            for id, party in zip(self.parties, record.parties, strict=True)
            for option in party.options
        }
        self.name: dict[int, str] = {}
        for id in (*self.parties, NATURE):
            mine = [index for index in self.order if self.owner.get(index, NATURE) == id]
            names = _distinct([record.options[index].name for index in mine], "option")
            self.name.update(zip(mine, names, strict=True))

    def option(self, index: int) -> str:
        """Identifier of an option of the file."""
        return f"{self.owner.get(index, NATURE)}.{self.name[index]}"

    def all_of(self, pattern: Conjunction) -> Expression:
        """A conjunction as an expression."""
        terms: list[Expression] = [
            Name(self.option(index)) if taken else Not(Name(self.option(index))) for index, taken in pattern
        ]
        return reduce(lambda left, right: Logic("and", left, right), terms)

    def any_of(self, patterns: tuple[Conjunction, ...]) -> Expression:
        """A disjunction of conjunctions, balanced so that long ones are not deep."""
        if len(patterns) == 1:
            return self.all_of(patterns[0])
        half = (len(patterns) + 1) // 2
        return Logic("or", self.any_of(patterns[:half]), self.any_of(patterns[half:]))

    def patterns(self, conditions: tuple[Conjunction, ...]) -> list[tuple[int, int]]:
        """Conditions as (mask, value) over state codes in working order."""
        place = {index: position for position, index in enumerate(self.order)}
        return [
            (
                sum(1 << place[index] for index, _ in pattern),
                sum(taken << place[index] for index, taken in pattern),
            )
            for pattern in conditions
        ]


def _distinct(names: list[str], kind: str, taken: tuple[str, ...] = ()) -> list[str]:
    """Identifiers that can stand in an expression, one per name, none twice."""
    found: list[str] = []
    for number, name in enumerate(names, start=1):
        plain = unicodedata.normalize("NFKC", name)
        base = re.sub(r"[^\w]+", "-", plain).strip("-_")[:LONGEST_ID].strip("-_")
        if not is_name(base):
            base = f"{kind}-{base}" if base and is_name(f"{kind}-{base}") else f"{kind}-{number}"
        candidate, copy = base, 1
        while candidate in found or candidate in taken:
            copy += 1
            candidate = f"{base}-{copy}"
        found.append(candidate)
    return found


def _printable(text: str) -> str:
    """A title without control characters, on one line, of bounded length."""
    kept = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(kept.split())[:LONGEST_TITLE]


def _title(text: str, id: str) -> str:
    """The original name, where it says more than the identifier."""
    title = _printable(text)
    return "" if title == id else title


def _option(record: Record, naming: _Naming, index: int) -> Option:
    source = record.options[index]
    return Option(
        naming.option(index),
        naming.owner.get(index, NATURE),
        naming.name[index],
        title=_title(source.name, naming.name[index]),
        moves=source.moves,
    )


def _preference(party: PartyRecord, naming: _Naming) -> Preference:
    if party.ranking is not None:
        return Ranking(party.ranking)
    return Statements(
        tuple(Statement(naming.any_of(statement)) for statement in party.statements) or (INDIFFERENT,)
    )


def _feasible(patterns: list[tuple[int, int]], options: int) -> Iterator[NDArray[np.int64]]:
    """Codes of the feasible states, ascending, some at a time."""
    for start in range(0, 1 << options, CHUNK):
        codes = np.arange(start, min(start + CHUNK, 1 << options))
        for mask, value in sorted(patterns, key=lambda pattern: pattern[0].bit_count()):
            codes = codes[codes & mask != value]  # the widest patterns first leave little to the others
        yield codes


def _first_feasible(patterns: list[tuple[int, int]], options: int) -> int:
    """The lowest feasible code: 0, no option taken, where that is possible; -1 where no state is."""
    return next((int(codes[0]) for codes in _feasible(patterns, options) if len(codes)), -1)


def _impossible(record: Record, naming: _Naming, quo: int, file: str) -> Iterator[Problem]:
    """What is well-formed but cannot be a scenario."""
    if quo < 0:
        yield Problem(Place(file), "infeasibles: they rule out every state.", "Remove at least one.")
        return
    for index, party in enumerate(record.parties):
        if party.misperceptions:
            who = _printable(party.name) or naming.parties[index]
            yield Problem(
                Place(file),
                f"decisionMakers[{index}].misperceptions: {who} does not perceive some states, and no "
                "question here takes that into account.",
                "Remove them to ask what holds when everybody sees every state; what one party believes that "
                "another wants can be said by `views` in a scenario.",
            )
    if not record.ranked:
        return
    if naming.unowned:
        hint = "Give every option an owner, or use preference statements."
        ownerless = ", ".join(map(str, naming.unowned))
        yield Problem(
            Place(file), f"options {ownerless} belong to nobody, so state numbers are not certain.", hint
        )
        return
    ranked = max(sum(len(group) for group in party.ranking or ()) for party in record.parties)
    states = _count(naming.patterns(record.infeasibles), len(naming.order), ranked)
    for index, party in enumerate(record.parties):
        numbers = sorted(number for group in party.ranking or () for number in group)
        if numbers != list(range(1, states + 1)):
            yield _unranked(f"decisionMakers[{index}].preferenceRanking", numbers, states, file)


def _count(patterns: list[tuple[int, int]], options: int, enough: int) -> int:
    """How many states are feasible; stops counting once there are more than `enough`."""
    states = 0
    for codes in _feasible(patterns, options):
        states += len(codes)
        if states > enough:
            break
    return states


def _unranked(path: str, numbers: list[int], states: int, file: str) -> Problem:
    """Why these numbers do not rank every feasible state exactly once."""
    twice = next((left for left, right in pairwise(numbers) if left == right), None)
    if twice is not None:
        return Problem(Place(file), f"{path}: state {twice} is ranked twice.", "Rank every state once.")
    if numbers and numbers[-1] > states:
        return Problem(Place(file), f"{path}: there is no state {numbers[-1]}; {states} are feasible.")
    missing = next(state for state in range(1, states + 1) if state not in set(numbers))
    return Problem(Place(file), f"{path}: state {missing} is not ranked.", "Rank every feasible state once.")


def _notices(record: Record, naming: _Naming, quo: int) -> Iterator[str]:
    """What a reader of the scenario should know about how it was read."""
    yield (
        "the file names no status quo; it is taken to be "
        + ("the state where no option is taken." if quo == 0 else "the first feasible state, number 1.")
    )
    for index in naming.unowned:
        yield f"option '{_printable(record.options[index].name)}' belongs to nobody, so nobody can change it."
    idle = [
        _printable(party.name) or id
        for id, party in zip(naming.parties, record.parties, strict=True)
        if not party.statements and not party.ranking
    ]
    if idle:
        who = f"{', '.join(idle[:-1])} and {idle[-1]} prefer" if idle[1:] else f"{idle[0]} prefers"
        yield (
            f"{who} nothing: the file states no preference there, so all states are equally good and none "
            "is ever left. State preferences in GMCR+ and save the file again."
        )
    for group in record.coalitions:
        members = ", ".join(naming.parties[member] for member in group)
        yield f"the coalition of {members} is kept in the scenario; questions take every party to move alone."
