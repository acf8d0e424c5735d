"""Numbers that are off together are drawn together, and each as if it stood alone."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kstest, spearmanr

from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.worlds.worlds import Worlds
from worlds.conftest import DAM

MANY = 4000
UP, DOWN, BOTH, THIRD = (
    "interests.UP.1.weight",
    "interests.DOWN.1.weight",
    "relations.DOWN>UP",
    "interests.UP.2.weight",
)


def dam(*groups: str) -> Scenario:
    return loads(DAM + "together:\n" + "".join(f"  - {{{group}}}\n" for group in groups), id="dam")


def drawn(scenario: Scenario) -> dict[str, np.ndarray]:
    worlds = Worlds(scenario)
    values = worlds.values(1, MANY).T
    return {
        address: row for known, row in zip(worlds.inputs, values, strict=True) for address in known.addresses
    }


@pytest.mark.parametrize("rank", [0.7, -0.4])
def test_a_group_has_its_rank_correlation_and_every_number_its_own_spread(rank: float) -> None:
    found = drawn(dam(f"numbers: [{UP}, {DOWN}, {BOTH}], correlation: {rank}"))
    alone = drawn(loads(DAM, id="dam"))
    for one, other in ((UP, DOWN), (UP, BOTH), (DOWN, BOTH)):
        assert spearmanr(found[one], found[other]).statistic == pytest.approx(rank, abs=0.04)
    for address, row in found.items():
        assert kstest(row, alone[address]).pvalue > 0.001
        assert abs(spearmanr(alone[address], alone[UP]).statistic) < 0.05 or address == UP


def test_numbers_outside_a_group_are_drawn_as_without_it() -> None:
    found, alone = drawn(dam(f"numbers: [{UP}, {DOWN}], correlation: 0.7")), drawn(loads(DAM, id="dam"))
    assert [address for address in found if not np.allclose(found[address], alone[address], atol=1e-12)] == [UP]


def test_groups_that_share_a_number_hang_together_through_it() -> None:
    found = drawn(
        dam(f"numbers: [{UP}, {DOWN}], correlation: 0.6", f"numbers: [{DOWN}, {BOTH}], correlation: -0.5")
    )
    assert spearmanr(found[UP], found[DOWN]).statistic == pytest.approx(0.6, abs=0.04)
    assert spearmanr(found[DOWN], found[BOTH]).statistic == pytest.approx(-0.5, abs=0.04)
    assert spearmanr(found[UP], found[BOTH]).statistic == pytest.approx(0, abs=0.05)


def test_worlds_are_the_same_however_many_and_in_whatever_order_groups_name_them() -> None:
    one = Worlds(dam(f"numbers: [{UP}, {DOWN}, {THIRD}], correlation: 0.5"))
    other = Worlds(dam(f"numbers: [{THIRD}, {DOWN}, {UP}], correlation: 0.5"))
    assert np.array_equal(one.values(1, 50), other.values(1, 50))
    assert np.array_equal(one.values(1, 50)[20:30], one.values(21, 10))
    assert np.array_equal(one.of([7, 3]), one.values(1, 7)[[6, 2]])


def test_a_number_without_a_spread_stays_where_it_is() -> None:
    text = DAM.replace("weight: 3 ± 1.5", "weight: 3")
    scenario = loads(f"{text}together: [{{numbers: [{UP}, {DOWN}, {THIRD}], correlation: 0.5}}]\n", id="dam")
    found = drawn(scenario)
    assert UP not in found
    assert spearmanr(found[DOWN], found[THIRD]).statistic == pytest.approx(0.5, abs=0.04)
