"""Expressions over a state: the grammar's tree, its parser and its text.

The tree is plain data; `parse` makes it from text, `to_text` writes it back (`parse(to_text(e)) == e`), and
`detente.states` evaluates it over many states at once. Names are resolved against a vocabulary by the checker,
not here.

Grammar, loosest binding first; `iff`, `or`, `and`, `+ -`, `* /` group to the left, `implies` to the right,
comparisons do not chain:

    statement:   expression ["if" expression]
    expression:  iff > implies > or > and > not > == != < <= > >= > + - > * /
    operand:     number | name | "true" | "false" | "(" expression ")"
                 | function "(" expression {";" expression} ")"

The parser is a precedence climber by hand: it starts in no time, and its errors can name what was probably
meant, which a generated parser's lists of expected tokens cannot.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, cast

from detente.scenario.conditional import without_if
from detente.scenario.near import near_miss
from detente.scenario.tokens import KEYWORDS, MAX_DEPTH, Token, tokenise, too_deep
from detente.scenario.tokens import ExpressionError as ExpressionError
from detente.scenario.tokens import is_name as is_name
from detente.scenario.tokens import locate as locate


@dataclass(frozen=True)
class Constant:
    """A number."""

    value: float


@dataclass(frozen=True)
class Name:
    """A bare name: an outcome, or an option with two levels (then: it stands at its upper level)."""

    name: str


@dataclass(frozen=True)
class Comparison:
    """Two sides compared. Either an option against one of its levels (by their order), or two numbers.

    For an option against a level, `left` is `Name(option)` and `right` is `Name(level)`.
    """

    left: Expression
    operator: Literal["==", "!=", "<", "<=", ">", ">="]
    right: Expression


@dataclass(frozen=True)
class Not:
    """True where the operand is false."""

    operand: Expression


@dataclass(frozen=True)
class Logic:
    """Two conditions joined; `implies` groups to the right, the others to the left."""

    operator: Literal["and", "or", "implies", "iff"]
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Arithmetic:
    """Two numbers joined; a condition counts as 1 or 0."""

    operator: Literal["+", "-", "*", "/"]
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Call:
    """A listed function: `count(a; b; …)`, `min`, `max`, `pressure(PRK)`, `risk(nature.x)`, `level(OPTION)`."""

    function: str
    arguments: tuple[Expression, ...]


Expression = Constant | Name | Comparison | Not | Logic | Arithmetic | Call

NUMBER_FUNCTIONS = ("count", "min", "max")
NAME_FUNCTIONS = ("pressure", "retained", "risk", "level")
FUNCTIONS = NUMBER_FUNCTIONS + NAME_FUNCTIONS

_POWER = {"iff": 1, "implies": 2, "or": 3, "and": 4, "not": 5}
_POWER |= dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), 6) | {"+": 7, "-": 7, "*": 8, "/": 8}
_COMPARISON = 6


def parse(text: str, statement: bool = False) -> Expression:
    """What a text says about a state.

    Parameters
    ----------
    text
        At most 4000 characters, nested or chained at most 60 deep.
    statement
        A line of a prioritized preference, in which `A if B` may stand for `B implies A`.

    Raises
    ------
    ExpressionError
        With the place of the first thing that cannot be read, and what to write instead.
    """
    return _Reader(text, statement).read().node


def to_text(expression: Expression) -> str:
    """The expression as a document writes it, with no more parentheses than needed."""
    match expression:
        case Constant(value):
            return repr(int(value)) if abs(value) < 1e15 and value == int(value) else repr(float(value))
        case Name(name):
            return name
        case Not(operand):
            return f"not {_wrapped(operand, _POWER['not'])}"
        case Call(function, arguments):
            return f"{function}({'; '.join(to_text(argument) for argument in arguments)})"
        case Comparison(left, operator, right):
            return f"{_wrapped(left, _COMPARISON + 1)} {operator} {_wrapped(right, _COMPARISON + 1)}"
        case Logic(operator, left, right) | Arithmetic(operator, left, right):
            power = _POWER[operator]
            to_right = operator == "implies"
            return f"{_wrapped(left, power + to_right)} {operator} {_wrapped(right, power + (not to_right))}"


def is_condition(expression: Expression) -> bool:
    """Whether the expression is true or false in every state, rather than a number."""
    if isinstance(expression, Constant):
        return expression.value in (0.0, 1.0)
    return not isinstance(expression, Arithmetic | Call)


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and all its parts, from the whole to the parts, in the order of the text."""
    yield expression
    match expression:
        case Not(operand):
            yield from walk(operand)
        case Call(_, arguments):
            for argument in arguments:
                yield from walk(argument)
        case Comparison(left, _, right) | Logic(_, left, right) | Arithmetic(_, left, right):
            yield from walk(left)
            yield from walk(right)


