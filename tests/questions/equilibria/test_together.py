"""Parties that act together or at the same moment: two who each gain alone, and lose by it together."""

from __future__ import annotations

import numpy as np
import pytest

import detente
from detente.errors import RefusedError, UnknownNameError
from detente.questions.equilibria.find import equilibria
from detente.questions.equilibria.together import coalitions_of, held
from detente.questions.progress import silence
from detente.stability.coalitions import coalition_equilibria
from detente.stability.sim import simultaneous
from detente.states.state_graph import StateGraph
from oracles.random_graphs import random_graph

PAIR = detente.load("prisoners")
PARTIES = [party.id for party in PAIR.parties]


def test_two_may_leave_together_what_neither_leaves_alone() -> None:
    alone, together = equilibria(PAIR), equilibria(PAIR, coalitions=("all",))
    assert alone.counts["nash"] == together.alone["nash"] == 1
    assert together.counts == {"nash": 0, "gmr": 1, "seq": 1}
    assert together.coalitions[0].members == tuple(PARTIES)
    assert together.coalitions[0].leaves == {"nash": 1, "gmr": 1, "seq": 1}


@pytest.mark.parametrize("seed", range(30))
def test_coalitions_agree_with_the_library(seed: int) -> None:
    graph = random_graph(np.random.default_rng(seed))
    if len(graph.parties) < 3:
        return
    inside = np.ones(graph.states, np.bool_)
    for concept in ("nash", "gmr", "smr", "seq"):
        groups = [graph.parties[:2], graph.parties[1:]]
        found = held(graph, (concept,), groups, inside, silence)[concept].holds
        members = [[graph.parties.index(one) for one in group] for group in groups]
        expected = coalition_equilibria(graph, members, concept)
        expected &= held(graph, (concept,), (), inside, silence)[concept].holds
        assert np.array_equal(found, expected)


@pytest.mark.parametrize("seed", range(20))
def test_moves_at_the_same_moment_agree_with_the_library(seed: int) -> None:
    graph: StateGraph = random_graph(np.random.default_rng(seed))
    inside = np.arange(graph.states) % 3 > 0
    found = held(graph, ("sim",), (), inside, silence)["sim"]
    assert np.array_equal(found.holds, simultaneous(graph).all(axis=0) & inside)


def test_simultaneous_stability_has_no_margin() -> None:
    answer = equilibria(PAIR, ("sim",))
    assert [(found.state, found.margin) for found in answer.states] == [(1, {"sim": None}), (4, {"sim": None})]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("all",), [tuple(PARTIES)]),
        ((f"{PARTIES[1]}+{PARTIES[0]}", f"{PARTIES[0]} + {PARTIES[1]}", "all"), [tuple(PARTIES)]),
        ((), []),
    ],
)
def test_coalitions_are_named_in_any_order_and_once(
    asked: tuple[str, ...], found: list[tuple[str, ...]]
) -> None:
    assert list(coalitions_of(PAIR, asked)) == found


def test_what_is_no_coalition_is_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"no party called 'tow'\. Did you mean 'two'"):
        equilibria(PAIR, coalitions=("one+tow",))
    with pytest.raises(RefusedError, match=r"'one' is no coalition"):
        equilibria(PAIR, coalitions=("one",))
    for concept in ("sseq", "sim"):
        with pytest.raises(RefusedError, match=f"coalitions are judged under .*; not under {concept}"):
            equilibria(PAIR, (concept,), coalitions=("all",))
