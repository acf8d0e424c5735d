"""What makes an outcome hold: the state to mend, and per kind the changes after which nobody leaves it."""

from __future__ import annotations

import numpy as np

from detente.answers.answer import common, finite
from detente.concepts import CONCEPTS, named
from detente.questions.fix.answer import ChangeSeen, Fix, KindSeen, StandingSeen
from detente.questions.fix.changes import LISTED, beforehand, cost_of, step_seen, target_seen, unit_costs
from detente.questions.fix.edits import KINDS, Kind
from detente.questions.fix.mending import Mended, across, mend
from detente.questions.fix.reordering import fewest_exchanges
from detente.questions.fix.search import Trial
from detente.questions.fix.side_payments import nearest
from detente.questions.fix.state_trial import Effect, StateTrial
from detente.questions.progress import Progress
from detente.scenario.expression import Comparison, Name
from detente.scenario.model import NATURE, Scenario
from detente.stability.table import stability
from detente.states.evaluate import condition
from detente.states.state_graph import Bools, StateGraph

AHEAD, AT_ONCE = "seq", "nash"
HELD: tuple[Kind, ...] = ("promise", "attitude", "view", "commitment", "channel")


def held(
    scenario: Scenario, graph: StateGraph, outcome: str, inside: Bools, concept: str | None, tell: Progress
) -> Fix:
    """What makes the outcome hold."""
    tell("what holds", 0.1)
    standing = _standing(graph, inside)
    chosen = named(concept or (AT_ONCE if standing[AHEAD].holding else AHEAD))
    tell("the nearest state", 0.2)
    state = _nearest(scenario, graph, chosen.name, inside)
    state_trial = StateTrial(scenario, graph, chosen, state, outcome)
    before = state_trial.effect()
    costs = unit_costs(scenario)
    kinds: list[KindSeen] = []
    mended: list[Mended] = []
    for done, kind in enumerate(HELD):
        tell(f"changes: {kind}", 0.25 + 0.12 * done)
        status = beforehand(scenario, graph, kind, before.holds)
        if status is None:
            found = mend(state_trial, kind, before)
            mended.append(found)
            kinds.append(_kind(state_trial, found, costs))
        else:
            kinds.append(KindSeen(kind, status, 0, (), None, None, "nothing", 0))
    kinds += [KindSeen(kind, "idle", 0, (), None, None, "nothing", 0) for kind in KINDS if kind not in HELD]
    tell("changes of all kinds", 0.9)
    mixed = (
        across(state_trial, before, mended, costs)
        if costs and not before.holds and all(graph.cardinal)
        else None
    )
    reordering = None if all(graph.cardinal) else fewest_exchanges(scenario, graph, chosen.name, inside)
    tell("done", 1.0)
    return Fix(
        **common(scenario, graph.states),
        outcome=outcome,
        concept=chosen.name,
        chosen=concept is not None,
        concepts=standing,
        status_quo=scenario.status_quo,
        target=target_seen(scenario, graph, state, before),
        works=before.holds,
        strategy=None,
        success=None,
        lasting=None,
        kinds=tuple(kinds),
        costs=costs,
        across=None if mixed is None else _change(state_trial, mixed, costs),
        reordering=reordering,
    )


def _standing(graph: StateGraph, inside: Bools) -> dict[str, StandingSeen]:
    table = stability(graph)
    return {
        concept.name: StandingSeen(
            int((table.equilibria(concept.name) & inside).sum()), finite(table.margin[row][inside].max())
        )
        for row, concept in enumerate(CONCEPTS)
    }


def _nearest(scenario: Scenario, graph: StateGraph, concept: str, inside: Bools) -> int:
    """The state to mend: by shortfall, or by the number of parties that would leave where some have no margins.

    States in which the shocks stand as they do today go before others, unless only others hold.
    """
    table = stability(graph, (concept,), per_party=True)
    calm = inside & _calm(scenario, graph)
    only_others_hold = (table.equilibria(concept) & inside).any() and not (
        table.equilibria(concept) & calm
    ).any()
    among = np.flatnonzero(calm if calm.any() and not only_others_hold else inside)
    if all(graph.cardinal):
        assert table.margins is not None
        row = [one.name for one in CONCEPTS].index(concept)
        return nearest(table.margins[row], among.tolist())
    return int(among[table.stable(concept)[:, among].sum(axis=0).argmax()])


def _calm(scenario: Scenario, graph: StateGraph) -> Bools:
    """Where every option of nature stands as it does at the status quo."""
    calm = np.ones(graph.states, dtype=np.bool_)
    for option, level in zip(scenario.options, scenario.status_quo, strict=True):
        if option.owner == NATURE:
            calm &= condition(scenario, graph, Comparison(Name(option.id), "==", Name(level)))
    return calm


def _kind(state_trial: StateTrial, found: Mended, costs: dict[str, float]) -> KindSeen:
    if found.searched == "nothing":
        return KindSeen(found.kind, "idle", 0, (), None, None, "nothing", 0)
    works = found.least is not None and found.least.result.holds
    return KindSeen(
        kind=found.kind,
        status="found" if works else "none",
        alone=len(found.singles),
        singles=tuple(_change(state_trial, trial, costs) for trial in found.singles[:LISTED]),
        least=_change(state_trial, found.least, costs) if found.least is not None and works else None,
        nearest=None,
        searched=found.searched,
        tried=found.tried,
    )


def _change(state_trial: StateTrial, trial: Trial[Effect], costs: dict[str, float]) -> ChangeSeen:
    effect, parties = trial.result, state_trial.graph.parties
    number = int(np.searchsorted(state_trial.whole_codes, state_trial.codes[state_trial.state])) + 1
    return ChangeSeen(
        steps=tuple(step_seen(edit, number) for edit in trial.edits),
        size=sum(edit.size for edit in trial.edits),
        cost=cost_of(trial.edits, costs),
        works=effect.holds,
        margins={party: finite(margin) for party, margin in zip(parties, effect.margins, strict=True)},
        margin=finite(effect.margin),
        success=None,
        lasting=None,
        state=number,
    )
