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
from typing import NamedTuple

import numpy as np

from detente.dynamics.board import Board, Int32, allowed, find, pattern_of
from detente.dynamics.ground import Foresight, Ground
from detente.dynamics.native import native
from detente.graph.state_graph import Bools, Floats, Int64, StateGraph

NOWHERE = -1
BARRED = float("inf")


class Circle(NamedTuple):
    """Who may change options together: a bit per party that ever moves (else 0), tables as sums of bits."""

    bit: Int64  # (party,)
    tables: Int64  # (table,)


@dataclass(frozen=True, eq=False)
class Exposures:
    """What somebody could gain at each state by leaving it otherwise, in spans (at least 0).

    `leaving[state]` belongs to every step from a state but one: the step to `tempting[state]` (-1: none) takes
    away the very move that tempts most, so that `aside[state]`, the most that is left, belongs to it. A gain of
    a party that is known only by an order of states counts as 1.
    """

    leaving: Floats
    aside: Floats
    tempting: Int64

    def of(self, start: int, end: int) -> float:
        """The exposure of a step."""
        return float(self.aside[start] if end == self.tempting[start] else self.leaving[start])


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


def exposures(ground: Ground, foresight: Foresight) -> Exposures:
    """What somebody could gain at each state of a ground by leaving it otherwise.

    Parameters
    ----------
    ground : the free graph: no commitments.
    foresight : a concept's name per party.
    """
    count = ground.graph.states
    first, second = np.zeros(count), np.zeros(count)
    tempting = np.full(count, NOWHERE, dtype=np.int64)
    for party, concept in enumerate(foresight):
        best, next_best, target = _best_two(ground.board, party, ground.anticipated(party, concept))
        gain, left = _gain(ground, party, best), _gain(ground, party, next_best)
        ahead = gain > first
        second = np.where(ahead, np.maximum(first, left), np.maximum(second, gain))
        tempting = np.where(ahead, target, tempting)
        first = np.where(ahead, gain, first)
    for array in (first, second, tempting):
        array.setflags(write=False)
    return Exposures(first, second, tempting)


def road(ground: Ground, tables: Sequence[tuple[int, ...]], exposed: Exposures, start: int, goal: int) -> Road:
    """The road with the least worst exposure, then the fewest steps; `NO_ROAD` where there is none.

    On it no option changes in two steps that follow each other where, all else alike, fewer changes would do.

    Parameters
    ----------
    ground : the free graph.
    tables : members of each open table, by index; every party may also move alone.
    exposed : what `exposures` returned.
    start, goal : states of the ground.
    """
    return _road(ground, _circle(ground, tables), exposed, _willing(ground, goal), start, goal)


def mended(
    ground: Ground, tables: Sequence[tuple[int, ...]], start: int, goal: int, below: float = BARRED
) -> Road:
    """The road for which the least would have to be promised, where not everybody prefers its end.

    The cost of a step is the most that somebody whose options change would lose by ending at the goal rather
    than staying where the step begins, in spans (0 for parties known only by an order of states); a promise of
    more than that, kept at the goal, makes the step one that all who take it prefer. `NO_ROAD` where none costs
    less than `below`, or where tables and directions of options leave no way at all.
    """
    graph, circle = ground.graph, _circle(ground, tables)
    losses = np.zeros((len(graph.parties), graph.states))
    for party in range(len(graph.parties)):
        better = graph.ranks[party] < graph.ranks[party, goal]
        loss = graph.payoffs[party] - graph.payoffs[party, goal]
        known = loss / graph.spans[party] if graph.cardinal[party] else np.zeros(graph.states)
        losses[party] = np.where(better, -1.0, known)
    none = np.zeros(graph.states)
    free = Exposures(none, none, np.full(graph.states, NOWHERE, dtype=np.int64))

    def tried(most: float) -> Road:
        return _road(ground, circle, free, _mask(ground, losses <= most), start, goal)

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


def changers(ground: Ground, start: int, end: int) -> tuple[int, ...]:
    """The parties whose options a step changes."""
    graph = ground.graph
    before, after = graph.levels(start), graph.levels(end)
    moved = {axis.owner for axis, one, two in zip(graph.axes, before, after, strict=True) if one != two}
    return tuple(sorted(moved))


def _gain(ground: Ground, party: int, best: Int32) -> Floats:
    """What a party gains by its best alternative, per state: in spans, or 1 where it is known only by order."""
    graph, ranks = ground.graph, ground.graph.ranks[party]
    if not graph.cardinal[party]:
        counted: Floats = (best > ranks).astype(np.float64)
        return counted
    worths = ground.worths(party)
    gain: Floats = np.asarray((worths[best] - worths[ranks]) / (graph.spans[party] * graph.grid))
    gain[best <= ranks] = 0.0
    return gain


