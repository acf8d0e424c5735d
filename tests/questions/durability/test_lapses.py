"""Commitments that may be quietly dropped: as competing chances of a round, and in every question that asks."""

from __future__ import annotations

from math import exp

import pytest

from detente.formats.terminal import render
from detente.questions.assess.find import assess
from detente.questions.assess.tell import page as assessed
from detente.questions.durability.find import durability
from detente.questions.durability.tell import page
from detente.report.page import Page
from detente.scenario.edits import with_values
from detente.scenario.load import loads
from detente.scenario.model import Scenario

PLEDGE = """
detente: 1
title: A pledge
aim: calm
parties: {A: {name: Alm}, B: {}}
options: {A.arm: {title: Arms}, B.pay: {title: Pay, moves: fixed}}
status_quo: {A.arm: yes}
outcomes: {calm: {where: not A.arm, because: one side is meant}}
interests:
  A: [{wants: B.pay, weight: 3}, {wants: A.arm, weight: 1}]
  B: [{avoids: A.arm, weight: 3}, {avoids: B.pay, weight: 1}]
strategies:
  deal:
    sponsors: [A]
    stages: [{commit: {A.arm: no}, lapse: {A.arm: {chance: 0.1 ± 0.05, because: habits}}}]
"""
CHANCE = "strategies.deal.stages.1.lapse.A.arm"


@pytest.fixture(scope="module")
def pledge() -> Scenario:
    return loads(PLEDGE, id="pledge")


def leaving(scenario: Scenario) -> float:
    """The chance per round that calm ends, with a lapse or none."""
    return 1 / durability(scenario, strategy="deal").lasts.rounds


def test_what_is_dropped_competes_with_who_leaves(pledge: Scenario) -> None:
    """B has no move, so that A is drawn every round and leaves by logit."""
    kept = 1 / (1 + exp(-5 * 0.25))
    assert leaving(with_values(pledge, {CHANCE: 0})) == pytest.approx(kept)
    assert leaving(pledge) == pytest.approx(0.1 + 0.9 * kept)
    found = durability(pledge, strategy="deal")
    [quiet] = [way for way in found.exits if way.lapse is not None]
    assert (quiet.lapse, quiet.party, quiet.shock) == ("A.arm", None, None)
    assert quiet.probability == pytest.approx(0.1 / leaving(pledge))
    [counted] = found.lapses
    assert (counted.level, counted.back, counted.stands) == ("no", "yes", 1.0)
    assert counted.share == quiet.probability


def test_it_goes_on_where_the_outcome_holds_without_the_commitment() -> None:
    """The aim asks nothing of B: where its pay is dropped play goes on in another state of the aim."""
    both = PLEDGE.replace("sponsors: [A]", "sponsors: [A, B]").replace(", moves: fixed", "")
    both = both.replace("{A.arm: no}, lapse: {A.arm: {", "{A.arm: no, B.pay: yes}, lapse: {B.pay: {")
    found = durability(loads(both, id="both"), strategy="deal")
    assert found.visited == 2
    assert [(one.option, one.stands, one.share) for one in found.lapses] == [("B.pay", 1.0, 0.0)]
    assert [(way.party, way.probability) for way in found.exits] == [("A", pytest.approx(1.0))]


def test_without_a_strategy_nothing_was_committed(pledge: Scenario) -> None:
    assert durability(pledge, outcome="calm").lapses == ()


def test_round_by_round_it_costs_what_it_forestalls(pledge: Scenario) -> None:
    [deal] = assess(pledge, rounds=10).strategies
    assert deal.timed is not None
    assert deal.timed.success == pytest.approx([0.9**time for time in range(11)])
    assert deal.timed.calm == pytest.approx([1.0] * 11)
    assert deal.timed.forestalled == pytest.approx({"A.arm": 1 - 0.9**10})
    assert deal.timed.came == {}


def told(found: Page) -> str:
    return " ".join(render(found, 100, False, "utf-8").split())


def test_pages_say_what_may_be_dropped(pledge: Scenario) -> None:
    text = told(page(durability(pledge, strategy="deal")))
    assert "What may be quietly dropped" in text
    assert "Arms: no yes 10%" in text
    assert "Arms, quietly dropped (65%)" in told(assessed(assess(pledge, rounds=10)))
    calm = loads(PLEDGE.replace(", lapse: {A.arm: {chance: 0.1 ± 0.05, because: habits}}", ""), id="calm")
    assert "dropped" not in told(page(durability(calm, strategy="deal")))
    assert "dropped" not in told(assessed(assess(calm, rounds=10)))
