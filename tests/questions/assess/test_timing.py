"""Strategies with the clock running: what shocks forestall, and that waiting costs."""

from __future__ import annotations

from math import prod

import pytest

from detente.errors import RefusedError
from detente.formats.terminal import render
from detente.library import open
from detente.play.case import Case, conduct_of
from detente.questions.assess.answer import Assess
from detente.questions.assess.find import assess
from detente.questions.assess.tell import page
from detente.questions.assess.timing import Timing
from detente.scenario.load import loads

FORD = """
title: A ford
aim: across
round: {length: 1 week}
parties: {A: {name: Alpha}, B: {name: Beta}}
options: {A.go: {moves: up}, B.guard: {moves: up}, nature.flood: {hazard: 0.1}}
rules: [{must: not (A.go and B.guard)}]
status_quo: {B.guard: no}
outcomes: {across: A.go}
interests:
  A: [{wants: A.go, weight: 1, name: crossing}, {avoids: nature.flood, weight: 1, name: dry feet}]
  B: [{wants: B.guard, weight: 1}]
shocks:
  alarm: {title: An alarm, hazard: 0.2 * (not A.go), set: {B.guard: yes}}
  fright: {title: A fright, hazard: 0.3 * (not A.go), weights: {A: {crossing: 0}}}
strategies:
  cross: {sponsors: [A], stages: [{commit: {A.go: yes}}]}
  wait: {stages: [{}]}
"""


@pytest.fixture(scope="module")
def answer() -> Assess:
    return assess(loads(FORD, id="ford"), rounds=3)


def test_both_are_drawn_and_shocks_come_first(answer: Assess) -> None:
    """Whoever is drawn first goes or guards; before that the alarm guards, and a fright takes A's wish away."""
    wait = next(seen.timed for seen in answer.strategies if seen.id == "wait")
    assert wait is not None
    calm_round = prod((1 - 0.2, 1 - 0.3))
    assert wait.calm == pytest.approx((0.0, 0.5, 0.5, 0.5))
    assert wait.success == pytest.approx((0.0, 0.5 * calm_round, 0.5 * calm_round, 0.5 * calm_round), abs=1e-9)
    assert wait.forestalled == pytest.approx(
        {"nature.flood": 0.0, "alarm": 0.2 * 0.7 * 0.5, "fright": 0.3 * 0.5}, abs=1e-9
    )
    assert sum(wait.furthered.values()) == pytest.approx(0.0)
    assert wait.came["nature.flood"] == pytest.approx(1 - 0.9**3, abs=wait.left_out + 1e-9)


def test_what_is_committed_at_once_no_shock_forestalls(answer: Assess) -> None:
    cross = next(seen.timed for seen in answer.strategies if seen.id == "cross")
    assert cross is not None
    assert cross.success == pytest.approx((1.0,) * 4)
    assert sum(cross.forestalled.values()) == pytest.approx(0.0)


def test_it_is_told_in_rounds_and_time_with_what_forestalls_most(answer: Assess) -> None:
    text = " ".join(render(page(answer), 100, False, "utf-8").split())
    assert "Round by round: after 3 rounds (3 weeks)" in text
    assert "wait 28% 50% 22% A fright (15%)" in text
    assert max(map(len, render(page(answer), 80, False, "utf-8").splitlines())) <= 80


def test_nothing_is_timed_unless_it_is_asked_for() -> None:
    plain = assess(loads(FORD, id="ford"))
    assert plain.rounds is None
    assert all(seen.timed is None for seen in plain.strategies)
    assert "Round by round" not in render(page(plain), 100, False, "utf-8")


@pytest.mark.parametrize("rounds", [0, 1_001])
def test_rounds_out_of_bounds_are_refused(rounds: int) -> None:
    with pytest.raises(RefusedError, match="over 1 to 1,000 rounds"):
        assess(loads(FORD, id="ford"), rounds=rounds)


def test_without_an_aim_there_is_nothing_to_time() -> None:
    with pytest.raises(RefusedError, match="names none"):
        assess(loads(FORD.replace("aim: across\n", ""), id="ford"), rounds=2)


def test_patience_over_korea_meets_the_proven_missile() -> None:
    """Waiting comes to rest at once; with the clock running the missile comes, at a quarter a half-year."""
    case = Case(open("korea-2017"), conduct_of(open("korea-2017"), "nash"))
    patience = case.scenario.strategy("patience")
    assert [rest.probability for rest in case.course(patience).rests] == [1.0]
    timed = Timing(case, 2).seen(patience)
    assert timed.came["nature.maturity"] == pytest.approx(1 - 0.75**2, abs=timed.left_out)
    assert timed.success[-1] == pytest.approx(0.0, abs=timed.left_out)
