"""Which agreement a table takes: what the product of the changers' gains does and does not depend on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.play.cached_graph import CachedGraph
from detente.play.chain import Conduct, walk
from detente.play.table_deals import Table
from detente.scenario.load import loads
from detente.states.compile import compile_graph
from detente.states.state_graph import StateGraph
from oracles.random_graphs import random_graph

CANAL = """
detente: 1
title: A canal
parties: {A: {}, B: {}}
options: {A.dig: {}, B.dig: {}}
outcomes: {both: A.dig and B.dig, alone: A.dig and not B.dig, wrong: B.dig and not A.dig}
interests:
  A: [{wants: alone, weight: 3}, {wants: both, weight: 5}, {avoids: wrong, weight: 2}]
  B: [{wants: both, weight: 5}, {avoids: wrong, weight: 5}]
"""
IDLE, ALONE, BOTH = 0, 1, 3


def agreed(graph: StateGraph, state: int, table: Table) -> set[int]:
    """What a table agrees on at a state when nobody moves alone."""
    still = Conduct(("nash",) * len(graph.parties), (0.0,) * len(graph.parties), (1.0,) * len(graph.parties))
    found = walk(CachedGraph(graph), still, np.array([state]), (table,))
    return {int(found.states[found.target[k]]) for k in range(found.first[0], found.first[1])}


def changers(graph: StateGraph, start: int, end: int) -> frozenset[int]:
    levels = zip(graph.axes, graph.levels(start), graph.levels(end), strict=True)
    return frozenset(axis.owner for axis, before, after in levels if before != after)


def scaled(graph: StateGraph, party: int, factor: int) -> StateGraph:
    payoffs = graph.payoffs.copy()
    payoffs[party] *= factor
    return replace(graph, payoffs=payoffs)


def test_among_the_same_changers_the_unit_of_a_partys_gains_does_not_matter() -> None:
    compared = 0
    for seed in range(600):
        rng = np.random.default_rng(seed)
        graph = random_graph(rng, 40, parties=2, ordinal=False)
        table, start = Table("t", (0, 1), binding=True), int(rng.integers(graph.states))
        ends = agreed(graph, start, table)
        for party, factor in ((0, 7), (1, 7)):
            others = agreed(scaled(graph, party, factor), start, table)
            if {changers(graph, start, end) for end in ends | others} == {frozenset({0, 1})}:
                assert ends == others
                compared += 1
    assert compared > 50


def test_deals_with_different_changers_are_compared_as_they_are() -> None:
    """Alone 0.3; both 0.5 each, a product of 0.25: with gains below 1 a further changer makes it smaller."""
    graph, table = compile_graph(loads(CANAL)), Table("t", (0, 1), binding=True)
    gains = (graph.payoffs[:, [ALONE, BOTH]] - graph.payoffs[:, [IDLE]]) * graph.grid
    assert gains == pytest.approx(np.array([[0.3, 0.5], [0.0, 0.5]]))
    assert agreed(graph, IDLE, table) == {ALONE}
    assert agreed(graph, ALONE, table) == {BOTH}  # so the table goes on to what is better for both
    assert agreed(scaled(scaled(graph, 0, 2), 1, 2), IDLE, table) == {BOTH}  # and across sets the unit counts
