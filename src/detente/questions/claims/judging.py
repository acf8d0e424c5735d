"""Whether a test holds, and what was compared with what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from detente.errors import RefusedError
from detente.questions.claims.plays import Plays
from detente.questions.claims.terms import Value, gains, value_of
from detente.scenario.claim_language import spelled
from detente.scenario.claim_terms import BY_NAME, ClaimTest, Term
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

ALIKE = 1e-9  # numbers this close, as a share of the larger if it is above 1, are the same


@dataclass(frozen=True)
class Part:
    """One comparison of a test, or one thing that must hold: what stands on each side, and whether it holds.

    `names` are the best venues where a name is compared, or the parties that do not share a preference; `left`
    is the least gain where a preference must hold.
    """

    text: str
    holds: bool
    left: float | None = None
    right: float | None = None
    names: tuple[str, ...] = ()


@dataclass
class Judged:
    """Whether a test holds, its parts in the order of the text, or why it cannot be worked out."""

    holds: bool | None
    parts: tuple[Part, ...] = ()
    why: str = ""


def judged(plays: Plays, test: ClaimTest) -> Judged:
    """Work a test out in one world under one foresight."""
    bench = _Bench(plays, test)
    try:
        holds = bench.holds(test.expression)
    except RefusedError as error:
        return Judged(None, tuple(bench.parts), str(error))
    return Judged(holds, tuple(bench.parts))


@dataclass
class _Bench:
    """A test being worked out; its parts are noted as they are met."""

    plays: Plays
    test: ClaimTest
    parts: list[Part] = field(default_factory=list)

    def holds(self, part: Expression) -> bool:
        """Whether a condition holds; every part of it is worked out."""
        match part:
            case Constant(value):
                return value != 0
            case Not(operand):
                return not self.holds(operand)
            case Logic(operator, left, right):
                return _LOGIC[operator](self.holds(left), self.holds(right))
            case Comparison():
                return self.compared(part)
            case Name(name):
                return self.truth(name)
        raise TypeError(f"no condition: {part!r}")

    def truth(self, name: str) -> bool:
        """A term that is true or false."""
        term = self.term(name)
        [value] = _numbers(value_of(self.plays, term))
        losers: tuple[str, ...] = ()
        if term.name == "prefers":
            losers = tuple(party for party, gain in gains(self.plays, term).items() if gain <= ALIKE)
        gain = value if term.name == "prefers" else None
        self.parts.append(Part(term.text, value > ALIKE, gain, names=losers))
        return value > ALIKE

    def compared(self, part: Comparison) -> bool:
        """Two sides compared."""
        text = spelled(self.test, part)
        if isinstance(part.left, Name) and BY_NAME[self.term(part.left.name).name].gives == "name":
            best = value_of(self.plays, self.term(part.left.name))
            assert isinstance(best, frozenset)
            assert isinstance(part.right, Name)
            order = tuple(venue.id for venue in self.plays.scenario.venues if venue.id in best)
            holds = (part.right.name in best) == (part.operator == "==")
            self.parts.append(Part(text, holds, names=order))
            return holds
        [left], [right] = self.numbers(part.left), self.numbers(part.right)
        holds = _compare(left, part.operator, right)
        self.parts.append(Part(text, holds, left, right))
        return holds

    def numbers(self, part: Expression) -> tuple[float, ...]:
        """A number, or one for each venue."""
        match part:
            case Constant(value):
                return (value,)
            case Name(name):
                term = self.term(name)
                if term.inner is not None:
                    within = _Bench(self.plays, term.inner).numbers(term.inner.expression)
                    return (max(within) - min(within),)
                return _numbers(value_of(self.plays, term))
            case Arithmetic(operator, left, right):
                pairs = _paired(self.numbers(left), self.numbers(right))
                return tuple(self.joined(operator, *pair) for pair in pairs)
            case Call("count", arguments):
                apart = _Bench(self.plays, self.test)
                return (float(sum(apart.holds(each) for each in arguments)),)
            case Call(function, arguments):
                every = [value for each in arguments for value in self.numbers(each)]
                return (min(every) if function == "min" else max(every),)
        return (float(self.holds(part)),)

    def joined(self, operator: str, left: float, right: float) -> float:
        """Two numbers joined."""
        if operator == "/" and right == 0:
            raise RefusedError(f"'{self.test.text}' divides by zero.")
        return _JOIN[operator](left, right)

    def term(self, name: str) -> Term:
        """The term that stands at a mark."""
        term = self.test.term(name)
        assert term is not None
        return term


def _paired(left: tuple[float, ...], right: tuple[float, ...]) -> list[tuple[float, float]]:
    """The numbers of two sides venue by venue; one number stands beside each of several."""
    many = max(len(left), len(right))
    both = (side * many if len(side) == 1 else side for side in (left, right))
    return list(zip(*both, strict=True))


def _numbers(value: Value) -> tuple[float, ...]:
    assert isinstance(value, tuple)
    return value


def _compare(left: float, operator: str, right: float) -> bool:
    same = left == right or abs(left - right) <= ALIKE * max(1.0, abs(left), abs(right))
    return {
        "==": same,
        "!=": not same,
        "<": left < right and not same,
        "<=": left < right or same,
        ">": left > right and not same,
        ">=": left > right or same,
    }[operator]


_LOGIC: dict[str, Callable[[bool, bool], bool]] = {
    "and": lambda one, other: one and other,
    "or": lambda one, other: one or other,
    "implies": lambda one, other: not one or other,
    "iff": lambda one, other: one == other,
}
_JOIN: dict[str, Callable[[float, float], float]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": lambda one, other: one / other,
}
