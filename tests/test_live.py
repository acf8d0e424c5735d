"""A crisis kept ready says what the questions say, whichever way it takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import library
from detente.ask import ask
from detente.errors import DetenteError, UnknownNameError
from detente.live import Live
from detente.questions.assess.answer import Assess
from detente.scenario.model import Scenario

CRISES = Path(__file__).resolve().parent / "crises"
NAMES = ("ridge", "border", "strait", "ferry", "quarry", "canal", "farm")


def crisis(name: str) -> Scenario:
    return library.open(CRISES / f"{name}.yaml")


def assessed(scenario: Scenario, foresight: str | None) -> dict[str, tuple[dict[str, float], float | None]]:
    answer = ask("assess", scenario, **({"foresight": foresight} if foresight else {}))
    assert isinstance(answer, Assess)
    return {one.id: (dict(one.success), one.lasting) for one in answer.strategies}


@pytest.mark.parametrize("foresight", ["seq", None])
@pytest.mark.parametrize("name", NAMES)
def test_what_is_told_at_once_is_what_assess_says_of_the_changed_scenario(
    name: str, foresight: str | None
) -> None:
    scenario = crisis(name)
    ready = Live(scenario)
    weights = [one for one in ready.numbers if one.address.endswith(".weight")][:3]
    for one in (None, *weights):
        values = {} if one is None else dict.fromkeys(one.addresses, round(one.number.central * 1.7 + 0.3, 4))
        changed = scenario.with_values(values) if values else scenario
        told = {each.strategy: (each.success, each.lasting) for each in ready.standings(values, foresight)}
        wanted = assessed(changed, foresight)
        assert told.keys() == wanted.keys()
        for strategy, (success, lasting) in wanted.items():
            assert told[strategy][0] == pytest.approx(success, abs=1e-9)
            assert told[strategy][1] == (None if lasting is None else pytest.approx(lasting, abs=1e-9))


def test_one_side_of_an_attitude_that_is_mutual_can_be_moved_alone() -> None:
    ready = next(Live(crisis(name)) for name in NAMES if any(one.mutual for one in Live(crisis(name)).numbers))
    one = next(one for one in ready.numbers if one.mutual)
    values = {one.addresses[0]: 0.9}
    told = {each.strategy: each.success for each in ready.standings(values, "seq")}
    wanted = assessed(ready.scenario.with_values(values), "seq")
    assert told == {name: pytest.approx(success, abs=1e-9) for name, (success, _) in wanted.items()}


def test_the_strategy_that_is_looked_at_comes_first_and_nothing_after_a_stop() -> None:
    ready = Live(crisis("ridge"))
    assert next(each.strategy for each in ready.standings({}, "nash", first="talks")) == "talks"
    stops = iter([False, True])
    assert len(list(ready.standings({}, "nash", stopped=lambda: next(stops)))) == 1


def test_turning_numbers_are_those_that_change_a_verdict_at_an_end_of_their_spread() -> None:
    scenario = crisis("ridge")
    base = [one for one in Live(scenario).numbers if one.address.endswith(".weight")]
    for one in base:  # some weight of this crisis decides, the other numbers being sure
        low, high = one.number.central * 0.05, one.number.central * 20
        unsure = scenario.with_value(one.address, f"{one.number.central} ({low}..{high})")
        ends = [
            {each.strategy: each.success for each in Live(unsure).standings({one.address: end}, "seq")}
            for end in (low, high, one.number.central)
        ]
        aim = scenario.aim or ""
        moves = any(abs(end[name][aim] - ends[2][name][aim]) > 0.005 for end in ends[:2] for name in end)
        assert (one.address in Live(unsure).turning()) == moves


def test_an_address_or_a_value_that_cannot_be_is_refused() -> None:
    ready = Live(crisis("ridge"))
    one = next(one for one in ready.numbers if one.address.endswith(".weight"))
    with pytest.raises(UnknownNameError, match="no number called"):
        ready.moved({one.address + "x": 1.0})
    with pytest.raises(DetenteError, match="lies between"):
        ready.moved({one.address: -1.0})
