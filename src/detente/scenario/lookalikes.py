"""Letters of other alphabets that look like Latin ones, and which of them a name holds."""

from __future__ import annotations

import unicodedata

_CYRILLIC = dict(zip("АВСЕНІЈКМОРЅТХаеорсухіјѕԛԝһ", "ABCEHIJKMOPSTXaeopcyxijsqwh", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονι", "ABEZHIKMNOPTYXovi", strict=True))
_ALIKE = _CYRILLIC | _GREEK
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK")


def skeleton(text: str) -> str:
    """The text with these letters replaced by Latin ones: texts with one skeleton look the same."""
    if text.isascii():
        return text
    return "".join(_ALIKE.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def odd_letter(text: str, other: str) -> str:
    """Where two texts that look the same first differ, in words; empty where they do not look the same."""
    if text == other or skeleton(text) != skeleton(other):
        return ""
    for mine, theirs in zip(text, other, strict=False):
        if mine != theirs:
            return f"The '{mine}' here is {unicodedata.name(mine, 'another letter').title()}."
    return ""


def alphabets(text: str) -> dict[str, str]:
    """The alphabets in which a text is written (Latin, Cyrillic, Greek), each with its first letter there."""
    found: dict[str, str] = {}
    for letter in text:
        if letter.isalpha():
            alphabet = unicodedata.name(letter, "").partition(" ")[0]
            if alphabet in _ALPHABETS:
                found.setdefault(alphabet.title(), letter)
    return found
