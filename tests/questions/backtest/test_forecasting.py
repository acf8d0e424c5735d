"""Questions asked beforehand: chances by hand and by the literal clock; openings, base rates, Brier scores."""

from __future__ import annotations

import random
from dataclasses import replace
from math import exp, factorial

import pytest

from detente.errors import RefusedError
from detente.library import open
from detente.play.case import Case, conduct_of
from detente.play.shocks import chanced
from detente.questions.backtest import forecasting
from detente.questions.backtest.answer import Backtest, ForecastSeen
from detente.questions.backtest.find import backtest
from detente.questions.backtest.forecasting import Forecaster, brier
from detente.questions.struck_cases import StruckCases
from detente.scenario import model
from detente.scenario.load import loads
from detente.scenario.model import Forecast, Scenario
from detente.states.evaluate import condition
from oracles.random_crises import random_crisis
from oracles.turns import Clock, Spot, add
from questions.backtest.test_find import BORDER


@pytest.fixture(scope="module")
def border() -> Scenario:
    return loads(BORDER, id="border")


@pytest.fixture(scope="module")
def found(border: Scenario) -> Backtest:
    return backtest(border)


def seen(answer: Backtest, id: str) -> ForecastSeen:
    return next(one for one in answer.forecasts if one.id == id)


def test_play_starts_from_what_was_known_when_the_window_opened(found: Backtest) -> None:
    assert [(one.id, one.seen) for one in found.forecasts] == [
        ("peace", "2001-04"),
        ("dry", "2001-10"),
        ("trade", None),
    ]
    assert seen(found, "peace").state == found.states[1].state


def test_a_window_lasts_from_its_first_day_to_its_last(found: Backtest) -> None:
    quarter = 365.25 / 4
    assert [one.rounds * quarter for one in found.forecasts] == pytest.approx([153, 61, 180])


def test_chances_by_hand(found: Backtest) -> None:
    """Two armed sides rest; a flood comes in a tenth of all rounds; East opens the bridge if drawn first."""
    assert seen(found, "peace").chance == pytest.approx(0.0, abs=1e-12)
    dry, trade = seen(found, "dry"), seen(found, "trade")
    assert dry.already
    assert dry.chance == pytest.approx(exp(-0.1 * dry.rounds), abs=2 * forecasting.NEGLECTED)
    assert trade.chance == pytest.approx(0.5 * (1 - exp(-trade.rounds)), abs=2 * forecasting.NEGLECTED)


def test_scores_are_those_of_the_answers(found: Backtest) -> None:
    for one in found.forecasts:
        assert one.brier["walk"] == brier(one.chance, one.resolved) == (one.chance - one.resolved) ** 2
        assert one.brier["never"] == one.resolved
        others = [other.resolved for other in found.forecasts if other.id != one.id]
        assert one.brier["base"] == (sum(others) / len(others) - one.resolved) ** 2
    for name, mean in found.brier.items():
        assert mean == pytest.approx(sum(one.brier[name] for one in found.forecasts) / len(found.forecasts))
    assert set(found.brier) == {"walk", "never", "base"}


def test_a_question_alone_has_even_odds_for_its_base_rate(border: Scenario) -> None:
    alone = backtest(replace(border, forecasts=border.forecasts[:1]))
    assert alone.brier["base"] == 0.25


def literally(case: Case, asked: Forecast, rounds: float) -> float:
    """The chance by one round after another; what has come true is set aside unless the end counts."""
    struck = StruckCases(case)
    graph = case.free.graph
    inside = condition(case.scenario, graph, asked.where)
    shocks = chanced(case.scenario, graph)
    clock = Clock(graph, lambda come: (struck.after(come).stage(model.Stage()),), shocks)
    mass, total, came = {clock.begun(case.start): 1.0}, 0.0, 0.0

    def aside(mass: dict[Spot, float]) -> dict[Spot, float]:
        nonlocal came
        if not asked.at_end:
            came += sum(share for spot, share in mass.items() if inside[spot.state])
            mass = {spot: share for spot, share in mass.items() if not inside[spot.state]}
        return mass

    for n in range(14):
        mass = aside(mass)
        stands = came + sum(share for spot, share in mass.items() if inside[spot.state])
        total += exp(-rounds) * rounds**n / factorial(n) * stands
        for shock in range(len(shocks)):
            after: dict[Spot, float] = {}
            for spot, share in mass.items():
                hazard = clock.hazard(spot, shock)
                add(after, spot, share * (1 - hazard))
                if hazard > 0:
                    add(after, clock.shaken(spot, shock), share * hazard)
            mass = aside(after)
        moved: dict[Spot, float] = {}
        for spot, share in mass.items():
            for end, chance in clock.mover(spot):
                add(moved, end, share * chance)
        mass = moved
    return total


@pytest.mark.parametrize("at_end", [False, True])
@pytest.mark.parametrize("seed", range(10))
def test_chances_are_those_of_the_definition(seed: int, at_end: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecasting, "NEGLECTED", 1e-12)
    monkeypatch.setattr(forecasting.timed, "__defaults__", (0.0,))
    scenario = loads(random_crisis(seed))
    case = Case(scenario, conduct_of(scenario, random.Random(seed).choice(("nash", "seq", "iseq"))))
    where = scenario.outcome("zwar").where
    asked = Forecast("f", "asks", "2001", "2002", where, resolved=False, at_end=at_end)
    chance, left_out = Forecaster(case).chance(asked, case.start, 0.4)
    assert left_out == 0.0
    assert chance == pytest.approx(literally(case, asked, 0.4), abs=1e-9)


def test_over_worlds_the_answer_is_the_mean(border: Scenario) -> None:
    unsure = border.with_value("interests.WEST.strength.weight", "1.2 (0.1..3)")
    found = backtest(unsure, worlds=6, seed=3)
    chances = [backtest(world) for world in forecasting.Worlds(unsure, 3).scenarios(1, 6)]
    for place, one in enumerate(found.forecasts):
        mean = sum(each.forecasts[place].chance for each in chances) / 6
        assert one.over_worlds == pytest.approx(mean)
        assert one.brier["worlds"] == pytest.approx((mean - one.resolved) ** 2)
    assert found.worlds == 6
    assert len({each.forecasts[2].chance for each in chances}) > 1


def test_forecasts_without_a_path(border: Scenario) -> None:
    found = backtest(replace(border, observed=()))
    assert found.periods == found.states == ()
    assert {one.seen for one in found.forecasts} == {None}


def test_misuse_is_refused(border: Scenario) -> None:
    with pytest.raises(RefusedError, match="how long a round is"):
        backtest(replace(border, round=None))
    with pytest.raises(RefusedError, match="0 to 100,000 worlds"):
        backtest(border, worlds=-1)
    with pytest.raises(RefusedError, match="only forecasts are answered over worlds"):
        backtest(replace(border, forecasts=()), worlds=5)


@pytest.mark.slow
def test_the_korean_questions_are_answered_as_from_what_was_known() -> None:
    found = backtest(open("korea-2017"), foresight="nash")
    assert seen(found, "HFC-350").seen == "2018-04"
    assert seen(found, "GJP-1227").seen is None
    assert found.brier["never"] == 3 / 12
