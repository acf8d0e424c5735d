"""The same states under other interests, attitudes, views or trade: what they are worth, worked out anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from detente.graph.payoffs import payoffs
from detente.graph.ranks import dense
from detente.graph.space import Space, axes_of
from detente.graph.state_graph import Int64, StateGraph
from detente.scenario.model import Scenario


def revalued(graph: StateGraph, codes: Int64, variant: Scenario, base: Scenario) -> StateGraph:
    """A graph, whole or with options held in place, with the payoffs of a variant of its scenario.

    Parameters
    ----------
    graph
        States of the base scenario.
    codes
        (state,) their codes among all level combinations (those of the whole graph).
    variant
        The scenario whose interests, attitudes, views and trade count; its options and rules are the same.
    base
        The scenario whose weights scale values and whose spans stay.
    """
    values, pictured = payoffs(variant, base, Space(axes_of(variant)), codes)
    ranks = np.empty_like(graph.ranks)
    for party, cardinal in enumerate(graph.cardinal):
        if cardinal:
            ranks[party] = dense(values[party])
        else:
            values[party], ranks[party] = graph.payoffs[party], graph.ranks[party]
    seen = {pair: dense(row) for pair, row in pictured.items()}
    return replace(graph, payoffs=values, ranks=ranks, seen=seen)
