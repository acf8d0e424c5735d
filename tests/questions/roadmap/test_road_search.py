"""Roads against all simple paths: the least worst exposure, the fewest steps, and that every step is one."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from detente.play.cached_graph import CachedGraph
from detente.questions.roadmap.direct_road import detours, direct_road
from detente.questions.roadmap.exposure import exposures
from detente.questions.roadmap.road_search import mended, road
from detente.questions.roadmap.steps import changers
from oracles.random_graphs import random_graph
from oracles.random_strategies import random_conduct, random_tables
from oracles.roads import Roads, given
from oracles.stability import joint_moves

SEEDS = range(60)
LENGTHS: Counter[int] = Counter()  # of the roads that were compared with all simple paths
CLOSE = 1e-9


@pytest.mark.parametrize("seed", SEEDS)
def test_the_road_is_the_best_of_all_simple_paths(seed: int) -> None:
    cached, literal, tables, (start, _) = given(seed)
    for goal in range(cached.graph.states):
        best_of_all(cached, literal, tables, start, goal)


def best_of_all(
    cached: CachedGraph, literal: Roads, tables: list[tuple[int, ...]], start: int, goal: int
) -> None:
    found = road(cached, tables, exposures(cached, literal.foresight), start, goal)
    costs = [
        (max((literal.exposure(*step) for step in pairwise(path)), default=0.0), len(path))
        for path in literal.paths(start, goal)
    ]
    assert found.found == bool(costs)
    LENGTHS[len(found.states)] += 1
    if costs:
        worst = min(cost for cost, _ in costs)
        assert found.worst == pytest.approx(worst, abs=CLOSE)
        assert len(found.states) == min(steps for cost, steps in costs if cost <= worst + CLOSE)


def test_roads_of_several_steps_were_among_them() -> None:
    if sum(LENGTHS.values()) > 400:  # when all of the above were run
        assert min(LENGTHS[0], LENGTHS[2]) > 50
        assert LENGTHS[3] + LENGTHS[4] + LENGTHS[5] > 10


@pytest.mark.parametrize("seed", SEEDS)
def test_every_step_is_allowed_and_preferred_and_as_exposed_as_said(seed: int) -> None:
    cached, literal, tables, (start, _) = given(seed)
    for goal in range(cached.graph.states):
        every_step(cached, literal, tables, start, goal)


def every_step(
    cached: CachedGraph, literal: Roads, tables: list[tuple[int, ...]], start: int, goal: int
) -> None:
    exposed = exposures(cached, literal.foresight)
    found = road(cached, tables, exposed, start, goal)
    if not found.found:
        return
    assert (found.states[0], found.states[-1]) == (start, goal)
    for one, two in pairwise(found.states):
        assert literal.possible(one, two)
        assert literal.short(one, two, goal) < 0
        assert set(changers(cached, one, two)) == literal.who(one, two)
        assert exposed.of(one, two) == pytest.approx(literal.exposure(one, two), abs=CLOSE)
        assert exposed.of(one, two) <= found.worst


@pytest.mark.parametrize("seed", SEEDS)
def test_the_least_promise_that_opens_a_road(seed: int) -> None:
    cached, literal, tables, (start, goal) = given(seed)
    found = mended(cached, tables, start, goal)
    best = {start: -1.0}
    for _ in range(cached.graph.states):
        for one in list(best):
            for two in range(cached.graph.states):
                if two != one and literal.possible(one, two):
                    cost = max(best[one], literal.short(one, two, goal))
                    best[two] = min(best.get(two, math.inf), cost)
    assert found.found == (goal in best)
    if found.found:
        assert found.worst == pytest.approx(max(0.0, best[goal]), abs=CLOSE)
        for one, two in pairwise(found.states):
            assert literal.possible(one, two)
            assert literal.short(one, two, goal) <= found.worst + CLOSE
        assert not mended(cached, tables, start, goal, below=best[goal]).found or best[goal] < 0


def test_nothing_changes_twice_in_a_row_for_nothing() -> None:
    seen = 0
    for seed in range(300):
        rng = np.random.default_rng(seed)
        graph = random_graph(rng, largest=64)
        cached = CachedGraph(graph)
        foresight = random_conduct(rng, graph).foresight
        tables = [table.members for table in random_tables(rng, graph)]
        start, goal = (int(state) for state in rng.integers(graph.states, size=2))
        exposed = exposures(cached, foresight)
        found = road(cached, tables, exposed, start, goal)
        for place in range(1, len(found.states) - 1):
            one, two, three = found.states[place - 1 : place + 2]
            before, here, after = graph.levels(one), graph.levels(two), graph.levels(three)
            for axis, level in enumerate(here):
                for instead in {before[axis], after[axis]} - {level}:
                    if level in (before[axis], after[axis]):
                        continue
                    seen += 1
                    tried = graph.find((*here[:axis], instead, *here[axis + 1 :]))
                    assert tried is None or not _passes(cached, tables, exposed, (one, tried, three), found)
    assert seen > 0


def _passes(cached, tables, exposed, states, found) -> bool:  # type: ignore[no-untyped-def]
    """Whether two steps would do on the way to the road's end."""
    graph, goal = cached.graph, found.states[-1]
    for one, two in pairwise(states):
        who = set(changers(cached, one, two))
        groups = [{party} for party in range(len(graph.parties))] + [set(members) for members in tables]
        if not any(two in joint_moves(graph, group, one) for group in groups):
            return False
        if any(graph.ranks[party, goal] <= graph.ranks[party, one] for party in who):
            return False
        if exposed.of(one, two) > found.worst:
            return False
    return True


DIRECT: Counter[int] = Counter()  # of the gradual roads that were compared with all simple paths


@pytest.mark.parametrize("most", [None, 1, 2])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_direct_road_is_the_best_that_goes_only_towards_its_end(seed: int, most: int | None) -> None:
    cached, literal, tables, (start, _) = given(seed)
    exposed = exposures(cached, literal.foresight)
    for goal in range(cached.graph.states):
        found = direct_road(cached, tables, exposed, start, goal, most)
        costs = [
            (max((literal.exposure(*step) for step in pairwise(path)), default=0.0), len(path))
            for path in literal.paths(start, goal)
            if all(literal.nearer(one, two, goal, most) for one, two in pairwise(path))
        ]
        assert found.found == bool(costs)
        DIRECT[len(found.states)] += 1
        if costs:
            worst = min(cost for cost, _ in costs)
            assert found.worst == pytest.approx(worst, abs=CLOSE)
            assert len(found.states) == min(steps for cost, steps in costs if cost <= worst + CLOSE)
            assert detours(cached, found.states) == ()
            for one, two in pairwise(found.states):
                assert literal.possible(one, two)
                assert literal.short(one, two, goal) < 0
                assert literal.nearer(one, two, goal, most)


def test_gradual_roads_of_several_steps_were_among_them() -> None:
    if sum(DIRECT.values()) > 1000:  # when all of the above were run
        assert min(DIRECT[0], DIRECT[2], DIRECT[3]) > 20


def test_what_turns_aside_is_named() -> None:
    for seed in range(40):
        cached, literal, tables, (start, _) = given(seed)
        exposed = exposures(cached, literal.foresight)
        for goal in range(cached.graph.states):
            states = road(cached, tables, exposed, start, goal).states
            steps = pairwise(states)
            assert bool(detours(cached, states)) == (
                not all(literal.nearer(a, b, goal, None) for a, b in steps)
            )
