"""An aim with duties of one side: warned of where a deal binds others too, and only there."""

from __future__ import annotations

import pytest

from detente.scenario.load import loads
from detente.scenario.one_sided import aims_of_one_side

DEAL = """
title: Tests against exercises
aim: frozen
parties: {{NORTH: {{}}, SOUTH: {{}}}}
options:
  NORTH.tests: {{levels: [running, stopped]}}
  SOUTH.exercise: {{levels: [held, off]}}
  SOUTH.strike: {{moves: up}}
outcomes: {{frozen: {{where: "{aim}", because: "{because}"}}, calm: not SOUTH.strike}}
interests:
  NORTH: [{{avoids: SOUTH.exercise == held, weight: 1}}]
  SOUTH: [{{avoids: NORTH.tests == running, weight: 1}}, {{avoids: SOUTH.strike, weight: 1}}]
tables: {{both: [NORTH, SOUTH]}}
strategies: {{trade: {{sponsors: [SOUTH], stages: [{stage}]}}}}
"""
ONE_SIDED = "NORTH.tests == stopped and calm"
TRADE = "{commit: {SOUTH.exercise: off}, tables: [both]}"


def told(aim: str = ONE_SIDED, stage: str = TRADE, because: str = "") -> list[str]:
    text = DEAL.format(aim=aim, stage=stage, because=because)
    return [each.what for each in aims_of_one_side(loads(text))]


def test_a_deal_whose_other_half_is_no_part_of_the_aim() -> None:
    """That the South does not strike is no duty: it does not today."""
    assert told() == [
        "the aim 'frozen' asks something of NORTH only, while deals with it bind others too "
        "(trade: SOUTH.exercise): it holds though they go back on that."
    ]


def test_an_aim_that_binds_both_sides_is_not_warned_of() -> None:
    assert told(aim="NORTH.tests == stopped and SOUTH.exercise == off") == []


@pytest.mark.parametrize(
    "stage",
    [
        "{commit: {SOUTH.exercise: off}}",  # nobody deals: the North has no part in it
        "{commit: {SOUTH.exercise: held, SOUTH.strike: no}, tables: [both]}",  # nothing that is not so today
        "{tables: [both]}",
    ],
)
def test_what_binds_nobody_else_in_a_deal_is_not_warned_of(stage: str) -> None:
    assert told(stage=stage) == []


def test_one_side_that_is_meant_is_not_warned_of() -> None:
    assert told(because="we only count tests") == []


def test_where_either_side_may_do_it_the_aim_asks_nobody() -> None:
    assert told(aim="NORTH.tests == stopped or SOUTH.exercise == off") == []
