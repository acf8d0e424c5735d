"""Promises in one state: the closed form against the literal definitions."""

from __future__ import annotations

import numpy as np
import pytest

from detente.questions.fix.side_payments import Payment, by_nearness, paid, payments
from oracles.random_graphs import random_graph
from oracles.stability import NAMES, Oracle

GRAPHS = [random_graph(np.random.default_rng([77, n]), largest=24, ordinal=False) for n in range(25)]


@pytest.mark.parametrize("graph", GRAPHS)
def test_a_promise_moves_the_margin_by_its_size_and_no_other_margin_in_that_state(graph) -> None:
    oracle = Oracle(graph)
    state = graph.states // 2
    changed = Oracle(paid(graph, state, (Payment(0, 1, 0.25),)))
    for concept in NAMES:
        for party in range(len(graph.parties)):
            by = {0: -0.25, 1: 0.25}.get(party, 0.0)
            before, after = oracle.margin(concept, party, state), changed.margin(concept, party, state)
            assert after == pytest.approx(before + by, abs=2 / graph.spans[party])


@pytest.mark.parametrize("concept", NAMES)
def test_payments_exist_exactly_when_surpluses_cover_shortfalls_and_then_the_state_holds(concept: str) -> None:
    found = 0
    for graph in GRAPHS:
        oracle = Oracle(graph)
        parties = range(len(graph.parties))
        for state in range(0, graph.states, 3):
            margins = np.array([oracle.margin(concept, party, state) for party in parties])
            if (margins >= 0).all():
                continue
            finite = margins[np.isfinite(margins)]
            covered = finite[finite > 0].sum() >= -finite[finite < 0].sum() - 1e-9
            paying = payments(margins)
            assert (paying is not None) == covered
            if paying is None:
                continue
            found += 1
            changed = Oracle(paid(graph, state, paying))
            slack = {party: changed.margin(concept, party, state) for party in parties}
            assert all(slack[party] >= -3 / graph.spans[party] for party in parties)
            assert sum(one.amount for one in paying) == pytest.approx(-finite[finite < 0].sum())
    assert found > 3


def test_nothing_cheaper_does() -> None:
    margins = np.array([-0.3, 0.2, 0.25, np.inf])
    paying = payments(margins)
    assert paying is not None
    assert {one.payer for one in paying} == {1, 2}
    left = margins[1:3] - [sum(p.amount for p in paying if p.payer == k) for k in (1, 2)]
    assert left[0] == pytest.approx(left[1])  # the payers' margins are drawn down to one level
    assert payments(np.array([-0.3, 0.2, 0.05])) is None
    assert payments(margins, (3,)) is None  # who has no move has no surplus that could be measured


def test_the_nearest_state_lacks_least_and_then_holds_best() -> None:
    margins = np.array([[-0.1, 0.2, 0.1], [-0.1, -0.15, 0.3], [0.5, 0.5, 0.05]])
    assert by_nearness(margins, (0, 1))[0] == 1
    assert by_nearness(margins, (0, 1, 2))[0] == 2
    assert by_nearness(np.array([[0.1, 0.2], [0.3, 0.2]]), (0, 1))[0] == 1
