"""Slips that a parser takes without complaint: they read as something else than was meant."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from detente.scenario.fields import Amount, Either, Kind, ListOf, Record, Text
from detente.scenario.model import Number
from detente.scenario.nodes import Mapping, Node, Scalar, Sequence
from detente.scenario.numbers import with_a_point
from detente.scenario.schema import SECTIONS

WIDE = 4.0
"""A spread of so many times the distance to the least admitted value is a slip."""


def torn_numbers(node: Mapping) -> dict[str, str]:
    """Keys that a comma inside a number has made of its second half (`{weight: 8,5}`), each with the advice."""
    found = {}
    for (_, before), (key, value) in pairwise(node.entries if node.flow else ()):
        alone = isinstance(value, Scalar) and not value.text and key.text[:1].isdigit()
        first = before.text if isinstance(before, Scalar) else ""
        advice = with_a_point(f"{first},{key.text}") if alone and first else None
        if advice is not None:
            found[key.text] = advice
    return found


def holds_a_section(kind: Kind, key: Scalar, value: Node) -> bool:
    """Whether a section of the document stands where something of this kind is expected."""
    if key.text not in SECTIONS or isinstance(value, Scalar):
        return False
    expected = kind
    if isinstance(kind, Either):
        expected = (kind.mapping if isinstance(value, Mapping) else kind.sequence) or Text()
    if isinstance(value, Sequence):
        return not isinstance(expected, ListOf)
    return not isinstance(expected, Record) or not any(expected.field(each.text) for each, _ in value.entries)


def on_calendar(text: str) -> bool:
    """Whether a year, month or day is one; the pattern admits 30 February."""
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def too_wide(kind: Amount, number: Number) -> bool:
    """Whether most of a normal spread lies where the number cannot be."""
    if number.spread is None or number.spread.kind != "normal":
        return False
    half = (number.spread.high - number.spread.low) / 2
    if kind.low is not None and kind.high is not None:
        return half > kind.high - kind.low
    return kind.low is not None and half > WIDE * (number.central - kind.low) > 0
