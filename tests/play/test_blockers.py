"""Who is named as a holdout where several ends are alike."""

from __future__ import annotations

import pytest

from detente.play.case import Case, conduct_of
from detente.scenario.load import loads

ROADS = """
detente: 1
title: Eight roads out of town
aim: bridge
parties: {A: {}, B: {}}
options:
  A.road: {levels: [home, r1, r2, r3, r4, r5, r6, r7, r8]}
  B.build: {moves: up}
outcomes: {bridge: A.road == HERE and B.build}
interests:
  A: [{avoids: A.road == home, weight: 1}]
  B: [{avoids: B.build, weight: 1}]
strategies: {go: {sponsors: [A], stages: [{}]}}
"""


@pytest.mark.parametrize("road", ["r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8"])
def test_of_ends_as_likely_as_the_sixth_none_is_left_out(road: str) -> None:
    scenario = loads(ROADS.replace("HERE", road))
    case = Case(scenario, conduct_of(scenario))
    verdict = case.verdict(scenario.strategies[0])
    assert [round(rest.probability, 9) for rest in verdict.course.rests] == [0.125] * 8
    (holdout,) = verdict.holdouts
    assert case.free.graph.parties[holdout.party] == "B"
    assert holdout.raises == pytest.approx(0.125)
