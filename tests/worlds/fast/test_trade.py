"""Filling the best outlets first keeps as much as the linear program does."""

from __future__ import annotations

import numpy as np
import pytest

import detente
from detente.scenario.judgements import judgements, with_numbers
from detente.scenario.load import loads
from detente.scenario.model import Number, Scenario
from detente.states.reading import trade_fields
from detente.worlds.fast.numbers import Numbers
from detente.worlds.fast.trade import Trade
from detente.worlds.worlds import Worlds

TRADE = """
detente: 1
title: A squeeze
parties: {A: {}, B: {}, C: {}}
options:
  B.cut: {levels: ["no", half, full]}
  C.cut: {levels: ["no", "yes"]}
  C.help: {levels: ["no", "yes"]}
interests:
  A: [{avoids: pressure(A), weight: 1}]
  B: [{wants: B.cut == full, weight: 1}]
  C: [{avoids: C.help, weight: 1}]
pressure:
  A:
    channels:
      - {partner: B, good: coal, value: 10 ± 4, importance: 2 ± 1}
      - {partner: C, good: coal, value: 3 ± 2, importance: 1..2}
      - {partner: B, good: fish, value: 4}
      - {partner: C, good: fish, value: 2 ± 1}
    cuts:
      - {channels: B, by: B.cut, open: {"no": 1, half: 0.5 ± 0.3, full: 0.1 ± 0.1}}
      - {channels: C coal, by: C.cut, open: {"no": 1, "yes": 0..0.5}}
    diverts:
      - {from: B coal, to: C coal, spare: 5 ± 4, loss: 0.2 ± 0.2}
      - {from: B fish, to: C fish, spare: 3 ± 2, loss: 0..0.9, when: C.help}
    aids: [{partner: C, value: 2 ± 1, importance: 1 ± 0.5, when: C.help}]
"""


@pytest.mark.parametrize(
    "scenario", [loads(TRADE, id="squeeze"), detente.load("korea-2017")], ids=["small", "korea"]
)
def test_worlds_keep_what_the_program_says(scenario: Scenario) -> None:
    worlds, count = Worlds(scenario), 40
    trade = Trade(scenario, 0)
    rows = Numbers(scenario, worlds.inputs, []).rows(worlds.values(0, count))

    def never() -> list[Scenario]:
        raise AssertionError("the whole program is not needed")

    pressed, retained = trade.pressed(rows, never)
    for world in range(count):
        fields = trade_fields(worlds.world(world), scenario.pressures[0].target)
        assert pressed[world] == pytest.approx(fields[0].values, abs=2e-9)
        assert retained[world] == pytest.approx(fields[1].values, abs=2e-9)
    assert len(np.unique(retained)) > count


HANGS = TRADE.replace("when: C.help}\n    aids", "when: pressure(B) > 0.3}\n    aids").replace(
    "when: C.help}]", "when: pressure(B) > 0.3}]"
)
OTHER = """
  B:
    channels:
      - {partner: A, good: coal, value: 10 ± 4, importance: 1}
      - {partner: C, good: coal, value: 6 ± 4, importance: 1}
    cuts: [{channels: C, by: C.cut, open: {"no": 1, "yes": 0}}]
"""


def test_a_way_round_that_hangs_on_other_trade_is_settled_in_every_world() -> None:
    scenario = loads(HANGS + OTHER, id="hangs")
    worlds, count = Worlds(scenario), 40
    drawn = worlds.values(0, count)
    rows = Numbers(scenario, worlds.inputs, []).rows(drawn)
    scenarios = [worlds.world(world) for world in range(count)]
    pressed, retained = Trade(scenario, 0).pressed(rows, lambda: scenarios)
    for world, one in enumerate(scenarios):
        fields = trade_fields(one, "A")
        assert pressed[world].tolist() == fields[0].values.tolist()
        assert retained[world].tolist() == fields[1].values.tolist()
    over = [trade_fields(one, "B")[0].values.max() > 0.3 for one in scenarios]
    assert 0 < sum(over) < count


def test_a_world_without_an_answer_costs_no_other() -> None:
    text = TRADE.replace("    channels:", "    balance: true\n    channels:", 1)
    worlds = Worlds(loads(text, id="balance"))
    trade = Trade(worlds.scenario, 0)
    scenarios = [worlds.world(world) for world in range(3)]
    nothing = with_value(scenarios[1], 0.0)
    rows = Numbers(worlds.scenario, worlds.inputs, []).rows(worlds.values(0, 3))
    pressed, _ = trade.pressed(rows, lambda: [scenarios[0], nothing, scenarios[2]])
    assert np.isnan(pressed).all(axis=1).tolist() == [False, True, False]


def with_value(scenario: Scenario, value: float) -> Scenario:
    """The scenario with all trade worth as much."""
    places = [
        place
        for known in judgements(scenario)
        for place in known.places
        if place[0] == "pressures" and place[-1] == "value"
    ]
    return with_numbers(scenario, {place: Number(value) for place in places})
