"""What makes a strategy reach an outcome: per kind the changes with which it gets there for certain."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.answers.answer import common, finite
from detente.concepts import named
from detente.play.case import conduct_of
from detente.questions.fix.answer import ChangeSeen, Fix, KindSeen, TargetSeen
from detente.questions.fix.changes import LISTED, beforehand, cost_of, step_seen, target_seen, unit_costs
from detente.questions.fix.edits import KINDS
from detente.questions.fix.reaching import Reached, reach_by
from detente.questions.fix.search import Trial
from detente.questions.fix.state_trial import Effect, StateTrial
from detente.questions.fix.strategy_trial import Arrival, StrategyTrial
from detente.questions.named import foresight_named
from detente.questions.progress import Progress
from detente.scenario.model import Scenario, Strategy
from detente.states.state_graph import StateGraph

SLIGHT = 1e-9  # a rise of success that counts as nothing


def reached(
    scenario: Scenario,
    graph: StateGraph,
    outcome: str,
    strategy: Strategy,
    concept: str | None,
    tell: Progress,
) -> Fix:
    """What makes a strategy reach the outcome."""
    conduct = conduct_of(scenario, concept)
    tell(strategy.title or strategy.id, 0.05)
    strategy_trial = StrategyTrial(scenario, strategy, outcome, conduct)
    strategy_trial.plan()
    before = strategy_trial.arrival()
    costs = unit_costs(scenario)
    kinds = []
    for done, kind in enumerate(KINDS):
        tell(f"changes: {kind}", 0.1 + 0.12 * done)
        status = beforehand(scenario, graph, kind, before.arrives)
        if status is None:
            kinds.append(_way(reach_by(strategy_trial, kind), before, costs))
        else:
            kinds.append(KindSeen(kind, status, 0, (), None, None, "nothing", 0, 0))
    priced = [seen.least for seen in kinds if seen.least is not None and seen.least.cost is not None]
    tell("done", 1.0)
    return Fix(
        **common(scenario, graph.states),
        outcome=outcome,
        concept=foresight_named(conduct.foresight),
        chosen=concept is not None,
        concepts={},
        ending=None,
        status_quo=scenario.status_quo,
        target=_end(scenario, graph, before, conduct.foresight),
        among=0,
        works=before.arrives,
        strategy=strategy.id,
        success=before.success,
        lasting=before.lasting,
        kinds=tuple(kinds),
        costs=costs,
        across=min(priced, key=lambda change: change.cost or 0.0, default=None),
        reordering=None,
    )


def _end(scenario: Scenario, graph: StateGraph, before: Arrival, foresight: Sequence[str]) -> TargetSeen | None:
    """Where the strategy rests inside as it is, judged for each party by its own foresight."""
    if before.state is None:
        return None
    under = {name: StateTrial(scenario, graph, named(name), before.state).effect() for name in set(foresight)}
    own = list(enumerate(foresight))
    effect = Effect(
        np.array([under[name].stable[party] for party, name in own]),
        np.array([under[name].margins[party] for party, name in own]),
    )
    return target_seen(scenario, graph, before.state, effect)


def _way(found: Reached, before: Arrival, costs: dict[str, float]) -> KindSeen:
    near = found.nearest
    helps = near is not None and near.result.success > before.success + SLIGHT
    return KindSeen(
        kind=found.kind,
        status="found" if found.least is not None else "none",
        alone=len(found.singles),
        singles=tuple(_arriving(trial, costs) for trial in found.singles[:LISTED]),
        least=None if found.least is None else _arriving(found.least, costs),
        nearest=_arriving(near, costs) if near is not None and helps else None,
        searched="all" if found.exact else "some",
        tried=found.tried,
        states=0,
    )


def _arriving(trial: Trial[Arrival], costs: dict[str, float]) -> ChangeSeen:
    arrival = trial.result
    return ChangeSeen(
        steps=tuple(step_seen(edit) for edit in trial.edits),
        size=sum(edit.size for edit in trial.edits),
        cost=cost_of(trial.edits, costs),
        works=arrival.arrives,
        margins={},
        margin=finite(arrival.margin),
        success=arrival.success,
        lasting=arrival.lasting,
        state=None if arrival.state is None else arrival.state + 1,
    )
