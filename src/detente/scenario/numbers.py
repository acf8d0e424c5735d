"""Numbers as people write them when they are unsure: `3`, `3 ± 1`, `3 (2..5)`, `2..5`."""

from __future__ import annotations

import math
import re

from detente.errors import DetenteError
from detente.scenario.model import Number, Spread

_N = r"([-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
_RANGE_END = r"([-+]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
_RANGE = rf"{_RANGE_END}\s*\.\.\s*{_RANGE_END}"
_PLAIN = re.compile(_N)
_NORMAL = re.compile(rf"{_N}\s*(?:±|\+/-|\+-)\s*{_N}")
_TRIANGULAR = re.compile(rf"{_N}\s*\(\s*{_RANGE}\s*\)")
_UNIFORM = re.compile(_RANGE)
_MAX_LENGTH = 400

LOOKS = "Write 3, 3 ± 1, 3 (2..5) or 2..5."
NUMBER_PATTERN = rf"^\s*(?:{_N}|{_NORMAL.pattern}|{_TRIANGULAR.pattern}|{_UNIFORM.pattern})\s*$"


class NumberError(DetenteError):
    """A text that is no number, or a spread that is none; says what a number looks like."""

    def __init__(self, what: str, hint: str = "") -> None:
        self.what, self.hint = what, hint
        super().__init__(f"{what} {hint}".rstrip())


def parse_number(text: str) -> Number:
    """Read a number with its spread.

    `3 ± 1` is normal with two standard deviations of 1 (central value 3), `3 (2..5)` triangular with mode 3,
    `2..5` uniform (central value: the midpoint). `+-` and `+/-` stand for `±`.

    Raises
    ------
    NumberError
        When the text is none of these, a range is reversed, or a value is not finite.
    """
    text = text.strip()[: _MAX_LENGTH + 1]
    if _PLAIN.fullmatch(text):
        return Number(finite(float(text)))
    if found := _NORMAL.fullmatch(text):
        central, half = (finite(float(part)) for part in found.groups())
        if half < 0:
            raise NumberError(f"'{text}' spreads by a negative amount.", f"Write {central:g} ± {-half:g}.")
        return Number(central, Spread("normal", central - half, central + half))
    if found := _TRIANGULAR.fullmatch(text):
        central, low, high = (finite(float(part)) for part in found.groups())
        return Number(central, ordered("triangular", low, high, central))
    if found := _UNIFORM.fullmatch(text):
        low, high = (finite(float(part)) for part in found.groups())
        return Number((low + high) / 2, ordered("uniform", low, high))
    raise NumberError(f"'{_short(text)}' is not a number.", with_a_point(text) or LOOKS)


def with_a_point(text: str) -> str | None:
    """The advice for a number written with a comma; None for any other text."""
    pointed, joined = text.replace(",", "."), text.replace(",", "")
    if "," not in text or not re.fullmatch(NUMBER_PATTERN, joined):
        return None
    if not re.fullmatch(NUMBER_PATTERN, pointed):
        thousands = re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+", text)
        return f"Write {joined}, without commas." if thousands else None
    if re.fullmatch(r"[0-9]{1,3},[0-9]{3}", text):
        return f"Write {pointed} or {joined}."
    return f"Write {pointed}, with a point."


def ordered(kind: str, low: float, high: float, central: float | None = None) -> Spread:
    """Return the spread, or refuse a reversed range or a central value outside of it."""
    if low > high:
        raise NumberError(f"the range {low:g}..{high:g} is reversed.", f"Write {high:g}..{low:g}.")
    if central is not None and not low <= central <= high:
        raise NumberError(f"{central:g} lies outside its range {low:g}..{high:g}.", "Widen the range.")
    if kind == "triangular":
        return Spread("triangular", low, high)
    return Spread("normal" if kind == "normal" else "uniform", low, high)


def finite(value: float) -> float:
    """Return the value, or refuse NaN and infinities."""
    if not math.isfinite(value):
        raise NumberError(f"{value:g} is not a finite number.", "Write a number such as 3 or 0.5.")
    return value


def number_text(number: Number) -> str | None:
    """Return the shortest text that reads back as the same value and spread; None when no text does."""
    spread = number.spread
    if spread is None:
        return plain_text(number.central)
    if spread.kind == "uniform":
        text = f"{plain_text(spread.low)}..{plain_text(spread.high)}"
    elif spread.kind == "triangular":
        text = f"{plain_text(number.central)} ({plain_text(spread.low)}..{plain_text(spread.high)})"
    else:
        text = f"{plain_text(number.central)} ± {_half_width(number.central, spread)}"
    try:
        again = parse_number(text)
    except NumberError:
        return None
    return text if (again.central, again.spread) == (number.central, spread) else None


def plain_text(value: float) -> str:
    """Return a number without needless digits: 3, 0.5, 1e-07."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _half_width(central: float, spread: Spread) -> str:
    for digits in range(1, 18):
        half = float(f"{spread.high - central:.{digits}g}")
        if central - half == spread.low and central + half == spread.high:
            return plain_text(half)
    return plain_text(spread.high - central)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
