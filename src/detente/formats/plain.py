"""Text that any terminal can show: nothing that it cannot encode, nothing that could control it."""

from __future__ import annotations

import unicodedata

from detente.errors import HIDDEN

FALLBACKS = {
    "\N{MINUS SIGN}": "-",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "--",
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{RIGHTWARDS ARROW}": "->",
    "\N{PLUS-MINUS SIGN}": "+/-",
    "\N{MULTIPLICATION SIGN}": "x",
    "\N{LESS-THAN OR EQUAL TO}": "<=",
    "\N{GREATER-THAN OR EQUAL TO}": ">=",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{MIDDLE DOT}": ".",
    "\N{NO-BREAK SPACE}": " ",
    "\N{BOX DRAWINGS LIGHT HORIZONTAL}": "-",
    "\N{BOX DRAWINGS LIGHT VERTICAL}": "|",
    "\N{BOX DRAWINGS DOUBLE HORIZONTAL}": "=",
    "\N{BOX DRAWINGS LIGHT UP AND RIGHT}": "+",
    "\N{BOX DRAWINGS LIGHT VERTICAL AND RIGHT}": "|",
    "\N{BOX DRAWINGS LIGHT VERTICAL AND LEFT}": "|",
    "\N{FULL BLOCK}": "#",
    "\N{MEDIUM SHADE}": "=",
    "\N{LIGHT SHADE}": ".",
    "\N{BLACK CIRCLE}": "o",
}


WITHOUT_ROOM = frozenset("\xad\u061c\u200b\u200e\u200f\u2060\ufeff")


def visible(text: str) -> str:
    """The text on one line, without what steers a terminal, turns the reading direction or breaks XML.

    Spaces stand instead, and nothing for marks that take no room.
    """
    return HIDDEN.sub(lambda found: "" if found.group() in WITHOUT_ROOM else " ", text)


def encodable(text: str, encoding: str) -> str:
    """The text in characters of an encoding: what it lacks is spelt out, loses its accent, or becomes `?`."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_spelt(character, encoding) for character in text)
    return text


def _spelt(character: str, encoding: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    for candidate in (character, FALLBACKS.get(character, ""), bare):
        if candidate and _fits(candidate, encoding):
            return candidate
    return "?"


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
