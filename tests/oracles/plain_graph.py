"""States, payoffs and moves word for word from the definitions: one state at a time, plain numbers."""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Mapping
from fractions import Fraction

from detente.scenario.dump import dumps
from detente.scenario.expression import Arithmetic, Call, Comparison, Constant, Expression, Logic, Name, Not
from detente.scenario.model import (
    Cardinal,
    Interest,
    LevelScale,
    Option,
    Outcome,
    Ranking,
    Scenario,
    Statements,
)

State = Mapping[str, str]
COMPARE = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt,
    "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def states(scenario: Scenario) -> list[dict[str, str]]:
    """Feasible states, the first option fastest."""
    ids = [option.id for option in scenario.options]
    found = []
    for levels in itertools.product(*(option.levels for option in reversed(scenario.options))):
        state = dict(zip(ids, reversed(levels), strict=True))
        if all(holds(scenario.options, scenario.outcomes, state, rule.must) for rule in scenario.rules):
            found.append(state)
    return found


def holds(
    options: tuple[Option, ...], outcomes: tuple[Outcome, ...], state: State, expression: Expression
) -> bool:
    return value(options, outcomes, state, expression) != 0


def value(
    options: tuple[Option, ...], outcomes: tuple[Outcome, ...], state: State, expression: Expression
) -> Fraction:
    """Value of an expression in one state, exactly."""

    def read(part: Expression) -> Fraction:
        return value(options, outcomes, state, part)

    by_id = {option.id: option for option in options}
    match expression:
        case Constant(number):
            return Fraction(str(number))
        case Name(name) if name in by_id:
            return Fraction(by_id[name].levels.index(state[name]))
        case Name(name):
            return read(next(outcome.where for outcome in outcomes if outcome.id == name))
        case Comparison(Name(name), compare, Name(level)) if name in by_id and level in by_id[name].levels:
            levels = by_id[name].levels
            return Fraction(COMPARE[compare](levels.index(state[name]), levels.index(level)))
        case Comparison(left, compare, right):
            return Fraction(COMPARE[compare](read(left), read(right)))
        case Not(operand):
            return Fraction(read(operand) == 0)
        case Logic(join, left, right):
            one, two = read(left) != 0, read(right) != 0
            joined = {"and": one and two, "or": one or two, "implies": not one or two, "iff": one == two}
            return Fraction(joined[join])
        case Arithmetic("+", left, right):
            return read(left) + read(right)
        case Arithmetic("-", left, right):
            return read(left) - read(right)
        case Arithmetic("*", left, right):
            return read(left) * read(right)
        case Arithmetic("/", left, right):
            return read(left) / read(right)
        case Call("count", arguments):
            return Fraction(sum(read(argument) != 0 for argument in arguments))
        case Call("min", arguments):
            return min(map(read, arguments))
        case Call("max", arguments):
            return max(map(read, arguments))
        case Call("level", (Name(name),)):
            return Fraction(by_id[name].levels.index(state[name]))
        case Call("risk", (Name(name),)):
            if state[name] != by_id[name].levels[0]:
                return Fraction(1)
            hazard = by_id[name].hazard
            return min(Fraction(1), max(Fraction(0), read(hazard))) if hazard is not None else Fraction(0)
    raise AssertionError(expression)


def own_value(
    scenario: Scenario, state: State, interests: tuple[Interest, ...], relational_only: bool = False
) -> Fraction:
    """V of a party with these interests: signed shares of the weights times quantities."""
    whole = sum(Fraction(str(interest.weight.central)) for interest in interests)
    total = Fraction(0)
    for interest in interests:
        if relational_only and not interest.relational:
            continue
        if isinstance(interest.quantity, LevelScale):
            option = next(one for one in scenario.options if one.id == interest.quantity.option)
            level = option.levels.index(state[option.id])
            amount = Fraction(str(interest.quantity.values[level].central))
        else:
            amount = value(scenario.options, scenario.outcomes, state, interest.quantity)
        sign = 1 if interest.sense == "wants" else -1
        total += sign * Fraction(str(interest.weight.central)) / whole * amount
    return total


def payoff(
    scenario: Scenario, state: State, party: str, pictured: tuple[Interest, ...] | None = None
) -> Fraction:
    """U of a party, or of the party as somebody pictures its own interests."""
    held = dict(zip((one.id for one in scenario.parties), scenario.preferences, strict=True))
    preference = held[party]
    if isinstance(preference, Statements):
        worth = Fraction(0)
        for statement in preference.statements:
            worth = worth * 2 + holds(scenario.options, scenario.outcomes, state, statement.where)
        return worth
    assert isinstance(preference, Cardinal)
    total = own_value(scenario, state, preference.interests if pictured is None else pictured)
    for attitude in scenario.attitudes:
        if attitude.holder == party:
            other = held[attitude.other]
            assert isinstance(other, Cardinal)
            total += Fraction(str(attitude.value.central)) * own_value(scenario, state, other.interests, True)
    return total


def spoken_of(scenario: Scenario, option: Option) -> bool:
    """Whether anything but the list of options and the status quo speaks of an option."""
    if any(isinstance(preference, Ranking) for preference in scenario.preferences):
        return True
    parts = re.split(r"^(?=\w+:)", dumps(scenario), flags=re.M)
    rest = "".join(part for part in parts if not part.startswith(("options:", "status_quo:")))
    return re.search(rf"(?<![\w.]){re.escape(option.id)}(?![\w.])", rest) is not None


def reaches(scenario: Scenario, members: frozenset[str], start: State, end: State) -> bool:
    """Whether these parties together can turn one state into the other."""
    if start == end:
        return False
    for option in scenario.options:
        before, after = option.levels.index(start[option.id]), option.levels.index(end[option.id])
        if before == after:
            continue
        if option.owner not in members or option.moves == "fixed" or not spoken_of(scenario, option):
            return False
        if (option.moves == "up" and after < before) or (option.moves == "down" and after > before):
            return False
    return True
