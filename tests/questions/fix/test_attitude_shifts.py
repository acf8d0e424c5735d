"""The least shifts of attitudes against a grid of all shifts, judged by the literal definitions."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import numpy as np
import pytest

from detente.concepts import named
from detente.questions.fix.attitude_shifts import least_alone, least_together, replies, tempting
from detente.questions.fix.program import evenly
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


def one_move(*gains_and_slopes: list[float]) -> list[list[np.ndarray]]:
    """Moves that tempt under Nash: what each brings, and what each shift adds to it."""
    return [[np.array([row])] for row in gains_and_slopes]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_of_shifts_equally_small_the_order_of_parties_decides_nothing(order: tuple[int, ...]) -> None:
    # 0.6 is to be made up; the first attitude can rise by 0.1, the others by more, and each does as much
    room = np.array([0.1, 0.9, 0.8])
    moves = one_move([0.6, -1.0, -1.0, -1.0], [0.2, -0.5, -1.0, -1.0])
    turned = [[np.column_stack([way[:, :1], way[:, 1:][:, list(order)]]) for way in ways] for ways in moves]
    found = least_together(turned, np.zeros(3), room[list(order)])
    assert found is not None
    assert found.amounts == pytest.approx(np.array([0.1, 0.25, 0.25])[list(order)], abs=1e-6)


def test_of_points_equally_cheap_the_most_even_one_is_least_in_every_share_that_can_be() -> None:
    rng = random.Random(5)
    for _ in range(40):
        columns = rng.randint(2, 4)
        rows = np.array(
            [[rng.choice([0.0, 1.0, 1.0, 2.0]) for _ in range(columns)] for _ in range(rng.randint(1, 3))]
        )
        high = np.array([rng.choice([0.25, 0.5, 1.0]) for _ in range(columns)])
        wanted = np.minimum(0.25 * np.array([rng.randint(1, 4) for _ in rows]), rows @ high)
        found = evenly(np.ones(columns), rows, wanted, high, [False] * columns, np.eye(columns))
        assert found is not None
        grid = [np.array(point) for point in itertools.product(np.arange(0, 1.0001, 0.125), repeat=columns)]
        doing = [point for point in grid if (point <= high).all() and (rows @ point >= wanted - 1e-9).all()]
        cheapest = min(point.sum() for point in doing)
        assert found.sum() <= cheapest + 1e-7
        alike = [sorted(point, reverse=True) for point in doing if point.sum() <= found.sum() + 1e-9]
        assert all(most_even(sorted(found, reverse=True), other) for other in alike)


def most_even(one: list[float], other: list[float]) -> bool:
    """Whether the first place where two differ by more than rounding is less in the one."""
    apart = [mine - theirs for mine, theirs in zip(one, other, strict=True) if abs(mine - theirs) > 1e-7]
    return not apart or apart[0] < 0
