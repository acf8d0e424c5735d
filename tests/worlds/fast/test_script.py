"""A script holds the stages of the strategies, and one stage more that binds nobody."""

from __future__ import annotations

from detente.scenario.model import Scenario
from detente.worlds.fast.script import NEVER_OVER, commitments_of, stages_of, table_ids
from detente.worlds.measure import Measure
from oracles.unsure_crises import ready


def test_stages_tables_and_commitments_of_the_dam(dam: Scenario) -> None:
    measure = Measure(dam, foresight="seq")
    assert measure.quick is not None
    script = measure.quick.script
    plans = stages_of(ready(measure), dam.strategies)
    assert script.first.tolist() == [0, 1, 3, 4]
    assert script.seats.tolist() == [0, 1, 2, 3, 3, 3]
    assert table_ids(plans) == ["talks"] * 3
    assert len(commitments_of(plans)) == 2
    assert script.commitments.tolist() == [0, 1, 0, 0, 0]
    assert script.ends.tolist() == [NEVER_OVER] * 5
    assert script.inside.shape[0] == len(dam.outcomes)
    assert script.aim == 0
