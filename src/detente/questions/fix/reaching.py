"""The cheapest changes of each kind after which a strategy reaches an outcome: by playing it anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.questions.fix.edits import Edit, Kind, channels, dyads, partners, tables, venues, views
from detente.questions.fix.search import Edits, Trial, search
from detente.questions.fix.strategy_trial import Arrival, StrategyTrial

STEPS = (0.4, 0.2, 0.1, 0.05)
"""Rises of both attitudes of a dyad: the largest is tried of each, smaller ones where it helps."""

SMALL, TRIALS = 20_000, 120
LARGE_TRIALS: Mapping[Kind, int] = {
    "promise": 6,
    "attitude": 15,
    "view": 3,
    "commitment": 100,
    "channel": 3,
    "table": 40,
    "venue": 14,
}
"""How many changed crises are played per kind where there are more states: most value all of them anew."""


@dataclass(frozen=True, eq=False)
class Reached:
    """The changes of one kind after which the strategy arrives: alone, together, or what comes nearest."""

    kind: Kind
    singles: tuple[Trial[Arrival], ...]
    least: Trial[Arrival] | None
    nearest: Trial[Arrival] | None
    tried: int
    exact: bool


def reach_by(strategy_trial: StrategyTrial, kind: Kind) -> Reached:
    """The cheapest changes of a kind after which a strategy reaches its outcome for certain."""
    trials = TRIALS if strategy_trial.graph.states <= SMALL else LARGE_TRIALS[kind]
    if kind == "attitude":
        return _by_attitudes(strategy_trial, trials)
    candidates = [(edit,) for edit in _candidates(strategy_trial, kind)]
    found = search(
        candidates,
        strategy_trial.arrival,
        lambda arrival: arrival.arrives,
        _merit,
        lambda edits: sum(edit.size for edit in edits),
        trials,
    )
    everything = found.exact and kind in ("view", "venue", "table", "commitment")
    return Reached(kind, found.singles, found.least, found.nearest, found.tried, everything)


def _candidates(strategy_trial: StrategyTrial, kind: Kind) -> Sequence[Edit]:
    scenario = strategy_trial.scenario
    match kind:
        case "promise":
            return tuple(strategy_trial.promises())
        case "view":
            return views(scenario)
        case "commitment":
            return tuple(strategy_trial.commitments())
        case "channel":
            many = strategy_trial.graph.states > SMALL
            return partners(scenario) if many else (*partners(scenario), *channels(scenario))
        case "table":
            return tables(scenario)
        case _:
            return venues(scenario)


def _by_attitudes(strategy_trial: StrategyTrial, trials: int) -> Reached:
    """The largest step of every dyad first; where it helps, ever smaller ones."""
    pairs = list(dyads(strategy_trial.scenario))[:trials]
    tried, singles, short = 0, list[Trial[Arrival]](), list[Trial[Arrival]]()
    for one, other in pairs:
        best = None
        for step in STEPS:
            edits = _both(one, other, step)
            arrival = strategy_trial.arrival(edits)
            tried += 1
            if not arrival.arrives:
                short.append(Trial(edits, 2 * step, arrival))
                break
            best = Trial(edits, 2 * step, arrival)
        if best is not None:
            singles.append(best)
    singles.sort(key=lambda trial: (trial.price, -_merit(trial.result)))
    least = singles[0] if singles else None
    nearest = max(short, key=lambda trial: _merit(trial.result), default=None) if least is None else None
    return Reached("attitude", tuple(singles), least, nearest, tried, False)


def _both(one: str, other: str, step: float) -> Edits:
    return (Edit("attitude", one, other, amount=step), Edit("attitude", other, one, amount=step))


def _merit(arrival: Arrival) -> float:
    """What is nearer to arriving: more success, then more that lasts."""
    return arrival.success + 1e-3 * arrival.lasting
