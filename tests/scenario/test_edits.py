"""A scenario with something else at an address is one that a document could hold."""

from __future__ import annotations

import pytest

import detente
from detente.errors import ScenarioError
from detente.scenario.addresses import addresses, differences
from detente.scenario.edits import SHOWN
from detente.scenario.model import Cardinal, Number

KOREA = detente.load("korea-2017")


def test_a_number_is_a_number_of_the_model_and_keeps_its_reasons() -> None:
    changed = KOREA.with_value("interests.PRK.pressure.weight", "4 ± 1")
    place = [party.id for party in KOREA.parties].index("PRK")
    before, after = (
        next(interest for interest in preference.interests if interest.name == "pressure")
        for preference in (KOREA.preferences[place], changed.preferences[place])
        if isinstance(preference, Cardinal)
    )
    assert (after.weight.central, after.weight.spread.low, after.weight.spread.high) == (4, 3, 5)
    assert (after.because, after.source) == (before.because, before.source)
    attitude = KOREA.with_value("relations.USA>CHN", 0.5).attitudes
    kept = next(each.value for each in attitude if (each.holder, each.other) == ("USA", "CHN"))
    old = next(each.value for each in KOREA.attitudes if (each.holder, each.other) == ("USA", "CHN"))
    assert kept == Number(0.5, None, old.because, old.source)


def test_one_direction_of_a_mutual_attitude_leaves_the_other() -> None:
    mutual = next(each for each in KOREA.attitudes if each.mutual)
    changed = KOREA.with_value(f"relations.{mutual.holder}>{mutual.other}", 0.75)
    values = {(each.holder, each.other): each.value.central for each in changed.attitudes}
    assert values[mutual.holder, mutual.other] == 0.75
    assert values[mutual.other, mutual.holder] == mutual.value.central


def test_none_brings_a_default_back() -> None:
    changed = KOREA.with_value("parties.PRK.composure", 7)
    assert changed.with_value("parties.PRK.composure", None).party("PRK").composure is None


@pytest.mark.parametrize("name", detente.scenarios())
def test_every_judgement_of_a_built_in_can_be_written_back(name: str) -> None:
    scenario = detente.load(name)
    stated = {address: value for address, value in addresses(scenario).items() if value is not None}
    again = scenario.with_values(stated)
    assert {address: value for address, value in addresses(again).items() if value is not None} == stated
    assert {each.after for each in differences(scenario, again)} <= set(stated.values())
    assert detente.overview(again).feasible == detente.overview(scenario).feasible


def test_a_message_names_a_few_of_many_addresses() -> None:
    few = {f"parties.{party}.initiative": -1 for party in ("PRK", "USA", "CHN", "KOR", "JPN")}
    with pytest.raises(ScenarioError, match=", …") as caught:
        KOREA.with_values(few)
    assert str(caught.value.problems[0].place).count("parties.") == SHOWN
