"""What parties expect, asked bit by bit, is what one sweep over all states tells, also with foresight mixed."""

from __future__ import annotations

import numpy as np
import pytest

from detente.play import outlook
from detente.play.cached_graph import CachedGraph
from detente.play.move_index import own_moves
from detente.stability.anticipate import anticipated
from detente.states.state_graph import StateGraph
from oracles.random_graphs import random_graph

CRISES = range(40)


def crisis(number: int) -> tuple[CachedGraph, outlook.Foresight, np.ndarray, np.random.Generator]:
    """A crisis, some foresight, and what everybody expects, worked out for all states at once."""
    rng = np.random.default_rng([61, number])
    graph: StateGraph = random_graph(rng, largest=(24, 60, 200)[number % 3])
    foresight = tuple(
        str(name) for name in rng.choice(["iseq", "seq", "nash"], len(graph.parties), p=[0.7, 0.2, 0.1])
    )
    rows = np.stack([anticipated(graph, party, concept) for party, concept in enumerate(foresight)])
    return CachedGraph(graph), foresight, rows, rng


@pytest.mark.parametrize("number", CRISES)
def test_single_values_are_those_of_the_whole(number: int) -> None:
    cached, foresight, rows, rng = crisis(number)
    patterns = np.diff(cached.move_index.pattern_first)
    for party, concept in enumerate(foresight):
        if patterns[party] == 1:  # without a move of its own what it expects of moves means nothing
            continue
        states = rng.permutation(cached.graph.states)[:7]
        assert np.array_equal(cached.outlook.at(party, concept, states), rows[party, states])
        assert np.array_equal(cached.outlook.row(party, concept), rows[party])
        assert np.array_equal(cached.outlook.at(party, concept, states), rows[party, states])


@pytest.mark.parametrize("number", CRISES)
def test_open_moves_and_what_they_promise_are_those_of_the_whole(number: int) -> None:
    cached, foresight, rows, rng = crisis(number)
    states = rng.permutation(cached.graph.states)[:9]
    found = cached.outlook.leaving(foresight, states)
    for party in range(len(foresight)):
        for state in states.tolist():
            moves, here = own_moves(cached.move_index, party, state), cached.ranks[party, state]
            opened = moves[rows[party, moves] > here]
            assert np.array_equal(moves[found[party, moves] > here], opened)
            assert np.array_equal(found[party, opened], rows[party, opened])


@pytest.mark.parametrize("number", CRISES)
def test_best_moves_and_the_most_that_is_expected_are_those_of_the_whole(number: int) -> None:
    cached, foresight, rows, rng = crisis(number)
    states = rng.permutation(cached.graph.states)[:9]
    found = cached.outlook.leaving(foresight, states, best=True)
    for party, concept in enumerate(foresight):
        for state in states.tolist():
            moves, here = own_moves(cached.move_index, party, state), cached.ranks[party, state]
            if not len(moves):
                continue
            most = rows[party, moves].max()
            assert cached.outlook.most(party, concept, moves) == most
            assert most <= here or np.array_equal(found[party, moves] == most, rows[party, moves] == most)
            assert np.all(found[party, moves] <= np.maximum(most, here))


@pytest.mark.parametrize("number", CRISES)
def test_who_stays_where_is_what_the_whole_says(number: int) -> None:
    cached, foresight, rows, _ = crisis(number)
    members, states = range(0, len(foresight), 2), np.arange(cached.graph.states)
    stays = [
        all(
            np.all(rows[party, own_moves(cached.move_index, party, state)] <= cached.ranks[party, state])
            for party in members
        )
        for state in states.tolist()
    ]
    among, sure = cached.outlook.quiet(members, foresight, states)
    assert set(np.flatnonzero(stays)) <= set(among.tolist())
    assert not sure or among.tolist() == np.flatnonzero(stays).tolist()
    assert cached.outlook.keeps(members, foresight, states, briefly=True)[stays].all()
    assert cached.outlook.keeps(members, foresight, states).tolist() == stays
