"""Rows of numbers are those of the worlds as scenarios; a number that is not read is told."""

from __future__ import annotations

import numpy as np
import pytest

from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.worlds.fast import numbers
from detente.worlds.fast.numbers import Numbers, read
from detente.worlds.measure import Measure
from detente.worlds.worlds import Worlds
from oracles.random_crises import random_crisis
from oracles.unsure_crises import fitting

CASES = fitting(6)


@pytest.mark.parametrize(("measure", "_"), CASES, ids=range(len(CASES)))
def test_rows_are_the_numbers_of_each_world(measure: Measure, _: object) -> None:
    seats = [table.id for table in measure.scenario.tables] * 2
    rows = Numbers(measure.scenario, measure.worlds.inputs, seats).rows(measure.worlds.values(0, 5))
    for world in range(5):
        for name, row in read(measure.worlds.world(world), seats).items():
            assert np.array_equal(rows[name][world], row), name


def test_every_number_of_the_dam_is_read(dam: Scenario) -> None:
    worlds = Worlds(dam)
    assert not Numbers(dam, worlds.inputs, ["talks"]).lost


def test_numbers_on_which_no_best_move_hangs_may_stay_unread() -> None:
    text = random_crisis(1).replace("composure: 6", "composure: 6 ± 2")
    scenario = loads(text, id="calm")
    worlds = Worlds(scenario)
    assert worlds.inputs
    assert not Numbers(scenario, worlds.inputs, []).lost


def test_numbers_of_a_table_count_only_where_it_is_opened() -> None:
    unsure = "ztwo: {members: [qanto, qbera], initiative: 1..2}"
    scenario = loads(random_crisis(1).replace("ztwo: [qanto, qbera]", unsure), id="tables")
    worlds = Worlds(scenario)
    opened, closed = (Numbers(scenario, worlds.inputs, seats) for seats in (["ztwo"], ["zall"]))
    assert not opened.lost
    assert not closed.lost
    assert len(np.unique(opened.rows(worlds.values(0, 5))["table"])) == 5
    assert closed.rows(worlds.values(0, 5))["table"].tolist() == [[1.0]] * 5


def test_a_number_that_play_may_hang_on_and_is_not_read_is_told(
    dam: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbers, "read", lambda scenario, seats: {"weight": np.zeros(0)})
    assert Numbers(dam, Worlds(dam).inputs, []).lost[0] == "interests.UP.1.weight"
