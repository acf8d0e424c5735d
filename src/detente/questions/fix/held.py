"""What makes an outcome hold: the state to mend, and per kind the changes after which nobody leaves it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from detente.answers.answer import common, finite
from detente.concepts import CONCEPTS, FORESIGHT, Concept, named
from detente.questions.ends import BestEnd
from detente.questions.fix.across import across
from detente.questions.fix.answer import ChangeSeen, Fix, KindSeen, StandingSeen
from detente.questions.fix.changes import LISTED, beforehand, cost_of, step_seen, target_seen, unit_costs
from detente.questions.fix.edits import KINDS, Kind
from detente.questions.fix.elsewhere import Sought, sought
from detente.questions.fix.mending import Mended, budget
from detente.questions.fix.reordering import fewest_exchanges
from detente.questions.fix.search import Trial
from detente.questions.fix.side_payments import by_nearness
from detente.questions.fix.state_trial import Effect, StateTrial
from detente.questions.progress import Progress
from detente.questions.subject import without_clashes
from detente.scenario.model import Scenario
from detente.stability.table import Stability, stability
from detente.states.moves import untouched
from detente.states.names import alphabetical, likeliest, status_quo
from detente.states.state_graph import Bools, StateGraph

HELD: tuple[Kind, ...] = ("promise", "attitude", "view", "commitment", "channel")


def held(
    scenario: Scenario,
    graph: StateGraph,
    outcome: str,
    inside: Bools,
    concept: str | None,
    best: BestEnd | None,
    tell: Progress,
) -> Fix:
    """What makes the outcome hold; first where the best strategy ends, if that is known."""
    tell("what holds", 0.1)
    under = _standing(graph, inside)
    chosen = named(concept or FORESIGHT)
    tell("the nearest state", 0.2)
    table = stability(graph, (chosen.name,), per_party=True)
    among = _by_nearness(scenario, graph, table, chosen, without_clashes(scenario, graph, outcome, inside))
    if best is not None:
        ends = best.within(inside)
        end = likeliest(scenario, graph, ends.states, ends.chances)
        among = [end, *(state for state in among if state != end)]
    standing = partial(_stands, table, chosen)
    state_trial = StateTrial(scenario, graph, chosen, among[0], outcome)
    before = standing(among[0])
    costs = unit_costs(scenario)
    kinds: list[KindSeen] = []
    mended: list[Mended] = []
    for done, kind in enumerate(HELD):
        tell(f"changes: {kind}", 0.25 + 0.12 * done)
        status = beforehand(scenario, graph, kind, before.holds)
        if status is None:
            found = sought(state_trial, among[1:], kind, standing, budget(state_trial))
            mended.append(found.first)
            kinds.append(_kind(state_trial, found, costs))
        else:
            kinds.append(KindSeen(kind, status, 0, (), None, None, "nothing", 0, 0))
    kinds += [KindSeen(kind, "idle", 0, (), None, None, "nothing", 0, 0) for kind in KINDS if kind not in HELD]
    tell("changes of all kinds", 0.9)
    mixed = (
        across(state_trial, before, mended, costs)
        if costs and not before.holds and all(graph.cardinal)
        else None
    )
    cheapest = _cheaper(None if mixed is None else _change(state_trial, mixed, costs), kinds)
    reordering = None if all(graph.cardinal) else fewest_exchanges(scenario, graph, chosen.name, inside)
    tell("done", 1.0)
    return Fix(
        **common(scenario, graph.states),
        outcome=outcome,
        concept=chosen.name,
        chosen=concept is not None,
        concepts=under,
        status_quo=scenario.status_quo,
        target=target_seen(scenario, graph, among[0], before),
        among=len(among),
        works=before.holds,
        strategy=None,
        ending=None if best is None else best.strategy.id,
        success=None,
        lasting=None,
        kinds=tuple(kinds),
        costs=costs,
        across=cheapest,
        reordering=reordering,
    )


def _cheaper(mixed: ChangeSeen | None, kinds: Sequence[KindSeen]) -> ChangeSeen | None:
    """The mixture for the nearest state, or the least of one kind in another state where that costs less."""
    found = [mixed] if mixed is not None else []
    found += [seen.least for seen in kinds if seen.least is not None and seen.least.cost is not None]
    return min(found, key=lambda change: change.cost or 0.0, default=None)


def _standing(graph: StateGraph, inside: Bools) -> dict[str, StandingSeen]:
    table = stability(graph)
    return {
        concept.name: StandingSeen(
            int((table.equilibria(concept.name) & inside).sum()), finite(table.margin[row][inside].max())
        )
        for row, concept in enumerate(CONCEPTS)
    }


def _by_nearness(
    scenario: Scenario, graph: StateGraph, table: Stability, concept: Concept, inside: Bools
) -> list[int]:
    """The states that may be mended, the nearest to holding first.

    By shortfall, or by the number of parties that would leave where some have no margins; equals in the order
    of the alphabet. States in which what no party may change stands as it does today are the only ones, unless
    there are none or only others hold.
    """
    calm = inside & untouched(graph, status_quo(scenario, graph))
    holding = table.equilibria(concept.name)
    only_others_hold = (holding & inside).any() and not (holding & calm).any()
    among = np.flatnonzero(calm if calm.any() and not only_others_hold else inside)
    turn = alphabetical(scenario, graph, among)
    if all(graph.cardinal):
        assert table.margins is not None
        order = by_nearness(table.margins[CONCEPTS.index(concept)][:, among], turn)
    else:
        order = np.lexsort((turn, -table.stable(concept.name)[:, among].sum(axis=0)))
    return [int(state) for state in among[order]]


def _stands(table: Stability, concept: Concept, state: int) -> Effect:
    """How a state stands as things are."""
    assert table.margins is not None
    return Effect(table.stable(concept.name)[:, state], table.margins[CONCEPTS.index(concept), :, state].copy())


def _kind(state_trial: StateTrial, found: Sought, costs: dict[str, float]) -> KindSeen:
    kind, least = found.first.kind, found.best.least
    if found.first.searched == "nothing":
        return KindSeen(kind, "idle", 0, (), None, None, "nothing", 0, 0)
    works = least is not None and least.result.holds
    return KindSeen(
        kind=kind,
        status="found" if works else "none",
        alone=len(found.first.singles),
        singles=tuple(_change(state_trial, trial, costs) for trial in found.first.singles[:LISTED]),
        least=_change(found.where, least, costs) if least is not None and works else None,
        nearest=None,
        searched=found.searched,
        tried=found.tried,
        states=found.states,
    )


def _change(state_trial: StateTrial, trial: Trial[Effect], costs: dict[str, float]) -> ChangeSeen:
    effect, parties = trial.result, state_trial.graph.parties
    number = state_trial.number
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
