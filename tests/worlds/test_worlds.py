"""A world is the scenario with drawn numbers, whoever asks for it and whatever else is unsure."""

from __future__ import annotations

import numpy as np
import pytest

import detente
from detente.scenario.dump import dumps
from detente.scenario.load import loads
from detente.states.compile import compile_graph
from detente.states.evaluate import condition
from detente.worlds.worlds import Worlds

SURE_AND_UNSURE = """
detente: 1
title: A strike and a shelter
parties: {A: {}, B: {}}
options:
  A.strike: {levels: ["no", "yes"]}
  B.shelter: {levels: ["no", "yes"]}
  nature.storm: {levels: ["no", "yes"]}
interests:
  A: [{wants: A.strike, weight: 2 ± 1}, {wants: B.shelter, weight: 1}]
  B: [{wants: B.shelter, weight: 1..3}, {avoids: A.strike, weight: 1 (1..4)}]
relations: {A ~ B: -0.5 ± 0.2}
outcomes: {war: A.strike == yes}
"""


@pytest.fixture
def worlds() -> Worlds:
    return Worlds(loads(SURE_AND_UNSURE))


def test_world_nought_is_the_scenario(worlds: Worlds) -> None:
    assert worlds.world(0) is worlds.scenario
    assert worlds.values(0, 3)[0].tolist() == [known.number.central for known in worlds.inputs]
    assert np.array_equal(worlds.values(0, 3)[1:], worlds.values(1, 2))


def test_worlds_are_the_same_one_by_one_and_in_stretches(worlds: Worlds) -> None:
    for number, scenario in enumerate(worlds.scenarios(3, 5), 3):
        assert scenario == worlds.world(number)
    assert len({tuple(row) for row in worlds.values(1, 50).tolist()}) == 50
    assert Worlds(worlds.scenario, seed=2).world(1) != worlds.world(1)


def test_one_more_spread_leaves_the_other_draws_alone(worlds: Worlds) -> None:
    more = Worlds(
        loads(SURE_AND_UNSURE.replace("wants: B.shelter, weight: 1}", "wants: B.shelter, weight: 1 ± 0.5}"))
    )
    assert len(more.inputs) == len(worlds.inputs) + 1
    before = {known.address: row for known, row in zip(worlds.inputs, worlds.values(1, 9).T, strict=True)}
    after = {known.address: row for known, row in zip(more.inputs, more.values(1, 9).T, strict=True)}
    assert all(np.array_equal(after[address], row) for address, row in before.items())


def test_order_of_what_is_listed_leaves_the_draws_alone(worlds: Worlds) -> None:
    text = SURE_AND_UNSURE.replace("A ~ B: -0.5", "B ~ A: -0.5").replace("{A: {}, B: {}}", "{B: {}, A: {}}")
    other = Worlds(loads(text))
    drawn = {min(known.addresses): row for known, row in zip(other.inputs, other.values(1, 9).T, strict=True)}
    for known, row in zip(worlds.inputs, worlds.values(1, 9).T, strict=True):
        assert np.array_equal(drawn[min(known.addresses)], row)


def test_attitude_written_once_is_drawn_once(worlds: Worlds) -> None:
    for scenario in worlds.scenarios(1, 5):
        one, other = (attitude.value.central for attitude in scenario.attitudes)
        assert one == other != -0.5


@pytest.mark.parametrize("name", detente.scenarios())
def test_every_world_is_a_scenario_that_a_document_could_hold(name: str) -> None:
    worlds = Worlds(detente.load(name))
    for number in (1, 2):
        world = worlds.world(number)
        assert loads(dumps(world), id=world.id) == world


def test_variant_of_a_world_is_the_graph_of_its_scenario_by_the_measure_of_the_first(worlds: Worlds) -> None:
    calm = worlds.calm
    for scenario in worlds.scenarios(1, 20):
        variant, whole = calm.changed(scenario), compile_graph(scenario, base=worlds.scenario)
        home = np.searchsorted(whole.codes, variant.codes)
        assert np.array_equal(variant.graph.payoffs, whole.payoffs[:, home])
        assert np.array_equal(variant.graph.spans, whole.spans)
        assert not np.array_equal(variant.graph.payoffs, calm.graph.payoffs)
        assert variant.inside("war").sum() == condition(scenario, whole, scenario.outcomes[0].where)[home].sum()
