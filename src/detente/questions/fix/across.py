"""The cheapest mixture of several kinds of change, by a table of costs, for one state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import combinations

from detente.concepts import named
from detente.questions.fix.attitude_shifts import tempting
from detente.questions.fix.edits import Edit, bound_options, channels, views
from detente.questions.fix.mending import LISTED, Mended, budget, levels_of, promised, room
from detente.questions.fix.mixture import cheapest
from detente.questions.fix.search import Edits, Trial
from detente.questions.fix.side_payments import payments
from detente.questions.fix.state_trial import Effect, StateTrial
from detente.questions.named import level_named


def across(
    state_trial: StateTrial, before: Effect, kinds: Iterable[Mended], costs: Mapping[str, float]
) -> Trial[Effect] | None:
    """The cheapest mixture of kinds by a table of costs, as far as it is searched.

    The least of each kind; promises with shifts of attitudes, as one program; and up to two bonds, closed
    channels or mended views with what is then still short made up by promises.

    Parameters
    ----------
    state_trial, before : the state and how it stands.
    kinds : the least of each kind in this state.
    costs : what a unit of each kind costs; a kind without a cost is left out.
    """
    known = [mended for mended in kinds if mended.kind in costs]
    cost = _costing(costs)
    found = [replace(one.least, price=cost(one.least.edits)) for one in known if one.least is not None]
    if {"promise", "attitude"} <= set(costs):
        together = _with_attitudes(state_trial, costs)
        found += [] if together is None else [Trial(together, cost(together), state_trial.effect(together))]
    best = min((trial for trial in found if trial.result.holds), key=lambda trial: trial.price, default=None)
    if "promise" not in costs:
        return best
    blocks = [edits for edits in _blocks(state_trial, costs) if best is None or cost(edits) < best.price]
    pool = [()] + [(block,) for block in blocks] + list(combinations(blocks, 2))
    for group in sorted(pool, key=lambda group: sum(cost(block) for block in group))[: budget(state_trial)]:
        edits = sum(group, ())
        if best is not None and cost(edits) >= best.price:
            break
        margins = state_trial.effect(edits).margins if edits else before.margins
        paying = payments(margins)
        if paying is None:
            continue
        whole = (*edits, *promised(state_trial, paying))
        if best is None or cost(whole) < best.price:
            best = Trial(whole, cost(whole), state_trial.effect(whole))
    return best


def _with_attitudes(state_trial: StateTrial, costs: Mapping[str, float]) -> Edits | None:
    """Promises and attitudes after which no move tempts; where replies hang on payoffs: not even unanswered."""
    graph, concept = state_trial.graph, state_trial.concept
    listed = concept.replies == "moves" and graph.states <= LISTED
    ways = [
        tempting(graph, state_trial.worth, concept if listed else named("nash"), party, state_trial.state)
        for party in range(len(graph.parties))
    ]
    rooms = [room(state_trial, party) for party in range(len(graph.parties))]
    return cheapest(graph.parties, ways, rooms, graph.spans * graph.grid, costs)


def _blocks(state_trial: StateTrial, costs: Mapping[str, float]) -> list[Edits]:
    """What may be combined with promises: one bond, channel or view each."""
    blocks: list[Edits] = []
    if "commitment" in costs:
        scenario, levels = state_trial.scenario, levels_of(state_trial)
        for place, option in enumerate(scenario.options):
            if option.id in bound_options(scenario):
                level = level_named(scenario, place, levels[place])
                blocks.append((Edit("commitment", option.owner, what=option.id, level=level),))
    if "channel" in costs:
        blocks += [(edit,) for edit in channels(state_trial.scenario)]
    if "view" in costs and state_trial.concept.must_pay:
        blocks += [(edit,) for edit in views(state_trial.scenario)]
    return blocks


def _costing(costs: Mapping[str, float]) -> Callable[[Edits], float]:
    return lambda edits: sum(costs.get(edit.kind, float("inf")) * edit.size for edit in edits)
