"""Agreements that must be ratified: against chains in which what is turned down leaves play where it stood."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.play.cached_graph import CachedGraph
from detente.play.chain import Conduct, walk
from detente.play.stages import Mixture, Stage, play
from detente.play.table_deals import Table
from detente.states.state_graph import Axis, StateGraph
from oracles.chains import Chain, play_literally, simulate, success
from oracles.random_strategies import random_case

CHANCES = (0.0, 0.25, 0.6, 1.0)


def at(state: int) -> Mixture:
    return Mixture(np.array([state]), np.ones(1))


def ratified(stages: tuple[Stage, ...], seed: int) -> tuple[Stage, ...]:
    rng = np.random.default_rng(seed)
    return tuple(
        replace(
            stage,
            tables=tuple(replace(table, ratified=float(rng.choice(CHANCES))) for table in stage.tables),
        )
        for stage in stages
    )


@pytest.mark.parametrize("seed", range(300))
def test_strategies_end_as_where_every_refusal_is_a_round(seed: int) -> None:
    graph, _, _, stages, start = random_case(40_000 + seed)
    stages = ratified(stages, seed)
    inside = np.random.default_rng(seed).random(graph.states) < 0.4
    literal = play_literally(graph, list(stages), {start: 1.0})
    course = play(stages, at(start))
    assert course.success(inside) == pytest.approx(
        success(literal, set(np.flatnonzero(inside).tolist())), abs=1e-9
    )
    rests = {}
    for rest in course.rests:
        rests[rest.state] = rests.get(rest.state, 0.0) + rest.probability
    expected: dict[int, float] = {}
    for (kind, states), mass in literal.items():
        if kind != "cycle":
            [state] = states
            expected[state] = expected.get(state, 0.0) + mass
    assert rests == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_always_ratified_is_the_same_to_the_last_bit(seed: int) -> None:
    graph, cached, conduct, stages, start = random_case(50_000 + seed)
    for stage in stages:
        always = tuple(replace(table, ratified=1.0) for table in stage.tables)
        one = walk(cached, conduct, np.array([start]), stage.tables)
        other = walk(CachedGraph(graph), conduct, np.array([start]), always)
        assert np.array_equal(one.chance, other.chance)
        assert np.array_equal(one.states, other.states)


def choice() -> CachedGraph:
    """A and B both gain by yes yes, which neither begins alone; C ends it all by itself.

    States 0: nothing, 1 and 2: A or B alone, 3: A and B; from 4 on the same with C's end, where all rest.
    """
    payoffs = np.array(
        [[2, 1, 1, 3, 0, 0, 0, 0], [2, 1, 1, 3, 0, 0, 0, 0], [1, 1, 1, 1, 2, 0, 0, 0]], dtype=np.int64
    )
    axes = (Axis("A.x", 0, 2, "up"), Axis("B.y", 1, 2, "up"), Axis("C.z", 2, 2, "up"))
    ranks = payoffs.astype(np.int32)
    spans = np.ptp(payoffs, axis=1).astype(float)
    return CachedGraph(StateGraph(("A", "B", "C"), axes, np.arange(8), ranks, payoffs, (True,) * 3, spans, 1.0))


def test_a_refusal_gives_others_time() -> None:
    """Two movers, one draw each: what is ratified in 3 of 5 cases wins 0.6 of 1.6 times."""
    cached, conduct = choice(), Conduct(("nash",) * 3, (1.0,) * 3)
    for chance, expected in ((1.0, 0.5), (0.6, 0.375), (0.0, 0.0)):
        deal = Table("deal", (0, 1), binding=True, ratified=chance)
        course = play((Stage(cached, conduct, tables=(deal,)),), at(0))
        assert course.success(np.arange(8) == 3) == pytest.approx(expected)


def test_simulation_agrees() -> None:
    cached, conduct = choice(), Conduct(("nash",) * 3, (1.0,) * 3)
    deal = Table("deal", (0, 1), binding=True, ratified=0.6)
    rng, chain = np.random.default_rng(7), Chain(cached.graph, conduct, (deal,))
    ends = [simulate(chain, 0, 60, rng) for _ in range(4_000)]
    assert ends.count(3) / len(ends) == pytest.approx(0.375, abs=0.03)
