"""What the model would have answered to questions about the future, by what was known when they were asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from detente.play.case import Case, conduct_of
from detente.play.stages import Stage
from detente.play.straight_ways import poisson
from detente.play.timed import timed
from detente.play.turns import Struck
from detente.questions.backtest.answer import BASE, NEVER, WALK, WORLDS, ForecastSeen
from detente.questions.backtest.path import Dated
from detente.questions.progress import Progress, silence
from detente.questions.struck_cases import StruckCases
from detente.scenario import model
from detente.scenario.clock import DAYS, first_day, last_day
from detente.scenario.model import Forecast, Scenario
from detente.states.evaluate import condition
from detente.states.state_graph import Floats
from detente.worlds.worlds import Worlds

NEGLECTED = 0.005
"""The chance of more rounds in a window than are looked at."""


class Forecaster:
    """A case that is asked what will come true."""

    def __init__(self, case: Case) -> None:
        self.case, self._struck = case, StruckCases(case)

    def chance(self, asked: Forecast, start: int, rounds: float) -> tuple[float, float]:
        """The chance that it comes true from a state, in a time of so many rounds on average.

        Each round the shocks may come first, then somebody moves. What only has to hold at some time is over
        once it has. The second number is the share of plays at most in worlds so rare that they were not
        followed, as if nothing came true there.
        """
        graph = self.case.free.graph
        inside = condition(self.case.scenario, graph, asked.where)
        shocks = self._struck.shocks
        if not asked.at_end:
            shocks = tuple(replace(shock, chance=np.where(inside, 0.0, shock.chance)) for shock in shocks)

        def stages(struck: Struck) -> tuple[Stage, ...]:
            stage = self._struck.after(struck).stage(model.Stage())
            return (stage if asked.at_end else replace(stage, until=inside),)

        weights = _so_many(rounds)
        found = timed(stages, shocks, graph, start, inside, len(weights) - 1)
        return float(np.clip(weights @ found.success, 0.0, 1.0)), found.left_out


def forecasts_seen(
    case: Case,
    foresight: str | None,
    path: Sequence[Dated],
    worlds: int,
    seed: int,
    progress: Progress = silence,
) -> tuple[ForecastSeen, ...]:
    """Every forecast of a scenario, answered by the central case and by the mean over so many worlds."""
    scenario = case.scenario
    if not scenario.forecasts:
        return ()
    total = worlds + 1
    progress("forecasts", 0.5)
    central = _chances(case, path)
    drawn = []
    for number, world in enumerate(Worlds(scenario, seed).scenarios(1, worlds) if worlds else (), start=1):
        progress(f"world {number}", 0.5 + 0.5 * number / total)
        there = Case(case.variant.changed(world), conduct_of(world, foresight))
        drawn.append([chance for chance, _ in _chances(there, path)])
    means = np.mean(drawn, axis=0).tolist() if drawn else [None] * len(central)
    return tuple(
        _seen(case, asked, path, found, mean)
        for asked, found, mean in zip(scenario.forecasts, central, means, strict=True)
    )


def _chances(case: Case, path: Sequence[Dated]) -> list[tuple[float, float]]:
    forecaster = Forecaster(case)
    return [
        forecaster.chance(asked, _start(case, asked, path), rounds_of(case.scenario, asked))
        for asked in case.scenario.forecasts
    ]


def _start(case: Case, asked: Forecast, path: Sequence[Dated]) -> int:
    known = opening(asked, path)
    return case.start if known is None else known.state


def _seen(
    case: Case, asked: Forecast, path: Sequence[Dated], found: tuple[float, float], mean: float | None
) -> ForecastSeen:
    chance, left_out = found
    known, start = opening(asked, path), _start(case, asked, path)
    inside = condition(case.scenario, case.free.graph, asked.where)
    answers = {WALK: chance, **({} if mean is None else {WORLDS: mean}), NEVER: 0.0}
    answers[BASE] = base_rate(case.scenario.forecasts, asked)
    return ForecastSeen(
        id=asked.id,
        asks=asked.asks,
        since=asked.since,
        until=asked.until,
        at_end=asked.at_end,
        seen=None if known is None else known.date,
        state=start + 1,
        rounds=rounds_of(case.scenario, asked),
        already=bool(inside[start]),
        chance=chance,
        left_out=left_out,
        over_worlds=mean,
        resolved=asked.resolved,
        brier={name: brier(answer, asked.resolved) for name, answer in answers.items()},
    )


def opening(asked: Forecast, path: Sequence[Dated]) -> Dated | None:
    """The last observation that was known when the window opened; None where there was none."""
    known = [seen for seen in path if last_day(seen.date) <= first_day(asked.since)]
    return known[-1] if known else None


def rounds_of(scenario: Scenario, asked: Forecast) -> float:
    """How many rounds the window takes on average."""
    assert scenario.round is not None
    days = (last_day(asked.until) - first_day(asked.since)).days
    return days / (scenario.round.length.years * DAYS["year"])


def base_rate(forecasts: Sequence[Forecast], asked: Forecast) -> float:
    """The share of the other questions that came true; even odds where there is no other."""
    others = [other.resolved for other in forecasts if other.id != asked.id]
    return sum(others) / len(others) if others else 0.5


def brier(chance: float, resolved: bool) -> float:
    """The squared distance of a chance from what came of it (Brier 1950, on the scale from 0 to 1)."""
    return (chance - resolved) ** 2


def _so_many(rounds: float) -> Floats:
    """The chance of 0, 1, 2, … rounds; the last stands for all that are left, and there is at least one."""
    weights = poisson(rounds)
    many = max(1, int(np.searchsorted(np.cumsum(weights), 1.0 - NEGLECTED)))
    kept: Floats = np.zeros(many + 1)
    found = min(many + 1, len(weights))
    kept[:found] = weights[:found]
    kept[-1] += max(0.0, 1.0 - kept.sum())
    return kept
