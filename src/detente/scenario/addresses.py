"""The address of every judgement of a scenario, and what stands there.

An address names a place of the document: `interests.PRK.pressure.weight`, `relations.USA>CHN`,
`pressure.PRK.cuts.CHN-coal.full`, `status_quo.USA.drills`. Entries of a list go by their name, else by what
they select, else by their number from 1; spaces become hyphens. Addresses are read off the fields that the
format declares, so that a field added there has one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from detente.errors import UnknownNameError
from detente.scenario.dump import document
from detente.scenario.fields import (
    Amount,
    Choice,
    Either,
    Field,
    Flag,
    Formula,
    Kind,
    Length,
    Levels,
    ListOf,
    MapOf,
    Record,
    Refers,
    Whole,
)
from detente.scenario.model import Cardinal, Scenario
from detente.scenario.numbers import parse_number
from detente.scenario.schema import SCENARIO
from detente.scenario.yaml_layout import Tree

Path = tuple[str | int, ...]
SINGLE = (Amount, Choice, Flag, Formula, Length, Refers, Whole)
"""Kinds of value that stand alone at an address."""
NAMING = (("name",), ("channels",), ("partner", "good"), ("from", "to"), ("partner",))
"""By which of its fields an entry of a list goes, the first that it has."""
WRITTEN = {"value", "attitude", "distribution", "low", "high", "because", "source"}
"""What the long form of a number may hold."""
GROUNDS = ("because", "source", "sources", "about", "title", "name", "note", "iso", "findings")
"""What says why and who, and changes no answer."""


@dataclass(frozen=True)
class Difference:
    """A judgement in which two scenarios differ; None where one of them says nothing."""

    address: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Leaf:
    """Where something may stand in a document, and as which kind."""

    path: Path
    kind: Kind
    default: str


def addresses(scenario: Scenario) -> dict[str, str | None]:
    """Every address of a scenario with what stands there, as text; None where the scenario leaves it open.

    Numbers come with their spread; a field left at its default comes with the default.
    """
    tree = tree_of(scenario)
    return {address: _read(tree, leaf) for address, leaf in leaves_of(scenario, tree).items()}


def value_at(scenario: Scenario, address: str) -> str | None:
    """What stands at an address, as text.

    Raises
    ------
    UnknownNameError
        For an address that the scenario does not have, with a near miss.
    """
    tree = tree_of(scenario)
    return _read(tree, found_in(leaves_of(scenario, tree), address))


def places_of_numbers(scenario: Scenario) -> dict[float, tuple[str, float | None, float | None]]:
    """For the central value of every number the first address at which it stands, and what its field admits."""
    tree = tree_of(scenario)
    found: dict[float, tuple[str, float | None, float | None]] = {}
    for address, leaf in leaves_of(scenario, tree).items():
        text = _read(tree, leaf)
        if isinstance(leaf.kind, Amount) and text is not None:
            found.setdefault(parse_number(text).central, (address, leaf.kind.low, leaf.kind.high))
    return found


def differences(one: Scenario, other: Scenario) -> tuple[Difference, ...]:
    """The judgements in which two scenarios differ, in the order of the first document, then of the second."""
    return tuple(_differences(tree_of(one), tree_of(other), ""))


def tree_of(scenario: Scenario) -> dict[str, Tree]:
    """The document, with every attitude on a line of its own."""
    return document(scenario, together=False)


def leaves_of(scenario: Scenario, tree: dict[str, Tree]) -> dict[str, Leaf]:
    """Every address with where it is in a document."""
    found: dict[str, Leaf] = {}
    for address, leaf in _within(SCENARIO, tree, (), ""):
        if address != "detente":
            found.setdefault(address, leaf)
    known = zip(scenario.parties, scenario.preferences, strict=True)
    ids = [party.id for party, preference in known if isinstance(preference, Cardinal)]
    attitude = SCENARIO.field("relations")
    assert attitude is not None
    assert isinstance(attitude.kind, MapOf)
    for holder in ids:
        for other in ids:
            if holder != other:
                key = f"{holder} > {other}"
                found.setdefault(f"relations.{_label(key)}", Leaf(("relations", key), attitude.kind.value, "0"))
    for option in scenario.options:
        found.setdefault(
            f"status_quo.{option.id}", Leaf(("status_quo", option.id), Refers("level"), option.levels[0])
        )
    return found


def _within(kind: Kind, node: Tree, path: Path, address: str) -> Iterator[tuple[str, Leaf]]:
    """The addresses inside a part of the document."""
    if isinstance(kind, Either):
        form = str if kind.scalar and isinstance(node, str) else list if isinstance(node, list) else dict
        chosen = {str: kind.scalar, list: kind.sequence, dict: kind.mapping}[form]
        if chosen is not None:
            yield from _within(chosen, node, path, address)
    elif isinstance(kind, SINGLE):
        yield address, Leaf(path, kind, "")
    elif isinstance(kind, Levels) and isinstance(node, dict):
        for option in node:
            yield _joined(address, option), Leaf((*path, option), Refers("level"), "")
    elif isinstance(kind, Record) and isinstance(node, dict):
        for field in kind.fields:
            yield from _of_field(field, node, path, address)
    elif isinstance(kind, MapOf) and isinstance(node, dict):
        for key, value in node.items():
            yield from _within(kind.value, value, (*path, key), _joined(address, key))
    elif isinstance(kind, ListOf) and isinstance(node, list):
        for place, (label, item) in enumerate(zip(_labels(node), node, strict=True)):
            yield from _within(kind.item, item, (*path, place), _joined(address, label))


def _of_field(field: Field, node: dict[str, Tree], path: Path, address: str) -> Iterator[tuple[str, Leaf]]:
    """The addresses of a field; the shares that a cut leaves open go by the level alone."""
    here, place = _joined(address, field.name), (*path, field.name)
    if field.name in node:
        inside = address if field.name == "open" and isinstance(field.kind, MapOf) else here
        yield from _within(field.kind, node[field.name], place, inside)
    elif isinstance(field.kind, SINGLE) and not field.required:
        yield here, Leaf(place, field.kind, _default(field))
    elif isinstance(field.kind, Record):
        yield from _within(field.kind, {}, place, here)


def _default(field: Field) -> str:
    """What stands for a field that is left out, where that is a value and no phrase."""
    match field.kind:
        case Choice(values):
            return field.default if field.default in values else ""
        case Flag():
            return field.default
        case Amount() | Whole():
            return field.default if field.default.replace(".", "").isdecimal() else ""
        case _:
            return ""


def _labels(items: list[Tree]) -> list[str]:
    """What the entries of a list are called: by name or by what they select where that is theirs alone."""
    named = [_name(item) for item in items]
    many = Counter(named)
    return [name if name and many[name] == 1 else str(place) for place, name in enumerate(named, 1)]


def _name(item: Tree) -> str:
    if not isinstance(item, dict):
        return ""
    for keys in NAMING:
        if all(key in item for key in keys):
            joint = " > " if keys == ("from", "to") else " "
            return joint.join(str(item[key]) for key in (*keys, "kind") if key in item)
    return ""


def _joined(address: str, key: str) -> str:
    return f"{address}.{_label(key)}" if address else _label(key)


def _label(key: str) -> str:
    """A key as part of an address: signs without spaces, other spaces as hyphens."""
    return re.sub(r"\s+", "-", re.sub(r"\s*([>~])\s*", r"\1", key.strip()))


def found_in(leaves: dict[str, Leaf], address: str) -> Leaf:
    """The leaf at an address; an unknown one gets a near miss."""
    name = _label(address)
    if name not in leaves:
        raise UnknownNameError("address", address, sorted(leaves))
    return leaves[name]


def _read(tree: dict[str, Tree], leaf: Leaf) -> str | None:
    node: Any = tree
    for key in leaf.path:
        if isinstance(node, dict) and key not in node:
            return leaf.default or None
        node = node[key]
    if isinstance(node, dict):
        word = leaf.kind.word if isinstance(leaf.kind, Amount) else "value"
        text = str(node[word])
        return f"{text} ({node['low']}..{node['high']})" if "low" in node else text
    return str(node)


def _differences(one: Tree, other: Tree, address: str) -> Iterator[Difference]:
    if isinstance(one, dict) and isinstance(other, dict) and not _is_number(one):
        yield from _by_key(one, other, address)
    elif isinstance(one, list) and isinstance(other, list) and _has_parts(one) and _has_parts(other):
        yield from _by_key(
            dict(zip(_labels(one), one, strict=True)), dict(zip(_labels(other), other, strict=True)), address
        )
    elif _plain(one) != _plain(other):
        yield Difference(address, _plain(one), _plain(other))


def _by_key(one: dict[str, Tree], other: dict[str, Tree], address: str) -> Iterator[Difference]:
    for key in {**one, **other}:
        if key in GROUNDS:
            continue
        here = address if key == "open" and isinstance(one.get(key), dict) else _joined(address, key)
        if key in one and key in other:
            yield from _differences(one[key], other[key], here)
        else:
            before, after = (_plain(tree[key]) if key in tree else None for tree in (one, other))
            yield Difference(here, before, after)


def _has_parts(items: list[Tree]) -> bool:
    return any(isinstance(item, dict) for item in items)


def _is_number(node: dict[str, Tree]) -> bool:
    """Whether a mapping is a number with its reasons, and no entry with a value of its own."""
    return bool(node.keys() & {"value", "attitude"}) and node.keys() <= WRITTEN


def _plain(node: Tree) -> str:
    """A part of a document on one line, reasons left out."""
    if isinstance(node, str):
        return node
    if isinstance(node, list):
        return f"[{', '.join(_plain(item) for item in node)}]"
    kept = {key: _plain(value) for key, value in node.items() if key not in GROUNDS}
    if len(kept) == 1 and _is_number(node):
        return next(iter(kept.values()))
    return f"{{{', '.join(f'{key}: {value}' for key, value in kept.items())}}}"
