"""What may happen to the parties though none of them chooses it: a scenario's shocks, seen from every state.

A shock is an option of nature that rises one level, or one of the scenario's `shocks:`, which sets options and
changes what parties want from then on. Wherever hazards act, both count alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.scenario import model
from detente.scenario.change import strike_shock
from detente.scenario.expression import (
    Arithmetic,
    Call,
    Comparison,
    Constant,
    Expression,
    Logic,
    Name,
    Not,
)
from detente.scenario.model import NATURE, Plan, Scenario
from detente.states.evaluate import condition, quantity
from detente.states.state_graph import Bools, Floats, Int64, StateGraph

NOWHERE = -1


@dataclass(frozen=True, eq=False)
class Shock:
    """A shock as chances per round and moves, state by state.

    `chance[state]` is the chance per round that it happens, 0 where it cannot (not a number where the scenario
    states no hazard); `leads[state]` the state in which it leaves the parties (-1 where it cannot happen);
    `variant` the scenario whose attitudes and weights hold from then on.
    """

    id: str
    title: str
    natural: bool
    hazard: Expression | None
    chance: Floats  # (state,)
    leads: Int64  # (state,)
    variant: Scenario


def shocks(scenario: Scenario, graph: StateGraph) -> tuple[Shock, ...]:
    """Every shock of a scenario: options of nature first, then its other shocks, in the order of the document.

    A shock cannot happen where the rules forbid the state that it would lead to, or where it would set only
    what stands so already and change nothing else; an option of nature, besides, where it may not rise.

    Parameters
    ----------
    scenario, graph : a scenario and a graph whose axes come from it.
    """
    natural = [
        _shock(scenario, graph, option.id, option.title, True, option.hazard, risen(graph, axis), scenario)
        for axis, option in enumerate(scenario.options)
        if option.owner == NATURE
    ]
    named = [
        _shock(
            scenario, graph, shock.id, shock.title, False, shock.hazard,
            _jumped(scenario, graph, shock), strike_shock(scenario, shock.id),
        )
        for shock in scenario.shocks
    ]  # fmt: skip
    return (*natural, *named)


def chanced(scenario: Scenario, graph: StateGraph) -> tuple[Shock, ...]:
    """The shocks that may end an outcome, round by round: those whose hazard is stated."""
    return tuple(shock for shock in shocks(scenario, graph) if shock.hazard is not None)


def hazards(found: Sequence[Shock], states: int) -> Floats:
    """(shock, state) the chance per round of every one of some shocks."""
    return np.array([shock.chance for shock in found], dtype=np.float64).reshape(-1, states)


def competing(hazards: Floats) -> tuple[Floats, Floats]:
    """Chance that no shock happens in a round, per state, and that each is the first: (state, shock).

    Shocks run at constant rates within a round, and the first one ends it; certain ones share it alike.

    Parameters
    ----------
    hazards : (state, shock) chance per round that each happens if it is alone, 0 to 1.
    """
    with np.errstate(divide="ignore"):
        rates = -np.log1p(-hazards)
    certain = np.isinf(rates)
    rates = np.where(certain.any(axis=1, keepdims=True), certain.astype(np.float64), rates)
    total = rates.sum(axis=1)
    any_shock = np.where(certain.any(axis=1), 1.0, -np.expm1(-total))
    calm = np.where(certain.any(axis=1), 0.0, np.exp(-total))
    return calm, rates * (any_shock / np.where(total > 0, total, 1.0))[:, None]


def risen(graph: StateGraph, axis: int) -> Int64:
    """Where each state goes when an option rises one level by itself; -1 where it cannot.

    It cannot at the highest level, where it may not rise, and where the rules forbid the state above.
    """
    part, stride = graph.axes[axis], graph.strides[axis]
    codes = graph.codes + stride
    place = np.minimum(np.searchsorted(graph.codes, codes), graph.states - 1)
    rises = part.moves in ("both", "up")
    higher = (graph.codes // stride % part.size < part.size - 1) & (graph.codes[place] == codes) & rises
    return np.where(higher, place, NOWHERE).astype(np.int64)


def answered(scenario: Scenario, graph: StateGraph, plan: Plan, shock: Shock) -> Bools:
    """In which states, right after a shock, a plan is meant to be carried out: where its `after` holds."""
    struck = {known.id: float(known.id == shock.id) for known in scenario.shocks}
    return condition(scenario, graph, _given(plan.after, struck))


def _shock(
    scenario: Scenario,
    graph: StateGraph,
    id: str,
    title: str,
    natural: bool,
    hazard: Expression | None,
    leads: Int64,
    variant: Scenario,
) -> Shock:
    chance = np.full(graph.states, np.nan)
    if hazard is not None:
        chance = np.clip(quantity(scenario, graph, hazard), 0.0, 1.0)
    chance = np.where(leads == NOWHERE, 0.0, chance)
    return Shock(id, title or id, natural, hazard, chance, leads, variant)


def _jumped(scenario: Scenario, graph: StateGraph, shock: model.Shock) -> Int64:
    """Where the options that a shock sets leave every state; -1 where that is forbidden or no change at all."""
    places = {option.id: place for place, option in enumerate(scenario.options)}
    codes = graph.codes.copy()
    for option, level in shock.set:
        axis = places[option]
        size, stride = graph.axes[axis].size, graph.strides[axis]
        codes += (scenario.options[axis].levels.index(level) - graph.codes // stride % size) * stride
    found = np.minimum(np.searchsorted(graph.codes, codes), graph.states - 1)
    happens = graph.codes[found] == codes
    if not (shock.attitudes or shock.weights):
        happens &= codes != graph.codes
    return np.where(happens, found, NOWHERE).astype(np.int64)


def _given(expression: Expression, truths: dict[str, float]) -> Expression:
    """The expression with some names known to be true (1) or false (0)."""
    match expression:
        case Name(name) if name in truths:
            return Constant(truths[name])
        case Not(operand):
            return Not(_given(operand, truths))
        case Logic() | Arithmetic() | Comparison():
            left, right = _given(expression.left, truths), _given(expression.right, truths)
            return replace(expression, left=left, right=right)
        case Call(function, arguments):
            return Call(function, tuple(_given(argument, truths) for argument in arguments))
        case _:
            return expression
