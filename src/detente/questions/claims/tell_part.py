"""What a test compares, in words: sides by the names that people use, and numbers in their unit."""

from __future__ import annotations

from collections.abc import Callable

from detente.questions.claims.answer import Claims, PartSeen
from detente.report import durations, moves, words
from detente.scenario.claim_language import read_test, spelled
from detente.scenario.claim_reading import parties_in
from detente.scenario.claim_terms import ALL, ANY, EACH, PAIRS, Change, ClaimTest, Gives, Term
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
    return f"{words.capital(_TOLD[term.name](answer, term))}: {_so(answer, term, seen)}."


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
            return _TOLD[term.name](answer, term) + _changes(answer, term)
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


def _changes(answer: Claims, term: Term) -> str:
    """What is otherwise for a term, after its name."""
    told = [_CHANGES[change.kind](answer, change) for change in term.changes]
    return f" ({'; '.join(told)})" if told else ""


def _strategy(answer: Claims, term: Term) -> str:
    return f"“{words.name(answer.names.strategies, term.of[0])}”"


def _outcome(answer: Claims, id: str) -> str:
    return f"“{words.name(answer.names.outcomes, id)}”"


def _success(answer: Claims, term: Term) -> str:
    return f"the chance of {_outcome(answer, term.of[1])} by {_strategy(answer, term)}"


def _lasting(answer: Claims, term: Term) -> str:
    return f"{_success(answer, term)} once nobody is bound"


def _durability(answer: Claims, term: Term) -> str:
    return f"how long what {_strategy(answer, term)} reaches lasts"


def _margin(answer: Claims, term: Term) -> str:
    return f"the best margin within {_outcome(answer, term.of[0])}"


def _equilibria(answer: Claims, term: Term) -> str:
    concept, condition = term.of
    told = words.name(answer.names.outcomes, condition)
    return f"how many states hold under {words.concept(concept)} in which “{told}”"


def _pressure(answer: Claims, term: Term) -> str:
    return f"the pressure on {moves.party(answer, term.of[0])}"


def _repair(answer: Claims, term: Term) -> str:
    dyad = term.of[1]
    what = {ANY: "the best repair of one relation", PAIRS: "the best repair of two relations"}.get(dyad)
    between = " and ".join(moves.party(answer, one) for one in parties_in(dyad))
    return f"what {what or f'a repair between {between}'} adds to {_strategy(answer, term)}"


def _prefers(answer: Claims, term: Term) -> str:
    better, worse = (_levels(answer, side) for side in term.sides)
    return f"{_who(answer, term.of[0])} rather {better} than {worse}"


def _who(answer: Claims, name: str) -> str:
    if name == ALL:
        return f"{moves.EVERYBODY} wants"
    holder, *other = (moves.party(answer, one) for one in parties_in(name))
    return f"{holder} believes that {other[0]} wants" if other else f"{holder} wants"


def _levels(answer: Claims, side: tuple[Change, ...]) -> str:
    told = [words.standing(answer.names.options, change.of[0], change.value) for change in side]
    return f"“{'; '.join(told)}”" if told else "what is today"


def _weight(answer: Claims, term: Term) -> str:
    party, interest = term.of
    holder, *other = (moves.party(answer, one) for one in parties_in(party))
    seen = f"{other[0]} as {holder} sees it" if other else holder
    return f"the weight of “{interest}” for {seen}"


def _attitude(answer: Claims, term: Term) -> str:
    holder, other = (moves.party(answer, one) for one in term.of)
    return f"the attitude of {holder} to {other}"


def _composure(answer: Claims, term: Term) -> str:
    return f"the composure of {moves.party(answer, term.of[0])}"


def _status_quo(answer: Claims, term: Term) -> str:
    return f"today stands {_levels(answer, term.sides[0])}"


def _best(answer: Claims, term: Term) -> str:
    return f"the best place for “{words.name(answer.names.strategies, term.of[1])}”"


_TOLD: dict[str, Callable[[Claims, Term], str]] = {
    "success": _success,
    "lasting": _lasting,
    "durability": _durability,
    "margin": _margin,
    "equilibria": _equilibria,
    "pressure": _pressure,
    "repair": _repair,
    "prefers": _prefers,
    "weight": _weight,
    "attitude": _attitude,
    "composure": _composure,
    "status_quo": _status_quo,
    "best": _best,
}


def _pair(answer: Claims, change: Change) -> str:
    return f"attitudes between {words.names(moves.party(answer, one) for one in change.of)} at {change.value}"


def _venue(answer: Claims, change: Change) -> str:
    told = {EACH: "in each place", ANY: "in the best place"}
    return told.get(change.value, f"in {words.name(answer.venues, change.value)}")


_CHANGES: dict[str, Callable[[Claims, Change], str]] = {
    "level": lambda answer, one: words.standing(answer.names.options, one.of[0], one.value),
    "attitudes": _pair,
    "attitude": lambda answer, one: (
        f"the attitude of {moves.party(answer, one.of[0])} to {moves.party(answer, one.of[1])} at {one.value}"
    ),
    "weight": lambda answer, one: f"{one.of[1]} of {moves.party(answer, one.of[0])} weighing {one.value}",
    "composure": lambda answer, one: f"composure of {moves.party(answer, one.of[0])} at {one.value}",
    "views": lambda answer, one: "parties seeing each other as they are",
    "venue": _venue,
    "stage": lambda answer, one: f"without stage {one.value}",
    "open": lambda answer, one: f"with the table “{words.name(answer.tables, one.of[0])}”",
    "close": lambda answer, one: f"without the table “{words.name(answer.tables, one.of[0])}”",
    "channel": lambda answer, one: f"with no trade in {one.of[0].strip()}",
    "after": lambda answer, one: (
        f"after “{words.name({**answer.names.options, **answer.names.shocks}, one.of[0])}”"
    ),
}
