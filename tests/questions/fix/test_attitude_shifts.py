"""The least shifts of attitudes against a grid of all shifts, judged by the literal definitions."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import numpy as np
import pytest

from detente.concepts import named
from detente.questions.fix.attitude_shifts import least_alone, least_together, replies, tempting
from detente.questions.fix.state_trial import StateTrial
from detente.scenario.model import Scenario
from detente.states.compile import compile_graph
from detente.states.state_graph import StateGraph
from oracles.random_scenarios import Shape, random_scenario
from oracles.stability import Oracle

SHAPE = Shape(parties=(3, 3), options=(3, 4), combinations=24, ordinal=0, nature=0, views=0)


def crises() -> list[tuple[Scenario, StateGraph]]:
    made = [random_scenario(random.Random(seed), SHAPE) for seed in range(40)]
    made = [replace(scenario, attitudes=()) for scenario in made]
    return [(scenario, compile_graph(scenario)) for scenario in made]


def shifted(graph: StateGraph, worth: np.ndarray, party: int, shifts: np.ndarray) -> StateGraph:
    payoffs, ranks = graph.payoffs.copy(), graph.ranks.copy()
    payoffs[party] += np.rint((shifts @ worth) / graph.grid).astype(np.int64)
    ranks[party] = np.unique(payoffs[party], return_inverse=True)[1].reshape(-1)
    return replace(graph, payoffs=payoffs, ranks=ranks)


@pytest.mark.parametrize("name", ["nash", "gmr", "smr"])
def test_nothing_smaller_on_a_grid_of_shifts_makes_the_state_hold(name: str) -> None:
    concept, judged, grid = named(name), 0, np.linspace(-1, 1, 21)
    for scenario, graph in crises():
        worth = StateTrial(scenario, graph, concept, 0).worth
        oracle = Oracle(graph)
        for state in range(0, graph.states, 5):
            if oracle.stable(name, 0, state) or judged > 12:
                continue
            judged += 1
            low, high = -np.array([0.0, 1.0, 1.0]), np.array([0.0, 1.0, 1.0])
            ways = tempting(graph, worth, concept, 0, state)
            alone = least_alone(ways, 1, -1.0, 1.0)
            together = least_together(ways, low, high, np.inf if alone is None else abs(alone))
            least = np.inf
            for one, two in itertools.product(grid, grid):
                shifts = np.array([0.0, one, two])
                size = np.abs(shifts).sum()
                if Oracle(shifted(graph, worth, 0, shifts)).stable(name, 0, state):
                    least = min(least, size)
                    if two == 0:
                        assert alone is not None
                        assert abs(alone) <= abs(one) + 1e-5
            if together is None:
                assert least == np.inf
                continue
            assert together.exact
            assert together.size <= least + 1e-5
            assert alone is None or together.size <= abs(alone) + 1e-5
            assert Oracle(shifted(graph, worth, 0, together.amounts)).stable(name, 0, state)
    assert judged > 8


def test_replies_are_those_of_the_definition() -> None:
    for _, graph in crises()[:8]:
        oracle = Oracle(graph)
        for state in range(0, graph.states, 4):
            found = set(replies(graph, 0, state).tolist())
            assert found == oracle.reach(frozenset({1, 2}), state, None) - {state}
