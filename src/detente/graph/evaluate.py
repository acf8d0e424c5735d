"""What an expression says in every state: conditions and numbers, with outcomes and quantities resolved.

An expression is read over arrays of levels that broadcast together. The same reading serves a single state,
a list of states, and the grid of just those options that the expression names; the last makes evaluation over
millions of states a table look-up.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from functools import lru_cache
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import Place, Problem, RefusedError, ScenarioError, UnknownNameError
from detente.flows.channels import diversions, select
from detente.graph.quantities import pressures
from detente.graph.space import Field, Levels, Space, chunks, grid_levels
from detente.graph.state_graph import Bools, Floats, StateGraph
from detente.scenario.expression import (
    Arithmetic,
    Call,
    Comparison,
    Constant,
    Expression,
    Logic,
    Name,
    Not,
    to_text,
)
from detente.scenario.model import LevelScale, Option, Pressure, Scenario

Values = NDArray[Any]
Quantity = Expression | LevelScale

_WIDEST = 1 << 22
_COMPARE: dict[str, Callable[[Values, Values], Values]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_JOIN: dict[str, Callable[[Bools, Bools], Bools]] = {
    "and": np.logical_and,
    "or": np.logical_or,
    "implies": lambda left, right: np.logical_or(~left, right),
    "iff": np.equal,
}
_COMPUTE: dict[str, Callable[[Values, Values], Values]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.true_divide,
}


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
    """
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
            f"'{quantity_text(quantity)}' divides by zero in some states. Add a small number below."
        )
    return numbers


def quantity_text(quantity: Quantity) -> str:
    """A quantity as the document names it."""
    return quantity.option if isinstance(quantity, LevelScale) else to_text(quantity)


def dependencies(scenario: Scenario, quantity: Quantity) -> tuple[int, ...]:
    """Options on which a quantity depends, through outcomes, trade and hazards, as ascending indices."""
    return tuple(sorted(_Needs(scenario).of(quantity)))


def trade(scenario: Scenario, target: str, levels: Levels) -> tuple[Floats, Bools, Bools]:
    """How a target's channels stand: open shares, routes in use and aid that flows.

    Parameters
    ----------
    scenario
        Holds the target's pressure.
    target
        Whose trade.
    levels
        Level per option that matters, arrays that broadcast together.

    Returns
    -------
    tuple of arrays (…, channel), (…, route), (…, aid)
    """
    pressure = _pressure_on(scenario, target)
    return _trade(Reading(scenario, levels), pressure)


