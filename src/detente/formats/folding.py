"""Texts in lines of so many pixels: broken between words, within a word that is too long, and never cut."""

from __future__ import annotations

import unicodedata

from detente.formats.plain import visible

LETTER = 6.9  # pixels: what a letter of thirteen pixels takes on average, generously
LINE = 16
NARROW, PLAIN, TALL, BROAD = 4.7, 7.4, 9.6, 13.2
CLASSES = dict.fromkeys(" ijl.,:;|!'’()[]{}ftrI-/\\`", NARROW) | dict.fromkeys("mMW@%—…", BROAD)
JOINTS = "-_/.,:;·、。，"
"""After these a long word is broken rather than elsewhere."""


def width(text: str) -> float:
    """About how many pixels the longest line of a text takes; rather more than it will be."""
    return max(sum(map(_breadth, line)) for line in text.split("\n"))


def folded(text: str, letters: float) -> str:
    """A text in lines as wide as so many letters are on average; all of it, also where a word has no space."""
    room = letters * LETTER
    lines: list[str] = []
    line = ""
    for word in visible(text).split():
        if line and width(f"{line} {word}") <= room:
            line = f"{line} {word}"
            continue
        *full, last = _pieces(word, room)
        lines += [line, *full] if line else full
        line = last
    return "\n".join([*lines, line] if line or not lines else lines) or " "


def tall(text: str) -> float:
    """How many pixels the lines of a folded text take."""
    return float(LINE * len(text.split("\n")))


def first_line(text: str, middle: float) -> float:
    """Where the first line of a text stands so that its middle is there; Vega places first lines."""
    return middle - (tall(text) - LINE) / 2


def _pieces(word: str, room: float) -> list[str]:
    """A word in pieces that fit; no mark is parted from the letter that carries it."""
    pieces, rest = [], word
    while width(rest) > room:
        end, used = 1, _breadth(rest[0])
        while end < len(rest) and (used + _breadth(rest[end]) <= room or _is_mark(rest[end])):
            used += _breadth(rest[end])
            end += 1
        joint = max(rest.rfind(sign, 0, end) for sign in JOINTS) + 1
        end = joint if end // 2 < joint < end else end
        if end >= len(rest):
            break
        pieces.append(rest[:end])
        rest = rest[end:]
    return [*pieces, rest]


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _breadth(character: str) -> float:
    """The pixels of a character at the size of lettering in charts."""
    if character in CLASSES:
        return CLASSES[character]
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return BROAD
    return PLAIN if character < "\u0250" and category != "Lu" else TALL
