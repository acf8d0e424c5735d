"""Every judgement has an address; what is written there is read there, and nothing else changes."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

import detente
from detente.errors import ScenarioError, UnknownNameError
from detente.scenario.addresses import addresses, differences, value_at
from detente.scenario.dump import dumps
from detente.scenario.load import loads
from oracles.random_scenarios import random_scenario

KOREA = detente.load("korea-2017")
NUMBERS = [
    ("interests.PRK.pressure.weight", 4),
    ("interests.KOR.arsenal.avoids.PRK.programme.verified", "0.3 (0.1..0.5)"),
    ("relations.USA>CHN", "-0.2 ± 0.1"),
    ("relations.JPN>RUS", 0.125),
    ("views.CHN-of-USA.pressure.weight", 2),
    ("pressure.PRK.channels.CHN-textiles-licit.value", 590),
    ("pressure.PRK.cuts.CHN-coal-licit.full", 0.2),
    ("pressure.PRK.diverts.CHN-coal-licit>other-coal-illicit.loss", 0.4),
    ("parties.PRK.composure", 7),
    ("parties.USA.initiative", "2 ± 0.5"),
    ("venues.beijing.composure.PRK", 0.25),
    ("shocks.border-clash.attitudes.USA>PRK", -0.1),
]
OTHERS = [
    ("status_quo.USA.drills", "suspended"),
    ("aim", "expansion"),
    ("parties.CHN.foresight", "nash"),
    ("interests.RUS.labour-and-oil.relational", False),
    ("options.nature.collapse.hazard", "0.01"),
    ("strategies.squeeze.stages.1.until", "war"),
    ("outcomes.expansion.where", "PRK.programme == expand"),
    ("limit", 500000),
]


@pytest.mark.parametrize(("address", "value"), NUMBERS + OTHERS)
def test_what_is_written_is_read_and_nothing_else_changes(address: str, value: object) -> None:
    changed = KOREA.with_value(address, value)
    told = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    assert value_at(changed, address) == told
    assert loads(dumps(changed)) == changed
    found = differences(KOREA, changed)
    assert [(each.address, each.after) for each in found] == [(address, told)]
    assert found[0].before in (value_at(KOREA, address), None)
    assert differences(changed, changed) == ()


@pytest.mark.parametrize("seed", range(20))
def test_random_scenarios_differ_where_they_were_changed(seed: int) -> None:
    rng = random.Random(seed)
    scenario = random_scenario(rng)
    weights = [address for address in addresses(scenario) if address.endswith(".weight")]
    for address in rng.sample(weights, min(4, len(weights))):
        changed = scenario.with_value(address, 3.5)
        assert value_at(changed, address) == "3.5"
        assert {each.address for each in differences(scenario, changed)} <= {address}


def test_what_is_added_and_taken_away_is_told() -> None:
    small = detente.load("prisoners")
    more = loads(dumps(small).replace("outcomes:", "outcomes:\n  never: {where: not silence, title: Never}"))
    assert [(d.address, d.before, d.after) for d in differences(small, more)] == [
        ("outcomes.never", None, "{where: not silence}")
    ]
    assert [(d.before, d.after) for d in differences(more, small)] == [("{where: not silence}", None)]


def test_an_unknown_address_comes_with_a_near_miss() -> None:
    with pytest.raises(UnknownNameError, match=r"Did you mean 'interests\.PRK\.pressure\.weight'"):
        KOREA.with_value("interests.PRK.presure.weight", 4)
    assert KOREA.with_value("relations.USA > CHN", 0.5) == KOREA.with_value("relations.USA>CHN", 0.5)


@pytest.mark.parametrize(
    ("address", "value", "told"),
    [
        ("relations.USA>CHN", 3, "between -1 and 1"),
        ("interests.PRK.pressure.weight", -1, "write `avoids`"),
        ("interests.PRK.pressure.weight", "many", "is not a number"),
        ("interests.PRK.pressure.weight", float("nan"), "not a number"),
        ("status_quo.USA.drills", "suspend", "Did you mean 'suspended'"),
        ("aim", "frozn", "Did you mean 'frozen'"),
        ("options.nature.collapse.hazard", "1 +", "hazard"),
    ],
)
def test_what_a_document_could_not_hold_is_refused(address: str, value: object, told: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        KOREA.with_value(address, value)
    assert {problem.place.file for problem in refused.value.problems} == {address}
    assert told in str(refused.value)


def test_lookups_by_id() -> None:
    assert KOREA.party("PRK").name == "North Korea"
    assert KOREA.strategy("squeeze").title
    assert KOREA.option("USA.drills").levels == ("held", "suspended")
    for kind in ("party", "option", "outcome", "table", "venue", "strategy", "shock", "plan", "claim"):
        with pytest.raises(UnknownNameError, match=f"no {kind} called 'nothing-of-the-kind'"):
            getattr(KOREA, kind)("nothing-of-the-kind")


def test_a_scenario_shows_itself_shortly() -> None:
    assert repr(KOREA).startswith("<Scenario 'korea-2017': 6 parties, 19 options, 12 outcomes")
    assert len(repr(KOREA)) < 200
    assert "<h4>Korea, mid-2017 to 2018</h4>" in KOREA._repr_html_()
    assert "<b>" not in replace(KOREA, title="<b>x</b>")._repr_html_()
