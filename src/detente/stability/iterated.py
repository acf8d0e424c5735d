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

from collections.abc import Mapping, Sequence
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
from detente.stability.pictures import Mind, circle, minds_of, mutual, ranks_of
from detente.states.state_graph import Bools, Int32, StateGraph

_REMEMBERED = 1 << 25
"""So many ranks are kept for the next question about the same graph."""


@dataclass(eq=False)
class Bounds:
    """What everybody anticipates at most (`hi`) and at least (`lo`), per mind, laid out as a `Field` is.

    `ranks` are those by which each mind moves and fears. `unsure` says for every LANES cells whether the two
    differ there, `doubted` whether they do anywhere. What others anticipate is news to a mind until it has
    reckoned with it: `fallen` says whether the `hi` of any is, and `risen` for every LANES cells where the `lo`
    of each is. `rounds` is how often each mind's bounds were tightened.
    """

    minds: tuple[Mind, ...]
    ranks: list[Int32]
    hi: list[Int32]
    lo: list[Int32]
    unsure: list[Int32]
    doubted: list[bool]
    fallen: list[bool]
    risen: list[dict[int, Int32]]
    rounds: list[int]
    tightening: Lock = dataclass_field(default_factory=Lock)

    @property
    def settled(self) -> bool:
        """Whether a further round would change nothing."""
        return self.settled_for(range(len(self.minds)))

    def settled_for(self, places: Sequence[int]) -> bool:
        """Whether it would change nothing for some minds, with nobody else to reckon with."""
        return not any(self.doubted[place] and (self.fallen[place] or self.risen[place]) for place in places)

    def replace(self, place: int, lo: Int32, hi: Int32) -> None:
        """Put better bounds in the place of a mind's."""
        self.lo[place], self.hi[place] = lo, hi
        self.unsure[place] = apart(lo, hi)
        self.doubted[place] = bool(self.unsure[place].any())


def start(field: Field) -> Bounds:
    """Where every round begins: at most what the state is worth, at least nothing."""
    minds = minds_of(field.graph)
    ranks = [laid_out(field.grid, ranks_of(field.graph, mind)) for mind in minds]
    nothing = np.full(len(ranks[0]), -1, np.int32)
    nothing.setflags(write=False)
    count, everywhere = len(minds), unstamped(len(nothing))
    return Bounds(
        minds=minds,
        ranks=ranks,
        hi=list(ranks),
        lo=[nothing] * count,
        unsure=[everywhere] * count,
        doubted=[True] * count,
        fallen=[True] * count,
        risen=[{} for _ in minds],
        rounds=[0] * count,
    )


def tighten(field: Field, bounds: Bounds, rounds: int | None = None, mind: int | None = None) -> None:
    """Raise `lo` and lower `hi` by so many more rounds (default: until both stay as they are).

    Those of one mind, or of all. As long as it helps only of the minds that reckon with it in turn: the others
    with which it reckons may have been tightened already.
    """
    every = range(len(bounds.minds))
    places = every if mind is None else circle(bounds.minds, mind)
    closest = every if mind is None else mutual(bounds.minds, mind)
    with bounds.tightening:
        while rounds != 0 and not bounds.settled_for(places):
            helpful = not bounds.settled_for(closest)
            some = [place for place in places if place in closest or not bounds.rounds[place]]
            _tighten(field, bounds, some if helpful else places)
            rounds = None if rounds is None else rounds - 1


def _tighten(field: Field, bounds: Bounds, places: Sequence[int]) -> None:
    _raise_lo(field, bounds, places)
    _lower_hi(field, bounds, places)
    for place in places:
        bounds.rounds[place] += 1


def settled(field: Field, mind: int | None = None) -> Bounds:
    """The bounds once they stay as they are, those of one mind at least."""
    found = resumed(field)
    tighten(field, found, mind=mind)
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
        bounds = settled(field, viewer)
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


def _raise_lo(field: Field, bounds: Bounds, places: Sequence[int]) -> None:
    """lo := F(hi), of those to whom it is news that somebody's hi has fallen."""
    everywhere = unstamped(len(bounds.ranks[0]))
    raised = list(bounds.lo)

    def raise_one(field: Field, place: int) -> None:
        fresh = dict.fromkeys(bounds.minds[place].others, everywhere)
        raised[place] = _lowered(field, bounds, place, bounds.hi, fresh)

    moved = [place for place in places if bounds.doubted[place] and bounds.fallen[place]]
    side_by_side(field, raise_one, moved)
    for place in moved:
        bounds.fallen[place] = False
        _tell_risen(bounds, place, apart(raised[place], bounds.lo[place]))
        bounds.replace(place, raised[place], bounds.hi[place])


def _tell_risen(bounds: Bounds, place: int, news: Int32) -> None:
    """Let those who reckon with a mind know where its lo has risen."""
    if news.any():
        for mind, heard in zip(bounds.minds, bounds.risen, strict=True):
            if place in mind.others:
                heard[place] = np.maximum(heard[place], news) if place in heard else news


def _lower_hi(field: Field, bounds: Bounds, places: Sequence[int]) -> None:
    """hi := F(lo), of those to whom it is news that somebody's lo has risen."""
    lowered = list(bounds.hi)

    def lower_one(field: Field, place: int) -> None:
        lowered[place] = _lowered(field, bounds, place, bounds.lo, bounds.risen[place])

    moved = [place for place in places if bounds.doubted[place] and bounds.risen[place]]
    side_by_side(field, lower_one, moved)
    for place in moved:
        bounds.risen[place] = {}
    for place in moved:
        if not np.array_equal(lowered[place], bounds.hi[place]):
            for other, mind in enumerate(bounds.minds):
                bounds.fallen[other] |= place in mind.others
            bounds.replace(place, bounds.lo[place], lowered[place])


def _lowered(
    field: Field, bounds: Bounds, place: int, ahead: Sequence[Int32], fresh: Mapping[int, Int32]
) -> Int32:
    """A mind's hi, lowered to what the others who ever move can bring by moves that promise them to gain."""
    nowhere = np.zeros_like(bounds.unsure[place])
    moving = field.others(bounds.minds[place].party)
    goings = [
        Going(bounds.minds[other].party, bounds.ranks[other], ahead[other], fresh.get(other, nowhere))
        for other in bounds.minds[place].others
        if bounds.minds[other].party in moving
    ]
    values = np.array(bounds.hi[place])
    least_open_reply(field, goings, values, bounds.unsure[place])
    values.setflags(write=False)
    return values
