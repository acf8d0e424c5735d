"""Was what happened what the model would have had happen?"""

from __future__ import annotations

from itertools import pairwise

from detente.answers.answer import common
from detente.concepts import FORESIGHT
from detente.errors import RefusedError
from detente.play.case import Case, conduct_of
from detente.questions.backtest.answer import Backtest, Period
from detente.questions.backtest.forecasting import forecasts_seen
from detente.questions.backtest.judging import Judge
from detente.questions.backtest.path import observed_path, rounds_between
from detente.questions.named import foresight_named, round_years
from detente.questions.progress import Progress, silence
from detente.scenario.model import Scenario
from detente.worlds.worlds import SEED

BESIDE = (FORESIGHT, "seq", "nash")
"""Foresights under which the path is looked at, whichever is asked for."""
MOST_WORLDS = 100_000


def backtest(
    scenario: Scenario,
    foresight: str | None = None,
    floor: float = 0.01,
    worlds: int = 0,
    seed: int = SEED,
    progress: Progress = silence,
) -> Backtest:
    """The model held against the states that were observed.

    Every state: would anybody have left it? Every move that somebody made: did it expect to gain by it, what
    would it rather have done, and by how much more would it have to value the move? And every period between
    two dates: how likely was what happened, by the walk with nobody bound, against two base rates: nothing
    ever changes, and every feasible single move and staying are alike.

    A period is told by its straight ways: each party that moved moves once, to where it stands in the end,
    alone in any order or several together at a table, and nobody else moves. Rounds come at random, on average
    as many as the scenario's clock says. Every chance per round is mixed with a share of `alike`, the floor, so
    that one impossible move does not decide everything.

    Forecasting questions that somebody asked: the chance that the walk, shocks included, brings each about in
    its window, from the last observation before it opened, with the Brier score beside those of always saying
    no and of the share of the other questions that came true.

    Parameters
    ----------
    scenario : Scenario
        With two observations or more, or with forecasts.
    foresight : str, optional
        How far parties look ahead; else as the scenario says, else `iseq`.
    floor : float
        That share, above 0 and below 1.
    worlds : int
        Over how many drawn worlds forecasts are also answered, by the mean of their chances.
    seed : int
        Other seeds, other worlds.
    progress : callable, optional
        Told what is being done and which share of it is done.

    Returns
    -------
    Backtest

    Raises
    ------
    UnknownNameError
        For a concept that does not exist.
    RefusedError
        For a scenario with neither a path nor forecasts, a state that is not feasible, forecasts without a
        clock, or a floor or a number of worlds out of bounds.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    _refuse(scenario, floor, worlds)
    progress("states and payoffs", 0.0)
    conduct = conduct_of(scenario, foresight)
    case = Case(scenario, conduct)
    path = observed_path(scenario, case.free.graph)
    own = foresight_named(conduct.foresight)
    beside = {name: conduct_of(scenario, name) for name in BESIDE if name != own}
    judge = Judge(case, beside, own, floor)
    states = []
    for done, seen in enumerate(path):
        progress(seen.date, 0.4 * done / len(path))
        states.append(judge.state(seen))
    periods: list[Period] = []
    for before, after in pairwise(path):
        progress(f"{before.date} to {after.date}", 0.4 + 0.1 * len(periods) / len(path))
        periods.append(judge.period(before, after, rounds_between(scenario, before.date, after.date)))
    counted = [period for period in periods if None not in period.bits.values()]
    forecasts = forecasts_seen(case, foresight, path, worlds, seed, progress)
    shared = common(scenario, case.free.graph.states)
    shared["unused"] = tuple(part for part in shared["unused"] if part != "observed")
    progress("done", 1.0)
    return Backtest(
        **shared,
        worlds=worlds,
        seed=seed,
        foresight=own,
        foresights=dict(zip(case.free.graph.parties, conduct.foresight, strict=True)),
        floor=floor,
        round_years=round_years(scenario),
        states=tuple(states),
        periods=tuple(periods),
        totals={
            name: sum(period.bits[name] or 0.0 for period in counted)
            for name in (periods[0].bits if periods else ())
        },
        counted=len(counted),
        best_share=judge.best_share(),
        forecasts=forecasts,
        brier={
            name: sum(seen.brier[name] for seen in forecasts) / len(forecasts)
            for name in (forecasts[0].brier if forecasts else ())
        },
    )


def _refuse(scenario: Scenario, floor: float, worlds: int) -> None:
    if not 0 < floor < 1:
        raise RefusedError(f"floor is {floor:g}; it is a share above 0 and below 1, such as 0.01.")
    if not 0 <= worlds <= MOST_WORLDS:
        raise RefusedError(f"worlds is {worlds:,}; forecasts are answered over 0 to {MOST_WORLDS:,} worlds.")
    if worlds and not scenario.forecasts:
        raise RefusedError(
            "only forecasts are answered over worlds, and the scenario has none. Add `forecasts:`."
        )
    if len(scenario.observed) < 2 and not scenario.forecasts:
        seen = "at one date only" if scenario.observed else "at no date"
        raise RefusedError(
            f"how things stood is observed {seen}, so there is no path to hold the model against. Add "
            "`observed:`, e.g. `2018-01: {OWNER.option: level}`, for two dates or more."
        )
    if scenario.forecasts and scenario.round is None:
        raise RefusedError(
            "forecasts ask about time, and the scenario does not say how long a round is. Add e.g. `round: "
            "{length: 6 months}`."
        )
