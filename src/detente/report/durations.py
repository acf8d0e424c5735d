"""How long something lasts, in a sentence and in a cell."""

from __future__ import annotations

from detente.answers.vocabulary import Duration

UNITS = {"year": 1.0, "month": 12.0, "week": 365.25 / 7, "day": 365.25}
"""How many of each unit of time make a year, the largest unit first."""
LEAST = 2.0  # of a unit: less is told in the next smaller one


def lasts(duration: Duration, years: float | None = None) -> str:
    """A duration in a sentence: `21 rounds`, `more than a billion rounds`, `for ever`.

    Where it is known how many years a round takes, the time stands beside the rounds.
    """
    match duration.ending:
        case "ends":
            return rounds(duration.rounds or 0.0, years)
        case "beyond":
            return "more than a billion rounds"
        case "never":
            return "for ever"
        case "partly":
            return "for ever in part of all plays"


def rounds(number: float, years: float | None = None) -> str:
    """Rounds with their word, and with the time where a round has one: `1 round`, `21 rounds (10.5 years)`."""
    shown = figure(number)
    return f"{shown} round{'' if shown == '1' else 's'}{taking(number, years)}"


def taking(number: float, years: float | None) -> str:
    """The time that rounds take, in brackets; nothing where a round has none."""
    return "" if years is None else f" ({time(number * years)})"


def clock(years: float | None) -> str:
    """A sentence on how long a round takes, with a space before it; nothing where that is not known."""
    return "" if years is None else f" A round takes {time(years)}."


def time(years: float) -> str:
    """A length of time in the largest unit of which it has at least two: `2.6 years`, `18 months`."""
    unit = next((unit for unit, many in UNITS.items() if years * many >= LEAST), "day")
    shown = figure(years * UNITS[unit])
    return f"{shown} {unit}{'' if shown == '1' else 's'}"


def figure(number: float) -> str:
    """Rounds as a figure: one decimal below ten, none above."""
    return f"{number:.1f}".removesuffix(".0") if number < 9.95 else f"{number:,.0f}"


def cell(duration: Duration) -> str:
    """A duration in a cell of a table."""
    if duration.rounds is not None:
        return figure(duration.rounds)
    return {"beyond": "over 1e9", "never": "no end", "partly": "in part no end"}[duration.ending]
