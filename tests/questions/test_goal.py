"""What is to hold, to last or to be reached may be a single state, also where a scenario names no outcome."""

from __future__ import annotations

import pytest

import detente
from detente.errors import RefusedError, UnknownNameError
from detente.questions.subject import goal_of
from detente.scenario.load import loads
from detente.scenario.model import Scenario

NAMELESS = """
detente: 1
title: Two neighbours without names for their ends
parties: {A: {}, B: {}}
options: {A.arm: {}, B.arm: {levels: [none, some, much]}}
interests:
  A: [{avoids: B.arm == much, weight: 3}, {avoids: B.arm == some, weight: 1}, {wants: A.arm, weight: 1}]
  B: [{avoids: A.arm, weight: 3}, {wants: B.arm >= some, weight: 1}]
"""


@pytest.fixture(scope="module")
def nameless() -> Scenario:
    return loads(NAMELESS)


@pytest.mark.parametrize("words", ["1", "state:1", "status-quo", "A.arm=no,B.arm=none"])
def test_a_state_can_be_said_in_every_way(nameless: Scenario, words: str) -> None:
    assert goal_of(nameless, words, "").outcome == "state 1"
    assert detente.fix(nameless, words).target.state == 1


def test_fix_of_a_state_is_fix_of_an_outcome_that_is_that_state(nameless: Scenario) -> None:
    named = loads(NAMELESS + "outcomes: {calm: not A.arm and B.arm == none}\n")
    alone, outcome = detente.fix(nameless, "1"), detente.fix(named, "calm")
    assert alone.kinds == outcome.kinds
    assert alone.scenario == detente.overview(nameless).scenario  # the hash is that of what was asked about
    assert "The outcome: state 1." in detente.render(alone)


def test_roadmap_and_durability_take_states_too(nameless: Scenario) -> None:
    held = detente.equilibria(nameless, concepts=["nash"]).states[0].state
    assert detente.roadmap(nameless, str(held)).road.end.state == held
    assert detente.durability(nameless, str(held)).start[0].state == held
    assert detente.why(nameless, str(held))


def test_what_is_neither_is_refused(nameless: Scenario) -> None:
    with pytest.raises(RefusedError, match="there is no state 99; states are numbered from 1 to 6"):
        detente.fix(nameless, "99")
    with pytest.raises(
        RefusedError, match=r"names no aim, so nothing is said to hold\. Name an outcome or a state"
    ):
        detente.fix(nameless)
    with pytest.raises(UnknownNameError, match="no outcome called 'calm'"):
        detente.roadmap(nameless, "calm")
