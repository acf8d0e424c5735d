"""What a round is in time: `round: {length: 6 months}`."""

from __future__ import annotations

import pytest

from detente.errors import ScenarioError
from detente.scenario.clock import Period
from detente.scenario.load import loads

CRISIS = """
title: T
round: {{length: {length}}}
parties: {{A: {{}}}}
options: {{A.x: {{}}}}
interests: {{A: [{{wants: A.x, weight: 1}}]}}
"""


@pytest.mark.parametrize(
    ("text", "written", "years"),
    [
        ("6 months", "6 months", 0.5),
        ("1 year", "1 year", 1.0),
        ("1 years", "1 year", 1.0),
        ("2.5 weeks", "2.5 weeks", 17.5 / 365.25),
        ("90 days", "90 days", 90 / 365.25),
    ],
)
def test_a_length_of_time_is_read(text: str, written: str, years: float) -> None:
    scenario = loads(CRISIS.format(length=text))
    assert scenario.round is not None
    assert str(scenario.round.length) == written
    assert scenario.round.length.years == pytest.approx(years)
    assert scenario.addresses()["round.length"] == written


@pytest.mark.parametrize("text", ["six months", "0 days", "-1 year", "6", "1 month or 2", "[6, months]"])
def test_what_is_no_length_of_time_is_told_with_one_that_is(text: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        loads(CRISIS.format(length=text))
    [problem] = refused.value.problems
    assert "a length of time is expected" in problem.what
    assert problem.hint.startswith("Write 6 months")
    assert problem.place.line == 3


def test_another_length_is_set_by_its_address() -> None:
    scenario = loads(CRISIS.format(length="6 months")).with_value("round.length", "1 month")
    assert scenario.round is not None
    assert scenario.round.length == Period(1.0, "month")
