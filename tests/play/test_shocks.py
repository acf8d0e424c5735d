"""Shocks as chances per round: where they can happen, how probably, and where they lead."""

from __future__ import annotations

import numpy as np
import pytest

from detente.play.shocks import NOWHERE, chanced, competing, shocks
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


NAMED = """
shocks:
  breach: {title: A breach, hazard: 0.3, set: {TOWN.mend: yes, nature.flood: drowned}}
  neglect: {hazard: 0.2 * TOWN.mend, set: {TOWN.mend: no}}
  panic: {hazard: 0.1, set: {TOWN.mend: no}, weights: {TOWN: {mend: 2}}}
"""


def test_a_shock_by_name_happens_where_its_hazard_its_rules_and_its_effect_let_it() -> None:
    dyke = loads(DYKE.replace("{avoids: TOWN.mend,", "{name: mend, avoids: TOWN.mend,") + NAMED)
    graph = compile_graph(dyke)
    known = {shock.id: shock for shock in chanced(dyke, graph)}
    assert list(known) == ["nature.flood", "nature.frost", "breach", "neglect", "panic"]
    assert (known["breach"].title, known["neglect"].title) == ("A breach", "neglect")
    assert (known["breach"].leads == NOWHERE).all()  # mended and drowned is against the rules
    assert not known["breach"].chance.any()
    for state in range(graph.states):
        mended, water, cold = level_names(dyke, graph, state)
        bare = graph.find((0, ("dry", "wet", "drowned").index(water), ("no", "yes").index(cold)))
        if mended == "no":  # it would change nothing
            assert (known["neglect"].leads[state], known["neglect"].chance[state]) == (NOWHERE, 0)
        else:
            assert (known["neglect"].leads[state], known["neglect"].chance[state]) == (bare, 0.2)
        assert (known["panic"].leads[state], known["panic"].chance[state]) == (bare, 0.1)


@pytest.mark.parametrize("seed", range(40))
def test_the_first_of_several_is_as_likely_as_in_a_round_cut_into_moments(seed: int) -> None:
    rng = np.random.default_rng(seed)
    alone = rng.choice([0.0, 0.02, 0.3, 0.5, 0.9], 3)
    calm, first = competing(alone[None, :])
    assert calm[0] == pytest.approx(np.prod(1 - alone))
    moments = 20_000
    each = 1 - (1 - alone) ** (1 / moments)  # so that it happens within the round with the chance stated
    any_now = 1 - np.prod(1 - each)
    reached = (1 - any_now) ** np.arange(moments)
    # In a moment, those that happen together share it alike.
    share = np.zeros(3)
    for who in range(8):
        members = [k for k in range(3) if who >> k & 1]
        chance = np.prod([each[k] if k in members else 1 - each[k] for k in range(3)])
        for k in members:
            share[k] += chance / len(members)
    assert first[0] == pytest.approx(reached.sum() * share, abs=1e-4)
    assert calm[0] + first.sum() == pytest.approx(1.0)


def test_certain_shocks_leave_no_calm_and_share_the_round() -> None:
    calm, first = competing(np.array([[1.0, 0.5, 1.0], [0.0, 0.0, 0.0]]))
    assert calm.tolist() == [0.0, 1.0]
    assert first.tolist() == [[0.5, 0.0, 0.5], [0.0, 0.0, 0.0]]