class Reading:
    """A scenario's words read over given levels; outcomes and trade are worked out once."""

    def __init__(self, scenario: Scenario, levels: Levels) -> None:
        self.scenario, self.levels = scenario, levels
        self.options = {option.id: place for place, option in enumerate(scenario.options)}
        self.outcomes = {outcome.id: outcome.where for outcome in scenario.outcomes}
        self.known: dict[str, Values] = {}

    def quantity(self, quantity: Quantity) -> Values:
        """Values of an expression or a scale, as an array over the levels."""
        if isinstance(quantity, LevelScale):
            scale = np.array([number.central for number in quantity.values])
            return np.asarray(scale[self.levels[self._place(quantity.option)]])
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self._value(quantity))

    def condition(self, expression: Expression) -> Bools:
        """Where the expression holds."""
        return np.asarray(self.quantity(expression) != 0)

    def _value(self, expression: Expression) -> Values:
        match expression:
            case Constant(value):
                return np.asarray(value)
            case Name(name):
                return self._name(name)
            case Comparison():
                return self._comparison(expression)
            case Not(operand):
                return np.logical_not(self._holds(operand))
            case Logic(join, left, right):
                return _JOIN[join](self._holds(left), self._holds(right))
            case Arithmetic(compute, left, right):
                return _COMPUTE[compute](self._number(left), self._number(right))
            case Call(function, arguments):
                return self._call(function, arguments)

    def _holds(self, expression: Expression) -> Bools:
        values = self._value(expression)
        return values if values.dtype == np.bool_ else values != 0

    def _number(self, expression: Expression) -> Floats:
        return np.asarray(self._value(expression), dtype=np.float64)

    def _name(self, name: str) -> Values:
        if name in self.outcomes:
            return self._once(name, lambda: self._value(self.outcomes[name]))
        place = self._place(name)
        if len(self.scenario.options[place].levels) != 2:
            levels = ", ".join(self.scenario.options[place].levels)
            raise RefusedError(f"'{name}' has more than two levels ({levels}); compare it with one of them.")
        return np.asarray(self.levels[place] == 1)

    def _place(self, option: str) -> int:
        if option not in self.options:
            raise UnknownNameError("option or outcome", option, [*self.options, *self.outcomes])
        return self.options[option]

    def _comparison(self, comparison: Comparison) -> Values:
        compare = _COMPARE[comparison.operator]
        levels = _levels_compared(self.scenario, self.options, self.outcomes, comparison)
        if levels is not None:
            option, level = levels
            return compare(self.levels[option], np.asarray(level))
        return compare(self._number(comparison.left), self._number(comparison.right))

    def _call(self, function: str, arguments: tuple[Expression, ...]) -> Values:
        if function == "count":
            return sum((self._holds(argument).astype(np.float64) for argument in arguments), np.zeros(()))
        if function in ("min", "max"):
            choose = np.minimum if function == "min" else np.maximum
            values = [self._number(argument) for argument in arguments]
            while len(values) > 1:
                values[:2] = [choose(values[0], values[1])]
            return values[0]
        name = _about(arguments)
        if function == "level":
            return np.asarray(self.levels[self._place(name)], dtype=np.float64)
        if function == "risk":
            return self._once(f"risk({name})", lambda: self._risk(name))
        pressed, retained = trade_fields(self.scenario, name)
        return (pressed if function == "pressure" else retained).at(self.levels)

    def _risk(self, name: str) -> Values:
        place = self._place(name)
        hazard = self.scenario.options[place].hazard
        chance = self._number(hazard) if hazard is not None else np.zeros(())
        return np.where(self.levels[place] > 0, 1.0, np.clip(chance, 0.0, 1.0))

    def _once(self, key: str, work: Callable[[], Values]) -> Values:
        if key not in self.known:
            self.known[key] = work()
        return self.known[key]


@lru_cache(maxsize=16)
def trade_fields(scenario: Scenario, target: str) -> tuple[Field, Field]:
    """Pressure on a target and its retained share, over the options that matter for its trade."""
    pressure = _pressure_on(scenario, target)
    axes = tuple(sorted(_Needs(scenario).of_trade(target)))
    sizes = tuple(len(scenario.options[axis].levels) for axis in axes)
    everywhere = [len(option.levels) for option in scenario.options]
    if prod(sizes) > _WIDEST:
        raise RefusedError(
            f"the trade of {target} depends on too many options ({len(axes)}); let fewer cut or divert it."
        )
    standing = _trade(Reading(scenario, grid_levels(everywhere, axes)), pressure)
    opens, active, aided = (_rows(part, sizes) for part in standing)
    pressed, retained = pressures(pressure, opens, active, aided)
    return Field(axes, sizes, pressed), Field(axes, sizes, retained)


def _trade(reading: Reading, pressure: Pressure) -> tuple[Floats, Bools, Bools]:
    options = reading.scenario.options
    opens: list[Values] = [np.ones(()) for _ in pressure.channels]
    for cut in pressure.cuts:
        place = reading.options[cut.by]
        shares = {level: number.central for level, number in cut.open}
        scale = np.array([shares.get(level, 1.0) for level in options[place].levels])
        for channel in select(pressure, cut.channels):
            opens[channel] = np.minimum(opens[channel], scale[reading.levels[place]])
    routes = [_while(reading, route.when) for route in diversions(pressure)]
    aids = [_while(reading, aid.when) for aid in pressure.aids]
    return _last_axis(opens, np.float64), _last_axis(routes, np.bool_), _last_axis(aids, np.bool_)


def _rows(values: Values, sizes: tuple[int, ...]) -> Values:
    """One row per combination of levels, first axis fastest."""
    count = values.shape[-1]
    return np.broadcast_to(values, (*sizes[::-1], count)).reshape(prod(sizes), count)


def _while(reading: Reading, when: Expression | None) -> Values:
    return np.ones((), dtype=bool) if when is None else reading.condition(when)


def _last_axis(parts: list[Values], dtype: type) -> Values:
    if not parts:
        return np.empty((0,), dtype=dtype)
    return np.stack(np.broadcast_arrays(*parts), axis=-1).astype(dtype)


