"""The words of an expression, each with its place; everything that is not a word gets advice."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from detente.errors import DetenteError

KEYWORDS = ("and", "or", "not", "implies", "iff", "if", "true", "false")
MAX_LENGTH = 4000
MAX_DEPTH = 60


class ExpressionError(DetenteError):
    """An expression that cannot be read: the place counts characters from 0."""

    def __init__(self, position: int, what: str, hint: str = "") -> None:
        self.position, self.what, self.hint = position, what, hint
        super().__init__(f"{what} {hint}".rstrip())


class Token(NamedTuple):
    """One word, number or sign, and where it begins."""

    kind: Literal["number", "name", "keyword", "sign", "end"]
    text: str
    position: int


_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.-])")
_PART = r"[^\W\d_](?:[\w-]*\w)?"
_NAME = re.compile(rf"{_PART}(?:\.{_PART})?(?![\w.-])")
_WORD = re.compile(r"[\w.-]+")
_SIGN = re.compile(r"==|!=|<=(?!>)|>=|<(?![=>-])|>|[-+*/();]")
_SPACE = re.compile(r"[ \t\r\n]+")

_ADVICE = (
    ("<=>", "Write 'iff'."),
    ("<->", "Write 'iff'."),
    ("=>", "Write '>=' for 'at least', or 'implies'."),
    ("->", "Write 'implies'."),
    ("=<", "Write '<='."),
    ("<>", "Write '!='."),
    ("=", "Write '==' to compare."),
    ("&&", "Write 'and'."),
    ("&", "Write 'and'."),
    ("||", "Write 'or'."),
    ("|", "Write 'or'."),
    ("!", "Write 'not', or '!=' to compare."),
    ("≥", "Write '>='."),
    ("≤", "Write '<='."),
    ("≠", "Write '!='."),
    ("¬", "Write 'not'."),
    ("∧", "Write 'and'."),
    ("∨", "Write 'or'."),
    ("→", "Write 'implies'."),
    ("⇒", "Write 'implies'."),
    ("↔", "Write 'iff'."),
    ("⇔", "Write 'iff'."),
    ("×", "Write '*'."),
    ("−", "Write a plain '-' between spaces."),
    ("–", "Write a plain '-' between spaces."),
    (",", "Arguments are separated by ';'."),
    ("^", "There are no powers; write a product."),
    ("[", "Group with '(' and ')'."),
    ("]", "Group with '(' and ')'."),
    ("{", "Group with '(' and ')'."),
    ("}", "Group with '(' and ')'."),
    ("'", "Names stand without quotation marks."),
    ('"', "Names stand without quotation marks."),
    (".", "A number begins with a digit, e.g. '0.5'."),
)


def is_name(text: str) -> bool:
    """Whether a text can be used as a name in expressions: a letter first, one dot at most, no keyword."""
    return _NAME.fullmatch(text) is not None and text.lower() not in KEYWORDS


def tokenise(text: str) -> tuple[Token, ...]:
    """The words of an expression in order, closed by an `end` token.

    Raises
    ------
    ExpressionError
        At the first character that begins no word, or when the text is too long or nested too deeply.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            MAX_LENGTH,
            f"this expression has {len(text)} characters; at most {MAX_LENGTH} are read.",
            "Name parts of it as outcomes and combine these.",
        )
    tokens, position = [], 0
    while (position := _skip_space(text, position)) < len(text):
        token = _token(text, position)
        tokens.append(token)
        position += len(token.text)
    _check_nesting(tokens)
    return (*tokens, Token("end", "", len(text)))


def locate(text: str, name: str) -> int:
    """Where a name first stands in an expression's text (0 where it does not): for pointing at it."""
    for match in re.finditer(r"[\w.-]+", text):
        if match.group() == name:
            return match.start()
    return 0


def _skip_space(text: str, position: int) -> int:
    space = _SPACE.match(text, position)
    return space.end() if space else position


def _token(text: str, position: int) -> Token:
    number = _NUMBER.match(text, position)
    if number:
        return Token("number", number.group(), position)
    name = _NAME.match(text, position)
    if name:
        return _named(name.group(), position)
    sign = _SIGN.match(text, position)
    if sign and not (sign.group() == "-" and not _stands_alone(text, position)):
        return Token("sign", sign.group(), position)
    raise _unreadable(text, position)


def _named(word: str, position: int) -> Token:
    if word in KEYWORDS:
        return Token("keyword", word, position)
    if word.lower() in KEYWORDS:
        raise ExpressionError(position, f"'{word}' is not a name.", f"Write '{word.lower()}' in small letters.")
    return Token("name", word, position)


def _stands_alone(text: str, position: int) -> bool:
    before = position == 0 or text[position - 1].isspace()
    after = position + 1 == len(text) or text[position + 1].isspace()
    return before and after


def _unreadable(text: str, position: int) -> ExpressionError:
    for wrong, hint in _ADVICE:
        if text.startswith(wrong, position):
            return ExpressionError(position, f"'{wrong}' means nothing here.", hint)
    if text[position] == "-":
        hint = "It is minus only between spaces, e.g. 'a - b'; for the opposite of a number write '0 - a'."
        return ExpressionError(position, "'-' cannot stand here.", hint)
    word = _WORD.match(text, position)
    if word:
        return _unreadable_word(word.group(), position)
    shown = text[position] if text[position].isprintable() else f"U+{ord(text[position]):04X}"
    return ExpressionError(position, f"'{shown}' means nothing in an expression.")


def _unreadable_word(word: str, position: int) -> ExpressionError:
    shown = word if len(word) <= 40 else word[:39] + "…"
    if re.fullmatch(r"[0-9.]+(-[0-9.]+)+", word):
        return ExpressionError(position, f"'{shown}' is no number.", "'-' is minus only between spaces.")
    if word.count(".") > 1 or word.endswith("."):
        return ExpressionError(
            position, f"'{shown}' is no name.", "A name has one dot at most, e.g. 'USA.strike'."
        )
    if word.endswith("-"):
        return ExpressionError(position, f"'{shown}' is no name.", "'-' is minus only between spaces.")
    return ExpressionError(
        position, f"'{shown}' is neither a name nor a number.", "A name begins with a letter."
    )


def _check_nesting(tokens: list[Token]) -> None:
    depth = 0
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        if depth > MAX_DEPTH:
            raise too_deep(token.position)


def too_deep(position: int) -> ExpressionError:
    """The error for an expression with more than `MAX_DEPTH` levels."""
    return ExpressionError(
        position,
        f"this expression is nested or chained more than {MAX_DEPTH} levels deep.",
        "Name parts of it as outcomes, or count them: 'count(a; b; c) >= 1'.",
    )
