"""Judged by keys or by ranks, a crisis has the same table, down to the last bit of every margin."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.concepts import CONCEPTS
from detente.stability.anticipate import anticipations
from detente.stability.closure import closures, grid
from detente.stability.closure.closures import open_field
from detente.stability.closure.scales import FARTHEST, by_payoffs
from detente.stability.table import Stability, stability
from detente.states.state_graph import StateGraph
from oracles.random_graphs import random_graph
from oracles.stability import NAMES, Oracle, moves

BATCHES = 10
PER_BATCH = 150


def on_keys(graph: StateGraph, threads: int = 1) -> list[bool]:
    """Whether keys say what each party's states are worth."""
    with open_field(graph, threads) as field:
        return [len(by_payoffs(field, party).worths) == 0 for party in range(len(graph.parties))]


def enlarged(graph: StateGraph) -> StateGraph:
    """The same crisis in units so small that different payoffs never fit into keys; margins stay."""
    return replace(graph, payoffs=graph.payoffs << 31, spans=graph.spans * 2.0**31)


def stretched(graph: StateGraph, rng: np.random.Generator, farthest: int) -> StateGraph:
    """Payoffs that rank alike and lie as far as this from that of the first state, which may be anything."""
    payoffs = graph.payoffs.copy()
    for party, own in enumerate(graph.ranks):
        first = int(rng.choice([0, 5 - FARTHEST, rng.integers(-(2**50), 2**50)]))
        found = np.zeros(graph.states, np.int64)
        for sign, some in ((1, own > own[0]), (-1, own < own[0])):
            if some.any():
                _, place = np.unique(sign * own[some], return_inverse=True)
                steps = np.cumsum(rng.integers(1, farthest // (place.max() + 1), place.max() + 1))
                steps[-1] = farthest
                found[some] = sign * steps[place]
        payoffs[party] = found + first if graph.cardinal[party] else own
    return replace(graph, payoffs=payoffs)


def enlarged_in_part(graph: StateGraph, turn: int) -> StateGraph:
    """The same crisis with every other party's payoffs in units so small that they do not fit."""
    bits = (np.arange(len(graph.parties)) + turn) % 2 * 31
    near = graph.payoffs - graph.payoffs[:, :1]
    return replace(graph, payoffs=near << bits[:, None], spans=graph.spans * 2.0**bits)


def agree(one: Stability, other: Stability) -> bool:
    assert one.margins is not None
    assert other.margins is not None
    return (
        np.array_equal(one.flags, other.flags)
        and np.array_equal(one.margin, other.margin, equal_nan=True)
        and np.array_equal(one.margins, other.margins, equal_nan=True)
    )


@pytest.mark.parametrize("batch", range(BATCHES))
def test_keys_and_ranks_give_the_same_flags_and_margins(batch: int) -> None:
    for number in range(PER_BATCH):
        rng = np.random.default_rng([17, batch, number])
        graph = random_graph(rng, largest=(24, 96, 900)[number % 3])
        wide = enlarged(graph)
        assert all(on_keys(graph))
        assert on_keys(wide) == [int(np.ptp(row)) == 0 for row in graph.payoffs]
        by_keys = stability(graph, per_party=True)
        assert agree(by_keys, stability(wide, per_party=True)), (batch, number)
        far = stretched(graph, rng, FARTHEST)
        assert agree(stability(far, per_party=True), stability(enlarged_in_part(far, number), per_party=True))


@pytest.mark.parametrize("farthest", [FARTHEST, FARTHEST + 1])
def test_payoffs_at_the_edge_of_keys_keep_to_the_definitions(farthest: int) -> None:
    for number in range(150):
        rng = np.random.default_rng([23, number])
        graph = stretched(random_graph(rng, largest=24, ordinal=False), rng, farthest)
        fits = farthest == FARTHEST
        assert on_keys(graph) == [fits or int(np.ptp(row)) == 0 for row in graph.payoffs]
        oracle, table = Oracle(graph), stability(graph, per_party=True)
        assert table.margins is not None
        for row, concept in enumerate(NAMES):
            for party in oracle.parties:
                stable = [oracle.stable(concept, party, state) for state in range(graph.states)]
                margins = [oracle.margin(concept, party, state) for state in range(graph.states)]
                assert table.stable(concept)[party].tolist() == stable
                assert table.margins[row, party].tolist() == margins


def test_an_ordinal_party_leaves_flags_and_no_margins() -> None:
    for number in range(100):
        rng = np.random.default_rng([29, number])
        graph = random_graph(rng, largest=48, ordinal=False)
        ordinal = np.arange(len(graph.parties)) == rng.integers(len(graph.parties))
        payoffs = np.where(ordinal[:, None], graph.ranks, graph.payoffs)
        mixed = replace(graph, payoffs=payoffs, cardinal=tuple(not one for one in ordinal))
        table = stability(mixed)
        assert np.array_equal(table.flags, stability(graph).flags)
        assert np.isnan(table.margin).all()


def test_what_everybody_anticipates_in_ranks_says_which_states_hold_on_keys() -> None:
    for number in range(60):
        graph = random_graph(np.random.default_rng([31, number]), largest=60)
        table = stability(graph)
        for party in range(len(graph.parties)):
            found = anticipations(graph, party)
            for concept in CONCEPTS:
                stays = [
                    all(
                        found[concept.name][to] <= graph.ranks[party, state]
                        for to in moves(graph, party, state)
                    )
                    for state in range(graph.states)
                ]
                assert table.stable(concept.name)[party].tolist() == stays


def test_lists_of_states_are_judged_on_either_scale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "_PAIRS_PER_STATE", 0)
    for number in range(60):
        graph = random_graph(np.random.default_rng([37, number]), largest=96)
        by_keys, by_ranks = (stability(one, per_party=True) for one in (graph, enlarged(graph)))
        assert agree(by_keys, by_ranks)
        monkeypatch.undo()
        assert agree(by_keys, stability(replace(graph), per_party=True))
        monkeypatch.setattr(grid, "_PAIRS_PER_STATE", 0)


@pytest.mark.parametrize("place", [1, 449, 899])
def test_one_payoff_too_far_is_noticed_by_whichever_thread_meets_it(
    place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closures, "_WORTH_THREADS", 1)
    graph = next(
        graph
        for attempt in range(1000)
        if (graph := random_graph(np.random.default_rng([41, attempt]), largest=1024, ordinal=False)).states
        >= 900
    )
    payoffs = graph.payoffs.copy()
    payoffs[:, place] = payoffs[:, 0] - FARTHEST - 1
    ranks = np.stack([np.unique(row, return_inverse=True)[1] for row in payoffs]).astype(np.int32)
    far = replace(graph, payoffs=payoffs, ranks=ranks)
    assert not any(on_keys(far, threads=2))
    two = stability(far, per_party=True, threads=2)
    assert agree(two, stability(far, per_party=True, threads=1))
