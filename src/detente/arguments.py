"""What a question may be asked with, as text or values; refused before any work where it cannot be meant.

The kinds of parameters are rows: the command line, a page and other doors make fields of them, and all
read what was typed here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from os import PathLike
from typing import Any

from detente.catalogue import Kind, Parameter, Question
from detente.errors import DetenteError, UnknownNameError

LONGEST = 1000  # characters; names and lists of levels are far shorter


@dataclass(frozen=True)
class Reading:
    """How the values of a kind of parameter are read.

    `shown` stands for a value in help, `many` says that there may be several, `named` that a value is a name or
    a path, which must be one that somebody can have meant.
    """

    shown: str
    read: Callable[[Any], Any]
    many: bool = False
    named: bool = False


def _as_it_is(value: Any) -> Any:
    return value


def name(value: Any) -> Any:
    """A name or a path; the number of a state may be given as a number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str | PathLike):
        return value
    raise ValueError(f"{quoted(repr(value))} is no name. Give it as a text.")


def names(values: Any) -> Any:
    """Several names, or one."""
    several = values if isinstance(values, list | tuple | set | frozenset) else (values,)
    return tuple(name(value) for value in several)


def whole(text: str | int) -> int:
    """A whole number as typed."""
    try:
        return int(text)
    except ValueError:
        fault = "has too many digits" if str(text).isdecimal() else "is no whole number"
        raise ValueError(f"{quoted(str(text))} {fault}. Write e.g. 10.") from None


def decimal(text: str | float) -> float:
    """A number as typed."""
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{quoted(str(text))} is no number. Write e.g. 0.5.") from None


READINGS: Mapping[Kind, Reading] = {
    "text": Reading("NAME", name, named=True),
    "texts": Reading("NAME", names, many=True, named=True),
    "switch": Reading("", bool),
    "number": Reading("N", whole),
    "share": Reading("SHARE", decimal),
    "events": Reading("FILE", _as_it_is, named=True),
}


def read(question: Question, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values with which a question is asked; what is None is left out.

    Raises
    ------
    UnknownNameError
        For a keyword that the question does not know.
    DetenteError
        For a value that cannot be meant, with the label under which it was given.
    """
    known = {parameter.keyword: parameter for parameter in question.parameters}
    values = {}
    for keyword, value in given.items():
        if keyword not in known:
            raise UnknownNameError(f"parameter of {question.word}", keyword, list(known))
        if value is not None:
            values[keyword] = _read(known[keyword], value)
    return values


def _read(parameter: Parameter, value: Any) -> Any:
    reading = READINGS[parameter.kind]
    if reading.many and isinstance(value, str):
        value = (value,)
    if reading.named:
        texts = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else []
        advice = f"Give one, or leave it out. {parameter.help}"
        readable(parameter.label, [text for text in texts if isinstance(text, str)], advice)
    try:
        return reading.read(value)
    except ValueError as error:
        raise DetenteError(f"{parameter.label}: {error}") from None


def readable(label: str, texts: Iterable[str], advice: str) -> None:
    """Refuse a name that is empty, endless, or holds what no name can hold.

    Raises
    ------
    DetenteError
        With the label under which it was typed, and the advice.
    """
    for text in texts:
        if not text.strip():
            raise DetenteError(f"{label} is empty. {advice}")
        if len(text) > LONGEST:
            raise DetenteError(f"{label} has {len(text):,} characters; no name is so long. {advice}")
        if steering := _steering(text):
            raise DetenteError(f"{label} holds the control character U+{ord(steering):04X}. Type it anew.")


def _steering(text: str) -> str | None:
    """The first character that steers a terminal instead of being shown."""
    return next((character for character in text if unicodedata.category(character) == "Cc"), None)


def quoted(text: str) -> str:
    """A text as a message repeats it: short."""
    return f"'{text if len(text) <= 60 else text[:59] + '…'}'"
