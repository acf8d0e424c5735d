"""Steps, exposures and roads by simple paths: what `dynamics.roads` is compared with."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from detente.play.cached_graph import CachedGraph
from detente.states.state_graph import StateGraph
from oracles.random_graphs import random_graph
from oracles.random_strategies import random_conduct, random_tables
from oracles.stability import Oracle, joint_moves


class Roads:
    """Steps, exposures and roads of one graph, word for word from the definitions."""

    def __init__(self, graph: StateGraph, foresight: tuple[str, ...], tables: list[set[int]]) -> None:
        self.graph, self.foresight = graph, foresight
        self.oracle = Oracle(graph)
        self.groups = [*({party} for party in self.oracle.parties), *tables]
        self.brings = {
            (place, start): joint_moves(graph, group, start)
            for place, group in enumerate(self.groups)
            for start in range(graph.states)
        }

    def who(self, start: int, end: int) -> set[int]:
        before, after = self.graph.levels(start), self.graph.levels(end)
        return {axis.owner for axis, a, b in zip(self.graph.axes, before, after, strict=True) if a != b}

    def possible(self, start: int, end: int) -> bool:
        return any(end in self.brings[place, start] for place in range(len(self.groups)))

    def short(self, start: int, end: int, goal: int) -> float:
        """The most that somebody would lose at the goal, -1 where all who take the step prefer it."""
        found = -1.0
        for party in self.who(start, end):
            if self.graph.ranks[party, goal] <= self.graph.ranks[party, start]:
                loss = self.oracle.payoff(party, start) - self.oracle.payoff(party, goal)
                found = max(found, loss / self.graph.spans[party] if self.graph.cardinal[party] else 0.0)
        return found

    def nearer(self, start: int, end: int, goal: int, most: int | None) -> bool:
        """Whether a step changes no more options than that, and only to between here and the goal."""
        ways = list(zip(*(self.graph.levels(state) for state in (start, end, goal)), strict=True))
        towards = all(min(one, last) <= two <= max(one, last) for one, two, last in ways)
        return towards and (most is None or sum(one != two for one, two, _ in ways) <= most)

    def exposure(self, start: int, end: int) -> float:
        most = 0.0
        for party in self.oracle.parties:
            for other in self.oracle.moves[party][start] - {end}:
                ahead = self.oracle.anticipated(self.foresight[party], party, other)
                gain = ahead - self.oracle.payoff(party, start)
                if gain > 0:
                    most = max(most, gain / self.graph.spans[party] if self.graph.cardinal[party] else 1.0)
        return most

    def paths(self, start: int, goal: int) -> Iterator[tuple[int, ...]]:
        """All simple paths of steps that all who take them prefer."""

        def onward(path: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
            if path[-1] == goal:
                yield path
                return
            for end in range(self.graph.states):
                if end not in path and self.possible(path[-1], end) and self.short(path[-1], end, goal) < 0:
                    yield from onward((*path, end))

        return onward((start,))


def given(seed: int) -> tuple[CachedGraph, Roads, list[tuple[int, ...]], tuple[int, int]]:
    """A random graph with tables, and two of its states."""
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, largest=9)
    foresight = random_conduct(rng, graph).foresight
    tables = [table.members for table in random_tables(rng, graph)]
    start, goal = (int(state) for state in rng.integers(graph.states, size=2))
    return (
        CachedGraph(graph),
        Roads(graph, foresight, [set(members) for members in tables]),
        tables,
        (start, goal),
    )
