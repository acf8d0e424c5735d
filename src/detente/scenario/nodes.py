"""The tree of a scenario document: texts, lists and mappings that remember where they stand."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from detente.errors import Place

MAX_DEPTH = 64
MAX_PROBLEMS = 100
"""So many problems of one document are told; more would help nobody."""

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
_WHOLE = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)")
_NOT_A_NUMBER = frozenset((".nan", ".NaN", ".NAN"))

Value = None | bool | int | float | str


@dataclass(slots=True)
class Scalar:
    """A text of the document; `plain` when it stands without quotes.

    `offset` is the distance from the place to the first character of the text (1 inside quotes, -1 when the
    text spans lines); `commented` marks an empty value whose line goes on with `#`.
    """

    place: Place
    text: str
    plain: bool = True
    offset: int = 0
    commented: bool = False

    @property
    def value(self) -> Value:
        """What the text means by the core schema of YAML 1.2 (quoted text is always text)."""
        return resolve(self.text) if self.plain else self.text

    def at(self, position: int) -> Place:
        """The place of one character of the text."""
        if self.offset < 0:
            return self.place
        return replace(self.place, column=self.place.column + self.offset + position)


@dataclass(slots=True)
class Sequence:
    """A list of the document."""

    place: Place
    items: list[Node]


@dataclass(slots=True)
class Mapping:
    """Keys and values of the document, in its order; `flow` when written in braces."""

    place: Place
    entries: list[tuple[Scalar, Node]]
    flow: bool = False


Node = Scalar | Sequence | Mapping
Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def resolve(text: str) -> Value:
    """Return what an unquoted text means in YAML 1.2: NO is Norway, 012 is twelve, 12:30 is a text."""
    first = text[:1]
    if first.isdigit() or first in ("-", "+", "."):
        return _number(text)
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    return text


def _number(text: str) -> Value:
    if len(text) > 400:
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _OCTAL.fullmatch(text):
        return int(text[2:], 8)
    if _HEXADECIMAL.fullmatch(text):
        return int(text[2:], 16)
    if _INFINITE.fullmatch(text):
        return -math.inf if text[0] == "-" else math.inf
    return math.nan if text in _NOT_A_NUMBER else text


def plain(node: Node) -> Plain:
    """Return the tree as ordinary lists, dictionaries and values, without places."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.text: plain(value) for key, value in node.entries}