def _road(ground: Ground, circle: Circle, exposed: Exposures, willing: Int64, start: int, goal: int) -> Road:
    if start == goal:
        return Road((start,), 0.0)
    board = ground.board
    given = (circle, willing, exposed.leaving, exposed.aside, exposed.tempting, start, goal)
    worst = 0.0
    states = _fewest(board, *given, worst).tolist()  # often there is one without any exposure
    if not states:
        worst = float(_least_worst(board, *given))
        if worst == BARRED:
            return NO_ROAD
        states = _fewest(board, *given, worst).tolist()
    _straighten(ground, circle, exposed, willing, states, worst)
    return Road(tuple(states), worst)


def _willing(ground: Ground, goal: int) -> Int64:
    """Per state, the parties (as bits) that prefer the goal to it."""
    ranks = ground.graph.ranks
    return _mask(ground, ranks < ranks[:, [goal]])


def _mask(ground: Ground, rows: Bools) -> Int64:
    """A row of yes and no per party as bits per state."""
    found = np.zeros(rows.shape[1], dtype=np.int64)
    for row, bit in zip(rows, _bits(ground), strict=True):
        found |= np.where(row, bit, 0)
    return found


def _bits(ground: Ground) -> list[int]:
    """One bit for each party that has more than one way to stand, 0 for the others."""
    many = np.diff(ground.board.pattern_first) > 1
    return [1 << int(many[:party].sum()) if many[party] else 0 for party in range(len(many))]


def _circle(ground: Ground, tables: Sequence[tuple[int, ...]]) -> Circle:
    """Each party by itself and every table, leaving out who is wholly seated at another."""
    bits = _bits(ground)
    seats = {sum(bits[member] for member in set(members)) for members in tables} | set(bits)
    kept = [one for one in seats if one and not any(one & other == one for other in seats - {one})]
    return Circle(np.array(bits, dtype=np.int64), np.array(sorted(kept), dtype=np.int64))


def _straighten(
    ground: Ground, circle: Circle, exposed: Exposures, willing: Int64, states: list[int], worst: float
) -> None:
    """Leave out changes on the way, option by option, as long as the road stays one and no worse."""

    def passable(place: int) -> bool:
        start, end = states[place], states[place + 1]
        who = _changed(ground.board, circle, start, end)
        free = bool(_together(circle, who, int(willing[start])))
        return start != end and free and exposed.of(start, end) <= worst

    def straightened() -> bool:
        for place in range(1, len(states) - 1):
            kept = states[place]
            before, after = states[place - 1], states[place + 1]
            for straighter in _straighter(ground.graph, before, kept, after):
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
def _best_two(board: Board, party: int, ahead: Int32) -> tuple[Int32, Int32, Int64]:
    """Ranks of a party's best and next best alternative at every state (-1: none), and the best one itself."""
    first, last = board.pattern_first[party], board.pattern_first[party + 1]
    count = board.codes.size
    best, second = np.full(count, NOWHERE, dtype=np.int32), np.full(count, NOWHERE, dtype=np.int32)
    target = np.full(count, NOWHERE, dtype=np.int64)
    for state in range(count):
        code = int(board.codes[state])
        before = pattern_of(board, party, code)
        base = code - int(board.offset[first + before])
        for after in range(last - first):
            if after == before or not allowed(board, party, before, after):
                continue
            end = find(board, base + int(board.offset[first + after]))
            if end < 0:
                continue
            rank = ahead[end]
            if rank > best[state]:
                second[state] = best[state]
                best[state] = rank
                target[state] = end
            elif rank > second[state]:
                second[state] = rank
    return best, second, target


@native
def _changed(board: Board, circle: Circle, start: int, end: int) -> int:
    """Bits of the parties whose options a step changes; -1 where no such step is allowed to anybody."""
    before, after = int(board.codes[start]), int(board.codes[end])
    who, left = 0, after - before
    for party in range(circle.bit.size):
        one, two = pattern_of(board, party, before), pattern_of(board, party, after)
        if one != two:
            if not allowed(board, party, one, two):
                return NOWHERE
            first = int(board.pattern_first[party])
            left -= int(board.offset[first + two]) - int(board.offset[first + one])
            who |= int(circle.bit[party])
    return who if left == 0 else NOWHERE


@native
def _together(circle: Circle, who: int, willing: int) -> bool:
    """Whether some parties sit at one table and are all willing."""
    if who < 0 or who & willing != who:
        return False
    for table in circle.tables:  # noqa: SIM110, a generator would not be compiled
        if who & table == who:
            return True
    return False


