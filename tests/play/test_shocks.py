"""Shocks as chances per round: where they can happen, how probably, and where they lead."""

from __future__ import annotations

import numpy as np

from detente.play.shocks import NOWHERE, chanced, shocks
from detente.scenario.load import loads
from detente.states.compile import compile_graph
from detente.states.names import level_names

DYKE = """
detente: 1
title: A dyke
parties: {TOWN: {}}
options:
  TOWN.mend: {}
  nature.flood: {levels: [dry, wet, drowned], moves: up, hazard: "0.1 + 0.2 * (TOWN.mend == no)"}
  nature.frost: {moves: up, hazard: "3 * (TOWN.mend == no) - 1"}
rules: [{must: not (TOWN.mend and nature.flood == drowned)}]
interests: {TOWN: [{avoids: TOWN.mend, weight: 1}]}
"""


def test_every_state_is_as_the_scenario_says() -> None:
    dyke = loads(DYKE)
    graph = compile_graph(dyke)
    flood, frost = shocks(dyke, graph)
    assert (flood.id, frost.id) == ("nature.flood", "nature.frost")
    for state in range(graph.states):
        mended, water, cold = level_names(dyke, graph, state)
        expected = 0.1 if mended == "yes" else 0.3
        if water == "drowned" or (mended == "yes" and water == "wet"):
            expected = 0.0
        assert np.isclose(flood.chance[state], expected)
        assert (flood.leads[state] == NOWHERE) == (expected == 0)
        if expected:
            onward = level_names(dyke, graph, int(flood.leads[state]))
            assert onward == (mended, {"dry": "wet", "wet": "drowned"}[water], cold)
        assert frost.chance[state] == (1.0 if mended == "no" and cold == "no" else 0.0)


def test_a_crisis_without_shocks_has_none() -> None:
    calm = loads(
        DYKE.replace(', hazard: "0.1 + 0.2 * (TOWN.mend == no)"', "").replace(
            ', hazard: "3 * (TOWN.mend == no) - 1"', ""
        )
    )
    assert chanced(calm, compile_graph(calm)) == ()
