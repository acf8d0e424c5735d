"""Single values of the document as their kinds: texts, choices, numbers, names, expressions, citations."""

from __future__ import annotations

import re
from typing import Any

from detente.errors import Place
from detente.scenario.clock import LENGTH_LOOKS, Period
from detente.scenario.draft import Draft, Mention, Oversight, Path, Written
from detente.scenario.expression import parse
from detente.scenario.fields import (
    SHORT,
    Amount,
    Choice,
    Citations,
    Date,
    Defines,
    Flag,
    Formula,
    Length,
    Pair,
    Refers,
    Text,
    Whole,
)
from detente.scenario.misread import on_calendar, too_wide
from detente.scenario.model import Number
from detente.scenario.nodes import Node, Scalar, Sequence
from detente.scenario.numbers import LOOKS, NumberError, finite, number_text, parse_number
from detente.scenario.tokens import KEYWORDS, ExpressionError
from detente.scenario.wording import MISSING, form_of, n, name_of, one_of, refuse, short

_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


def free_text(draft: Draft, kind: Text, node: Node, path: Path) -> Any:
    """A text of admitted length."""
    text = text_of(draft, kind, node, path)
    if text is MISSING or len(text) <= kind.most:
        return text
    what = f"has {len(text):,} characters; at most {kind.most:,} are read."
    return refuse(draft, node.place, path, what, "Write it shorter.")


def text_of(draft: Draft, kind: Text | Refers | Choice, node: Node, path: Path) -> Any:
    """A text, whatever it says."""
    if not isinstance(node, Scalar):
        return refuse(draft, node.place, path, f"is {form_of(node)}; a text is expected.", "Quote it.")
    if node.plain and node.value is None:
        if node.commented:
            what = "is empty: an unquoted # begins a comment."
            return refuse(draft, node.place, path, what, 'Quote the text: "#…".')
        return refuse(draft, node.place, path, "is empty.", "Write a text, or remove the line.")
    return node.text


def choice(draft: Draft, kind: Choice, node: Node, path: Path) -> Any:
    """One of a few words, or a problem with the nearest."""
    text = text_of(draft, kind, node, path)
    if text is MISSING or text in kind.values:
        return text
    return refuse(draft, node.place, path, f"is '{short(text)}'.", one_of(text, kind.values))


def flag(draft: Draft, kind: Flag, node: Node, path: Path) -> Any:
    """Yes or no."""
    text = node.text.lower() if isinstance(node, Scalar) else ""
    if text in ("yes", "true"):
        return True
    if text in ("no", "false"):
        return False
    shown = f"'{short(text)}'" if text else form_of(node)
    return refuse(draft, node.place, path, f"is {shown}.", "Write yes or no.")


def whole(draft: Draft, kind: Whole, node: Node, path: Path) -> Any:
    """A whole number from a least one."""
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, int) and not isinstance(value, bool) and value >= kind.low:
        return value
    shown = f"'{short(node.text)}'" if isinstance(node, Scalar) else form_of(node)
    return refuse(draft, node.place, path, f"is {shown}; a whole number from {kind.low} is expected.")


def date(draft: Draft, kind: Date, node: Node, path: Path) -> Any:
    """A year, a month or a day of the calendar."""
    if isinstance(node, Scalar) and _DATE.fullmatch(node.text) and on_calendar(node.text):
        return node.text
    shown = f"'{short(node.text)}'" if isinstance(node, Scalar) else form_of(node)
    draft.problem(node.place, f"{shown} is no date.", "Write 2018, 2018-04 or 2018-04-27.")
    return MISSING


def length(draft: Draft, kind: Length, node: Node, path: Path) -> Any:
    """A length of time."""
    period = Period.parsed(node.text) if isinstance(node, Scalar) else None
    if period is not None:
        return period
    shown = f"'{short(node.text)}'" if isinstance(node, Scalar) else form_of(node)
    return refuse(draft, node.place, path, f"is {shown}; a length of time is expected.", LENGTH_LOOKS)


def number(draft: Draft, kind: Amount, node: Node, path: Path) -> Any:
    """A number written as one: plain, or with its spread in the same text."""
    value = node.value if isinstance(node, Scalar) else None
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            found = Number(finite(_real(value)))
        elif isinstance(value, str) and isinstance(node, Scalar):
            found = parse_number(node.text)
        else:
            shown = f"'{node.text}'" if isinstance(node, Scalar) else form_of(node)
            raise NumberError(f"{shown} is not a number.", LOOKS)
    except NumberError as error:
        return refuse(draft, node.place, path, f": {error.what}", error.hint)
    return found if within(draft, kind, found, node.place, path) else MISSING


