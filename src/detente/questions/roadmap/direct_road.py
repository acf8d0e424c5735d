"""The road that goes only towards its end, few changes at a time.

Every option that a step changes comes nearer to where it stands in the end, and no option turns back. So the
states on the way lie between the two: they are few, and with a bound on the changes per step the best road can
be looked for among them all.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, product

import numpy as np

from detente.play.cached_graph import CachedGraph
from detente.questions.roadmap.exposure import Exposures
from detente.questions.roadmap.road_search import NO_ROAD, Road
from detente.states.state_graph import StateGraph

DIGITS = 9  # exposures that agree in so many are alike
Levels = tuple[int, ...]  # of the options that differ between the two ends
Ways = dict[Levels, tuple[tuple[float, ...], tuple[Levels, ...]]]  # to each state: exposures, states


def direct_road(
    cached: CachedGraph,
    tables: Sequence[tuple[int, ...]],
    exposed: Exposures,
    start: int,
    goal: int,
    most: int | None = None,
) -> Road:
    """The road towards its end with the least worst exposure, then the fewest steps; `NO_ROAD` without one.

    Parameters
    ----------
    cached : the free graph.
    tables : members of each open table, by index; every party may also move alone.
    exposed : what `exposure.exposures` returned.
    start, goal : states of the graph.
    most : so many options change in a step at most; any number by default.
    """
    if start == goal:
        return Road((start,), 0.0)
    way = _Between(cached, tables, exposed, start, goal, most)
    worst = way.least_worst()
    return NO_ROAD if worst is None else Road(way.fewest(worst), worst)


class _Between:
    """The states between two ends, and the steps from each that come nearer to the goal."""

    def __init__(
        self,
        cached: CachedGraph,
        tables: Sequence[tuple[int, ...]],
        exposed: Exposures,
        start: int,
        goal: int,
        most: int | None,
    ) -> None:
        graph = self.graph = cached.graph
        self.exposed, self.goal, self.whole = exposed, goal, graph.levels(start)
        ends = zip(graph.levels(start), graph.levels(goal), strict=True)
        self.axes = tuple(axis for axis, (one, two) in enumerate(ends) if one != two)
        self.owners = tuple(graph.axes[axis].owner for axis in self.axes)
        self.begin = tuple(graph.levels(start)[axis] for axis in self.axes)
        self.end = tuple(graph.levels(goal)[axis] for axis in self.axes)
        self.most = len(self.axes) if most is None else most
        self.seated = {frozenset({party}) for party in range(len(graph.parties))} | {
            frozenset(t) for t in tables
        }
        self.known: dict[Levels, int | None] = {}
        self.onward: dict[Levels, tuple[Levels, ...]] = {}

    def least_worst(self) -> float | None:
        """The least worst exposure of any road; None where there is none."""
        waiting, reached = [(0.0, self.begin)], {self.begin: 0.0}
        while waiting:
            worst, here = heapq.heappop(waiting)
            if here == self.end:
                return worst
            if worst > reached[here]:
                continue
            for there in self.steps(here):
                cost = max(worst, self.exposure(here, there))
                if cost < reached.get(there, np.inf):
                    reached[there] = cost
                    heapq.heappush(waiting, (cost, there))
        return None

    def fewest(self, bound: float) -> tuple[int, ...]:
        """The states of a road with the fewest steps, none more exposed than the bound.

        Of several it is one whose first steps are exposed least: no order of options or levels decides.
        """
        ways: Ways = {self.begin: ((), (self.begin,))}
        behind = {self.begin}
        while self.end not in ways:
            ahead: Ways = {}
            for here, (costs, states) in ways.items():
                for there in self.steps(here):
                    cost = self.exposure(here, there)
                    if there in behind or cost > bound:
                        continue
                    row = (*costs, round(cost, DIGITS))
                    if there not in ahead or row < ahead[there][0]:
                        ahead[there] = (row, (*states, there))
            behind |= set(ahead)
            ways = ahead
        return tuple(self.state(levels) for levels in ways[self.end][1])

    def exposure(self, here: Levels, there: Levels) -> float:
        return self.exposed.of(self.state(here), self.state(there))

    def state(self, levels: Levels) -> int:
        """The index of a feasible state."""
        found = self.find(levels)
        assert found is not None, "a step leads to a feasible state"
        return found

    def find(self, levels: Levels) -> int | None:
        if levels not in self.known:
            every = list(self.whole)
            for axis, level in zip(self.axes, levels, strict=True):
                every[axis] = level
            self.known[levels] = self.graph.find(tuple(every))
        return self.known[levels]

    def steps(self, here: Levels) -> tuple[Levels, ...]:
        """Where one step leads."""
        if here not in self.onward:
            self.onward[here] = tuple(dict.fromkeys(self._steps(here)))
        return self.onward[here]

    def _steps(self, here: Levels) -> Iterator[Levels]:
        ranks, state = self.graph.ranks, self.state(here)
        willing = {
            party for party in set(self.owners) if party >= 0 and ranks[party, self.goal] > ranks[party, state]
        }
        for members in sorted({tuple(sorted(table & willing)) for table in self.seated}):
            free = [
                (place, tuple(_nearer(self.graph, self.axes[place], here[place], self.end[place])))
                for place, owner in enumerate(self.owners)
                if owner in members
            ]
            free = [(place, levels) for place, levels in free if levels]
            for count in range(1, min(self.most, len(free)) + 1):
                for some in combinations(free, count):
                    for chosen in product(*(levels for _, levels in some)):
                        there = list(here)
                        for (place, _), level in zip(some, chosen, strict=True):
                            there[place] = level
                        if self.find(tuple(there)) is not None:
                            yield tuple(there)


def _nearer(graph: StateGraph, axis: int, here: int, end: int) -> range:
    """The levels of an option nearer to the end that it may be moved to."""
    allowed = {"up": end > here, "down": end < here, "fixed": False}.get(graph.axes[axis].moves, True)
    if here == end or not allowed:
        return range(0)
    return range(here + 1, end + 1) if end > here else range(end, here)


def detours(cached: CachedGraph, states: Sequence[int]) -> tuple[int, ...]:
    """The options (by axis) that change on a road otherwise than towards its end."""
    rows = [cached.graph.levels(state) for state in states]
    found = []
    for axis, levels in enumerate(zip(*rows, strict=True)):
        turns = [(one, two) for one, two in pairwise(levels) if one != two]
        end = levels[-1]
        away = any(abs(two - end) > abs(one - end) or (one - end) * (two - end) < 0 for one, two in turns)
        if away:
            found.append(axis)
    return tuple(found)