@native
def _group(board: Board, circle: Circle, who: int, state: int) -> int:
    """A number that states share when these parties can bring about the same states from each."""
    code, movers = int(board.codes[state]), 0
    rest = code
    for party in range(circle.bit.size):
        if circle.bit[party] > 0:
            movers += 1
        if circle.bit[party] & who:
            for axis in range(board.axis_first[party], board.axis_first[party + 1]):
                if board.way[axis] == 0:
                    stride = int(board.stride[axis])
                    rest -= code // stride % int(board.size[axis]) * stride
    return (rest << movers) | who


@native
def _spread(board: Board, circle: Circle, who: int, state: int, out: Int64) -> int:
    """Write all that some parties can bring about together, nothing included, into `out`; return how many."""
    members = np.empty(circle.bit.size, dtype=np.int64)
    code, seated = int(board.codes[state]), 0
    widest = 0
    for party in range(circle.bit.size):
        if circle.bit[party] & who:
            members[seated] = party
            seated += 1
            widest = max(widest, int(board.pattern_first[party + 1] - board.pattern_first[party]))
    shift = np.zeros((seated, widest), dtype=np.int64)
    many, at = np.zeros(seated, dtype=np.int64), np.zeros(seated, dtype=np.int64)
    for seat in range(seated):
        party = int(members[seat])
        first, last = int(board.pattern_first[party]), int(board.pattern_first[party + 1])
        before = pattern_of(board, party, code)
        for after in range(last - first):
            if after == before or allowed(board, party, before, after):
                shift[seat, many[seat]] = board.offset[first + after] - board.offset[first + before]
                many[seat] += 1
        code += int(shift[seat, 0])
    count = 0
    while True:
        found = find(board, code)
        if found >= 0:
            out[count] = found
            count += 1
        seat = 0
        while seat < seated:  # the next combination, first member fastest
            code -= int(shift[seat, at[seat]])
            at[seat] += 1
            if at[seat] < many[seat]:
                code += int(shift[seat, at[seat]])
                break
            at[seat] = 0
            code += int(shift[seat, 0])
            seat += 1
        if seat == seated:
            return count


@native
def _least_worst(
    board: Board,
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
    reached = np.zeros(board.codes.size, dtype=np.bool_)
    out = np.empty(board.codes.size, dtype=np.int64)
    visited = {_group(board, circle, 0, start)}
    departures = [(leaving[start], start, False)]
    if tempting[start] >= 0:
        heapq.heappush(departures, (aside[start], start, True))
    reached[start] = True
    worst: float = 0.0
    while len(departures) > 0:
        exposure, state, turning = heapq.heappop(departures)
        worst = max(worst, exposure)
        first = tempting[state] if turning else goal
        if _together(circle, _changed(board, circle, state, first), willing[state]):
            if first == goal:
                return worst
            out[0] = first
            _arrive(out, 1, reached, departures, leaving, aside, tempting)
        if turning:
            continue
        for table in circle.tables:
            who = table & willing[state]
            group = _group(board, circle, who, state)
            if who > 0 and group not in visited:
                visited.add(group)
                count = _spread(board, circle, who, state, out)
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
    board: Board,
    circle: Circle,
    willing: Int64,
    leaving: Floats,
    aside: Floats,
    tempting: Int64,
    start: int,
    goal: int,
    bound: float,
) -> Int64:
    """The states of a road with the fewest steps, none more exposed than the bound; empty without one."""
    origin = np.full(board.codes.size, NOWHERE, dtype=np.int64)
    line, out = np.empty(board.codes.size, dtype=np.int64), np.empty(board.codes.size, dtype=np.int64)
    visited = {_group(board, circle, 0, start)}
    line[0] = start
    origin[start] = start
    known, served = 1, 0
    while served < known:
        state = line[served]
        served += 1
        cost = aside[state] if goal == tempting[state] else leaving[state]
        if cost <= bound and _together(circle, _changed(board, circle, state, goal), willing[state]):
            return _traced(origin, start, state, goal)
        turn = tempting[state]
        untried = turn >= 0 and aside[state] <= bound and origin[turn] < 0
        if untried and _together(circle, _changed(board, circle, state, turn), willing[state]):
            origin[turn] = state
            line[known] = turn
            known += 1
        if leaving[state] > bound:
            continue
        for table in circle.tables:
            who = table & willing[state]
            group = _group(board, circle, who, state)
            if who > 0 and group not in visited:
                visited.add(group)
                for end in out[: _spread(board, circle, who, state, out)]:
                    if origin[end] < 0:
                        origin[end] = state
                        line[known] = end
                        known += 1
    return line[:0]


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
