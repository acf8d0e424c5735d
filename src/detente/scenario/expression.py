"""Expressions over a state: the grammar's tree, its parser and its text.

The tree is plain data; `parse` makes it from text, `str()` writes it back (`parse(str(e)) == e`), and
`detente.graph` evaluates it over many states at once. Names are resolved against a vocabulary by the checker,
not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


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
