"""A promise: one payoff rises where it is kept, and the margin there by as much (model, section 10)."""

from __future__ import annotations

import numpy as np
import pytest

from detente.errors import RefusedError
from detente.questions.durability.promises import promised
from oracles.random_graphs import random_graph
from oracles.stability import NAMES, Oracle


@pytest.mark.parametrize("seed", range(30))
def test_a_promise_at_one_state_shifts_its_margin_by_just_that_under_every_concept(seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, 16, ordinal=False)
    party, state = int(rng.integers(len(graph.parties))), int(rng.integers(graph.states))
    size = round(0.2 * graph.spans[party]) / graph.spans[party]
    after = promised(graph, party, np.arange(graph.states) == state, 0.2)
    before_it, after_it = Oracle(graph), Oracle(after)
    for concept in NAMES:
        for other in range(len(graph.parties)):
            found = after_it.margin(concept, other, state) - before_it.margin(concept, other, state)
            if np.isfinite(found) and other == party:
                assert found == pytest.approx(size)


@pytest.mark.parametrize("seed", range(10))
def test_nobody_else_gains_and_ranks_follow_payoffs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, 40, ordinal=False)
    where = rng.random(graph.states) < 0.5
    after = promised(graph, 0, where, 0.3)
    assert np.array_equal(after.payoffs[1:], graph.payoffs[1:])
    assert np.array_equal(after.spans, graph.spans)
    raised = after.payoffs[0] - graph.payoffs[0]
    assert set(raised[where].tolist()) <= {round(0.3 * float(graph.spans[0]))}
    assert not raised[~where].any()
    for row, ranks in zip(after.payoffs, after.ranks, strict=True):
        assert np.array_equal(np.unique(row, return_inverse=True)[1], ranks)


def test_a_party_known_by_order_is_refused() -> None:
    graph = random_graph(np.random.default_rng(0), 12, ordinal=False)
    ordinal = type(graph)(
        graph.parties,
        graph.axes,
        graph.codes,
        graph.ranks,
        graph.payoffs,
        (False,) * len(graph.parties),
        graph.spans,
    )
    with pytest.raises(RefusedError, match="by the order"):
        promised(ordinal, 0, np.ones(graph.states, dtype=bool), 0.1)