def names(expression: Expression, levels: Mapping[str, Collection[str]]) -> frozenset[str]:
    """Every name in the expression: options, outcomes and what functions are about.

    `levels` holds those of every option: one that its option is compared with is no name, though an outcome may
    be called so too.
    """
    compared = {
        id(part.right)
        for part in walk(expression)
        if isinstance(part, Comparison) and isinstance(part.left, Name) and isinstance(part.right, Name)
        if part.right.name in levels.get(part.left.name, ())
    }
    return frozenset(
        part.name for part in walk(expression) if isinstance(part, Name) and id(part) not in compared
    )


class _Part(NamedTuple):
    node: Expression
    position: int
    depth: int


class _Reader:
    def __init__(self, text: str, statement: bool) -> None:
        self.text, self.tokens, self.statement = text, tokenise(text), statement
        self.place = self.nesting = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.place]

    def take(self) -> Token:
        token = self.tokens[self.place]
        self.place += 1
        return token

    def read(self) -> _Part:
        if self.next.kind == "end":
            raise ExpressionError(0, "an expression is missing here.", "Write a condition, e.g. 'not war'.")
        part = self.expression(0)
        if self.next.text == "if" and self.statement:
            self.take()
            premise = self.expression(0)
            part = _joined("implies", premise, part)
        if self.place < len(self.tokens) - 1:
            raise self.unexpected()
        return part

    def expression(self, least: int) -> _Part:
        """Everything from here on that binds at least as strongly as `least`."""
        self.nesting += 1
        if self.nesting > 2 * MAX_DEPTH:
            raise too_deep(self.next.position)
        left = self.prefixed(least)
        while (power := _POWER.get(self.next.text, -1)) >= least and self.next.text != "not":
            operator = self.take()
            right = self.expression(power if operator.text == "implies" else power + 1)
            left = _joined(operator.text, left, right)
            if power == _COMPARISON and _POWER.get(self.next.text) == _COMPARISON:
                hint = "Write 'a < b and b < c'."
                raise ExpressionError(self.next.position, "comparisons cannot be chained.", hint)
        self.nesting -= 1
        return left

    def prefixed(self, least: int) -> _Part:
        if self.next.text != "not":
            return self.operand()
        token = self.take()
        if least > _POWER["not"]:
            raise ExpressionError(token.position, "'not' cannot stand here.", "Put 'not …' in parentheses.")
        operand = _condition(self.expression(_POWER["not"]))
        return _bounded(Not(operand.node), token.position, operand.depth + 1)

    def operand(self) -> _Part:
        token = self.next
        if token.kind == "number":
            return self.number()
        if token.text in ("true", "false"):
            self.take()
            return _Part(Constant(float(token.text == "true")), token.position, 1)
        if token.text == "(":
            self.take()
            inner = self.expression(0)
            self.close(token)
            return _Part(inner.node, token.position, inner.depth)
        if token.kind == "name":
            self.take()
            return self.call(token) if self.next.text == "(" else _Part(Name(token.text), token.position, 1)
        raise self.missing()

    def number(self) -> _Part:
        token = self.take()
        value = float(token.text)
        if value in (float("inf"), float("-inf")):
            raise ExpressionError(token.position, f"'{token.text}' is too large a number.")
        return _Part(Constant(value), token.position, 1)

    def call(self, name: Token) -> _Part:
        if name.text not in FUNCTIONS:
            raise ExpressionError(
                name.position, f"no function called '{name.text}'.", _known_functions(name.text)
            )
        opening = self.take()
        arguments = [self.expression(0)]
        while self.next.text == ";":
            self.take()
            arguments.append(self.expression(0))
        self.close(opening)
        _check_arguments(name, arguments)
        depth = 1 + max(argument.depth for argument in arguments)
        return _bounded(Call(name.text, tuple(argument.node for argument in arguments)), name.position, depth)

    def close(self, opening: Token) -> None:
        if self.next.text == ")":
            self.take()
        elif self.next.kind == "end":
            raise ExpressionError(opening.position, "'(' is never closed.", "Add ')'.")
        else:
            raise self.unexpected()

    def missing(self) -> ExpressionError:
        token = self.next
        before = f" after '{self.tokens[self.place - 1].text}'" if self.place else ""
        if token.kind == "end":
            return ExpressionError(token.position, f"something is missing{before}.", "Add a name or a number.")
        return ExpressionError(
            token.position, f"'{token.text}' cannot stand here{before}.", "Expected a name, a number or '('."
        )

    def unexpected(self) -> ExpressionError:
        """What to say when a complete expression is followed by something that continues nothing."""
        token = self.next
        if token.text == ")":
            return ExpressionError(token.position, "')' closes nothing.", "Remove it, or add '(' before.")
        if token.text == "if":
            hint = without_if(self.text, token.position, _is_number)
            return ExpressionError(token.position, "'if' cannot stand here.", hint)
        if token.text == ";":
            hint = "It separates the arguments of a function, e.g. 'count(a; b) >= 1'."
            return ExpressionError(token.position, "';' cannot stand here.", hint)
        before = self.tokens[self.place - 1].text
        return ExpressionError(
            token.position,
            f"something is missing between '{before}' and '{token.text}'.",
            _near_keyword(token, before),
        )


