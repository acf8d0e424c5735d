"""What a test compares, in words: sides by the names that people use, and numbers in their unit."""

from __future__ import annotations

from detente.questions.claims.answer import Claims, PartSeen
from detente.questions.claims.tell_term import otherwise, told
from detente.report import durations, moves, words
from detente.scenario.claim_language import read_test, spelled
from detente.scenario.claim_terms import ALL, ClaimTest, Gives, Term
from detente.scenario.claim_units import unit_in
from detente.scenario.expression import Arithmetic, Call, Comparison, Constant, Expression, Name

OPERATORS = {"<": "less than", "<=": "at most", ">": "more than", ">=": "at least", "==": "", "!=": "not"}
BEYOND = 1e9


def part(answer: Claims, seen: PartSeen) -> str:
    """One part of a test: what it comes to, and what is asked of it."""
    test = read_test(seen.text)
    expression = test.expression
    if isinstance(expression, Comparison):
        if unit_in(test, expression.left) == "name":
            return _named(answer, test, expression, seen)
        return _compared(answer, test, expression, seen)
    [term] = test.terms
    return f"{words.capital(told(answer, term))}: {_so(answer, term, seen)}."


def _so(answer: Claims, term: Term, seen: PartSeen) -> str:
    """Whether something that must hold does, by how much, or who does not share it."""
    if seen.names and term.of[0] == ALL:
        return f"no, not {words.names([moves.party(answer, one) for one in seen.names])}"
    if seen.left is None or abs(seen.left) == 1:
        return words.yes_no(seen.holds)
    return f"{words.yes_no(seen.holds)} ({words.signed(seen.left, 3)} of its payoff range)"


def _places(answer: Claims, seen: PartSeen) -> str:
    return (
        words.names([words.name(answer.venues, venue) for venue in seen.names], 3)
        if seen.names
        else "all alike"
    )


def figures(answer: Claims, seen: PartSeen) -> str:
    """The numbers of a part, for a cell."""
    test = read_test(seen.text)
    expression = test.expression
    if isinstance(expression, Comparison):
        if unit_in(test, expression.left) == "name":
            return _places(answer, seen)
        unit = _unit(test, expression)
        return f"{number(seen.left, unit)} vs {number(seen.right, unit)}"
    if seen.left is not None and abs(seen.left) != 1:
        return words.signed(seen.left)
    return words.yes_no(seen.holds)


def number(value: float | None, unit: Gives | None) -> str:
    """A number in its unit, short enough for a cell."""
    if value is None:
        return "for ever" if unit == "rounds" else "no limit"
    match unit:
        case "chance" | "share":
            return (
                "0%" if abs(value) < words.SURE else words.percent(value) if value > 0 else words.points(value)
            )
        case "worth":
            return words.points(value)
        case "rounds":
            if value == 0:
                return "never reached"
            return "over 1e9 rounds" if value > BEYOND else durations.rounds(value)
        case "margin":
            return words.margin(value)
        case "states":
            return f"{value:,.0f}"
    return f"{value:,g}".replace("-", words.MINUS) if value == round(value, 3) else words.number(value, 3)


def _unit(test: ClaimTest, comparison: Comparison) -> Gives | None:
    """The unit in which both sides are told."""
    return unit_in(test, comparison.left) or unit_in(test, comparison.right)


def _compared(answer: Claims, test: ClaimTest, comparison: Comparison, seen: PartSeen) -> str:
    unit = _unit(test, comparison)
    left = f"{words.capital(_side(answer, test, comparison.left))}: {number(seen.left, unit)}"
    asked = " ".join(filter(None, (OPERATORS[comparison.operator], number(seen.right, unit))))
    other = "" if isinstance(comparison.right, Constant) else f", {_side(answer, test, comparison.right)}"
    return f"{left}. Asked for: {asked}{other}."


def _named(answer: Claims, test: ClaimTest, comparison: Comparison, seen: PartSeen) -> str:
    assert isinstance(comparison.right, Name)
    best = _places(answer, seen)
    asked = words.name(answer.venues, comparison.right.name)
    return f"{words.capital(_side(answer, test, comparison.left))}: {best}. Asked for: {asked}."


def _side(answer: Claims, test: ClaimTest, side: Expression) -> str:
    """One side of a comparison in words."""
    match side:
        case Name(name) if (term := test.term(name)) is not None:
            if term.inner is not None:
                return f"the spread, from place to place, of {_side(answer, term.inner, term.inner.expression)}"
            return told(answer, term) + otherwise(answer, term)
        case Constant(value):
            return f"{value:g}"
        case Arithmetic(operator, left, right):
            sign = {"*": "times", "/": "divided by", "+": "plus", "-": "less"}[operator]
            return f"{_side(answer, test, left)} {sign} {_side(answer, test, right)}"
        case Call("count", arguments):
            return f"of {words.count(len(arguments), 'condition')}, how many hold"
        case Call(function, arguments):
            many = "the least of" if function == "min" else "the most of"
            return f"{many} {words.names([_side(answer, test, each) for each in arguments])}"
    return spelled(test, side)
