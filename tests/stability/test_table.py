"""The table agrees with the definitions, cell by cell, on thousands of random crises."""

from __future__ import annotations

import numpy as np
import pytest

from detente.stability.anticipate import anticipated
from detente.stability.closure import margins, sweeps
from detente.stability.table import stability
from oracles.random_graphs import random_graph
from oracles.stability import NAMES, Oracle

BATCHES = 20
PER_BATCH = 100


@pytest.mark.parametrize("batch", range(BATCHES))
def test_table_agrees_with_the_definitions_on_random_crises(batch):
    for number in range(PER_BATCH):
        graph = random_graph(np.random.default_rng([batch, number]), largest=(24, 48, 12)[number % 3])
        oracle = Oracle(graph)
        table = stability(graph, per_party=True)
        for row, concept in enumerate(NAMES):
            expected = np.array(
                [[oracle.stable(concept, p, s) for s in range(graph.states)] for p in oracle.parties]
            )
            assert np.array_equal(table.stable(concept), expected), (batch, number, concept)
            margins = np.array(
                [[oracle.margin(concept, p, s) for s in range(graph.states)] for p in oracle.parties]
            )
            np.testing.assert_array_equal(table.margins[row], margins, err_msg=f"{batch} {number} {concept}")
            np.testing.assert_array_equal(table.margin[row], margins.min(axis=0))
        concept = NAMES[number % len(NAMES)]
        for party in oracle.parties:
            values = anticipated(graph, party, concept)
            worth = {int(r): int(u) for r, u in zip(graph.ranks[party], graph.payoffs[party], strict=True)}
            assert [worth[int(rank)] for rank in values] == [
                oracle.anticipated(concept, party, state) for state in range(graph.states)
            ]


def test_every_loop_is_compiled_for_one_kind_of_arrays_only():
    for number in range(40):
        stability(random_graph(np.random.default_rng([5, number])))
    loops = (sweeps.least_by_moves, sweeps.least_by_improvements, sweeps.best_escapes, margins._judge)
    assert [len(loop.signatures) for loop in loops] == [1] * len(loops)
