"""Iterated sequential foresight: a party is held back only by answers that others would dare to give.

    A⁰ = U        F(A)(t) = min(U(t), least U(u) over the others' moves t → … → u, each x → y with A(y) > U(x))

the mover's own A and U in the condition. F is antitone: the more somebody expects, the more moves it dares,
and the less the others can expect. So even levels of A, F(A), F(F(A)) … fall to an upper bound `hi`, odd ones
rise to a lower bound `lo`, and these end as each other's F: the alternating fixpoint (the treatment by analogy
with van Gelder's of logic programs; the objection to empty threats is that of Oliveira and Rêgo). A move s → t
is surely open where lo(t) > U(s), perhaps open where hi(t) > U(s), undetermined between.

Sweeps need not start from U: whatever lies between F(A) and U is lowered to F(A) as well. So every round goes
on from the bounds of the one before, and only where these still lie apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np

from detente.stability.closure.closures import (
    Field,
    Going,
    escapes,
    laid_out,
    least_open_reply,
    open_field,
    release,
    side_by_side,
)
from detente.stability.closure.open_sweeps import apart
from detente.stability.closure.sweeps import unstamped
from detente.stability.pictures import Mind, minds_of, ranks_of
from detente.states.state_graph import Bools, Int32, StateGraph

_REMEMBERED = 1 << 25
"""So many ranks are kept for the next question about the same graph."""


@dataclass(eq=False)
class Bounds:
    """What everybody anticipates at most (`hi`) and at least (`lo`), per mind, laid out as a `Field` is.

    `ranks` are those by which each mind moves and fears. `unsure` says for every LANES cells whether the two
    differ there; `fallen` whether a mind's `hi` has changed in the last round. `settled`: a further round would
    change nothing.
    """

    minds: tuple[Mind, ...]
    ranks: list[Int32]
    hi: list[Int32]
    lo: list[Int32]
    unsure: list[Int32]
    fallen: list[bool]
    rounds: int = 0
    settled: bool = False
    tightening: Lock = dataclass_field(default_factory=Lock)


def start(field: Field) -> Bounds:
    """Where every round begins: at most what the state is worth, at least nothing."""
    minds = minds_of(field.graph)
    ranks = [laid_out(field.grid, ranks_of(field.graph, mind)) for mind in minds]
    nothing = np.full(len(ranks[0]), -1, np.int32)
    nothing.setflags(write=False)
    everywhere = unstamped(len(nothing))
    count = len(minds)
    return Bounds(minds, ranks, list(ranks), [nothing] * count, [everywhere] * count, [True] * count)


def tighten(field: Field, bounds: Bounds, rounds: int | None = None) -> None:
    """Raise `lo` and lower `hi` by so many more rounds (default: until both stay as they are)."""
    with bounds.tightening:
        while not bounds.settled and rounds != 0:
            risen = _raise_lo(field, bounds)
            _lower_hi(field, bounds, risen)
            bounds.settled = not any(bounds.fallen)
            bounds.rounds += 1
            rounds = None if rounds is None else rounds - 1


def settled(field: Field) -> Bounds:
    """The bounds once they stay as they are."""
    found = resumed(field)
    tighten(field, found)
    return found


def resumed(field: Field) -> Bounds:
    """The bounds as far as they have come; kept while the graph lives, or the field where it is large."""
    found = _remembered.get(field.graph) or _remembered.get(field)
    if found is None:
        found = start(field)
        small = 2 * len(found.minds) * len(found.hi[0]) <= _REMEMBERED
        _remembered[field.graph if small else field] = found
    return found


_remembered: WeakKeyDictionary[StateGraph | Field, Bounds] = WeakKeyDictionary()


def iterated(graph: StateGraph, threads: int | None = None) -> Bounds:
    """The bounds of a graph once they stay as they are."""
    with open_field(graph, threads) as field:
        return settled(field)


@dataclass(frozen=True, eq=False)
class Promised:
    """What everybody anticipates at least and at most, as one viewer pictures them: (party,) Int32[state].

    In the ranks by which the viewer expects each to move. A step surely is dared where `least` exceeds what its
    mover leaves, and may be where `most` does: by such steps `lo` is what it is.
    """

    least: tuple[Int32, ...]
    most: tuple[Int32, ...]


def promised(graph: StateGraph, viewer: int) -> Promised:
    """What a viewer expects that everybody promises itself of arriving in a state."""
    with open_field(graph) as field:
        bounds = settled(field)
        seen = {mind.party: place for place, mind in enumerate(bounds.minds) if mind.viewer == viewer}
        places = [seen.get(party, party) for party in range(len(graph.parties))]
        least, most = (
            tuple(field.grid.gather(rows[place]) for place in places) for rows in (bounds.lo, bounds.hi)
        )
        return Promised(least, most)


def doubtful(graph: StateGraph, threads: int | None = None) -> Bools:
    """Where a party stays only as long as what is undetermined turns out to be closed.

    Returns
    -------
    Bool[party, state]
        No move of the party is surely open there, and some may be.
    """
    with open_field(graph, threads) as field:
        bounds = settled(field)
        rows = []
        for party, own in enumerate(field.ranks):
            least, most = (escapes(field, party, level[party]) for level in (bounds.lo, bounds.hi))
            unsure = (least <= own) & (most > own)
            rows.append(field.grid.gather(unsure.astype(np.int32)) > 0)
            release(field, least)
            release(field, most)
    return np.stack(rows)


def _raise_lo(field: Field, bounds: Bounds) -> list[Int32 | None]:
    """lo := F(hi), wherever somebody's hi has fallen; where each lo has risen, for every LANES cells."""
    everywhere = unstamped(len(bounds.ranks[0]))
    risen: list[Int32 | None] = [None] * len(bounds.ranks)
    raised = list(bounds.lo)

    def raise_one(field: Field, place: int) -> None:
        goings = _goings(field, bounds, bounds.minds[place], bounds.hi, [everywhere] * len(bounds.ranks))
        raised[place] = _lowered(field, goings, bounds, place)
        risen[place] = apart(raised[place], bounds.lo[place])

    moved = [
        place
        for place, mind in enumerate(bounds.minds)
        if bounds.unsure[place].any() and (bounds.rounds == 0 or any(bounds.fallen[one] for one in mind.others))
    ]
    side_by_side(field, raise_one, moved)
    bounds.lo[:] = raised
    _compare(bounds)
    return risen


