"""A search for single moves answers as the literal definition does, however soon it gives up and goes on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.stability import move_search
from detente.stability.closure import grid, search
from detente.stability.closure.closures import open_field
from detente.stability.iterated import iterated
from detente.stability.move_search import CLOSED, OPEN, UNDETERMINED, MoveSearch
from detente.states.moves import own_moves
from detente.states.state_graph import Axis, StateGraph
from oracles.iseq import Iterated
from oracles.random_graphs import dense, random_graph


def crises(*seed: int, count: int) -> list[StateGraph]:
    return [
        random_graph(np.random.default_rng([*seed, number]), largest=(24, 12, 36)[number % 3])
        for number in range(count)
    ]


def pennies() -> StateGraph:
    """One wants to match, the other to differ."""
    payoffs = np.array([[1, 0, 0, 1], [0, 1, 1, 0]])
    axes = (Axis("heads", 0, 2, "both"), Axis("tails", 1, 2, "both"))
    ranks = payoffs.astype(np.int32)
    return StateGraph(("A", "B"), axes, np.arange(4), ranks, payoffs, (True, True), np.ones(2))


def agree(graph: StateGraph, seed: int) -> int:
    """Ask about all moves of all parties, in any order; how many rounds that took."""
    expected = Iterated(graph)
    rng = np.random.default_rng(seed)
    with open_field(graph) as field:
        found = MoveSearch(field)
        for party in rng.permutation(len(graph.parties)).tolist():
            for state in rng.permutation(graph.states).tolist():
                moves = own_moves(graph, party, state).astype(np.int64)
                answers = found.opens(party, np.full(len(moves), state), moves)
                told = dict(zip(moves.tolist(), answers.tolist(), strict=True))
                sure, maybe = expected.surely_open(party, state), expected.maybe_open(party, state)
                for move, answer in told.items():
                    expect = OPEN if move in sure else UNDETERMINED if move in maybe else CLOSED
                    assert answer == expect, (party, state, move)
        return found.rounds


def impatient(monkeypatch: pytest.MonkeyPatch, rounds: int, patience: int) -> None:
    """So many rounds are made first, and a search gives up after looking at so many cells."""
    monkeypatch.setattr(move_search, "_FIRST_ROUNDS", rounds)
    monkeypatch.setattr(move_search, "_PATIENCE", patience)
    monkeypatch.setattr(move_search, "_MORE_PATIENCE", patience)


@pytest.mark.parametrize("rounds", [1, 2, 3])
@pytest.mark.parametrize("patience", [2, 30, 3000])
def test_single_moves_are_judged_as_the_definition_does(
    monkeypatch: pytest.MonkeyPatch, rounds: int, patience: int
) -> None:
    impatient(monkeypatch, rounds, patience)
    for number, graph in enumerate(crises(rounds, patience, count=25)):
        agree(graph, number)


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(20))
def test_the_search_meets_the_definition_on_thousands_of_crises(
    monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    impatient(monkeypatch, 1 + batch % 3, (2, 30, 3000, 10**6)[batch % 4])
    for number, graph in enumerate(crises(93, batch, count=100)):
        agree(graph, number)


def test_without_rounds_a_patient_search_settles_what_can_be_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds are then those of the search alone: nothing but ranks to begin with."""
    impatient(monkeypatch, 1, 10**6)
    monkeypatch.setattr(move_search, "_AT_FIRST", 10**9)
    assert sum(agree(graph, 0) == 0 for graph in crises(94, count=40)) > 30


def test_rounds_that_somebody_else_made_are_learned_from(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bounds of a graph are shared: settled elsewhere, they answer what a search gives up on."""
    impatient(monkeypatch, 1, -1)
    asked = 0
    for graph in crises(98, count=30):
        expected = Iterated(graph)
        with open_field(graph) as field:
            early = MoveSearch(field)
            iterated(graph)
            for party in range(len(graph.parties)):
                states = np.arange(graph.states)
                told = early.values(party, states)
                worth = dict(zip(graph.ranks[party].tolist(), graph.payoffs[party].tolist(), strict=True))
                assert [worth[rank] for rank in told.tolist()] == [
                    expected.lo(party, s) for s in states.tolist()
                ]
                asked += len(states)
    assert asked > 300


def test_what_is_undetermined_is_said_to_be() -> None:
    graph = pennies()
    with open_field(graph) as field:
        found = MoveSearch(field)
        answers = [
            found.opens(party, np.full(1, state), own_moves(graph, party, state).astype(np.int64)).tolist()
            for party in (0, 1)
            for state in range(4)
        ]
    assert sorted(answers) == [[CLOSED]] * 4 + [[UNDETERMINED]] * 4


def test_where_nothing_is_laid_out_the_rounds_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "_PAIRS_PER_STATE", 0)
    for number, graph in enumerate(crises(95, count=20)):
        agree(graph, number)


def test_wide_crises_are_searched_as_the_rounds_judge_them() -> None:
    """Hundreds of states and few payoffs: many doubtful steps, and a list of tried ones that fills."""
    for number in range(6):
        rng = np.random.default_rng([96, number])
        graph = random_graph(rng, largest=900, parties=3 + number % 2)
        payoffs = rng.integers(0, 9, graph.payoffs.shape)
        graph = replace(graph, ranks=np.stack([dense(row) for row in payoffs]), payoffs=payoffs)
        bounds = iterated(graph)
        with open_field(graph) as field:
            found, place = MoveSearch(field), field.grid.place
            for party in range(len(graph.parties)):
                for state in rng.permutation(graph.states)[:60].tolist():
                    moves, here = own_moves(graph, party, state).astype(np.int64), graph.ranks[party, state]
                    cells = moves if place is None else place[moves]
                    lo, hi = bounds.lo[party][cells], bounds.hi[party][cells]
                    told = np.where(lo > here, OPEN, np.where(hi > here, UNDETERMINED, CLOSED))
                    assert np.array_equal(found.opens(party, np.full(len(moves), state), moves), told)


def test_the_search_is_compiled_for_one_kind_of_arrays_only() -> None:
    for number, graph in enumerate(crises(97, count=10)):
        agree(graph, number)
    assert len(search.ask.signatures) == 1
