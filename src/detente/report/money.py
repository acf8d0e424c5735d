"""How amounts of money are told."""

from __future__ import annotations

from detente.report import words

SLIGHT = 5e-7  # money and pressure below this are told as nothing


def money(value: float) -> str:
    """An amount of money in whole units, smaller ones with as many digits as they need."""
    if abs(value) < SLIGHT:
        return "0"
    return words.number(value, 0 if abs(value) >= 10 else 1).removesuffix(".0")


def yearly(unit: str) -> str:
    """The unit in which a year's money is told: ` a year (mn)`; the year only once where the unit names it."""
    if not unit:
        return " a year"
    return f" ({unit})" if "a year" in unit else f" a year ({unit})"
