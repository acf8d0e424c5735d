"""What may divide by zero, leave 0 to 1 or not fit the states: what only a look at the states can settle."""

from __future__ import annotations

import math
from collections.abc import Iterator
from math import prod
from typing import NamedTuple

from detente.scenario.bounds import Bounds
from detente.scenario.check_parts import MAX_STATES
from detente.scenario.draft import Path
from detente.scenario.expression import Arithmetic, Comparison, Expression, Name, walk
from detente.scenario.model import Cardinal, Interest, LevelScale, Ranking, Scenario, Statements

_TINY = 1e-9  # payoffs forgive as much


class Doubt(NamedTuple):
    """A number that may be none in some state, an interest or a ranking; and where it stands."""

    path: Path
    about: Expression | Interest | Ranking


def doubts(scenario: Scenario) -> Iterator[Doubt]:
    """Every number that may divide by zero, every interest that may do so or leave 0 to 1, and every ranking.

    Numbers are hazards, and both sides of every comparison in a condition. Read without computing states, so a
    doubt may turn out to be none: what `rules` forbid is not looked at, and what `pressure`, `retained` and
    `risk` are at a state stays open.
    """
    bounds = Bounds(scenario)
    for path, number in (*_hazards(scenario), *_compared(scenario)):
        if _may_fail(bounds, number):
            yield Doubt(path, number)
    for path, interests in _interests(scenario):
        for index, interest in enumerate(interests):
            low, high = bounds.extremes(interest.quantity)
            within = low >= -_TINY and high <= 1 + _TINY
            if not within or _may_fail(bounds, interest.quantity):
                yield Doubt((*path, index, interest.sense), interest)
    for party, preference in zip(scenario.parties, scenario.preferences, strict=True):
        if isinstance(preference, Ranking):
            yield Doubt(("interests", party.id, "ranking"), preference)


def surely_has_states(scenario: Scenario) -> bool:
    """Whether today is a state, whatever is not known here, and there cannot be too many of them."""
    options = scenario.options
    standing = {option.id: level for option, level in zip(options, scenario.status_quo, strict=True)}
    limit = MAX_STATES if scenario.limit is None else scenario.limit
    bounds = Bounds(scenario)
    few = prod(len(option.levels) for option in options) <= limit
    return few and all(bounds.of(rule.must, standing) == (1.0, 1.0) for rule in scenario.rules)


def divisions(expression: Expression) -> tuple[Expression, ...]:
    """The sides of comparisons that divide: a comparison holds or not, even where they are no numbers."""
    sides = [
        side for part in walk(expression) if isinstance(part, Comparison) for side in (part.left, part.right)
    ]
    return tuple(dict.fromkeys(side for side in sides if any(map(_divides, walk(side)))))


def divided(scenario: Scenario, expression: Expression) -> Iterator[Expression]:
    """As `divisions`, with those in the outcomes that the expression names."""
    outcomes = {outcome.id: outcome.where for outcome in scenario.outcomes}
    waiting, seen = [expression], set[str]()
    while waiting:
        part = waiting.pop()
        yield from divisions(part)
        named = {each.name for each in walk(part) if isinstance(each, Name)} & outcomes.keys()
        waiting += [outcomes[name] for name in sorted(named - seen)]
        seen |= named


def _divides(part: Expression) -> bool:
    return isinstance(part, Arithmetic) and part.operator == "/"


def _hazards(scenario: Scenario) -> Iterator[tuple[Path, Expression]]:
    for option in scenario.options:
        if option.hazard is not None:
            yield ("options", option.id, "hazard"), option.hazard
    for shock in scenario.shocks:
        yield ("shocks", shock.id, "hazard"), shock.hazard


def _compared(scenario: Scenario) -> Iterator[tuple[Path, Expression]]:
    """What is divided on either side of a comparison, wherever a condition stands."""
    for path, expression in (*_conditions(scenario), *_hazards(scenario)):
        for side in divisions(expression):
            yield path, side
    for path, interests in _interests(scenario):
        for index, interest in enumerate(interests):
            if not isinstance(interest.quantity, LevelScale):
                for side in divisions(interest.quantity):
                    yield (*path, index, interest.sense), side


def _conditions(scenario: Scenario) -> Iterator[tuple[Path, Expression]]:
    for index, rule in enumerate(scenario.rules):
        yield ("rules", index, "must"), rule.must
    for outcome in scenario.outcomes:
        yield ("outcomes", outcome.id, "where"), outcome.where
    for party, preference in zip(scenario.parties, scenario.preferences, strict=True):
        if isinstance(preference, Statements):
            for index, statement in enumerate(preference.statements):
                yield ("interests", party.id, "statements", index), statement.where
    for misperception in scenario.misperceptions:
        yield ("misperceptions", misperception.holder), misperception.where
    for pressure in scenario.pressures:
        here: Path = ("pressure", pressure.target)
        for index, divert in enumerate(pressure.diverts):
            if divert.when is not None:
                yield (*here, "diverts", index, "when"), divert.when
        for index, aid in enumerate(pressure.aids):
            yield (*here, "aids", index, "when"), aid.when
    for strategy in scenario.strategies:
        for index, stage in enumerate(strategy.stages):
            if stage.until is not None:
                yield ("strategies", strategy.id, "stages", index, "until"), stage.until
    for plan in scenario.plans:
        yield ("plans", plan.id, "after"), plan.after


def _interests(scenario: Scenario) -> Iterator[tuple[Path, tuple[Interest, ...]]]:
    for party, preference in zip(scenario.parties, scenario.preferences, strict=True):
        if isinstance(preference, Cardinal):
            yield ("interests", party.id), preference.interests
    for view in scenario.views:
        yield ("views", view.holder, "of", view.other), view.interests


def _may_fail(bounds: Bounds, quantity: Expression | LevelScale) -> bool:
    """Whether a divisor may be 0, or the whole too large to be a number."""
    if isinstance(quantity, LevelScale):
        return False
    divisors = [part.right for part in walk(quantity) if isinstance(part, Arithmetic) and part.operator == "/"]
    ranges = [bounds.extremes(divisor) for divisor in divisors]
    whole = bounds.extremes(quantity)
    return not all(map(math.isfinite, whole)) or any(low <= 0 <= high for low, high in ranges)
