"""How a gain is told with the terms of which it is the sum."""

from __future__ import annotations

from collections.abc import Sequence

from detente.answers.answer import Answer
from detente.answers.vocabulary import MoveSeen, Part
from detente.report import moves, words
from detente.report.page import Bar, Chart

LARGEST = 3  # terms of a sum that are told in a sentence; a chart shows all
ALIKE = 0.005  # less is told with more digits


def total(answer: Answer, parts: Sequence[Part], gain: float, cost: bool = False) -> str:
    """A gain, or a cost without its sign, with its largest terms: `0.12 (drills +0.20, all else −0.08)`."""
    told = words.number(abs(gain) if cost else gain, _digits(gain))
    return f"{told} ({terms(answer, parts, gain)})" if parts else told


def gained(answer: Answer, parts: Sequence[Part], gain: float) -> str:
    """A gain with its sign and its largest terms: `+0.12 (drills +0.20, all else −0.08)`."""
    told = words.signed(gain, _digits(gain))
    return f"{told} ({terms(answer, parts, gain)})" if parts else told


def terms(answer: Answer, parts: Sequence[Part], gain: float) -> str:
    """The largest terms of a sum and what is left, so that what is shown adds up."""
    shown = [term for term in _shown(answer, parts, gain) if term[1]]
    largest = sorted(shown, key=lambda term: -abs(term[1]))[:LARGEST]
    rest = sum(amount for label, amount in shown) - sum(amount for label, amount in largest)
    digits = _digits(gain)
    told = [f"{label} {words.signed(amount, digits)}" for label, amount in largest]
    if abs(rest) >= 0.5 * 10.0**-digits:
        told.append(f"all else {words.signed(rest, digits)}")
    return ", ".join(told)


def waterfall(answer: Answer, id: str, move: MoveSeen, gain: float, parts: Sequence[Part]) -> Chart:
    """Every term of a gain, and the total to which they add up."""
    who, digits = moves.party(answer, id), _digits(gain)
    shown = _shown(answer, parts, gain)
    bars = tuple(Bar(label, amount, words.signed(amount, digits)) for label, amount in shown)
    whole = Bar("in all", sum(amount for label, amount in shown), words.signed(gain, digits))
    listed = ", ".join(f"{bar.label} {bar.shown}" for bar in bars)
    return Chart(
        "waterfall",
        f"{who}: {moves.changes(answer, move)}",
        (*bars, whole),
        f"What the move brings {who}, in units of its payoff range: {listed}; in all {whole.shown}.",
        f"shares of the payoff range of {who}",
    )


def _digits(gain: float) -> int:
    """Enough digits to tell a small total from nothing."""
    return 2 if abs(gain) >= ALIKE or gain == 0 else 4


def _shown(answer: Answer, parts: Sequence[Part], gain: float) -> list[tuple[str, float]]:
    """The terms as they are shown: they add up, and those that round to nothing stand as one."""
    amounts = words.adding_up([part.amount for part in parts], gain, _digits(gain))
    pairs = zip(parts, amounts, strict=True)
    shown = [(_part(answer, part), amount) for part, amount in pairs if amount]
    small = len(parts) - len(shown)
    return [*shown, (words.count(small, "smaller term"), 0.0)] if small and shown else shown


def _part(answer: Answer, part: Part) -> str:
    return part.name if part.kind == "interest" else f"attitude to {moves.party(answer, part.other)}"
