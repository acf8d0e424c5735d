"""The likeliest paths can be followed move by move, and no other way to the same ending is likelier."""

from __future__ import annotations

import numpy as np
import pytest

from detente.play.case import Case, conduct_of
from detente.questions.why.paths import paths
from detente.scenario.load import loads

THREE_WAYS = """
detente: 1
title: Two roads to a deal, one to a quarrel
parties: {A: {}, B: {}}
options:
  A.pay: {}
  B.open: {}
  B.quarrel: {}
status_quo: {A.pay: no}
rules: [{must: not (B.open and B.quarrel)}]
outcomes: {deal: B.open, quarrel: B.quarrel}
aim: deal
interests:
  A: [{wants: A.pay and B.open, weight: 2}, {avoids: A.pay and not B.open, weight: 1}]
  B: [{wants: B.open, weight: 2}, {wants: B.quarrel, weight: 2}, {wants: A.pay and B.open, weight: 1}]
strategies:
  wait: {sponsors: [A], stages: [{}]}
  pay: {sponsors: [A], stages: [{commit: {A.pay: yes}}, {commit: {A.pay: no}}]}
"""


@pytest.fixture(scope="module")
def case() -> Case:
    scenario = loads(THREE_WAYS, id="ways")
    return Case(scenario, conduct_of(scenario, "nash"))


def course(case: Case, name: str):
    (strategy,) = (each for each in case.scenario.strategies if each.id == name)
    return case.course(strategy)


@pytest.mark.parametrize("name", ["wait", "pay"])
def test_the_endings_are_all_there_with_their_probabilities(case: Case, name: str) -> None:
    played = course(case, name)
    found = paths(played)
    assert sum(path.probability for path in found) == pytest.approx(1)
    ends: dict[int, float] = {}
    for path in found:
        ends[path.end] = ends.get(path.end, 0.0) + path.probability
    assert ends == pytest.approx({rest.state: rest.probability for rest in played.rests})


@pytest.mark.parametrize("name", ["wait", "pay"])
def test_every_step_is_one_of_the_walk_and_the_chances_multiply(case: Case, name: str) -> None:
    played = course(case, name)
    for path in paths(played):
        at, product = case.start, 1.0
        for leg in path.legs:
            assert leg.start == at
            at, product = leg.end, product * leg.chance
            phase = played.phases[leg.phase]
            assert phase.home[leg.local] == leg.end
            if leg.mover is not None:
                here = int(np.flatnonzero(phase.home == leg.start)[0])
                moves = range(int(phase.walk.first[here]), int(phase.walk.first[here + 1]))
                match = [k for k in moves if phase.walk.target[k] == leg.local]
                assert any(phase.walk.mover[k] == leg.mover for k in match)
        assert at == path.end
        assert product == pytest.approx(path.chance)
        assert path.chance <= path.probability + 1e-12


@pytest.mark.parametrize("name", ["wait", "pay"])
def test_no_other_way_is_likelier(case: Case, name: str) -> None:
    played = course(case, name)
    for path in paths(played):
        assert path.chance == pytest.approx(_likeliest(played, path.phase, path.local))


def _likeliest(played, phase: int, local: int) -> float:
    """The largest product over all ways of at most so many steps, by going through all of them."""
    best = 0.0

    def follow(index: int, at: int, chance: float, steps: int) -> None:
        nonlocal best
        if (index, at) == (phase, local):
            best = max(best, chance)
        if steps == 0:
            return
        here = played.phases[index]
        for k in range(int(here.walk.first[at]), int(here.walk.first[at + 1])):
            follow(index, int(here.walk.target[k]), chance * float(here.walk.chance[k]), steps - 1)
        if here.goes_on[here.endings.component[at]] and index + 1 < len(played.phases):
            after = played.phases[index + 1]
            place = int(np.searchsorted(after.start.states, here.home[at]))
            share = float(here.endings.stationary[at])
            follow(index + 1, int(after.entered[place]), chance * share, steps - 1)

    follow(0, int(played.phases[0].entered[0]), 1.0, 7)
    return best


def test_a_phase_that_cannot_start_ends_there() -> None:
    more = """
  stuck: {sponsors: [B], stages: [{commit: {B.quarrel: yes}}, {commit: {B.open: yes}}]}
"""
    scenario = loads(THREE_WAYS + more, id="ways")
    case = Case(scenario, conduct_of(scenario))
    played = case.course(scenario.strategies[-1])
    (path,) = paths(played)
    assert played.could_not_start == 1.0
    assert path.probability == path.chance == 1.0
    assert path.end == played.rests[0].state
    assert [leg.mover for leg in path.legs] == [None]
