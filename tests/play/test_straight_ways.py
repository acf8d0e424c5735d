"""How likely play is to go straight from one state to another, against every sequence of rounds, one by one."""

from __future__ import annotations

import itertools
from functools import lru_cache
from math import exp, factorial

import numpy as np
import pytest

from detente.play import straight_ways
from detente.play.cached_graph import CachedGraph
from detente.states.state_graph import StateGraph
from oracles.chains import Chain
from oracles.random_graphs import random_graph
from oracles.random_strategies import random_conduct, random_tables
from oracles.stability import joint_moves

ROUNDS = 30  # so many at most, where 0.6 are expected: what is left out is below 1e-30


class Literal:
    """Straight ways by definition: sequences of rounds, each a stay or a step of parties that had not moved."""

    def __init__(
        self, graph: StateGraph, start: int, end: int, rounds: dict[int, list[tuple[int, float]]]
    ) -> None:
        self.graph, self.start, self.end, self.rounds = graph, start, end, rounds
        self.chance = lru_cache(maxsize=None)(self._chance)

    def _chance(self, state: int, rounds: int) -> float:
        """That exactly so many rounds lead from a state on the way to the end."""
        if rounds == 0:
            return float(state == self.end)
        return sum(
            chance * self.chance(after, rounds - 1)
            for after, chance in self.rounds[state]
            if after == state or self.straight(state, after)
        )

    def straight(self, state: int, after: int) -> bool:
        """Whether a step moves at least one party, each from its start to its end, all options at once."""
        moved = False
        for party in range(len(self.graph.parties)):
            places = [place for place, axis in enumerate(self.graph.axes) if axis.owner == party]
            at = [
                [self.graph.levels(one)[place] for place in places]
                for one in (self.start, state, after, self.end)
            ]
            if at[1] != at[2]:
                moved = True
                if at[1] != at[0] or at[2] != at[3] or at[0] == at[3]:
                    return False
        return moved

    def within(self, mean: float) -> float:
        return sum(exp(-mean) * mean**n / factorial(n) * self.chance(self.start, n) for n in range(ROUNDS))


def given(seed: int) -> tuple[np.random.Generator, StateGraph, int, int]:
    """A random graph, and two states that a move or two of every other party lead between."""
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, 40)
    start = state = int(rng.integers(graph.states))
    for party in rng.permutation(len(graph.parties)):
        moves = sorted(joint_moves(graph, {int(party)}, state))
        if moves and rng.random() < 0.7:
            state = int(rng.choice(moves))
    return rng, graph, start, state


@pytest.mark.parametrize("seed", range(150))
def test_the_walk_goes_straight_as_often_as_its_sequences_do(seed: int) -> None:
    rng, graph, start, end = given(seed)
    conduct, tables = random_conduct(rng, graph), random_tables(rng, graph)
    chain = Chain(graph, conduct, tables)
    rounds = {
        state: [(target, chance) for _, target, chance in chain.moves(state)] or [(state, 1.0)]
        for state in range(graph.states)
    }
    cached = CachedGraph(graph)
    straight = straight_ways.between(cached, start, end)
    chances = straight_ways.of_walk(cached, conduct, straight, tables)
    assert (chances.sum(axis=1) <= 1 + 1e-9).all()
    found = straight_ways.within(chances, 0.6)
    assert found == pytest.approx(Literal(graph, start, end, rounds).within(0.6), abs=1e-12)


@pytest.mark.parametrize("seed", range(150))
def test_moves_that_are_alike_go_straight_as_often_as_their_sequences_do(seed: int) -> None:
    _, graph, start, end = given(1_000 + seed)
    rounds = {}
    for state in range(graph.states):
        moves = [target for party in range(len(graph.parties)) for target in joint_moves(graph, {party}, state)]
        rounds[state] = [(target, 1 / (1 + len(moves))) for target in (state, *moves)]
    cached = CachedGraph(graph)
    chances = straight_ways.alike(cached, straight_ways.between(cached, start, end))
    assert straight_ways.within(chances, 0.6) == pytest.approx(
        Literal(graph, start, end, rounds).within(0.6), abs=1e-12
    )


@pytest.mark.parametrize("seed", range(60))
def test_the_likeliest_way_is_the_best_of_all_ways(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = 1 << int(rng.integers(0, 5))
    chances = rng.random((size, size)) * (rng.random((size, size)) < 0.6)

    def ways(here: int) -> list[tuple[int, ...]]:
        if here == size - 1:
            return [(here,)]
        further = [
            there for there in range(here + 1, size) if there & here == here and chances[here, there] > 0
        ]
        return [(here, *way) for there in further for way in ways(there)]

    def product(way: tuple[int, ...]) -> float:
        return float(np.prod([chances[pair] for pair in itertools.pairwise(way)]))

    found = straight_ways.likeliest(chances)
    assert (product(found) if found else 0.0) == pytest.approx(max(map(product, ways(0)), default=0.0))
    assert bool(found) == bool(ways(0))


@pytest.mark.parametrize("mean", [0.0, 0.02, 1.0, 7.5, 200.0, 2_000.0])
def test_rounds_are_poisson(mean: float) -> None:
    chances = straight_ways.poisson(mean)
    assert chances.sum() == pytest.approx(1.0, abs=1e-9)
    assert chances @ np.arange(len(chances)) == pytest.approx(mean, rel=1e-9)
