"""Every number of a scenario has an address, and is put in its place by it as well as by its way."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

import detente
from detente.scenario.judgements import judgements, with_numbers
from detente.scenario.load import loads
from detente.scenario.model import Number, Scenario
from oracles.random_crises import random_crisis

MUTUAL = """
detente: 1
title: Two who regard each other
parties: {A: {}, B: {}}
options: {A.act: {levels: ["no", "yes"]}, B.act: {levels: ["no", "yes"]}}
interests:
  A: [{wants: A.act, weight: 2 ± 1}]
  B: [{wants: B.act, weight: 1..3}]
relations: {A ~ B: -0.5 ± 0.2}
"""


def bare(scenario: Scenario) -> Scenario:
    """A scenario with central values alone, and every attitude on a line of its own."""
    numbers = {place: Number(known.number.central) for known in judgements(scenario) for place in known.places}
    central = with_numbers(scenario, numbers)
    return replace(central, attitudes=tuple(replace(each, mutual=False) for each in central.attitudes))


@pytest.mark.parametrize("name", detente.scenarios())
def test_number_put_by_its_way_is_that_put_by_its_address(name: str) -> None:
    scenario = detente.load(name)
    found = judgements(scenario)
    assert len({address for known in found for address in known.addresses}) == sum(
        len(known.addresses) for known in found
    )
    alone = [known for known in found if len(known.places) == 1]
    for known in random.Random(1).sample(alone, min(4, len(alone))):
        middle = known.number.central * 0.75 + 0.01
        by_way = with_numbers(scenario, {known.places[0]: Number(middle)})
        by_address = scenario.with_value(known.address, middle)
        assert bare(by_way) == bare(by_address), known.address


@pytest.mark.parametrize("seed", range(5))
def test_every_spread_is_found_in_a_document_that_has_everything(seed: int) -> None:
    text = random_crisis(seed)
    assert len(judgements(loads(text))) > 5
    assert all(known.low <= known.number.central <= known.high for known in judgements(loads(text)))


def test_attitude_written_once_is_one_judgement() -> None:
    found = {known.addresses: known for known in judgements(loads(MUTUAL))}
    one = found["relations.A>B", "relations.B>A"]
    assert (one.low, one.high, len(one.places)) == (-1, 1, 2)
    apart = loads(MUTUAL.replace("{A ~ B: -0.5 ± 0.2}", "{A > B: -0.5 ± 0.2, B > A: -0.4 ± 0.2}"))
    assert ("relations.A>B",) in {known.addresses for known in judgements(apart)}


def test_numbers_go_where_they_belong() -> None:
    scenario = loads(MUTUAL)
    weight = next(known for known in judgements(scenario) if known.address == "interests.A.1.weight")
    changed = with_numbers(scenario, {weight.places[0]: replace(weight.number, central=7.0)})
    assert [one.interests[0].weight.central for one in changed.preferences] == [7.0, 2.0]  # type: ignore[union-attr]
    assert with_numbers(scenario, {}) == scenario
