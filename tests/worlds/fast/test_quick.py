"""The fast way to many worlds says what the general way says, world by world."""

from __future__ import annotations

import re

import numpy as np
import pytest

import detente
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.worlds.fast.quick import Quick
from detente.worlds.measure import Measure
from oracles.random_crises import random_crisis
from oracles.unsure_crises import fast, unsure

WORLDS = 6


def differences(measure: Measure, found: Quick, worlds: int) -> list[object]:
    """Where the two ways differ by more than rounding."""
    numbers = measure.worlds.values(0, worlds)
    fares, known = found.fares(numbers, lambda: [measure.worlds.world(world) for world in range(worlds)])
    wrong: list[object] = []
    for world in np.flatnonzero(known).tolist():
        values = np.array(measure.of(world).values).reshape(len(measure.strategies), -1)
        wanted = values[:, : fares.shape[2]]
        same = (wanted == fares[world]) | np.isclose(wanted, fares[world], rtol=0, atol=1e-12, equal_nan=True)
        for place in np.argwhere(~same).tolist():
            wrong.append((world, *place, wanted[*place], fares[world][*place]))
    return wrong


@pytest.mark.parametrize("seed", range(60))
def test_random_crises_fare_alike(seed: int) -> None:
    measure = Measure(unsure(seed), foresight="seq")
    if measure.of(0).failed:
        pytest.skip(measure.of(0).reason)
    found = fast(measure)
    if isinstance(found, str):
        pytest.skip(found)
    assert differences(measure, found, WORLDS) == []


def test_most_random_crises_can_be_looked_at_the_fast_way() -> None:
    measures = [Measure(unsure(seed), foresight="seq") for seed in range(60)]
    assert sum(measure.quick is not None for measure in measures) > 40


@pytest.mark.slow
def test_korea_fares_alike() -> None:
    measure = Measure(detente.load("korea-2017"), foresight="seq")
    found = fast(measure)
    assert isinstance(found, Quick)
    assert differences(measure, found, 8) == []


@pytest.mark.parametrize("trade", ["balance: true", "diverts: shared"])
def test_trade_that_needs_the_whole_program_is_worked_out_by_it(trade: str) -> None:
    text = random_crisis(3)
    text = re.sub(r"value: (\d+)", r"value: \1 ± 2", text)
    if trade == "balance: true":
        text = text.replace("    channels:", "    balance: true\n    channels:")
    else:
        ways = "[{from: qbera, to: qcilo, spare: 3 ± 2}, {from: qbera, to: qcilo, spare: 2, loss: 0.2 ± 0.1}]"
        text = text.replace("    channels:", f"    diverts: {ways}\n    channels:")
    text = text.replace("zcalm, avoids: risk(nature.zrain)", "zcalm, avoids: pressure(qanto)")
    measure = Measure(loads(text, id="trade"), foresight="seq")
    found = fast(measure)
    assert isinstance(found, Quick)
    assert differences(measure, found, 10) == []


def test_weights_may_be_shares_of_their_own_sum(dam: Scenario) -> None:
    """As `--set` has it: a weight that is changed changes the share of every weight of its party."""
    measure = Measure(dam, foresight="seq")
    found = fast(measure)
    assert isinstance(found, Quick)
    drawn = measure.worlds.values(1, 12)
    fares, known = found.fares(drawn, list, rescaled=True)
    assert known.all()
    for world, scenario in enumerate(measure.worlds.scenarios(1, 12)):
        plain = Measure(scenario, foresight="seq").of(0).values
        got = fares[world][:, :2].ravel()
        assert np.array(plain).reshape(3, -1)[:, :2].ravel() == pytest.approx(got)


def test_what_cannot_be_looked_at_the_fast_way_says_why(dam: Scenario) -> None:
    found = fast(Measure(dam))
    assert isinstance(found, str)
    assert "SEQ" in found
    assert Measure(dam).quick is None


def test_worlds_are_the_same_however_many_at_a_time(dam: Scenario) -> None:
    measure = Measure(dam, foresight="seq")
    assert measure.quick is not None
    together = measure.several(range(1, 30))
    assert together == [measure.several([world])[0] for world in range(1, 30)]
    assert measure.several([20, 3, 11]) == [together[19], together[2], together[10]]
