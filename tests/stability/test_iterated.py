"""The bounds of iterated foresight agree with the literal definition, state by state, on random crises."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from detente.stability.anticipate import anticipated
from detente.stability.closure import closures, grid, open_sweeps
from detente.stability.closure.closures import open_field
from detente.stability.closure.label_setting import best_own
from detente.stability.iterated import Bounds, doubtful, iterated, start, tighten
from detente.states.moves import own_moves
from detente.states.state_graph import StateGraph
from oracles.iseq import Iterated
from oracles.random_graphs import dense, random_graph

FAST, SLOW, PER_BATCH = 6, 40, 60


def crises(*seed: int, count: int = PER_BATCH) -> list[StateGraph]:
    """Small ones with ties, holes, views, one-way, many-level and fixed options; some with a commitment."""
    found = []
    for number in range(count):
        rng = np.random.default_rng([*seed, number])
        graph = random_graph(rng, largest=(24, 12, 36)[number % 3])
        if number % 4 == 0 and graph.axes:
            committed = int(rng.integers(len(graph.axes)))
            axes = list(graph.axes)
            axes[committed] = replace(axes[committed], moves="fixed")
            graph = replace(graph, axes=tuple(axes))
        found.append(graph)
    return found


def told(graph: StateGraph, bounds: Bounds) -> tuple[np.ndarray, np.ndarray]:
    """Int64[party, state]: at least and at most, as payoffs."""
    rows: list[list[np.ndarray]] = [[], []]
    with open_field(graph) as field:
        for party in range(len(graph.parties)):
            worth = dict(zip(graph.ranks[party].tolist(), graph.payoffs[party].tolist(), strict=True))
            for into, laid in zip(rows, (bounds.lo, bounds.hi), strict=True):
                into.append(np.array([worth[rank] for rank in field.grid.gather(laid[party]).tolist()]))
    return np.stack(rows[0]), np.stack(rows[1])


def agree(graph: StateGraph) -> int:
    """Compare values, open moves and stable states; how many moves are undetermined."""
    expected = Iterated(graph)
    lo, hi = told(graph, iterated(graph))
    for party in expected.parties:
        assert lo[party].tolist() == [expected.lo(party, state) for state in expected.states]
        assert hi[party].tolist() == [expected.hi(party, state) for state in expected.states]
        for state in expected.states:
            moves, here = own_moves(graph, party, state), graph.payoffs[party, state]
            surely = {int(there) for there in moves if lo[party, there] > here}
            assert surely == expected.surely_open(party, state)
            assert {int(there) for there in moves if hi[party, there] > here} == expected.maybe_open(
                party, state
            )
            assert (not surely) == expected.stable_at(2 * len(expected.levels) + 1, party, state)
    return expected.undetermined()


@pytest.mark.parametrize("batch", range(FAST))
def test_values_open_moves_and_stable_states_agree_with_the_definition(batch: int) -> None:
    for graph in crises(81, batch):
        agree(graph)


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(SLOW))
def test_the_definition_is_met_on_thousands_of_crises(batch: int) -> None:
    for graph in crises(82, batch):
        agree(graph)


def test_what_stays_undetermined_is_found() -> None:
    """Where one party loses what another gains, expectations often run in circles."""
    undetermined = 0
    for number in range(60):
        graph = random_graph(np.random.default_rng([87, number]), largest=12, parties=2 + number % 2)
        rng = np.random.default_rng([88, number])
        rows = rng.integers(0, 3, graph.payoffs.shape)
        rows[1] = 2 - rows[0]
        axes = tuple(replace(axis, moves="both", owner=max(axis.owner, 0)) for axis in graph.axes)
        graph = replace(graph, axes=axes, ranks=np.stack([dense(row) for row in rows]), payoffs=rows, seen={})
        undetermined += agree(graph) > 0
    assert undetermined > 3


def test_who_stays_only_if_what_is_undetermined_is_closed() -> None:
    found = 0
    for number in range(60):
        graph = random_graph(np.random.default_rng([90, number]), largest=12, parties=2)
        rows = np.random.default_rng([91, number]).integers(0, 3, graph.payoffs.shape)
        rows[1] = 2 - rows[0]
        graph = replace(graph, ranks=np.stack([dense(row) for row in rows]), payoffs=rows, seen={})
        expected, told_so = Iterated(graph), doubtful(graph)
        for party in expected.parties:
            for state in expected.states:
                unsure = not expected.surely_open(party, state) and bool(expected.maybe_open(party, state))
                assert told_so[party, state] == unsure
                found += unsure
    assert found > 3


def test_every_round_encloses_the_end_more_closely() -> None:
    for graph in crises(83, count=40):
        end = told(graph, iterated(graph))
        with open_field(graph) as field:
            bounds = start(field)
            before = None
            while not bounds.settled:
                tighten(field, bounds, rounds=1)
                lo, hi = told(graph, bounds)
                assert np.all((lo <= end[0]) & (end[1] <= hi))
                if before is not None:
                    assert np.all((lo >= before[0]) & (hi <= before[1]))
                before = lo, hi
            assert np.array_equal((lo, hi), end)


def test_the_first_round_starts_at_sequential_foresight_and_stable_states_are_nested() -> None:
    """Nash, then hi, then lo, then SEQ; on crises too wide for the definition, too."""
    for number in range(40):
        graph = random_graph(np.random.default_rng([89, number]), largest=900, parties=2 + number % 3)
        with open_field(graph) as field:
            bounds = start(field)
            tighten(field, bounds, rounds=1)
            first = [field.grid.gather(row).copy() for row in bounds.lo[: len(graph.parties)]]
            tighten(field, bounds)
            for party, values in enumerate(first):
                assert np.array_equal(values, anticipated(graph, party, "seq"))
                lo, hi = (field.grid.gather(rows[party]) for rows in (bounds.lo, bounds.hi))
                levels = (graph.ranks[party], hi, lo, values)
                stable = [best_own(graph, party, level) <= graph.ranks[party] for level in levels]
                assert all(np.all(less <= more) for less, more in pairwise(stable))


def test_lists_of_states_give_what_the_grid_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [told(graph, iterated(graph)) for graph in crises(84)]
    monkeypatch.setattr(closures, "MOST_PASSES", 2)
    for graph, bounds in zip(crises(84), expected, strict=True):
        assert np.array_equal(told(graph, iterated(graph)), bounds)
    monkeypatch.setattr(grid, "_PAIRS_PER_STATE", 0)
    listed = 0
    for graph, bounds in zip(crises(84), expected, strict=True):
        listed += not grid.grid_of(graph).worthwhile
        assert np.array_equal(told(graph, iterated(graph)), bounds)
    assert listed > PER_BATCH // 2


def test_the_number_of_threads_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closures, "_WORTH_THREADS", 1)
    for number in range(8):
        wishes = {"largest": 900, "parties": 2 + number % 3}
        one, *others = (random_graph(np.random.default_rng([85, number]), **wishes) for _ in range(3))
        expected = told(one, iterated(one, threads=1))
        for threads, other in zip((2, 3), others, strict=True):
            assert np.array_equal(told(other, iterated(other, threads=threads)), expected)


def test_the_loop_is_compiled_for_one_kind_of_arrays_only() -> None:
    for graph in crises(86, count=20):
        iterated(graph)
    assert len(open_sweeps.least_by_open_moves.signatures) == 1
