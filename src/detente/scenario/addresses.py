"""The address of every judgement of a scenario, what stands there, and the scenario with something else.

An address names a place of the document: `interests.PRK.pressure.weight`, `relations.USA>CHN`,
`pressure.PRK.cuts.CHN-coal.full`, `status_quo.USA.drills`. Entries of a list go by their name, else by what
they select, else by their number from 1; spaces become hyphens. Addresses are read off the fields that the
format declares, so that a field added there has one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from detente.errors import Place, Problem, ScenarioError, UnknownNameError
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
from detente.scenario.load import loads
from detente.scenario.model import Cardinal, Number, Scenario
from detente.scenario.numbers import number_text, parse_number, plain_text
from detente.scenario.schema import SCENARIO
from detente.scenario.yaml_layout import Tree, layout

Path = tuple[str | int, ...]
SHOWN = 3  # addresses that a message names
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
class _Leaf:
    """Where something may stand in a document, and as which kind."""

    path: Path
    kind: Kind
    default: str


def addresses(scenario: Scenario) -> dict[str, str | None]:
    """Every address of a scenario with what stands there, as text; None where the scenario leaves it open.

    Numbers come with their spread; a field left at its default comes with the default.
    """
    tree = _tree(scenario)
    return {address: _read(tree, leaf) for address, leaf in _leaves(scenario, tree).items()}


def value_at(scenario: Scenario, address: str) -> str | None:
    """What stands at an address, as text.

    Raises
    ------
    UnknownNameError
        For an address that the scenario does not have, with a near miss.
    """
    tree = _tree(scenario)
    return _read(tree, _found(_leaves(scenario, tree), address))


def with_values(scenario: Scenario, values: Mapping[str, Any]) -> Scenario:
    """The scenario with other values at some addresses, checked like a document.

    Parameters
    ----------
    scenario : Scenario
    values : mapping
        Per address a number (4, "3 ± 1"), a level, an expression, a yes or a no; None for the default.

    Raises
    ------
    UnknownNameError
        For an address that the scenario does not have, with a near miss.
    ScenarioError
        For values that a document could not hold there; every problem has the address as its place.
    """
    tree = _tree(scenario)
    leaves = _leaves(scenario, tree)
    for address, value in values.items():
        _write(tree, _found(leaves, address), value)
    try:
        return loads(layout(tree), id=scenario.id)
    except ScenarioError as error:
        place = Place(", ".join([*values][:SHOWN]) + (", …" if len(values) > SHOWN else ""))
        found = {Problem(place, each.what, each.hint): None for each in error.problems}
        raise ScenarioError(list(found)) from None


def places_of_numbers(scenario: Scenario) -> dict[float, tuple[str, float | None, float | None]]:
    """For the central value of every number the first address at which it stands, and what its field admits."""
    tree = _tree(scenario)
    found: dict[float, tuple[str, float | None, float | None]] = {}
    for address, leaf in _leaves(scenario, tree).items():
        text = _read(tree, leaf)
        if isinstance(leaf.kind, Amount) and text is not None:
            found.setdefault(parse_number(text).central, (address, leaf.kind.low, leaf.kind.high))
    return found


def differences(one: Scenario, other: Scenario) -> tuple[Difference, ...]:
    """The judgements in which two scenarios differ, in the order of the first document, then of the second."""
    return tuple(_differences(_tree(one), _tree(other), ""))


def _tree(scenario: Scenario) -> dict[str, Tree]:
    """The document, with every attitude on a line of its own."""
    return document(scenario, together=False)


def _leaves(scenario: Scenario, tree: dict[str, Tree]) -> dict[str, _Leaf]:
    found: dict[str, _Leaf] = {}
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
                found.setdefault(
                    f"relations.{_label(key)}", _Leaf(("relations", key), attitude.kind.value, "0")
                )
    for option in scenario.options:
        found.setdefault(
            f"status_quo.{option.id}", _Leaf(("status_quo", option.id), Refers("level"), option.levels[0])
        )
    return found


def _within(kind: Kind, node: Tree, path: Path, address: str) -> Iterator[tuple[str, _Leaf]]:
    """The addresses inside a part of the document."""
    if isinstance(kind, Either):
        form = str if kind.scalar and isinstance(node, str) else list if isinstance(node, list) else dict
        chosen = {str: kind.scalar, list: kind.sequence, dict: kind.mapping}[form]
        if chosen is not None:
            yield from _within(chosen, node, path, address)
    elif isinstance(kind, SINGLE):
        yield address, _Leaf(path, kind, "")
    elif isinstance(kind, Levels) and isinstance(node, dict):
        for option in node:
            yield _joined(address, option), _Leaf((*path, option), Refers("level"), "")
    elif isinstance(kind, Record) and isinstance(node, dict):
        for field in kind.fields:
            yield from _of_field(field, node, path, address)
    elif isinstance(kind, MapOf) and isinstance(node, dict):
        for key, value in node.items():
            yield from _within(kind.value, value, (*path, key), _joined(address, key))
    elif isinstance(kind, ListOf) and isinstance(node, list):
        for place, (label, item) in enumerate(zip(_labels(node), node, strict=True)):
            yield from _within(kind.item, item, (*path, place), _joined(address, label))


def _of_field(field: Field, node: dict[str, Tree], path: Path, address: str) -> Iterator[tuple[str, _Leaf]]:
    """The addresses of a field; the shares that a cut leaves open go by the level alone."""
    here, place = _joined(address, field.name), (*path, field.name)
    if field.name in node:
        inside = address if field.name == "open" and isinstance(field.kind, MapOf) else here
        yield from _within(field.kind, node[field.name], place, inside)
    elif isinstance(field.kind, SINGLE) and not field.required:
        yield here, _Leaf(place, field.kind, _default(field))
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


def _found(leaves: dict[str, _Leaf], address: str) -> _Leaf:
    name = _label(address)
    if name not in leaves:
        raise UnknownNameError("address", address, sorted(leaves))
    return leaves[name]


def _read(tree: dict[str, Tree], leaf: _Leaf) -> str | None:
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


def _write(tree: dict[str, Tree], leaf: _Leaf, value: Any) -> None:
    *above, last = leaf.path
    node: Any = tree
    for key in above:
        node = node.setdefault(key, {}) if isinstance(node, dict) else node[key]
    if value is None:
        node.pop(last, None)
        return
    text = _text(value)
    held = node.get(last) if isinstance(node, dict) else node[last]
    if isinstance(held, dict) and isinstance(leaf.kind, Amount):
        kept = {key: why for key, why in held.items() if key in ("because", "source")}
        node[last] = {leaf.kind.word: text, **kept}
    else:
        node[last] = text


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Number):
        return number_text(value) or plain_text(value.central)
    return plain_text(value) if isinstance(value, float) and isfinite(value) else str(value)


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
