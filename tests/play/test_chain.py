"""The walk against chains over all states, built from sets and dense matrices."""

from __future__ import annotations

import numpy as np
import pytest

from detente.errors import RefusedError
from detente.play.absorption import endings
from detente.play.cached_graph import CachedGraph
from detente.play.chain import Conduct, walk
from detente.play.table_deals import Table
from detente.states.state_graph import StateGraph
from oracles.chains import Chain, absorbed, long_run, simulate
from oracles.random_graphs import random_graph
from oracles.random_strategies import random_conduct, random_tables


@pytest.mark.parametrize("seed", range(400))
def test_moves_are_those_of_the_definitions(seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, 40)
    conduct, tables = random_conduct(rng, graph), random_tables(rng, graph)
    stays = rng.random(graph.states) < 0.1
    chain = Chain(graph, conduct, tables, set(np.flatnonzero(stays)))
    start = int(rng.integers(graph.states))
    found = walk(CachedGraph(graph), conduct, np.array([start]), tables, stays)
    assert found.states[0] == start
    assert len(set(found.states)) == len(found.states)
    for local, state in enumerate(found.states):
        moves = range(found.first[local], found.first[local + 1])
        seen = {(int(found.mover[k]), int(found.states[found.target[k]])): found.chance[k] for k in moves}
        expected = {(who, target): chance for who, target, chance in chain.moves(int(state))}
        assert seen == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("seed", range(12))
def test_tables_pass_over_no_agreement_among_many_states(seed: int) -> None:
    rng = np.random.default_rng(20_000 + seed)
    graph = random_graph(rng, 900, parties=3, ordinal=False)
    conduct = Conduct(("nash",) * 3, (1.0,) * 3)
    tables = (Table("all", (0, 1, 2), binding=True), Table("two", (0, 2), binding=bool(seed % 2)))
    chain, cached = Chain(graph, conduct, tables), CachedGraph(graph)
    for state in rng.choice(graph.states, min(20, graph.states), replace=False):
        for number, table in enumerate(tables):
            _, targets = cached.of_table(table, conduct.foresight).moves(np.array([state]))
            expected = {target for who, target, _ in chain.moves(int(state)) if who == 3 + number}
            assert set(targets.tolist()) == expected


@pytest.mark.parametrize("seed", range(60))
def test_what_is_known_from_earlier_walks_changes_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(30_000 + seed)
    graph = random_graph(rng, 60)
    conduct, tables = random_conduct(rng, graph), random_tables(rng, graph)
    known = CachedGraph(graph)
    for start in rng.choice(graph.states, 3):
        again = walk(known, conduct, np.array([start]), tables)
        with monkeypatch.context() as patch:
            patch.setattr("detente.play.move_index.DENSE", 0)  # codes are searched, not looked up
            fresh = walk(CachedGraph(graph), conduct, np.array([start]), tables)
        for name in ("states", "first", "target", "mover", "chance"):
            assert np.array_equal(getattr(again, name), getattr(fresh, name))


@pytest.mark.parametrize("seed", range(250))
def test_endings_are_those_of_the_dense_chain(seed: int) -> None:
    rng = np.random.default_rng(10_000 + seed)
    graph = random_graph(rng, 60)
    conduct, tables = random_conduct(rng, graph), random_tables(rng, graph)
    chain = Chain(graph, conduct, tables)
    matrix = chain.matrix()
    found, chances = absorbed(matrix)
    start = int(rng.integers(graph.states))
    path = walk(CachedGraph(graph), conduct, np.array([start]), tables)
    ends = endings(path)
    mass = np.zeros(len(path.states))
    mass[0] = 1.0
    reached = {frozenset(path.states[ends.members(c)].tolist()): c for c in np.flatnonzero(ends.closed)}
    expected = {frozenset(map(int, c)): p for c, p in zip(found, chances[start], strict=True) if p > 0}
    assert set(reached) == set(expected)
    absorbed_in = ends.absorbed(mass)
    worth = np.zeros(len(ends.closed))
    for members, component in reached.items():
        assert absorbed_in[component] == pytest.approx(expected[members], abs=1e-9)
        shares = long_run(matrix, set(members))
        local = ends.members(component)
        assert dict(zip(path.states[local].tolist(), ends.stationary[local], strict=True)) == pytest.approx(
            shares, abs=1e-9
        )
        worth[component] = rng.random()
    weights = np.array([worth[reached[c]] if c in reached else 0.0 for c in map(_key, found)])
    assert ends.values(worth) == pytest.approx(chances[path.states] @ weights, abs=1e-9)


def _key(members: set[int]) -> frozenset[int]:
    return frozenset(map(int, members))


def test_plain_simulation_agrees() -> None:
    rng = np.random.default_rng(7)
    graph = random_graph(rng, 40, parties=3, ordinal=False)
    conduct = Conduct(("seq",) * 3, (1.0, 2.0, 1.0), (5.0,) * 3, "noisy")
    path = walk(CachedGraph(graph), conduct, np.array([0]))
    ends = endings(path)
    exact = np.zeros(graph.states)
    mass = np.zeros(len(path.states))
    mass[0] = 1.0
    exact[path.states] = ends.absorbed(mass)[ends.component] * ends.stationary
    chain = Chain(graph, conduct)
    plays = [simulate(chain, 0, 200, rng) for _ in range(1500)]
    assert np.bincount(plays, minlength=graph.states) / 1500 == pytest.approx(exact, abs=0.05)


def test_large_components_are_solved_like_small_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that play leaves slowly: the sparse way gives what the dense way gives."""
    rng = np.random.default_rng(3)
    checked = 0
    for _ in range(60):
        graph = random_graph(rng, 200, ordinal=False)
        conduct = Conduct(("nash",) * len(graph.parties), (1.0,) * len(graph.parties))
        path = walk(CachedGraph(graph), conduct, np.array([0]))
        ends = endings(path)
        if np.diff(ends.begin).max() < 3:
            continue
        mass = rng.random(len(path.states))
        worth = rng.random(len(ends.closed))
        dense = (ends.visits(mass), ends.values(worth), ends.stationary)
        with monkeypatch.context() as patch:
            patch.setattr("detente.play.linear.DENSE", 1)
            again = endings(path)
            sparse = (again.visits(mass), again.values(worth), again.stationary)
        for one, other in zip(dense, sparse, strict=True):
            assert one == pytest.approx(other, rel=1e-9, abs=1e-10)
        checked += 1
    assert checked >= 5


def test_a_table_refuses_a_member_known_only_by_order() -> None:
    rng = np.random.default_rng(0)
    graph = random_graph(rng, 30, parties=3, ordinal=False)
    graph = StateGraph(
        graph.parties,
        graph.axes,
        graph.codes,
        graph.ranks,
        graph.ranks.astype(np.int64),
        (True, False, True),
        graph.spans,
    )
    with pytest.raises(RefusedError, match="table 'six' seats P1, known only by an order"):
        CachedGraph(graph).of_table(Table("six", (0, 1)), ("seq",) * 3)
    with pytest.raises(RefusedError, match="noisy choice weighs values"):
        walk(CachedGraph(graph), Conduct(("seq",) * 3, (1.0,) * 3, choice="noisy"), np.array([0]))
