"""A scenario to its document: `loads(dumps(scenario)) == scenario`."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, replace
from typing import Any

from detente.scenario.expression import to_text
from detente.scenario.model import (
    Attitude,
    Cardinal,
    Channel,
    Diversion,
    Interest,
    LevelScale,
    Number,
    Outcome,
    Preference,
    Pressure,
    Ranking,
    Scenario,
    Statements,
    Table,
)
from detente.scenario.nodes import resolve
from detente.scenario.numbers import number_text, plain_text
from detente.scenario.schema import FORMAT
from detente.scenario.yaml_layout import Tree, layout

Levels = dict[str, tuple[str, ...]]
Entries = dict[str, Tree]

_RENAMED = {(Diversion, "origin"): "from", (Diversion, "destination"): "to"}


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
    tree: Entries = {"detente": str(FORMAT), "title": scenario.title}
    if not together:
        apart = tuple(replace(attitude, mutual=False) for attitude in scenario.attitudes)
        scenario = replace(scenario, attitudes=apart)
    for key, value in _sections(scenario).items():
        if value:
            tree[key] = value
    return tree


def _sections(scenario: Scenario) -> Entries:
    levels = {option.id: option.levels for option in scenario.options}
    return {
        "about": scenario.about,
        "aim": scenario.aim or "",
        "limit": "" if scenario.limit is None else str(scenario.limit),
        "sources": _named(scenario.sources),
        "parties": _named(scenario.parties),
        "options": {option.id: _record(option, skip=("id", "owner", "name")) for option in scenario.options},
        "rules": [_record(rule) for rule in scenario.rules],
        "status_quo": _status_quo(scenario),
        "outcomes": {outcome.id: _outcome(outcome) for outcome in scenario.outcomes},
        "clashes": list(scenario.clashes),
        "interests": {
            party.id: _preference(preference, levels)
            for party, preference in zip(scenario.parties, scenario.preferences, strict=True)
        },
        "relations": _attitudes(scenario.attitudes),
        "views": {
            f"{view.holder} of {view.other}": _interests(view.interests, levels) for view in scenario.views
        },
        "misperceptions": _misperceptions(scenario),
        "coalitions": [list(members) for members in scenario.coalitions],
        "pressure": {pressure.target: _pressure(pressure) for pressure in scenario.pressures},
        "tables": {table.id: _table(table) for table in scenario.tables},
        "venues": _venues(scenario),
        "strategies": {
            strategy.id: {
                **_record(strategy, skip=("id", "stages")),
                "stages": [_record(stage, mappings=("commit",)) for stage in strategy.stages],
            }
            for strategy in scenario.strategies
        },
        "shocks": _shocks(scenario),
        "plans": {plan.id: _record(plan, skip=("id",), mappings=("do",)) for plan in scenario.plans},
        "claims": _named(scenario.claims),
        "cost": _mapping(scenario.costs),
        "observed": {seen.date: dict(seen.levels) for seen in scenario.observed},
        "findings": [_record(finding) for finding in scenario.findings],
    }


def _named(items: tuple[Any, ...]) -> Entries:
    return {item.id: _record(item, skip=("id",)) for item in items}


def _record(item: Any, skip: tuple[str, ...] = (), mappings: tuple[str, ...] = ()) -> Entries:
    """The fields of one thing that differ from their defaults."""
    record: Entries = {}
    for field in fields(item):
        value = getattr(item, field.name)
        if field.name in skip or (field.default is not MISSING and value == field.default):
            continue
        name = _RENAMED.get((type(item), field.name), field.name)
        record[name] = _mapping(value) if field.name in mappings else _value(value)
    return record


def _mapping(pairs: tuple[tuple[str, Any], ...]) -> Tree:
    return {name: _value(value) for name, value in pairs}


def _value(value: Any) -> Tree:
    match value:
        case Number():
            return _number(value)
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case tuple():
            return [_value(item) for item in value]
        case int():
            return str(value)
        case _:
            return to_text(value)


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


def _status_quo(scenario: Scenario) -> Tree:
    pairs = zip(scenario.options, scenario.status_quo, strict=True)
    return {option.id: level for option, level in pairs if level != option.levels[0]}


def _outcome(outcome: Outcome) -> Tree:
    where = to_text(outcome.where)
    return {"where": where, "title": outcome.title} if outcome.title else where


def _preference(preference: Preference, levels: Levels) -> Tree:
    match preference:
        case Cardinal(interests):
            return _interests(interests, levels)
        case Ranking(groups):
            return {"ranking": [_group(group) for group in groups]}
        case Statements(statements):
            return {"statements": [to_text(statement.where) for statement in statements]}


def _group(group: tuple[int, ...]) -> Tree:
    return str(group[0]) if len(group) == 1 else [str(state) for state in group]


def _interests(interests: tuple[Interest, ...], levels: Levels) -> Tree:
    return [_interest(interest, levels) for interest in interests]


def _interest(interest: Interest, levels: Levels) -> Tree:
    wanted = interest.quantity
    if isinstance(wanted, LevelScale):
        numbers = zip(levels[wanted.option], wanted.values, strict=True)
        quantity: Tree = {wanted.option: {level: _number(number) for level, number in numbers}}
    else:
        quantity = to_text(wanted)
    return {interest.sense: quantity, **_record(interest, skip=("sense", "quantity"))}


def _attitudes(attitudes: tuple[Attitude, ...]) -> Tree:
    """Two mutual attitudes that follow each other were one line of the document."""
    lines: Entries = {}
    index = 0
    while index < len(attitudes):
        first, *rest = attitudes[index : index + 2]
        mirrored = Attitude(first.other, first.holder, first.value, mutual=True)
        both = first.mutual and rest == [mirrored]
        lines[f"{first.holder} {'~' if both else '>'} {first.other}"] = _number(first.value, "attitude")
        index += 2 if both else 1
    return lines


def _misperceptions(scenario: Scenario) -> Tree:
    held: dict[str, list[Tree]] = {}
    for unseen in scenario.misperceptions:
        held.setdefault(unseen.holder, []).append(to_text(unseen.where))
    return {holder: list(conditions) for holder, conditions in held.items()}


def _pressure(pressure: Pressure) -> Tree:
    return {
        **_record(pressure, skip=("target", "channels", "cuts", "diverts", "aids", "resolutions", "recorded")),
        "channels": [_channel(channel) for channel in pressure.channels],
        **_listed("cuts", [_record(cut, mappings=("open",)) for cut in pressure.cuts]),
        **_listed("diverts", [_record(diversion) for diversion in pressure.diverts]),
        **_listed("aids", [_record(aid) for aid in pressure.aids]),
        **_resolutions(pressure),
        **_listed("recorded", [_record(figure) for figure in pressure.recorded]),
    }


def _resolutions(pressure: Pressure) -> Entries:
    texts: Entries = {
        text.id: {
            **_record(text, skip=("id", "limits")),
            **_listed("limits", [_record(limit) for limit in text.limits]),
        }
        for text in pressure.resolutions
    }
    return {"resolutions": texts} if texts else {}


def _listed(name: str, records: list[Entries]) -> Entries:
    return {name: list(records)} if records else {}


def _channel(channel: Channel) -> Tree:
    """A channel's value with its reason and sources beside it."""
    record = _record(channel)
    value = _number(Number(channel.value.central, channel.value.spread))
    return record | {"value": value} | _grounds(channel.value)


def _table(table: Table) -> Tree:
    record = _record(table, skip=("id",))
    return record["members"] if list(record) == ["members"] else record


def _venues(scenario: Scenario) -> Tree:
    venues: Entries = {}
    for venue in scenario.venues:
        record = _record(venue, skip=("id", "attitudes"), mappings=("composure", "assurance"))
        if venue.attitudes:
            record["attitudes"] = _attitudes(venue.attitudes)
        venues[venue.id] = record
    return venues


def _shocks(scenario: Scenario) -> Tree:
    shocks: Entries = {}
    for shock in scenario.shocks:
        record = _record(shock, skip=("id", "attitudes", "weights"), mappings=("set",))
        if shock.attitudes:
            record["attitudes"] = _attitudes(shock.attitudes)
        if shock.weights:
            record["weights"] = {party: _mapping(factors) for party, factors in shock.weights}
        shocks[shock.id] = record
    return shocks
