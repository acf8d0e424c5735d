"""Between which values an expression must lie, at one state or over all of them, without computing states."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product
from math import prod

from detente.scenario.expression import (
    Arithmetic,
    Call,
    Comparison,
    Constant,
    Expression,
    Logic,
    Name,
    Not,
    names,
)
from detente.scenario.model import LevelScale, Pressure, Scenario

Interval = tuple[float, float]

MAX_CHAIN = 40
"""How many outcomes, hazards and pressures may build on each other."""

_FALSE, _TRUE, _EITHER = (0.0, 0.0), (1.0, 1.0), (0.0, 1.0)
_ANYTHING = (-math.inf, math.inf)


def bounds(
    scenario: Scenario, quantity: Expression | LevelScale, levels: Mapping[str, str] | None = None
) -> Interval:
    """Return the least and the largest value that the quantity can have.

    Parameters
    ----------
    scenario
        Where options and outcomes are looked up; unknown names can be anything.
    quantity
        A condition counts as 0 or 1; `pressure` and `risk` lie between 0 and 1, `retained` between 0 and what
        aid and better outlets could make of it.
    levels
        How options stand; an option that is not named can stand at any of its levels.

    Returns
    -------
    Interval
        It holds the true range; it is wider where the same option is named more than once.
    """
    return Bounds(scenario).of(quantity, levels)


def extremes(scenario: Scenario, quantity: Expression | LevelScale, most: int = 4096) -> Interval:
    """Return the least and the largest value, looking at every combination of the options that it names.

    Only what `pressure`, `retained` and `risk` are at a state stays open; where more than `most` combinations
    would have to be looked at, the wider `bounds` are given.
    """
    return Bounds(scenario).extremes(quantity, most)


class Bounds:
    """`bounds` for many quantities of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.options = {option.id: option for option in scenario.options}
        self.outcomes = {outcome.id: outcome.where for outcome in scenario.outcomes}
        self.retained = {pressure.target: most_retained(pressure) for pressure in scenario.pressures}
        self.levels = {option.id: option.levels for option in scenario.options}

    def extremes(self, quantity: Expression | LevelScale, most: int = 4096) -> Interval:
        """Return the least and the largest value over combinations of levels, as `extremes` does."""
        if isinstance(quantity, LevelScale):
            return self.of(quantity)
        options = self.options_in(quantity)
        if prod(len(self.levels[option]) for option in options) > most:
            return self.of(quantity)
        combinations = product(*(self.levels[option] for option in options))
        found = [self.of(quantity, dict(zip(options, levels, strict=True))) for levels in combinations]
        return min(low for low, _ in found), max(high for _, high in found)

    def options_in(self, quantity: Expression | LevelScale) -> tuple[str, ...]:
        """Return every option that the quantity names, through outcomes too, in the order of the document."""
        if isinstance(quantity, LevelScale):
            return (quantity.option,)
        found: set[str] = set()
        waiting = [quantity]
        while waiting:
            new = names(waiting.pop(), self.levels) - found
            found |= new
            waiting += [self.outcomes[name] for name in new if name in self.outcomes]
        return tuple(option for option in self.options if option in found)

    def of(self, quantity: Expression | LevelScale, levels: Mapping[str, str] | None = None) -> Interval:
        """Return the least and the largest value that the quantity can have, as `bounds` does."""
        if isinstance(quantity, LevelScale):
            values = [number.central for number in quantity.values] or [0.0, 1.0]
            return min(values), max(values)
        return _Reading(self, levels or {}).of(quantity)


def most_retained(pressure: Pressure) -> float:
    """Return an upper bound of the share of its trade that a target keeps.

    It exceeds 1 where aid comes on top, or where trade may go round to channels of greater importance.
    """
    channels = [(channel.value.central, channel.importance.central) for channel in pressure.channels]
    baseline = sum(value * importance for value, importance in channels)
    greatest = max((importance for _, importance in channels), default=0.0)
    traded = greatest * sum(value for value, _ in channels) if pressure.diverts else baseline
    aid = sum(aid.value.central * aid.importance.central for aid in pressure.aids)
    return (traded + aid) / baseline if baseline > 0 else math.inf


