"""An outcome to which no feasible state belongs: every question that turns on it says so, in the same words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from detente.errors import RefusedError
from detente.formats.terminal import render
from detente.questions.assess.find import assess
from detente.questions.contingency.find import contingency
from detente.questions.durability.find import durability
from detente.questions.fix.find import fix
from detente.questions.overview.find import overview
from detente.questions.overview.tell import page
from detente.questions.roadmap.find import roadmap
from detente.questions.venues.find import venues
from detente.questions.why.find import why
from detente.scenario.load import loads
from detente.scenario.model import Scenario

WALL = """
detente: 1
title: A wall
parties: {A: {}, B: {}}
options: {A.arm: {}, B.arm: {}, nature.storm: {moves: up, hazard: 0.1}}
rules: [{must: A.arm or B.arm}]
status_quo: {A.arm: yes}
outcomes: {calm: not A.arm and not B.arm, stormy: nature.storm}
aim: calm
interests:
  A: [{wants: A.arm, weight: 1}, {avoids: B.arm, weight: 2}]
  B: [{wants: B.arm, weight: 1}, {avoids: A.arm, weight: 2}]
tables: {talks: {members: [A, B]}}
venues: {inn: {composure: {A: 1}}}
strategies: {wait: {sponsors: [A], stages: [{tables: [talks], venue: inn}]}}
"""
QUESTIONS = {
    "assess": assess,
    "fix": fix,
    "fix --reach": lambda wall: fix(wall, reach="wait"),
    "roadmap": roadmap,
    "why outcome": lambda wall: why(wall, "calm"),
    "why strategy": lambda wall: why(wall, "wait"),
    "durability": durability,
    "durability --strategy": lambda wall: durability(wall, strategy="wait"),
    "venues": venues,
}


FIXED = """
detente: 1
title: No shock anywhere
parties: {A: {}, B: {}}
options: {A.x: {moves: fixed}, B.y: {}}
outcomes: {goal: A.x}
aim: goal
interests: {A: [{wants: A.x, weight: 1}], B: [{wants: B.y, weight: 1}]}
"""


@pytest.fixture(scope="module")
def wall() -> Scenario:
    return loads(WALL, id="wall")


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_is_refused_in_one_sentence(wall: Scenario, question: str) -> None:
    ask: Callable[[Scenario], object] = QUESTIONS[question]
    with pytest.raises(RefusedError) as refused:
        ask(wall)
    assert str(refused.value) == (
        "no feasible state belongs to the outcome 'calm', so nothing can bring it about. "
        "Change its condition or the rules."
    )


def test_what_does_not_turn_on_it_is_answered(wall: Scenario) -> None:
    assert contingency(wall).shocks
    text = " ".join(render(page(overview(wall)), width=80).split())
    assert "No feasible state belongs to it: change its condition or the rules." in text


def test_a_road_that_takes_a_shock_is_another_matter(wall: Scenario) -> None:
    with pytest.raises(RefusedError, match="the outcome 'stormy' takes a shock"):
        roadmap(wall, "stormy")


def test_a_road_that_a_fixed_option_bars_says_so() -> None:
    with pytest.raises(RefusedError, match=r"that are fixed \('A.x'\), so no step of anybody leads there"):
        roadmap(loads(FIXED))
