"""What the parts of a claim's test are: numbers of a unit, names, or true or false; and which go together."""

from __future__ import annotations

from detente.scenario.claim_terms import BY_NAME, FOLDS, ClaimTest, Gives, Term
from detente.scenario.expression import (
    Arithmetic,
    Call,
    Comparison,
    Constant,
    Expression,
    Logic,
    Name,
    Not,
    walk,
)
from detente.scenario.tokens import ExpressionError

Unit = Gives | None
"""None: a number of no unit."""
KINDS: dict[Gives, str] = {
    "chance": "a chance",
    "rounds": "a duration",
    "margin": "a margin",
    "share": "a share of trade",
    "worth": "the worth of a repair",
    "weight": "a weight",
    "attitude": "an attitude",
    "composure": "a composure",
    "states": "a number of states",
    "name": "a name",
    "truth": "a condition",
}


def given(test: ClaimTest, folded: bool = False) -> Unit:
    """What a test gives as a whole; `folded`: one number is made of several.

    Raises
    ------
    ExpressionError
        Its parts do not go together.
    """
    return _given(test, test.expression, folded)


def _given(test: ClaimTest, part: Expression, folded: bool) -> Unit:
    match part:
        case Constant():
            return None
        case Name(name):
            return _named(test, name, folded)
        case Not(operand):
            _true(test, operand)
            return "truth"
        case Logic(_, left, right):
            _true(test, left)
            _true(test, right)
            return "truth"
        case Arithmetic(operator, left, right):
            return _joined(operator, _number(test, left, folded), _number(test, right, folded))
        case Comparison(left, operator, right):
            _comparable(test, left, operator, right)
            return "truth"
        case Call("count", arguments):
            for argument in arguments:
                _true(test, argument)
            return None
        case Call(function, arguments):
            units = {_number(test, argument, function in FOLDS) for argument in arguments} - {None}
            return _same(units, f"'{function}' takes")


def _named(test: ClaimTest, name: str, folded: bool) -> Unit:
    term = test.term(name)
    if term is None:
        hint = f"Write e.g. '{BY_NAME['success'].example} > 0.5' or '{BY_NAME['status_quo'].example}'."
        raise ExpressionError(_place(test, name), f"'{name}' says nothing here.", hint)
    if term.several and not folded:
        what = f"'{term.text}' is a number for each venue."
        raise ExpressionError(_place(test, term.text), what, "Put it in spread(…), min(…) or max(…).")
    return given(term.inner, folded=True) if term.inner else BY_NAME[term.name].gives


def _true(test: ClaimTest, part: Expression) -> None:
    if _given(test, part, folded=False) != "truth" and not isinstance(part, Constant):
        raise ExpressionError(_start(test, part), "a number stands where something must hold.", "Compare it.")


def _number(test: ClaimTest, part: Expression, folded: bool) -> Unit:
    unit = _given(test, part, folded)
    if unit == "name":
        raise ExpressionError(_start(test, part), "a name stands where a number is needed.", "Compare it: ==.")
    return None if unit == "truth" else unit


def _joined(operator: str, left: Unit, right: Unit) -> Unit:
    if operator in ("+", "-"):
        return _same({left, right} - {None}, f"'{operator}' joins")
    if operator == "/":
        return left if right is None else None
    return left or right if None in (left, right) else None


def _same(units: set[Unit], doing: str) -> Unit:
    if len(units) > 1:
        shown = " and ".join(sorted(KINDS[unit] for unit in units if unit))
        raise ExpressionError(0, f"{doing} {shown}, which are not alike.", "Compare like with like.")
    return next(iter(units), None)


def _comparable(test: ClaimTest, left: Expression, operator: str, right: Expression) -> None:
    if isinstance(left, Name) and (term := test.term(left.name)) and BY_NAME[term.name].gives == "name":
        if operator not in ("==", "!=") or not isinstance(right, Name) or test.term(right.name):
            what = f"'{term.text}' is a name."
            raise ExpressionError(_place(test, term.text), what, f"Write e.g. '{BY_NAME['best'].example}'.")
        return
    _same({_number(test, left, False), _number(test, right, False)} - {None}, "the two sides are")


def _start(test: ClaimTest, part: Expression) -> int:
    """Where the first name of a part stands."""
    return next((_place(test, one.name) for one in walk(part) if isinstance(one, Name)), 0)


def _place(test: ClaimTest, name: str) -> int:
    term: Term | None = test.term(name)
    return max(0, test.text.find(term.text if term else name))


def unit_in(test: ClaimTest, part: Expression) -> Unit:
    """The unit of a number within a test that was read."""
    return _given(test, part, folded=True)