class _Reading:
    """Expressions read with options at some levels; an outcome is worked out once."""

    def __init__(self, scenario: Bounds, levels: Mapping[str, str]) -> None:
        self.options, self.outcomes, self.retained = scenario.options, scenario.outcomes, scenario.retained
        self.levels = levels
        self.known: dict[str, Interval] = {}
        self.depth = 0

    def of(self, expression: Expression) -> Interval:
        match expression:
            case Constant(value):
                return value, value
            case Name(name):
                return self.name(name)
            case Comparison():
                return self.comparison(expression)
            case Not(operand):
                low, high = self.truth(operand)
                return 1 - high, 1 - low
            case Logic(operator, left, right):
                return _joined(operator, self.truth(left), self.truth(right))
            case Arithmetic(operator, left, right):
                return _computed(operator, self.of(left), self.of(right))
            case Call(function, arguments):
                return self.call(function, arguments)

    def truth(self, expression: Expression) -> Interval:
        low, high = self.of(expression)
        if low > 0 or high < 0:
            return _TRUE
        return _FALSE if low == high == 0 else _EITHER

    def name(self, name: str) -> Interval:
        if name in self.options:
            low, high = self.standing(name)
            return float(low > 0), float(high > 0)
        if name not in self.outcomes or self.depth >= MAX_CHAIN:
            return _EITHER
        if name not in self.known:
            self.known[name] = _EITHER
            self.depth += 1
            self.known[name] = self.of(self.outcomes[name])
            self.depth -= 1
        return self.known[name]

    def standing(self, name: str) -> Interval:
        """The option's level number: exact where its level is known."""
        option = self.options[name]
        level = self.levels.get(name)
        if level in option.levels:
            index = float(option.levels.index(level))
            return index, index
        return 0.0, float(len(option.levels) - 1)

    def comparison(self, comparison: Comparison) -> Interval:
        left, right = comparison.left, comparison.right
        if isinstance(left, Name) and left.name in self.options and isinstance(right, Name):
            levels = self.options[left.name].levels
            if right.name in levels:
                index = float(levels.index(right.name))
                return _compared(comparison.operator, self.standing(left.name), (index, index))
        return _compared(comparison.operator, self.of(left), self.of(right))

    def call(self, function: str, arguments: tuple[Expression, ...]) -> Interval:
        if function in ("min", "max") and arguments:
            choose = min if function == "min" else max
            parts = [self.of(argument) for argument in arguments]
            return choose(low for low, _ in parts), choose(high for _, high in parts)
        if function == "count":
            parts = [self.truth(argument) for argument in arguments]
            return sum(low for low, _ in parts), sum(high for _, high in parts)
        about = arguments[0] if arguments else None
        if function == "level" and isinstance(about, Name) and about.name in self.options:
            return self.standing(about.name)
        if function == "retained" and isinstance(about, Name):
            return 0.0, self.retained.get(about.name, math.inf)
        return _EITHER if function in ("pressure", "risk") else _ANYTHING


def _joined(operator: str, left: Interval, right: Interval) -> Interval:
    if operator == "and":
        return min(left[0], right[0]), min(left[1], right[1])
    if operator == "or":
        return max(left[0], right[0]), max(left[1], right[1])
    if operator == "implies":
        return max(1 - left[1], right[0]), max(1 - left[0], right[1])
    certain = left[0] == left[1] and right[0] == right[1]
    same = float(left == right)
    return (same, same) if certain else _EITHER


def _compared(operator: str, left: Interval, right: Interval) -> Interval:
    if operator in (">", ">="):
        return _compared("<" if operator == ">" else "<=", right, left)
    if operator == "!=":
        low, high = _compared("==", left, right)
        return 1 - high, 1 - low
    if operator == "==":
        if left[1] < right[0] or right[1] < left[0]:
            return _FALSE
        return _TRUE if left == right and left[0] == left[1] else _EITHER
    strict = operator == "<"
    if left[1] < right[0] or (not strict and left[1] == right[0]):
        return _TRUE
    if left[0] > right[1] or (strict and left[0] == right[1]):
        return _FALSE
    return _EITHER


def _computed(operator: str, left: Interval, right: Interval) -> Interval:
    if operator == "+":
        return left[0] + right[0], left[1] + right[1]
    if operator == "-":
        return left[0] - right[1], left[1] - right[0]
    if operator == "/":
        if right[0] <= 0 <= right[1]:
            return _ANYTHING
        right = (1 / right[1], 1 / right[0])
    products = [a * b for a in left for b in right]
    if any(math.isnan(product) for product in products):
        return _ANYTHING
    return min(products), max(products)
