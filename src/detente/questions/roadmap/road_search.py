"""Which way leads from one state to another when all who take a step prefer its end (model, section 10).

A step changes options of one party, or of several members of one table, in allowed directions; everybody whose
options change prefers the end of the road to where the step begins, whatever lies between (indirect dominance:
Harsanyi 1974; Chwe 1994). While a step is taken, others may do something else instead: its exposure is the most
that any party could gain, as it anticipates, by another move of its own. The best road has the least worst
exposure, and of those the fewest steps.

Tables make the steps many: whoever is willing at a state may change all its options at once. All states at
which the same parties are willing and everything else stands alike lead to the same states, so each such group
is visited once; and the exposure of a step depends on where it ends only for one step per state: the very
move that tempts most.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from detente.play.cached_graph import CachedGraph
from detente.play.move_index import NOWHERE, MoveIndex
from detente.questions.roadmap.exposure import Exposures
from detente.questions.roadmap.steps import Circle, as_bits, changed, circle_of, group_of, spread, together
from detente.stability.compiled import native
from detente.states.state_graph import Bools, Floats, Int64, StateGraph

BARRED = float("inf")


@dataclass(frozen=True)
class Road:
    """A way through states, both ends included, and the largest cost of its steps; no states: no way."""

    states: tuple[int, ...]
    worst: float

    @property
    def found(self) -> bool:
        """Whether there is a way."""
        return bool(self.states)


NO_ROAD = Road((), BARRED)


def road(
    cached: CachedGraph, tables: Sequence[tuple[int, ...]], exposed: Exposures, start: int, goal: int
) -> Road:
    """The road with the least worst exposure, then the fewest steps; `NO_ROAD` where there is none.

    On it no option changes in two steps that follow each other where, all else alike, fewer changes would do.

    Parameters
    ----------
    ground : the free graph.
    tables : members of each open table, by index; every party may also move alone.
    exposed : what `exposure.exposures` returned.
    start, goal : states of the ground.
    """
    return _road(cached, circle_of(cached, tables), exposed, _willing(cached, goal), start, goal)


def mended(
    cached: CachedGraph, tables: Sequence[tuple[int, ...]], start: int, goal: int, below: float = BARRED
) -> Road:
    """The road for which the least would have to be promised, where not everybody prefers its end.

    The cost of a step is the most that somebody whose options change would lose by ending at the goal rather
    than staying where the step begins, in spans (0 for parties known only by an order of states); a promise of
    more than that, kept at the goal, makes the step one that all who take it prefer. `NO_ROAD` where none costs
    less than `below`, or where tables and directions of options leave no way at all.
    """
    graph, circle = cached.graph, circle_of(cached, tables)
    losses = np.zeros((len(graph.parties), graph.states))
    for party in range(len(graph.parties)):
        better = graph.ranks[party] < graph.ranks[party, goal]
        loss = graph.payoffs[party] - graph.payoffs[party, goal]
        known = loss / graph.spans[party] if graph.cardinal[party] else np.zeros(graph.states)
        losses[party] = np.where(better, -1.0, known)
    none = np.zeros(graph.states)
    free = Exposures(none, none, np.full(graph.states, NOWHERE, dtype=np.int64))

    def tried(most: float) -> Road:
        return _road(cached, circle, free, as_bits(cached, losses <= most), start, goal)

    bounds = np.unique(losses[losses < below])
    if len(bounds) == 0 or not (best := tried(float(bounds[-1]))).found:
        return NO_ROAD
    low, high = 0, len(bounds) - 1
    while low < high:
        middle = (low + high) // 2
        found = tried(float(bounds[middle]))
        if found.found:
            best, high = found, middle
        else:
            low = middle + 1
    return Road(best.states, max(0.0, float(bounds[high])))


def _road(
    cached: CachedGraph, circle: Circle, exposed: Exposures, willing: Int64, start: int, goal: int
) -> Road:
    if start == goal:
        return Road((start,), 0.0)
    move_index = cached.move_index
    given = (circle, willing, exposed.leaving, exposed.aside, exposed.tempting, start, goal)
    worst = 0.0
    states = _fewest(move_index, *given, worst).tolist()  # often there is one without any exposure
    if not states:
        worst = float(_least_worst(move_index, *given))
        if worst == BARRED:
            return NO_ROAD
        states = _fewest(move_index, *given, worst).tolist()
    _straighten(cached, circle, exposed, willing, states, worst)
    return Road(tuple(states), worst)


def _willing(cached: CachedGraph, goal: int) -> Int64:
    """Per state, the parties (as bits) that prefer the goal to it."""
    ranks = cached.graph.ranks
    return as_bits(cached, ranks < ranks[:, [goal]])


def _straighten(
    cached: CachedGraph, circle: Circle, exposed: Exposures, willing: Int64, states: list[int], worst: float
) -> None:
    """Leave out changes on the way, option by option, as long as the road stays one and no worse."""

    def passable(place: int) -> bool:
        start, end = states[place], states[place + 1]
        who = changed(cached.move_index, circle, start, end)
        free = bool(together(circle, who, int(willing[start])))
        return start != end and free and exposed.of(start, end) <= worst

    def straightened() -> bool:
        for place in range(1, len(states) - 1):
            kept = states[place]
            before, after = states[place - 1], states[place + 1]
            for straighter in _straighter(cached.graph, before, kept, after):
                states[place] = straighter
                if passable(place - 1) and passable(place):
                    return True
            states[place] = kept
        return False

    while straightened():
        continue


def _straighter(graph: StateGraph, start: int, middle: int, end: int) -> Iterator[int]:
    """States in which one option that changes both before and after the middle changes at most once."""
    before, here, after = graph.levels(start), graph.levels(middle), graph.levels(end)
    for axis, level in enumerate(here):
        if level not in (before[axis], after[axis]):
            for instead in sorted({before[axis], after[axis]}):
                found = graph.find((*here[:axis], instead, *here[axis + 1 :]))
                if found is not None:
                    yield found


@native
def _least_worst(
    move_index: MoveIndex,
    circle: Circle,
    willing: Int64,
    leaving: Floats,
    aside: Floats,
    tempting: Int64,
    start: int,
    goal: int,
) -> float:
    """The least worst exposure of any road; inf where there is none.

    Dijkstra's search with the largest cost so far in place of the sum. What waits are departures, by their
    exposure: from a state to anywhere, and from a state to what tempts most there.
    """
    reached = np.zeros(move_index.codes.size, dtype=np.bool_)
    out = np.empty(move_index.codes.size, dtype=np.int64)
    visited = {group_of(move_index, circle, 0, start)}
    departures = [(leaving[start], start, False)]
    if tempting[start] >= 0:
        heapq.heappush(departures, (aside[start], start, True))
    reached[start] = True
    worst: float = 0.0
    while len(departures) > 0:
        exposure, state, turning = heapq.heappop(departures)
        worst = max(worst, exposure)
        first = tempting[state] if turning else goal
        if together(circle, changed(move_index, circle, state, first), willing[state]):
            if first == goal:
                return worst
            out[0] = first
            _arrive(out, 1, reached, departures, leaving, aside, tempting)
        if turning:
            continue
        for table in circle.tables:
            who = table & willing[state]
            group = group_of(move_index, circle, who, state)
            if who > 0 and group not in visited:
                visited.add(group)
                count = spread(move_index, circle, who, state, out)
                _arrive(out, count, reached, departures, leaving, aside, tempting)
    return BARRED


@native
def _arrive(
    out: Int64,
    count: int,
    reached: Bools,
    departures: list[tuple[float, int, bool]],
    leaving: Floats,
    aside: Floats,
    tempting: Int64,
) -> None:
    """Let departures wait at states that were not reached before."""
    for state in out[:count]:
        if not reached[state]:
            reached[state] = True
            heapq.heappush(departures, (leaving[state], state, False))
            if tempting[state] >= 0:
                heapq.heappush(departures, (aside[state], state, True))


@native
def _fewest(
    move_index: MoveIndex,
    circle: Circle,
    willing: Int64,
    leaving: Floats,
    aside: Floats,
    tempting: Int64,
    start: int,
    goal: int,
    bound: float,
) -> Int64:
    """The states of a road with the fewest steps, none more exposed than the bound; empty without one.

    States that take as many steps to come to are served by how exposed the way there was, then by how exposed
    they are, so that of roads alike no order of options or levels decides.
    """
    origin = np.full(move_index.codes.size, NOWHERE, dtype=np.int64)
    line, out = np.empty(move_index.codes.size, dtype=np.int64), np.empty(move_index.codes.size, dtype=np.int64)
    visited = {group_of(move_index, circle, 0, start)}
    line[0] = start
    origin[start] = start
    place = np.zeros(move_index.codes.size, dtype=np.int64)
    known, served, layer = 1, 0, 0
    while served < known:
        if served == layer:
            layer = known
            _in_order(line[served:layer], place, leaving)
        state = line[served]
        served += 1
        cost = aside[state] if goal == tempting[state] else leaving[state]
        if cost <= bound and together(circle, changed(move_index, circle, state, goal), willing[state]):
            return _traced(origin, start, state, goal)
        turn = tempting[state]
        untried = turn >= 0 and aside[state] <= bound and origin[turn] < 0
        if untried and together(circle, changed(move_index, circle, state, turn), willing[state]):
            origin[turn] = state
            place[turn] = place[state]
            line[known] = turn
            known += 1
        if leaving[state] > bound:
            continue
        for table in circle.tables:
            who = table & willing[state]
            group = group_of(move_index, circle, who, state)
            if who > 0 and group not in visited:
                visited.add(group)
                for end in out[: spread(move_index, circle, who, state, out)]:
                    if origin[end] < 0:
                        origin[end] = state
                        place[end] = place[state]
                        line[known] = end
                        known += 1
    return line[:0]


@native
def _in_order(layer: Int64, place: Int64, leaving: Floats) -> None:
    """Sort states by their place, then by their exposure, and give each the place that it has then."""
    by_exposure = layer[np.argsort(leaving[layer], kind="mergesort")]
    order = by_exposure[np.argsort(place[by_exposure], kind="mergesort")]
    now, before, exposure = -1, -1, -1.0
    for k in range(order.size):
        state = order[k]
        if place[state] != before or leaving[state] != exposure:
            before, exposure = place[state], leaving[state]
            now += 1
        layer[k] = state
        place[state] = now


@native
def _traced(origin: Int64, start: int, state: int, goal: int) -> Int64:
    """The states from the start to a state along their origins, and the goal."""
    many = 2
    at = state
    while at != start:
        at = origin[at]
        many += 1
    found = np.empty(many, dtype=np.int64)
    found[many - 1] = goal
    for place in range(many - 2, -1, -1):
        found[place] = state
        state = origin[state]
    return found
