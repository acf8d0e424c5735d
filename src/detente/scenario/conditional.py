"""How to write `a if b`, which many know from elsewhere, in a language without it."""

from __future__ import annotations

import re
from collections.abc import Callable


def without_if(text: str, position: int, is_number: Callable[[str], bool | None]) -> str:
    """The advice for `0.06 if a == b`, `0.06 if a == b else 0.02` and `a if b`, in what can be read.

    `position` is where the `if` stands; `is_number` says of a text whether it is a number, and None where it
    cannot be read.
    """
    value, rest = _unclosed(text[:position]), _unopened(text[position + 2 :])
    premise, _, other = (part.strip() for part in rest.partition(" else "))
    advised = f"{_factor(value)} * ({premise})"
    if other:
        advised += f" + {_factor(other)} * (not ({premise}))"
    if (is_number(value) or other) and is_number(advised) is not None:
        return f"A condition counts as 1 or 0: write '{advised}'."
    return "'a if b' stands once, in statements only; write 'b implies a'."


def _unclosed(text: str) -> str:
    """What stands after the last bracket that is not closed again."""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += (text[place] == ")") - (text[place] == "(")
        if depth < 0:
            return text[place + 1 :].strip()
    return text.strip()


def _unopened(text: str) -> str:
    """What stands before the first bracket that closes none of these."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return text[:place].strip()
    return text.strip()


def _factor(text: str) -> str:
    return text if re.fullmatch(r"[\w.]+", text) else f"({text})"