def _lower_hi(field: Field, bounds: Bounds, risen: Sequence[Int32 | None]) -> None:
    """hi := F(lo), wherever somebody's lo has risen."""
    nowhere = np.zeros_like(unstamped(len(bounds.ranks[0])))
    fresh = [nowhere if news is None else news for news in risen]
    lowered = list(bounds.hi)
    bounds.fallen[:] = [False] * len(bounds.minds)

    def lower_one(field: Field, place: int) -> None:
        goings = _goings(field, bounds, bounds.minds[place], bounds.lo, fresh)
        lowered[place] = _lowered(field, goings, bounds, place)
        bounds.fallen[place] = not np.array_equal(lowered[place], bounds.hi[place])

    moved = [
        place
        for place, mind in enumerate(bounds.minds)
        if bounds.unsure[place].any() and any(fresh[one].any() for one in mind.others)
    ]
    side_by_side(field, lower_one, moved)
    bounds.hi[:] = lowered
    _compare(bounds)


def _goings(
    field: Field, bounds: Bounds, mind: Mind, ahead: Sequence[Int32], fresh: Sequence[Int32]
) -> list[Going]:
    """The others who ever move, as this mind expects them to."""
    moving = field.others(mind.party)
    return [
        Going(bounds.minds[other].party, bounds.ranks[other], ahead[other], fresh[other])
        for other in mind.others
        if bounds.minds[other].party in moving
    ]


def _lowered(field: Field, goings: Sequence[Going], bounds: Bounds, place: int) -> Int32:
    values = np.array(bounds.hi[place])
    least_open_reply(field, goings, values, bounds.unsure[place])
    values.setflags(write=False)
    return values


def _compare(bounds: Bounds) -> None:
    bounds.unsure[:] = [apart(lo, hi) for lo, hi in zip(bounds.lo, bounds.hi, strict=True)]
