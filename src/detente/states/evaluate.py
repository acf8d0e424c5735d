"""What an expression says in every state: conditions and numbers, with outcomes and quantities resolved.

An expression is worked out over the grid of just those options that it depends on; millions of states then
look it up.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod

import numpy as np
from numpy.typing import NDArray

from detente.errors import RefusedError
from detente.scenario.doubts import divided
from detente.scenario.expression import Expression
from detente.scenario.model import Scenario
from detente.states.dependencies import dependencies
from detente.states.reading import Reading, Values
from detente.states.space import Field, Levels, Space, chunks, grid_levels
from detente.states.state_graph import Bools, Floats, StateGraph
from detente.states.vocabulary import Quantity, quantity_text

_WIDEST = 1 << 22


def condition(scenario: Scenario, graph: StateGraph, expression: Expression) -> Bools:
    """In which states a condition holds.

    Parameters
    ----------
    scenario
        Gives the names their meaning.
    graph
        Any graph of this scenario, restricted or not.
    expression
        A condition; a number counts as true where it is not 0.

    Returns
    -------
    Bool array (state,)

    Raises
    ------
    UnknownNameError
        A name that the scenario does not know.
    RefusedError
        A number that is compared in it divides by zero in some state.
    """
    for number in divided(scenario, expression):
        quantity(scenario, graph, number)
    return _over_states(scenario, graph, expression, lambda values: values != 0)


def quantity(scenario: Scenario, graph: StateGraph, expression: Quantity) -> Floats:
    """The value of an expression in every state; a condition counts as 1 or 0.

    Parameters
    ----------
    scenario, graph
        As for `condition`.
    expression
        A number, or a scale over the levels of one option.

    Returns
    -------
    Float64 array (state,)

    Raises
    ------
    UnknownNameError
        A name that the scenario does not know.
    RefusedError
        The expression divides by zero in some state.
    """
    return _over_states(scenario, graph, expression, lambda values: finite(values, expression))


def trade(scenario: Scenario, target: str, levels: Levels) -> tuple[Floats, Bools, Bools]:
    """How a target's channels stand where options stand at these levels.

    Parameters
    ----------
    scenario, target
        Whose trade.
    levels
        The options' levels by index: arrays that broadcast together.

    Returns
    -------
    tuple of arrays (…, channel), (…, route), (…, aid)
        Open shares, routes in use and aid that flows; they broadcast with the levels.
    """
    return Reading(scenario, levels).trade(target)


def trade_at(
    scenario: Scenario, graph: StateGraph, target: str, state: int
) -> tuple[tuple[float, ...], tuple[bool, ...], tuple[bool, ...]]:
    """How a target's channels stand in a state, as `flows.economy` asks for it.

    Returns
    -------
    tuple
        Open share per channel, whether each route is in use, and whether each aid flows.

    Raises
    ------
    UnknownNameError
        A target whose trade the scenario does not hold.
    """
    opens, active, aided = trade(scenario, target, levels_at(graph, state))
    return tuple(opens.tolist()), tuple(active.tolist()), tuple(aided.tolist())


def levels_at(graph: StateGraph, state: int) -> dict[int, NDArray[np.int64]]:
    """The options' levels in one state, ready to be read."""
    pairs = zip(graph.axes, graph.levels(state), strict=True)
    return {place: np.asarray(axis.first + level) for place, (axis, level) in enumerate(pairs)}


def tabulate(scenario: Scenario, quantity: Quantity, widest: int) -> Field | None:
    """The quantity over the grid of the options it depends on; None where that grid exceeds `widest`."""
    axes = dependencies(scenario, quantity)
    sizes = tuple(len(scenario.options[axis].levels) for axis in axes)
    if prod(sizes) > widest:
        return None
    everywhere = {axis: len(option.levels) for axis, option in enumerate(scenario.options)}
    values = Reading(scenario, grid_levels([*everywhere.values()], axes)).quantity(quantity)
    return Field(axes, sizes, np.ascontiguousarray(np.broadcast_to(values, sizes[::-1])).ravel())


def finite(values: Values, quantity: Quantity) -> Floats:
    """The values as numbers, refused where one is none."""
    numbers = np.asarray(values, dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise RefusedError(
            f"'{quantity_text(quantity)}' divides by zero in some states. Add a small number to the divisor."
        )
    return numbers


def _over_states(
    scenario: Scenario, graph: StateGraph, quantity: Quantity, finish: Callable[[Values], Values]
) -> Values:
    space = Space(graph.axes)
    field = tabulate(scenario, quantity, widest=min(_WIDEST, max(1 << 12, 4 * graph.states)))
    if field is not None:
        return finish(field.over(space, graph.codes))
    axes = dependencies(scenario, quantity)
    parts = []
    for part in chunks(graph.states):
        reading = Reading(scenario, space.levels(graph.codes[part], axes))
        parts.append(finish(np.broadcast_to(reading.quantity(quantity), (part.stop - part.start,))))
    return np.concatenate(parts)