def _pressure_on(scenario: Scenario, target: str) -> Pressure:
    for pressure in scenario.pressures:
        if pressure.target == target:
            return pressure
    raise UnknownNameError("pressure", target, [pressure.target for pressure in scenario.pressures])


def _levels_compared(
    scenario: Scenario, options: dict[str, int], outcomes: dict[str, Expression], comparison: Comparison
) -> tuple[int, int] | None:
    """Option and level where an option is compared with one of its levels; None where numbers are compared."""
    left, right = comparison.left, comparison.right
    if not (isinstance(left, Name) and isinstance(right, Name) and left.name in options):
        return None
    option: Option = scenario.options[options[left.name]]
    if right.name in option.levels:
        return options[left.name], option.levels.index(right.name)
    if right.name in options or right.name in outcomes:
        return None
    raise UnknownNameError(f"level of {option.id}", right.name, option.levels)


def _about(arguments: tuple[Expression, ...]) -> str:
    if len(arguments) == 1 and isinstance(arguments[0], Name):
        return arguments[0].name
    raise RefusedError("pressure, retained, risk and level are about one name each.")


class _Needs:
    """Options on which expressions depend; circles among outcomes, trade and hazards are refused."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.open = scenario, []  # type: tuple[Scenario, list[str]]
        self.reading = Reading(scenario, {})
        self.known: dict[str, frozenset[int]] = {}

    def of(self, quantity: Quantity) -> frozenset[int]:
        match quantity:
            case LevelScale():
                return frozenset({self.reading._place(quantity.option)})
            case Name(name) if name in self.reading.outcomes:
                return self._once(name, lambda: self.of(self.reading.outcomes[name]))
            case Name(name):
                return frozenset({self.reading._place(name)})
            case Comparison(left, _, right):
                levels = _levels_compared(self.scenario, self.reading.options, self.reading.outcomes, quantity)
                return frozenset({levels[0]}) if levels else self.of(left) | self.of(right)
            case Not(operand):
                return self.of(operand)
            case Logic(_, left, right) | Arithmetic(_, left, right):
                return self.of(left) | self.of(right)
            case Call(function, arguments) if function in ("pressure", "retained"):
                return self.of_trade(_about(arguments))
            case Call("risk", arguments):
                return self._of_risk(_about(arguments))
            case Call(_, arguments):
                return frozenset().union(*(self.of(argument) for argument in arguments))
            case _:
                return frozenset()

    def of_trade(self, target: str) -> frozenset[int]:
        pressure = _pressure_on(self.scenario, target)
        conditions = [route.when for route in pressure.diverts if route.when is not None]
        conditions += [aid.when for aid in pressure.aids]
        cuts = frozenset(self.reading._place(cut.by) for cut in pressure.cuts)
        return self._once(f"pressure({target})", lambda: cuts.union(*map(self.of, conditions)))

    def _of_risk(self, name: str) -> frozenset[int]:
        place = self.reading._place(name)
        hazard = self.scenario.options[place].hazard
        rest = self._once(f"risk({name})", lambda: self.of(hazard)) if hazard is not None else frozenset()
        return rest | {place}

    def _once(self, key: str, work: Callable[[], frozenset[int]]) -> frozenset[int]:
        if key in self.open:
            circle = " → ".join([*self.open[self.open.index(key) :], key])
            raise ScenarioError([Problem(Place(), f"these refer to each other in a circle: {circle}.")])
        if key not in self.known:
            self.open.append(key)
            self.known[key] = work()
            self.open.pop()
        return self.known[key]


def _over_states(
    scenario: Scenario, graph: StateGraph, quantity: Quantity, finish: Callable[[Values], Values]
) -> Values:
    space = Space(graph.axes)
    field = tabulate(scenario, quantity, widest=min(_WIDEST, max(1 << 12, 4 * graph.states)))
    if field is not None:
        return finish(field.over(space, graph.codes))
    axes: Sequence[int] = dependencies(scenario, quantity)
    parts = []
    for part in chunks(graph.states):
        reading = Reading(scenario, space.levels(graph.codes[part], axes))
        parts.append(finish(np.broadcast_to(reading.quantity(quantity), (part.stop - part.start,))))
    return np.concatenate(parts)
