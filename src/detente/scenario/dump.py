"""A scenario to its document: `loads(dumps(scenario)) == scenario`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, fields, replace
from typing import Any

from detente.scenario.crisis import INTEREST, INTERESTS
from detente.scenario.expression import to_text
from detente.scenario.fields import (
    Amount,
    Either,
    Flag,
    Formula,
    Kind,
    Levels,
    ListOf,
    MapOf,
    Record,
    Tested,
    Whole,
)
from detente.scenario.model import (
    Attitude,
    Cardinal,
    Channel,
    LevelScale,
    Misperception,
    Number,
    Preference,
    Ranking,
    Scenario,
    Statements,
    View,
)
from detente.scenario.nodes import resolve
from detente.scenario.numbers import number_text, plain_text
from detente.scenario.schema import FORMAT, SCENARIO
from detente.scenario.yaml_layout import Tree, layout

Entries = dict[str, Tree]


def dumps(scenario: Scenario) -> str:
    """Write a scenario as a YAML document: stable, one thing a line, defaults left out."""
    return layout(document(scenario))


def dumps_json(scenario: Scenario) -> str:
    """Write a scenario as JSON: the same document, numbers as numbers, everything else as text."""
    return json.dumps(typed(document(scenario)), indent=2, ensure_ascii=False) + "\n"


def typed(tree: Tree) -> object:
    """A tree of texts with its numbers and truths as such, as an unquoted word in YAML would be read."""
    if isinstance(tree, dict):
        return {key: typed(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [typed(value) for value in tree]
    value = resolve(tree)
    if isinstance(value, bool) or (isinstance(value, int | float) and plain_text(value) == tree):
        return value
    return tree


def document(scenario: Scenario, together: bool = True) -> Entries:
    """A scenario's document as a tree of texts, defaults left out.

    `together`: two attitudes that were written on one line stay so.
    """
    if not together:
        apart = tuple(replace(attitude, mutual=False) for attitude in scenario.attitudes)
        scenario = replace(scenario, attitudes=apart)
    named = zip(scenario.options, scenario.status_quo, strict=True)
    today = tuple((option.id, level) for option, level in named if level != option.levels[0])
    wanted = tuple(zip((party.id for party in scenario.parties), scenario.preferences, strict=True))
    writer = _Writer({option.id: option.levels for option in scenario.options})
    held = {"status_quo": today, "preferences": wanted}
    tree: Entries = {"detente": str(FORMAT), "title": scenario.title}
    for field in SCENARIO.fields:
        if field.attribute:
            value = writer.written(field.kind, held.get(field.attribute, getattr(scenario, field.attribute)))
            if value:
                tree[field.name] = value
    return tree


class _Writer:
    """Writes things by their fields, each as its kind is read."""

    def __init__(self, levels: dict[str, tuple[str, ...]]) -> None:
        self.levels = levels

    def written(self, kind: Kind, value: Any) -> Tree:
        """A part of the model as the document has it."""
        match kind:
            case _ if value is None:
                return ""
            case Amount(word=word):
                return _number(value, word)
            case Flag():
                return "yes" if value else "no"
            case Whole():
                return str(value)
            case Formula():
                return to_text(value)
            case Tested():
                return str(value.text)
            case Levels():
                return dict(value)
            case ListOf(item):
                return [self.written(item, each) for each in value]
            case MapOf():
                return _ENTRIES.get(kind.makes, _ENTRIES[None])(self, kind, value)
            case Record(makes=None):
                return {name: _number(number) for name, number in value}
            case Record():
                return self.record(kind, value)
            case Either():
                return self.either(kind, value)
        return list(value) if isinstance(value, tuple) else str(value)

    def record(self, record: Record, thing: Any) -> Entries:
        """The fields of one thing; the reasons of a channel's value stand beside it."""
        if isinstance(thing, Channel):
            bare = replace(thing, value=replace(thing.value, because="", source=()))
            return self.stated(record, bare) | _grounds(thing.value)
        return self.stated(record, thing)

    def stated(self, record: Record, thing: Any) -> Entries:
        """The fields of one thing that differ from their defaults."""
        tree: Entries = {}
        left_out = _defaults(type(thing))
        for field in record.fields:
            if field.attribute and not (field.name in record.one_of and thing.sense != field.name):
                value = getattr(thing, field.attribute)
                if field.attribute not in left_out or value != left_out[field.attribute]:
                    tree[field.name] = self.written(field.kind, value)
        return tree

    def either(self, kind: Either, value: Any) -> Tree:
        if kind is INTERESTS:
            return self.preference(value)
        if isinstance(value, LevelScale):
            numbers = zip(self.levels[value.option], value.values, strict=True)
            return {value.option: {level: _number(number) for level, number in numbers}}
        if isinstance(kind.mapping, Record):
            tree = self.record(kind.mapping, value)
            short = kind.mapping.fields[0].name
            return tree[short] if list(tree) == [short] else tree
        assert kind.scalar is not None
        return self.written(kind.scalar, value)

    def entries(self, kind: MapOf, value: Any) -> Tree:
        """Things by the name that they go by, or pairs."""
        if kind.makes is None:
            return {key: self.written(kind.value, item) for key, item in value}
        key, *others = (field.name for field in fields(kind.makes))
        plain = isinstance(kind.value, Levels)
        return {
            getattr(item, key): self.written(kind.value, getattr(item, others[0]) if plain else item)
            for item in value
        }

    def preference(self, preference: Preference) -> Tree:
        match preference:
            case Cardinal(interests):
                return self.written(ListOf(INTEREST), interests)
            case Ranking(groups):
                return {"ranking": [_group(group) for group in groups]}
            case Statements(statements):
                return {"statements": [to_text(statement.where) for statement in statements]}

    def attitudes(self, kind: MapOf, attitudes: tuple[Attitude, ...]) -> Tree:
        """Two mutual attitudes that follow each other were one line of the document."""
        lines: Entries = {}
        index = 0
        while index < len(attitudes):
            first, *rest = attitudes[index : index + 2]
            mirrored = Attitude(first.other, first.holder, first.value, mutual=True)
            both = first.mutual and rest == [mirrored]
            name = f"{first.holder} {'~' if both else '>'} {first.other}"
            lines[name] = self.written(kind.value, first.value)
            index += 2 if both else 1
        return lines

    def views(self, kind: MapOf, views: tuple[View, ...]) -> Tree:
        return {f"{view.holder} of {view.other}": self.written(kind.value, view.interests) for view in views}

    def misperceptions(self, kind: MapOf, misperceptions: tuple[Misperception, ...]) -> Tree:
        held: dict[str, list[Tree]] = {}
        for unseen in misperceptions:
            held.setdefault(unseen.holder, []).append(to_text(unseen.where))
        return {holder: list(conditions) for holder, conditions in held.items()}


_ENTRIES: dict[type | None, Callable[[_Writer, MapOf, Any], Tree]] = {
    None: _Writer.entries,
    Attitude: _Writer.attitudes,
    View: _Writer.views,
    Misperception: _Writer.misperceptions,
}
"""How mappings that make things of a class are taken; most make one for each entry, which goes by its name."""


def _defaults(cls: type) -> dict[str, Any]:
    return {field.name: field.default for field in fields(cls) if field.default is not MISSING}


def _number(number: Number, word: str = "value") -> Tree:
    written = number_text(number)
    if written is not None and not number.because and not number.source:
        return written
    record: Entries = {word: written or plain_text(number.central)}
    if written is None and number.spread is not None:
        record["distribution"] = number.spread.kind
        record["low"], record["high"] = plain_text(number.spread.low), plain_text(number.spread.high)
    return record | _grounds(number)


def _grounds(number: Number) -> Entries:
    record: Entries = {}
    if number.because:
        record["because"] = number.because
    if number.source:
        record["source"] = list(number.source)
    return record


def _group(group: tuple[int, ...]) -> Tree:
    return str(group[0]) if len(group) == 1 else [str(state) for state in group]
