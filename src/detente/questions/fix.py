"""What is the least that would make an outcome hold, or be reached?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from detente.answers.answer import common, finite
from detente.answers.fix import (
    ChangeSeen,
    ExchangeSeen,
    Fix,
    KindSeen,
    ReorderingSeen,
    StandingSeen,
    StepSeen,
    TargetSeen,
)
from detente.errors import RefusedError, UnknownNameError
from detente.graph.compile import compile_graph
from detente.graph.evaluate import condition
from detente.graph.names import labels, level_names
from detente.graph.state_graph import Bools, StateGraph
from detente.scenario.expression import Comparison, Name, to_text
from detente.scenario.model import NATURE, Ranking, Scenario, Statements, Strategy
from detente.stability.concepts import CONCEPTS, named
from detente.stability.payments import nearest, shortfalls
from detente.stability.reorder import Order, Reordering, fewest_changes
from detente.stability.table import stability
from detente.staging.bench import Bench, Effect
from detente.staging.case import conduct_of
from detente.staging.edits import KINDS, Edit, Kind
from detente.staging.journey import Arrival, Journey
from detente.staging.mending import Mended, across, mend
from detente.staging.progress import Progress, silence
from detente.staging.reaching import Reached, reach_by
from detente.staging.search import Trial
from detente.staging.subject import require_states

AHEAD, AT_ONCE = "seq", "nash"
LISTED = 5
SLIGHT = 1e-9  # a rise of success that counts as nothing
ORDERS = 3_000  # orders of the parties that are judged at most
HELD: tuple[Kind, ...] = ("promise", "attitude", "view", "commitment", "channel")

Status = Literal["needless", "absent", "refused"]


def fix(
    scenario: Scenario,
    outcome: str | None = None,
    concept: str | None = None,
    reach: str | None = None,
    progress: Progress | None = None,
) -> Fix:
    """The cheapest changes after which an outcome holds, or with `reach` is reached for certain by a strategy.

    For an outcome that is to hold: its state that is nearest to holding (least shortfall, then best margin;
    with the shocks as they stand today where the outcome allows), and per kind of change the single changes
    and the least combination that make it hold. Promises by their closed form, attitudes and commitments by
    programs where these are exact, the rest by search.

    Parameters
    ----------
    scenario : Scenario
    outcome : str, optional
        What is to hold or to be reached; the scenario's aim when absent.
    concept : str, optional
        How far parties look ahead. When absent: sequential stability, or Nash where the outcome already holds
        under that; with `reach` each party's own in the scenario, else sequential stability.
    reach : str, optional
        A strategy that is to reach the outcome.
    progress : callable, optional
        Told, now and then, what is being done and which share is done.

    Returns
    -------
    Fix

    Raises
    ------
    UnknownNameError
        For an outcome, a concept or a strategy that does not exist.
    RefusedError
        Without an outcome to fix, or when no state belongs to it.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    tell = progress or silence
    wanted = _outcome(scenario, outcome)
    if concept is not None:
        named(concept)
    strategy = None if reach is None else _strategy(scenario, reach)
    tell("states and payoffs", 0.0)
    graph = compile_graph(scenario)
    inside = condition(scenario, graph, Name(wanted))
    require_states(wanted, inside)
    if strategy is not None:
        return _reached(scenario, graph, wanted, strategy, concept, tell)
    return _held(scenario, graph, wanted, inside, concept, tell)


def _outcome(scenario: Scenario, outcome: str | None) -> str:
    known = [one.id for one in scenario.outcomes]
    if outcome is None:
        if scenario.aim is None:
            raise RefusedError("the scenario names no aim. Say which outcome is to hold.")
        return scenario.aim
    if outcome not in known:
        raise UnknownNameError("outcome", outcome, known)
    return outcome


def _strategy(scenario: Scenario, wanted: str) -> Strategy:
    for strategy in scenario.strategies:
        if strategy.id == wanted:
            return strategy
    raise UnknownNameError("strategy", wanted, [strategy.id for strategy in scenario.strategies])


