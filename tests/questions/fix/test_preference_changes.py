"""The fewest changes of orders against trying all orders."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from detente.questions.fix.preference_changes import Order, fewest_changes, reordered
from detente.scenario.load import loads
from detente.states.compile import compile_graph
from oracles.stability import Oracle

GAME = """
detente: 1
title: A game
parties: {A: {}, B: {}}
options: {A.go: {}, B.go: {}}
interests: {A: {ranking: [RA]}, B: {ranking: [RB]}}
"""


def swaps(order: tuple[int, ...]) -> int:
    """How many neighbours have to change places: pairs in the wrong order."""
    return sum(one > two for one, two in itertools.combinations(order, 2))


@pytest.mark.parametrize("concept", ["nash", "gmr", "seq", "sseq", "iseq"])
@pytest.mark.parametrize(
    ("first", "second"),
    [((4, 1, 2, 3), (4, 3, 1, 2)), ((2, 1, 4, 3), (3, 4, 1, 2)), ((3, 2, 4, 1), (2, 3, 1, 4))],
)
@pytest.mark.parametrize("state", range(4))
def test_no_smaller_number_of_swaps_does(concept, first, second, state) -> None:
    text = GAME.replace("RA", ", ".join(map(str, first))).replace("RB", ", ".join(map(str, second)))
    graph = compile_graph(loads(text))
    orders = [Order(party, groups=tuple((n - 1,) for n in row)) for party, row in enumerate((first, second))]
    inside = np.arange(4) == state
    found = fewest_changes(graph, orders, concept, inside, 1000)
    least = min(
        swaps(one) + swaps(two)
        for one in itertools.permutations(range(4))
        for two in itertools.permutations(range(4))
        if all(Oracle(reordered(graph, orders, (one, two))).stable(concept, party, state) for party in (0, 1))
    )
    assert found.exact
    assert len(found.changes) == least
    assert found.state == state
    assert all(Oracle(found.graph).stable(concept, party, state) for party in (0, 1))


def test_a_search_that_runs_out_says_how_far_it_came() -> None:
    text = GAME.replace("RA", "1, 2, 3, 4").replace("RB", "1, 2, 3, 4")
    graph = compile_graph(loads(text))
    orders = [Order(party, groups=((0,), (1,), (2,), (3,))) for party in (0, 1)]
    found = fewest_changes(graph, orders, "nash", np.arange(4) == 3, 5)
    assert found.state is None
    assert not found.exact
    assert (found.tried, found.depth) == (5, 0)


def test_statements_are_reversed_and_ties_stay_ties() -> None:
    graph = compile_graph(loads(GAME.replace("RA", "[1, 2], [3, 4]").replace("RB", "1, 2, 3, 4")))
    where = np.array([True, False, True, False])
    orders = [Order(0, statements=(where,)), Order(1, groups=((0, 1), (2, 3)))]
    changed = reordered(graph, orders, ((1,), (1, 0)))
    assert changed.ranks[0].tolist() == [0, 1, 0, 1]
    assert changed.ranks[1].tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize("concept", ["nash", "gmr", "seq", "sseq", "iseq"])
@pytest.mark.parametrize("seed", range(6))
def test_no_smaller_number_of_reversed_statements_does(concept: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = compile_graph(loads(GAME.replace("RA", "1, 2, 3, 4").replace("RB", "1, 2, 3, 4")))
    stated = [[rng.random(4) < 0.5 for _ in range(3)] for _ in range(2)]
    orders = [Order(party, statements=tuple(rows)) for party, rows in enumerate(stated)]
    least = dict.fromkeys(range(4))
    for turned in itertools.product(itertools.product((0, 1), repeat=3), repeat=2):
        scores = [
            [sum(2 ** (2 - k) * (row[s] != bool(t[k])) for k, row in enumerate(rows)) for s in range(4)]
            for rows, t in zip(stated, turned, strict=True)
        ]
        ranks = np.array([[sorted(set(row)).index(score) for score in row] for row in scores], dtype=np.int32)
        oracle = Oracle(replace(graph, ranks=ranks, payoffs=ranks.astype(np.int64)))
        many = sum(map(sum, turned))
        for state in range(4):
            holds = all(oracle.stable(concept, party, state) for party in (0, 1))
            if holds and (least[state] is None or many < least[state]):
                least[state] = many
    for state in range(4):
        found = fewest_changes(graph, orders, concept, np.arange(4) == state, 1000)
        assert found.exact
        assert (None if found.state is None else len(found.changes)) == least[state]
        assert all(change.kind == "reverse" for change in found.changes)
