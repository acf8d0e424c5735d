"""Exits: what leaves an agreement from outside the table, against play over pairs of state and table."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from detente.play.cached_graph import CachedGraph
from detente.play.chain import Conduct
from detente.play.exits import SLIGHT, Exit, exits
from detente.play.stages import Course, Mixture, Stage, play, values
from detente.play.table_deals import Table
from detente.play.verdict import one_more_stage
from detente.states.state_graph import StateGraph
from oracles.exits import Seen, exits_literally
from oracles.random_graphs import random_graph
from oracles.random_strategies import random_conduct

TABLES = ((0, 1), (1, 2), (0, 2))


def random_talks(seed: int) -> tuple[StateGraph, CachedGraph, Conduct, tuple[Stage, ...], int]:
    """Strategies of which every stage has tables, so that much is agreed on and much is left."""
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, 18, parties=3, ordinal=False)
    cached, conduct = CachedGraph(graph), random_conduct(rng, graph)
    stages = []
    for _ in range(int(rng.integers(1, 4))):
        model = graph.levels(int(rng.integers(graph.states)))
        seated = rng.choice(3, int(rng.integers(0, 3)), replace=False)
        stages.append(
            Stage(
                cached=cached,
                conduct=conduct,
                fixed=tuple((axis, model[axis]) for axis in range(len(graph.axes)) if rng.random() < 0.1),
                tables=tuple(Table(f"T{k}", TABLES[k], bool(rng.random() < 0.6)) for k in seated),
                until=rng.random(graph.states) < 0.15 if rng.random() < 0.4 else None,
                require=bool(rng.random() < 0.4),
            )
        )
    return graph, cached, conduct, tuple(stages), int(rng.integers(graph.states))


def played(seed: int) -> tuple[Course, Course, Seen]:
    """A strategy as played, one more stage after it, and its exits word for word."""
    graph, free, conduct, stages, start = random_talks(seed)
    course = play(stages, Mixture(np.array([start]), np.ones(1)))
    after = one_more_stage(free, conduct, course.final)
    return course, after, exits_literally(graph, list(stages), Stage(free, conduct), start)


def test_exits_have_the_probability_of_being_made_at_all() -> None:
    kinds: set[str] = set()
    for seed in range(300):
        course, after, expected = played(seed)
        found: Seen = {}
        for way in exits(course, after, most=10_000):
            key = (way.party, way.table, way.start, way.end, way.phase)
            assert key not in found
            found[key] = way.probability
            kinds.add(kind(course, after, way))
        likely = {key: chance for key, chance in expected.items() if chance > SLIGHT}
        assert found == pytest.approx(likely, rel=1e-6, abs=1e-9), seed
    assert kinds >= {
        "within once",
        "within again",
        "within cycle",
        "held over once",
        "after once",
        "after cycle",
    }


def kind(course: Course, after: Course, way: Exit) -> str:
    """Where in play an exit is made, and whether it may be made once, again, or for ever."""
    phase = after.phases[0] if way.phase is None else course.phases[way.phase]
    ends = phase.cached.place(np.array([way.start, way.end]))
    here, there = (phase.walk.states.tolist().index(k) for k in ends)
    component, closed = phase.endings.component, phase.endings.closed
    seated = {table.id for table in phase.stage.tables}
    where = "after" if way.phase is None else "within" if way.table in seated else "held over"
    if component[here] != component[there]:
        return f"{where} once"
    return f"{where} {'cycle' if closed[component[here]] else 'again'}"


@pytest.mark.parametrize("seed", range(100))
def test_first_come_the_exits_that_cost_most_of_the_aim(seed: int) -> None:
    course, after, _ = played(seed)
    aim = np.random.default_rng(seed).random(len(course.phases[0].stage.cached.home)) < 0.4
    worth, lasting = values(course, aim), values(after, aim)[0]
    whole = exits(course, after, aim, worth, most=10_000)
    costs = []
    for way in whole:
        phase = after.phases[0] if way.phase is None else course.phases[way.phase]
        local = lasting if way.phase is None else worth[way.phase]
        assert way.success == local[phase.home.tolist().index(way.end)]
        costs.append(way.probability * (1 - way.success) if aim[way.start] else 0.0)
    assert costs == pytest.approx(sorted(costs, reverse=True))
    for (one, cost), (other, less) in pairwise(zip(whole, costs, strict=True)):
        assert cost > less - 1e-9
        assert cost > less + 1e-9 or one.probability >= other.probability - 1e-9
    for most in (1, 2, 3):
        assert exits(course, after, aim, worth, most) == whole[:most]
