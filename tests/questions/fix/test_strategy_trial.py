"""A strategy on trial: what changes bring it where it is to go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.errors import RefusedError
from detente.play.case import Case, conduct_of
from detente.questions.fix.edits import KINDS, Edit, replanned, revised
from detente.questions.fix.reaching import reach_by
from detente.questions.fix.strategy_trial import StrategyTrial
from detente.scenario.load import loads
from detente.scenario.model import Scenario

FENCE = """
detente: 1
title: A fence
parties: {EAST: {}, WEST: {}}
options:
  EAST.mow: {}
  WEST.mow: {}
  nature.storm: {moves: up, hazard: 0.1}
outcomes: {neat: EAST.mow and WEST.mow, wild: not EAST.mow and not WEST.mow}
aim: neat
interests:
  EAST: [{wants: WEST.mow, weight: 3}, {avoids: EAST.mow, weight: 1}]
  WEST: [{wants: EAST.mow, weight: 2}, {avoids: WEST.mow, weight: 1}]
tables: {gate: {members: [EAST, WEST], binding: yes}}
venues: {inn: {attitudes: {EAST ~ WEST: 0.6}}}
strategies:
  wait: {sponsors: [EAST], stages: [{title: Wait}]}
  stuck: {sponsors: [EAST, WEST], stages: [{commit: {EAST.mow: yes, WEST.mow: yes}}]}
  talk: {sponsors: [EAST], stages: [{tables: [gate]}]}
"""


@pytest.fixture(scope="module")
def fence() -> Scenario:
    return loads(FENCE)


def strategy_trial(fence: Scenario, strategy: str = "wait", foresight: str = "seq") -> StrategyTrial:
    chosen = next(one for one in fence.strategies if one.id == strategy)
    return StrategyTrial(fence, chosen, "neat", conduct_of(fence, foresight))


def test_fewer_states_give_the_same_course(fence: Scenario) -> None:
    for strategy in fence.strategies:
        whole = Case(fence, conduct_of(fence, "seq"))
        assert whole.aim is not None
        success = whole.course(strategy).success(whole.outcomes[whole.aim])
        assert strategy_trial(fence, strategy.id).arrival().success == pytest.approx(success)


def test_a_table_a_venue_and_commitments_bring_it_there(fence: Scenario) -> None:
    one = strategy_trial(fence)
    assert not one.arrival().arrives
    assert one.arrival((Edit("table", what="gate"),)).arrives
    assert one.arrival((Edit("venue", what="inn"),)).arrives == _replayed(fence, Edit("venue", what="inn"))
    assert list(one.commitments()) == []  # both options are what the outcome is about


def _replayed(fence: Scenario, edit: Edit) -> bool:
    changed = revised(fence, (edit,))
    case = Case(changed, conduct_of(changed, "seq"))
    assert case.aim is not None
    strategy = replanned(changed.strategies[0], (edit,))
    return case.course(strategy).success(case.outcomes[case.aim]) > 0.999


def test_what_is_offered_arrives_and_smaller_shifts_do_not(fence: Scenario) -> None:
    one = strategy_trial(fence)
    for kind in KINDS:
        found = reach_by(one, kind)
        for trial in (*found.singles, *((found.least,) if found.least else ())):
            assert one.arrival(trial.edits).arrives
    table = reach_by(one, "table")
    assert table.least is not None
    assert table.exact
    assert table.least.edits == (Edit("table", what="gate"),)


def test_attitudes_are_raised_as_little_as_is_tried(fence: Scenario) -> None:
    kind = reach_by(strategy_trial(fence), "attitude")
    if kind.least is not None:
        half = tuple(Edit("attitude", e.party, e.other, amount=e.amount / 2) for e in kind.least.edits)
        assert not strategy_trial(fence).arrival(half).arrives or kind.least.edits[0].amount == 0.05


def test_a_strategy_that_cannot_begin_is_refused(fence: Scenario) -> None:
    fixed = tuple(replace(option, moves="fixed") for option in fence.options)
    bad = replace(fence, options=fixed)
    chosen = next(one for one in bad.strategies if one.id == "stuck")
    with pytest.raises(RefusedError, match="cannot begin"):
        StrategyTrial(bad, chosen, "neat", conduct_of(bad)).plan()
