"""The words of a scenario read over levels: one state, a list of states, or a grid of a few options.

Levels are arrays that broadcast together, so that every part of an expression is only as large as the options
it names.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import lru_cache
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import RefusedError
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
from detente.scenario.model import LevelScale, Scenario
from detente.states.dependencies import trade_dependencies
from detente.states.quantities import pressures
from detente.states.space import Field, Levels, grid_levels
from detente.states.state_graph import Bools, Floats
from detente.states.vocabulary import Quantity, Vocabulary, about
from detente.trade.channels import diversions

Values = NDArray[Any]

_MOST_COMBINATIONS = 1 << 22
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


class Reading:
    """A scenario's words read over given levels; outcomes and trade are worked out once."""

    def __init__(self, scenario: Scenario, levels: Levels) -> None:
        self.scenario, self.levels, self.words = scenario, levels, Vocabulary(scenario)
        self.known: dict[str, Values] = {}

    def quantity(self, quantity: Quantity) -> Values:
        """Values of an expression or a scale, as an array over the levels."""
        if isinstance(quantity, LevelScale):
            scale = np.array([number.central for number in quantity.values])
            return np.asarray(scale[self.levels[self.words.place(quantity.option)]])
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self._value(quantity))

    def condition(self, expression: Expression) -> Bools:
        """Where the expression holds."""
        return np.asarray(self.quantity(expression) != 0)

    def trade(self, target: str) -> tuple[Floats, Bools, Bools]:
        """How a target's channels stand, on the last axis: open shares, routes in use, aid that flows."""
        pressure = self.words.pressure(target)
        opens: list[Values] = [np.ones(()) for _ in pressure.channels]
        for cut in pressure.cuts:
            place = self.words.place(cut.by)
            shares = {level: number.central for level, number in cut.open}
            scale = np.array([shares.get(level, 1.0) for level in self.scenario.options[place].levels])
            for channel in pressure.select(cut.channels):
                opens[channel] = np.minimum(opens[channel], scale[self.levels[place]])
        routes = [_while(self, route.when) for route in diversions(pressure)]
        aids = [_while(self, aid.when) for aid in pressure.aids]
        return _last_axis(opens, np.float64), _last_axis(routes, np.bool_), _last_axis(aids, np.bool_)

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
        if name in self.words.outcomes:
            return self._once(name, lambda: self._value(self.words.outcomes[name]))
        place = self.words.place(name)
        if len(self.scenario.options[place].levels) != 2:
            levels = ", ".join(self.scenario.options[place].levels)
            raise RefusedError(f"'{name}' has more than two levels ({levels}); compare it with one of them.")
        return np.asarray(self.levels[place] == 1)

    def _comparison(self, comparison: Comparison) -> Values:
        compare = _COMPARE[comparison.operator]
        level = self.words.level_compared(comparison)
        if level is not None:
            return compare(self.levels[level[0]], np.asarray(level[1]))
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
        name = about(arguments)
        if function == "level":
            return np.asarray(self.levels[self.words.place(name)], dtype=np.float64)
        if function == "risk":
            return self._once(f"risk({name})", lambda: self._risk(name))
        return self._once(f"{function}({name})", lambda: self._traded(function, name))

    def _traded(self, function: str, target: str) -> Values:
        pressed, retained = trade_fields(self.scenario, target)
        return (pressed if function == "pressure" else retained).at(self.levels)

    def _risk(self, name: str) -> Values:
        place, hazard = self.words.place(name), self.words.hazard(name)
        chance = self._number(hazard) if hazard is not None else np.zeros(())
        return np.where(self.levels[place] > 0, 1.0, np.clip(chance, 0.0, 1.0))

    def _once(self, key: str, work: Callable[[], Values]) -> Values:
        if key not in self.known:
            self.known[key] = work()
        return self.known[key]


@lru_cache(maxsize=16)
def trade_fields(scenario: Scenario, target: str) -> tuple[Field, Field]:
    """Pressure on a target and its retained share, over the options that matter for its trade."""
    axes = trade_dependencies(scenario, target)
    sizes = tuple(len(scenario.options[axis].levels) for axis in axes)
    everywhere = [len(option.levels) for option in scenario.options]
    if prod(sizes) > _MOST_COMBINATIONS:
        raise RefusedError(
            f"the trade of {target} depends on too many options ({len(axes)}); let fewer cut or divert it."
        )
    reading = Reading(scenario, grid_levels(everywhere, axes))
    standing = reading.trade(target)
    opens, active, aided = (rows_of(part, sizes) for part in standing)
    pressed, retained = pressures(reading.words.pressure(target), opens, active, aided)
    return Field(axes, sizes, pressed), Field(axes, sizes, retained)


def rows_of(values: Values, sizes: tuple[int, ...]) -> Values:
    """One row per combination of levels, first axis fastest."""
    count = values.shape[-1]
    return np.broadcast_to(values, (*sizes[::-1], count)).reshape(prod(sizes), count)


def _while(reading: Reading, when: Expression | None) -> Values:
    return np.ones((), dtype=bool) if when is None else reading.condition(when)


def _last_axis(parts: list[Values], dtype: type) -> Values:
    if not parts:
        return np.empty((0,), dtype=dtype)
    return np.stack(np.broadcast_arrays(*parts), axis=-1).astype(dtype)
