"""Coalitions and simultaneous moves agree with their definitions on random crises."""

from __future__ import annotations

import numpy as np
import pytest

from detente.errors import RefusedError
from detente.stability.coalitions import (
    OFFERED,
    coalition_equilibria,
    coalition_improvements,
    coalition_stable,
)
from detente.stability.sim import simultaneous
from detente.stability.table import stability
from oracles.random_graphs import random_graph
from oracles.stability import Oracle


@pytest.mark.parametrize("batch", range(10))
def test_coalition_concepts_agree_with_their_definitions(batch):
    unstable = dict.fromkeys(OFFERED, 0)
    for number in range(25):
        rng = np.random.default_rng([11, batch, number])
        graph = random_graph(rng, largest=30, views=False)
        oracle = Oracle(graph)
        size = int(rng.integers(1, len(graph.parties) + 1))
        members = tuple(rng.choice(len(graph.parties), size, replace=False).tolist())
        for concept in OFFERED:
            expected = [
                oracle.coalition_stable(concept, frozenset(members), state) for state in range(graph.states)
            ]
            found = coalition_stable(graph, members, concept)
            assert found.tolist() == expected, (batch, number, concept)
            unstable[concept] += expected.count(False)
            if size == 1:
                assert np.array_equal(found, stability(graph).stable(concept)[members[0]])
        state = int(rng.integers(graph.states))
        better = {
            other
            for other in oracle.reach(frozenset(members), state, None)
            if all(oracle.payoff(member, other) > oracle.payoff(member, state) for member in members)
        }
        assert set(coalition_improvements(graph, members, state)) == better
    assert unstable["nash"] > unstable["smr"] > unstable["gmr"] > 0


def test_an_equilibrium_against_coalitions_holds_for_each_and_for_everybody_else():
    for number in range(30):
        graph = random_graph(np.random.default_rng([12, number]), parties=4)
        alone = stability(graph).stable("gmr")
        expected = coalition_stable(graph, (0, 2), "gmr") & alone[1] & alone[3]
        assert np.array_equal(coalition_equilibria(graph, [(0, 2)], "gmr"), expected)


def test_concepts_without_a_coalition_form_are_refused():
    graph = random_graph(np.random.default_rng(1))
    with pytest.raises(RefusedError, match="nash, gmr, smr, seq"):
        coalition_stable(graph, (0,), "sseq")
    with pytest.raises(RefusedError, match="at least one member"):
        coalition_stable(graph, (), "nash")


def test_simultaneous_stability_agrees_with_its_definition():
    stable = unstable = 0
    for number in range(150):
        graph = random_graph(np.random.default_rng([13, number]), largest=24)
        oracle = Oracle(graph)
        expected = [
            [oracle.simultaneous(party, state) for state in range(graph.states)] for party in oracle.parties
        ]
        assert simultaneous(graph).tolist() == expected, number
        nash = stability(graph, ("nash",)).stable("nash")
        stable += int(np.count_nonzero(np.array(expected) & ~nash))
        unstable += int(np.count_nonzero(~np.array(expected)))
    assert stable > 100
    assert unstable > 100
