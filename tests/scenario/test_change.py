"""Named edits change what they say and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.errors import RefusedError, UnknownNameError
from detente.scenario.change import (
    COMPOSURE,
    GUARANTEE,
    close_channel,
    commit,
    move_venue,
    open_table,
    shift_attitude,
)
from detente.scenario.dump import dumps
from detente.scenario.load import loads
from detente.scenario.model import Cardinal, Scenario, Spread
from detente.scenario.starter import starter
from scenario.texts import BASE, changed


@pytest.fixture
def scenario() -> Scenario:
    return loads(BASE)


def weight_of_aim(scenario: Scenario, party: int) -> float:
    preference = scenario.preferences[party]
    assert isinstance(preference, Cardinal)
    return preference.interests[-1].weight.central


def test_commit_sets_the_status_quo(scenario: Scenario) -> None:
    after = commit(scenario, {"A.arms": "many"})
    assert after.status_quo == ("many", "no", "yes", "no")
    assert replace(after, status_quo=scenario.status_quo) == scenario


def test_commit_knows_names(scenario: Scenario) -> None:
    with pytest.raises(UnknownNameError, match=r"A\.arms"):
        commit(scenario, {"A.arm": "many"})
    with pytest.raises(UnknownNameError, match="many"):
        commit(scenario, {"A.arms": "mny"})


def test_attitudes_shift_with_their_spread_and_stay_in_bounds(scenario: Scenario) -> None:
    value = shift_attitude(scenario, "A", "B", 0.5).attitudes[0].value
    assert value.central == pytest.approx(0.3)
    assert value.spread is not None
    assert (value.spread.low, value.spread.high) == (pytest.approx(0.2), pytest.approx(0.4))
    assert shift_attitude(scenario, "A", "B", 9).attitudes[0].value.central == 1
    assert shift_attitude(scenario, "A", "B", -9).attitudes[0].value.spread == Spread("normal", -1, -1)


def test_an_unstated_attitude_starts_at_zero(scenario: Scenario) -> None:
    added = shift_attitude(scenario, "B", "A", -0.1).attitudes[-1]
    assert (added.holder, added.other, added.value.central) == ("B", "A", -0.1)


def test_shifting_one_direction_leaves_the_other_and_can_be_written() -> None:
    both = loads(changed("A > B: -0.2 ± 0.1", "A ~ B: -0.2"))
    after = shift_attitude(both, "A", "B", 0.1)
    assert [attitude.value.central for attitude in after.attitudes] == [pytest.approx(-0.1), -0.2]
    assert loads(dumps(after)) == after


def test_a_venue_changes_composure_attitudes_and_interests(scenario: Scenario) -> None:
    after = move_venue(scenario, "lake")
    assert after.parties[0].composure is not None
    assert after.parties[0].composure.central == pytest.approx(COMPOSURE + 0.4)
    assert after.parties[1].composure is None
    assert [(a.holder, a.value.central) for a in after.attitudes] == [("A", pytest.approx(-0.15)), ("B", 0.05)]
    assert weight_of_aim(after, 0) == pytest.approx(0.1 * 4)
    assert weight_of_aim(after, 1) == pytest.approx(GUARANTEE * 4)
    assert loads(dumps(after)) == after


def test_a_venue_cannot_move_a_party_known_by_order() -> None:
    text = BASE.replace("    - {avoids: tension, weight: 2..4}\n", "    statements: [peace]\n")
    text = text.replace("    - {avoids: risk(nature.storm), weight: 1 (0..2)}\n", "")
    text = text.replace("relations:\n  A > B: -0.2 ± 0.1\n", "")
    with pytest.raises(RefusedError, match="only the order of its states"):
        move_venue(loads(text), "lake")


def test_unknown_venues_have_a_near_miss(scenario: Scenario) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'lake'"):
        move_venue(scenario, "laek")


def test_a_closed_channel_is_shut_at_every_level(scenario: Scenario) -> None:
    after = close_channel(scenario, "A", "C coal")
    cut = after.pressures[0].cuts[-1]
    assert (cut.channels, cut.by) == ("C coal", "B.trade")
    assert [(level, share.central) for level, share in cut.open] == [("no", 0), ("yes", 0)]
    assert loads(dumps(after)) == after
    with pytest.raises(UnknownNameError):
        close_channel(scenario, "B", "all")


def test_a_table_opens_once(scenario: Scenario) -> None:
    after = open_table(scenario, ("A", "B"), binding=True)
    assert (after.tables[-1].id, after.tables[-1].binding) == ("A-B", True)
    with pytest.raises(RefusedError, match="exists already"):
        open_table(after, ("A", "B"))
    with pytest.raises(UnknownNameError):
        open_table(scenario, ("A", "X"))


@pytest.mark.parametrize("name", ["strait", "my_crisis-2", "", "a: b"])
def test_the_starter_is_a_scenario_with_strategies_and_an_aim(name: str) -> None:
    scenario = loads(starter(name))
    assert len(scenario.strategies) >= 2
    assert scenario.aim in {outcome.id for outcome in scenario.outcomes}
    assert scenario.title
