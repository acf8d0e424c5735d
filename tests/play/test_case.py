"""A crisis made ready to be played: what a scenario says in words arrives in indices, for all questions."""

from __future__ import annotations

import numpy as np
import pytest

from detente.errors import RefusedError, UnknownNameError
from detente.play.case import BY_ITSELF, Case, conduct_of
from detente.scenario.change import COMPOSURE
from detente.scenario.load import loads
from detente.scenario.model import Scenario, Stage, Strategy

WELL = """
detente: 1
title: A well
parties:
  ONE: {composure: 8, initiative: 2, foresight: nash}
  TWO: {}
options:
  ONE.dig: {levels: [none, shallow, deep], moves: up}
  TWO.pay: {}
rules: [{must: ONE.dig == deep implies TWO.pay}]
aim: watered
outcomes: {watered: ONE.dig == deep, dry: ONE.dig == none}
interests:
  ONE: [{wants: TWO.pay, weight: 2}, {avoids: ONE.dig == deep, weight: 1}]
  TWO: [{wants: watered, weight: 3}, {avoids: TWO.pay, weight: 1}]
tables: {shore: {members: [TWO, ONE], binding: yes}}
strategies:
  pay-first:
    sponsors: [TWO]
    stages:
      - {commit: {TWO.pay: yes}}
      - {tables: [shore], until: watered}
"""


@pytest.fixture
def well() -> Scenario:
    return loads(WELL, id="well")


def test_conduct_is_what_the_parties_say_and_defaults_else(well: Scenario) -> None:
    conduct = conduct_of(well)
    assert conduct.foresight == ("nash", "iseq")
    assert conduct.initiative == (2.0, 1.0)
    assert conduct.composure == (8.0, COMPOSURE)
    assert conduct_of(well, otherwise="seq").foresight == ("nash", "seq")
    assert conduct_of(well, "gmr").foresight == ("gmr", "gmr")


def test_outcomes_aim_and_status_quo_are_found(well: Scenario) -> None:
    case = Case(well, conduct_of(well))
    assert case.aim == 0
    assert case.outcomes.shape == (2, case.free.graph.states)
    assert case.outcomes[1, case.start]
    assert not case.outcomes[0, case.start]


def test_a_strategy_becomes_stages_and_promises(well: Scenario) -> None:
    case = Case(well, conduct_of(well))
    plan = case.plan(well.strategies[0])
    assert plan.stages[0].fixed == ((1, 1),)
    assert plan.stages[1].tables[0].members == (0, 1)
    assert plan.stages[1].tables[0].binding
    assert np.array_equal(plan.stages[1].until, case.outcomes[0])
    ((sponsor, promises),) = plan.promises
    assert (sponsor, promises[0].axis, promises[0].level) == (1, 1, 1)


def test_a_course_ends_where_the_verdict_says(well: Scenario) -> None:
    case = Case(well, conduct_of(well))
    course, verdict = case.course(well.strategies[0]), case.verdict(well.strategies[0])
    assert course.success(case.outcomes[0]) == verdict.success[0]
    assert np.array_equal(course.final.states, verdict.course.final.states)


def test_a_strategy_that_cannot_begin_is_refused(well: Scenario) -> None:
    early = Strategy("too-early", ("ONE",), (Stage(commit=(("ONE.dig", "deep"),)),))
    with pytest.raises(RefusedError, match=r"too-early.*cannot begin"):
        Case(well, conduct_of(well)).plan(early)


def test_an_unknown_table_is_told(well: Scenario) -> None:
    odd = Strategy("odd", ("TWO",), (Stage(tables=("shor",)),))
    with pytest.raises(UnknownNameError, match="Did you mean 'shore'"):
        Case(well, conduct_of(well)).plan(odd)


def test_by_itself_commits_nothing(well: Scenario) -> None:
    case = Case(well, conduct_of(well))
    plan = case.plan(BY_ITSELF)
    assert plan.promises == ()
    assert plan.stages[0].fixed == plan.stages[0].tables == ()
    assert case.beginning.states.tolist() == [case.start]


def test_a_venue_has_a_ground_of_its_own_only_where_it_changes_what_parties_want(well: Scenario) -> None:
    text = (
        WELL
        + "venues: {shade: {composure: {TWO: 3}}, square: {composure: {TWO: 3}, attitudes: {ONE > TWO: 0.5}}}\n"
    )
    case = Case(loads(text, id="well"), conduct_of(well))
    shade, square = (case.stage(Stage(venue=venue)) for venue in ("shade", "square"))
    assert shade.conduct.composure == square.conduct.composure == (8.0, COMPOSURE + 3)
    assert shade.cached is case.free
    assert not np.array_equal(square.cached.graph.payoffs, case.free.graph.payoffs)