def _real(value: int | float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def within(draft: Draft, kind: Amount, number: Number, place: Place, path: Path) -> bool:
    """Whether a number keeps the bounds of its kind, spread and all; noted if not."""
    ends = [number.central]
    if number.spread is not None and number.spread.kind != "normal":
        ends += [number.spread.low, number.spread.high]
    low, high = kind.low, kind.high
    outside = [end for end in ends if (low is not None and end < low) or (high is not None and end > high)]
    outside += [end for end in ends if 0 < end < kind.least]
    name = kind.noun or name_of(path)
    if not outside:
        if too_wide(kind, number):
            what = f"{name} is {number_text(number)}, a spread far wider than what {name} can be."
            draft.oversights.append(Oversight(path, what, "Is the spread as it is meant?"))
        return True
    bounds = f"at least {low:g}" if high is None else f"between {low:,.10g} and {high:,.10g}"
    if kind.least:
        bounds = f"0 or at least {kind.least:f}".rstrip("0")
    shown = f"is {outside[0]:g}" if outside[0] == number.central else f"reaches {outside[0]:g}"
    draft.problem(place, f"{name} {shown}; a{n(name)} {name} is {bounds}.", kind.advice)
    return False


def refers(draft: Draft, kind: Refers, node: Node, path: Path) -> Any:
    """A name that is defined elsewhere; it is looked up when everything is read."""
    text = text_of(draft, kind, node, path)
    if text is not MISSING:
        draft.mentions.append(Mention(kind.kind, text, path, node.place))
    return text


def defines(draft: Draft, kind: Defines, node: Node, path: Path) -> Any:
    """A new name standing as a value: the level of an option."""
    text = node.text if isinstance(node, Scalar) else text_of(draft, Text(), node, path)
    return text if text is MISSING or _spelled(draft, kind, text, node.place) else MISSING


def _spelled(draft: Draft, kind: Defines, name: str, place: Place) -> bool:
    if name in KEYWORDS:
        draft.problem(place, f"'{name}' cannot name a{n(kind.kind)} {kind.kind}: it is a word of expressions.")
        return False
    if len(name) > kind.most:
        what = f"'{short(name)}' has {len(name):,} characters; a name has at most {kind.most}."
        draft.problem(place, what, "Write the rest as its title.")
        return False
    if re.fullmatch(kind.pattern, name):
        return True
    what = f"'{short(name)}' cannot name a{n(kind.kind)} {kind.kind}."
    draft.problem(place, what, f"Use {kind.looks}.")
    return False


def formula(draft: Draft, kind: Formula, node: Node, path: Path) -> Any:
    """An expression; what it speaks of is looked up when everything is read."""
    if not isinstance(node, Scalar):
        hint = "Quote the text if it holds a comma, bracket or brace."
        return refuse(draft, node.place, path, f"is {form_of(node)}; an expression is expected.", hint)
    try:
        expression = parse(node.text, statement=kind.statement)
    except ExpressionError as error:
        return refuse(draft, node.at(error.position), path, f": {error.what}", error.hint)
    draft.formulas.append(Written(expression, kind, path, node))
    return expression


def citations(draft: Draft, kind: Citations, node: Node, path: Path) -> Any:
    """One citation or several."""
    items = node.items if isinstance(node, Sequence) else [node]
    texts = []
    for index, item in enumerate(items):
        text = free_text(draft, SHORT, item, (*path, index) if isinstance(node, Sequence) else path)
        if text is not MISSING and text.strip():
            draft.mentions.append(Mention("source", text.split()[0], path, item.place))
            texts.append(text.strip())
    return tuple(texts)


def key_of(draft: Draft, kind: Defines | Refers | Pair | Date, key: Scalar, path: Path) -> Any:
    """The name before a colon: a new one, one that is defined elsewhere, a pair or a date."""
    if isinstance(kind, Defines):
        draft.declared.setdefault(kind.kind, {})[key.text] = key.place
        return key.text if _spelled(draft, kind, key.text, key.place) else MISSING
    if isinstance(kind, Refers):
        draft.mentions.append(Mention(kind.kind, key.text, (*path, key.text), key.place))
        return key.text
    if isinstance(kind, Date):
        return date(draft, kind, key, path)
    return _pair(draft, kind, key, path)


def _pair(draft: Draft, kind: Pair, key: Scalar, path: Path) -> Any:
    parts = key.text.split()
    if len(parts) != 3 or parts[1] not in kind.signs:
        shown = " or ".join(f"`A {sign} B`" for sign in kind.signs)
        draft.problem(
            key.place, f"'{short(key.text)}' does not name two parties.", f"Write {shown}, with spaces."
        )
        return MISSING
    left, sign, right = parts
    for name in (left, right):
        draft.mentions.append(Mention("party", name, (*path, left, sign, right), key.place))
    if left == right:
        draft.problem(key.place, f"'{left}' stands on both sides of '{key.text}'.", "Name two parties.")
        return MISSING
    return left, sign, right
