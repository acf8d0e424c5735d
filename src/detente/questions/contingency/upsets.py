"""Everything that may happen to the parties though none of them chooses it, seen from every state."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from detente.play.shocks import NOWHERE, risen
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
from detente.scenario.model import NATURE, Plan, Scenario, Shock
from detente.states.evaluate import condition, quantity
from detente.states.state_graph import Bools, Floats, Int64, StateGraph


@dataclass(frozen=True, eq=False)
class Upset:
    """A shock: an option of nature that rises one level, or one of the scenario's shocks by name.

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


def upsets(scenario: Scenario, graph: StateGraph) -> tuple[Upset, ...]:
    """Every shock of a scenario: options of nature first, then its other shocks, in the order of the document.

    A shock cannot happen where the rules forbid the state that it would lead to; an option of nature, besides,
    where it stands at its highest level or may not rise.

    Parameters
    ----------
    scenario, graph : a scenario and its whole graph.
    """
    natural = [
        _upset(scenario, graph, option.id, option.title, True, option.hazard, risen(graph, axis), scenario)
        for axis, option in enumerate(scenario.options)
        if option.owner == NATURE
    ]
    named = [
        _upset(
            scenario, graph, shock.id, shock.title, False, shock.hazard,
            _jumped(scenario, graph, shock), strike_shock(scenario, shock.id),
        )
        for shock in scenario.shocks
    ]  # fmt: skip
    return (*natural, *named)


def answers(scenario: Scenario, graph: StateGraph, plan: Plan, upset: Upset) -> Bools:
    """In which states, right after a shock, a plan is meant to be carried out: where its `after` holds."""
    struck = {shock.id: float(shock.id == upset.id) for shock in scenario.shocks}
    return condition(scenario, graph, _given(plan.after, struck))


def _upset(
    scenario: Scenario,
    graph: StateGraph,
    id: str,
    title: str,
    natural: bool,
    hazard: Expression | None,
    leads: Int64,
    variant: Scenario,
) -> Upset:
    chance = np.full(graph.states, np.nan)
    if hazard is not None:
        chance = np.clip(quantity(scenario, graph, hazard), 0.0, 1.0)
    chance = np.where(leads == NOWHERE, 0.0, chance)
    return Upset(id, title or id, natural, hazard, chance, leads, variant)


def _jumped(scenario: Scenario, graph: StateGraph, shock: Shock) -> Int64:
    """Where the options that a shock sets leave every state."""
    places = {option.id: place for place, option in enumerate(scenario.options)}
    codes = graph.codes.copy()
    for option, level in shock.set:
        axis = places[option]
        size, stride = graph.axes[axis].size, graph.strides[axis]
        codes += (scenario.options[axis].levels.index(level) - graph.codes // stride % size) * stride
    found = np.minimum(np.searchsorted(graph.codes, codes), graph.states - 1)
    return np.where(graph.codes[found] == codes, found, NOWHERE).astype(np.int64)


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
