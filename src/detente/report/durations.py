"""How long something lasts, in a sentence and in a cell."""

from __future__ import annotations

from detente.answers.vocabulary import Duration


def lasts(duration: Duration) -> str:
    """A duration in a sentence: `21 rounds`, `more than a billion rounds`, `for ever`."""
    match duration.ending:
        case "ends":
            return rounds(duration.rounds or 0.0)
        case "beyond":
            return "more than a billion rounds"
        case "never":
            return "for ever"
        case "partly":
            return "for ever in part of all plays"


def rounds(number: float) -> str:
    """Rounds with their word: `1 round`, `21 rounds`."""
    shown = figure(number)
    return f"{shown} round{'' if shown == '1' else 's'}"


def figure(number: float) -> str:
    """Rounds as a figure: one decimal below ten, none above."""
    return f"{number:.1f}".removesuffix(".0") if number < 9.95 else f"{number:,.0f}"


def cell(duration: Duration) -> str:
    """A duration in a cell of a table."""
    if duration.rounds is not None:
        return figure(duration.rounds)
    return {"beyond": "over 1e9", "never": "no end", "partly": "in part no end"}[duration.ending]