def _held(
    scenario: Scenario, graph: StateGraph, outcome: str, inside: Bools, concept: str | None, tell: Progress
) -> Fix:
    """What makes the outcome hold."""
    tell("what holds", 0.1)
    standing = _standing(graph, inside)
    chosen = named(concept or (AT_ONCE if standing[AHEAD].holding else AHEAD))
    tell("the nearest state", 0.2)
    state = _nearest(scenario, graph, chosen.name, inside)
    bench = Bench(scenario, graph, chosen, state, outcome)
    before = bench.effect()
    costs = _costs(scenario)
    kinds: list[KindSeen] = []
    mended: list[Mended] = []
    for done, kind in enumerate(HELD):
        tell(f"changes: {kind}", 0.25 + 0.12 * done)
        status = _beforehand(scenario, graph, kind, before.holds)
        if status is None:
            found = mend(bench, kind, before)
            mended.append(found)
            kinds.append(_kind(bench, found, costs))
        else:
            kinds.append(KindSeen(kind, status, 0, (), None, None, "nothing", 0))
    kinds += [KindSeen(kind, "idle", 0, (), None, None, "nothing", 0) for kind in KINDS if kind not in HELD]
    tell("changes of all kinds", 0.9)
    mixed = across(bench, before, mended, costs) if costs and not before.holds and all(graph.cardinal) else None
    reordering = None if all(graph.cardinal) else _reordering(scenario, graph, chosen.name, inside)
    tell("done", 1.0)
    return Fix(
        **common(scenario, graph.states),
        outcome=outcome,
        concept=chosen.name,
        chosen=concept is not None,
        concepts=standing,
        status_quo=scenario.status_quo,
        target=_target(scenario, graph, state, before),
        works=before.holds,
        strategy=None,
        success=None,
        lasting=None,
        kinds=tuple(kinds),
        costs=costs,
        across=None if mixed is None else _change(bench, mixed, costs),
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


def _beforehand(scenario: Scenario, graph: StateGraph, kind: Kind, works: bool) -> Status | None:
    """Why a kind of change needs no search; None where it does."""
    if kind != "commitment" and not all(graph.cardinal):
        return "refused"
    if (kind == "view" and not scenario.views) or (kind == "channel" and not scenario.pressures):
        return "absent"
    if (kind == "venue" and not scenario.venues) or (kind == "attitude" and len(scenario.parties) < 2):
        return "absent"
    return "needless" if works else None


def _costs(scenario: Scenario) -> dict[str, float]:
    return {kind: number.central for kind, number in scenario.costs}


def _kind(bench: Bench, found: Mended, costs: dict[str, float]) -> KindSeen:
    if found.searched == "nothing":
        return KindSeen(found.kind, "idle", 0, (), None, None, "nothing", 0)
    works = found.least is not None and found.least.result.holds
    return KindSeen(
        kind=found.kind,
        status="found" if works else "none",
        alone=len(found.singles),
        singles=tuple(_change(bench, trial, costs) for trial in found.singles[:LISTED]),
        least=_change(bench, found.least, costs) if found.least is not None and works else None,
        nearest=None,
        searched=found.searched,
        tried=found.tried,
    )


def _change(bench: Bench, trial: Trial[Effect], costs: dict[str, float]) -> ChangeSeen:
    effect, parties = trial.result, bench.graph.parties
    number = int(np.searchsorted(bench.whole_codes, bench.codes[bench.state])) + 1
    return ChangeSeen(
        steps=tuple(_step(edit, number) for edit in trial.edits),
        size=sum(edit.size for edit in trial.edits),
        cost=_cost(trial.edits, costs),
        works=effect.holds,
        margins={party: finite(margin) for party, margin in zip(parties, effect.margins, strict=True)},
        margin=finite(effect.margin),
        success=None,
        lasting=None,
        state=number,
    )


def _step(edit: Edit, state: int | None = None) -> StepSeen:
    sized = edit.kind in ("promise", "attitude")
    kept = (edit.at or state) if edit.kind == "promise" else None
    return StepSeen(
        edit.kind, edit.party, edit.other, edit.what, edit.level, edit.amount if sized else None, kept
    )


def _cost(edits: Sequence[Edit], costs: dict[str, float]) -> float | None:
    if not costs or any(edit.kind not in costs for edit in edits):
        return None
    return sum(costs[edit.kind] * edit.size for edit in edits)


def _target(scenario: Scenario, graph: StateGraph, state: int, effect: Effect) -> TargetSeen:
    margins = dict(zip(graph.parties, effect.margins.tolist(), strict=True))
    return TargetSeen(
        state=state + 1,
        levels=level_names(scenario, graph, state),
        labels=labels(scenario, graph, state),
        stable=tuple(party for party, holds in zip(graph.parties, effect.stable, strict=True) if holds),
        margins={party: finite(margin) for party, margin in margins.items()},
        margin=finite(effect.margin),
        shortfall=finite(shortfalls(effect.margins).sum()) if all(graph.cardinal) else None,
    )


def _reordering(scenario: Scenario, graph: StateGraph, concept: str, inside: Bools) -> ReorderingSeen:
    """The fewest changes of the orders of parties known only by order."""
    orders = [_order(scenario, graph, party) for party, known in enumerate(graph.cardinal) if not known]
    found = fewest_changes(graph, orders, concept, inside, ORDERS)
    return ReorderingSeen(
        changes=_exchanges(scenario, orders, found),
        state=None if found.state is None else found.state + 1,
        exact=found.exact,
        depth=found.depth,
        tried=found.tried,
    )


def _order(scenario: Scenario, graph: StateGraph, party: int) -> Order:
    held = scenario.preferences[party]
    if isinstance(held, Ranking):
        groups = tuple(tuple(number - 1 for number in group) for group in held.groups if group)
        return Order(party, groups=groups)
    assert isinstance(held, Statements)
    return Order(
        party, statements=tuple(condition(scenario, graph, statement.where) for statement in held.statements)
    )


def _exchanges(scenario: Scenario, orders: Sequence[Order], found: Reordering) -> tuple[ExchangeSeen, ...]:
    """The changes in words; later swaps are told as the earlier ones have left the ranking."""
    standing = {order.party: list(order.groups) for order in orders}
    told = []
    for change in found.changes:
        held = scenario.preferences[change.party]
        if isinstance(held, Statements):
            text = to_text(held.statements[change.place - 1].where)
        else:
            groups = standing[change.party]
            above, below = groups[change.place - 2 : change.place]
            groups[change.place - 2 : change.place] = below, above
            text = f"{_numbers(below)} above {_numbers(above)}"
        told.append(ExchangeSeen(scenario.parties[change.party].id, change.kind, change.place, text))
    return tuple(told)


def _numbers(group: Sequence[int]) -> str:
    return ", ".join(str(state + 1) for state in group)


def _reached(
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
    journey = Journey(scenario, strategy, outcome, conduct)
    journey.plan()
    before = journey.arrival()
    costs = _costs(scenario)
    kinds = []
    for done, kind in enumerate(KINDS):
        tell(f"changes: {kind}", 0.1 + 0.12 * done)
        status = _beforehand(scenario, graph, kind, before.arrives)
        if status is None:
            kinds.append(_way(reach_by(journey, kind), before, costs))
        else:
            kinds.append(KindSeen(kind, status, 0, (), None, None, "nothing", 0))
    priced = [seen.least for seen in kinds if seen.least is not None and seen.least.cost is not None]
    foresight = set(conduct.foresight)
    tell("done", 1.0)
    return Fix(
        **common(scenario, graph.states),
        outcome=outcome,
        concept=conduct.foresight[0] if len(foresight) == 1 else "mixed",
        chosen=concept is not None,
        concepts={},
        status_quo=scenario.status_quo,
        target=_end(scenario, graph, before, conduct.foresight),
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
    under = {name: Bench(scenario, graph, named(name), before.state).effect() for name in set(foresight)}
    own = list(enumerate(foresight))
    effect = Effect(
        np.array([under[name].stable[party] for party, name in own]),
        np.array([under[name].margins[party] for party, name in own]),
    )
    return _target(scenario, graph, before.state, effect)


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
    )


def _arriving(trial: Trial[Arrival], costs: dict[str, float]) -> ChangeSeen:
    arrival = trial.result
    return ChangeSeen(
        steps=tuple(_step(edit) for edit in trial.edits),
        size=sum(edit.size for edit in trial.edits),
        cost=_cost(trial.edits, costs),
        works=arrival.arrives,
        margins={},
        margin=finite(arrival.margin),
        success=arrival.success,
        lasting=arrival.lasting,
        state=None if arrival.state is None else arrival.state + 1,
    )