def _joined(operator: str, left: _Part, right: _Part) -> _Part:
    depth = 1 + max(left.depth, right.depth)
    position = min(left.position, right.position)
    node: Expression
    if operator in ("and", "or", "implies", "iff"):
        logic = cast('Literal["and", "or", "implies", "iff"]', operator)
        node = Logic(logic, _condition(left).node, _condition(right).node)
    elif _POWER[operator] == _COMPARISON:
        comparison = cast('Literal["==", "!=", "<", "<=", ">", ">="]', operator)
        node = Comparison(left.node, comparison, right.node)
    else:
        node = Arithmetic(cast('Literal["+", "-", "*", "/"]', operator), left.node, right.node)
    return _bounded(node, position, depth)


def _bounded(node: Expression, position: int, depth: int) -> _Part:
    if depth > MAX_DEPTH:
        raise too_deep(position)
    return _Part(node, position, depth)


def _condition(part: _Part) -> _Part:
    if not is_condition(part.node):
        hint = "Compare it, e.g. 'pressure(PRK) > 0.5'."
        raise ExpressionError(part.position, "a number stands where a condition is needed.", hint)
    return part


def _check_arguments(name: Token, arguments: list[_Part]) -> None:
    if name.text == "count":
        for argument in arguments:
            _condition(argument)
    elif name.text in NAME_FUNCTIONS:
        example = {"risk": "risk(nature.x)", "level": "level(USA.x)"}.get(name.text, f"{name.text}(PRK)")
        if len(arguments) != 1 or not isinstance(arguments[0].node, Name):
            raise ExpressionError(
                name.position, f"'{name.text}' is about one name.", f"Write e.g. '{example}'."
            )


def _is_number(text: str) -> bool | None:
    """Whether a text is a number rather than a condition; None where it cannot be read."""
    try:
        return isinstance(parse(text), Constant | Arithmetic | Call)
    except ExpressionError:
        return None


def _known_functions(word: str) -> str:
    near = near_miss(word, (*KEYWORDS[:5], *FUNCTIONS))
    if near:
        return f"Did you mean '{near}'?"
    if word.lower() in ("sum", "add"):
        return "Write 'a + b'."
    return f"Known: {', '.join(FUNCTIONS)}. To group, put an operator before '('."


def _near_keyword(token: Token, before: str) -> str:
    for word in (token.text, before):
        near = near_miss(word, KEYWORDS[:5])
        if near and word not in KEYWORDS:
            return f"Did you mean '{near}' instead of '{word}'?"
    if before in FUNCTIONS:
        return f"Write '{before}(…; …)'."
    return "Join them with 'and', 'or', or a comparison."


def _wrapped(expression: Expression, least: int) -> str:
    text = to_text(expression)
    return text if _binding(expression) >= least else f"({text})"


def _binding(expression: Expression) -> int:
    match expression:
        case Logic(operator, _, _) | Arithmetic(operator, _, _) | Comparison(_, operator, _):
            return _POWER[operator]
        case Not():
            return _POWER["not"]
        case _:
            return 9
