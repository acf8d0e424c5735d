"""Strategies over worlds: what the rows say, and who is first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.scenario.model import Scenario
from detente.worlds.measure import Measure
from detente.worlds.summary import summary


def test_order_ties_and_gaps(dam: Scenario) -> None:
    measure = Measure(dam)
    table = np.zeros((4, len(measure.columns)))
    column = measure.columns.index
    table[:, column("squeeze.success.treaty")] = [1, 1, 0.5, 0]
    table[:, column("talk.success.treaty")] = [1, 0, 0.5, 0]
    table[:, column("talk.rank")] = [1, 2, 1, 1]
    table[:, column("squeeze.rank")] = [1, 1, 2, 1]
    table[:, column("wait.rank")] = [3, 3, 3, 1]
    first, second, third = summary(measure, table)
    assert (first.strategy, second.strategy, third.strategy) == ("squeeze", "talk", "wait")
    seen = first.success["treaty"]
    assert (seen.mean, seen.certain, seen.never) == (0.625, 0.5, 0.25)
    assert second.behind
    assert second.behind[0] == 0.25
    assert second.behind[1] < 0 < second.behind[2]
    assert first.first
    assert (first.first.mean, first.alone, first.rank) == (0.75, 0.25, 1.25)
    assert third.success["clash"].never == 1


def test_without_an_aim_nobody_is_ranked(dam: Scenario) -> None:
    measure = Measure(replace(dam, aim=""))
    found = summary(measure, np.full((3, len(measure.columns)), 0.5))
    assert [one.strategy for one in found] == [one.id for one in dam.strategies]
    assert all(one.first is None and one.behind is None for one in found)
    assert found[0].success["treaty"].mean == pytest.approx(0.5)
