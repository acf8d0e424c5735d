"""Every field that the format declares is read, reaches the model, and is written again."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Iterator
from typing import Any

import pytest

from detente.scenario.document import parse_document
from detente.scenario.dump import document, dumps
from detente.scenario.fields import Either, Kind, ListOf, MapOf, Record
from detente.scenario.load import draft, loads
from detente.scenario.model import Scenario
from detente.scenario.nodes import plain
from detente.scenario.publish import records
from detente.scenario.schema import SCENARIO

Tree = Any
Path = tuple[str | int, ...]

WHOLE = """
detente: 1
title: Everything
about: A crisis that uses every field.
aim: calm
limit: 5000
round: {length: 6 months}
sources:
  book: {title: T, author: A, publisher: P, year: 2001, url: u, note: n}
parties:
  D: {name: Delta}
  E: {name: Epsilon}
  A: {name: Alpha, iso: AA, aliases: [Alph, AL], about: The first., composure: 7, initiative: 2,
      foresight: nash, weaker_than: B}
  B: {name: Beta}
  C: {name: Gamma}
options:
  A.dam: {title: The dam, levels: [none, low, high], moves: up, because: b, source: book p1}
  B.road: {}
  nature.flood: {hazard: 0.1}
rules: [{must: not (A.dam == high and nature.flood), because: b}]
status_quo: {B.road: yes}
outcomes:
  calm: {where: A.dam == none, title: Calm, because: b}
  war: A.dam == high
clashes: [war]
interests:
  A:
    - {wants: calm, weight: 2, name: peace, relational: no, because: b, source: book}
    - {avoids: {A.dam: {none: 0, low: 0.5, high: 1}}, weight: 1}
  B: [{wants: B.road, weight: 1}]
  C: [{avoids: B.road, weight: 1}]
  D: {ranking: [1, [2, 3]]}
  E: {statements: [calm if B.road, B.road]}
relations: {A ~ B: 0.1, C > A: -0.2}
views: {B of A: [{wants: war, weight: 1}]}
misperceptions: {B: [A.dam == low]}
coalitions: [[A, B]]
together:
  - {numbers: [interests.A.peace.weight, interests.B.1.weight], correlation: 0.5, because: b, source: book}
pressure:
  A:
    unit: USD mn
    channels:
      - {partner: B, good: grain, kind: aid, value: 10, importance: 2, flow: import, because: b, source: book}
      - {partner: C, good: grain, value: 4, flow: import}
    cuts: [{channels: B, by: B.road, open: {no: 1, yes: 0.3}, because: b, source: book}]
    diverts: [{from: B grain, to: C grain, spare: 3, loss: 0.2, when: calm, because: b, source: book}]
    aids: [{partner: C, value: 2, when: calm, importance: 3, because: b, source: book}]
    balance: yes
    resolutions:
      r1:
        date: 2017-08-05
        title: First
        limits: [{channels: C, open: 0.5, since: 2018-01-01, because: b, source: book}]
        because: b
        source: book
    recorded: [{year: 2016, value: 5, partner: B, flow: import, because: b, source: book}]
tables:
  two: {members: [A, B], title: Two, binding: yes, initiative: 3, ratify: {by: A, chance: 0.6}}
  all: [A, B, C]
venues:
  here:
    title: Here
    host: B
    composure: {A: 2}
    guarantors: [C]
    assurance: {A: 0.1}
    attitudes: {A ~ B: 0.1}
    because: b
    source: book
strategies:
  talk:
    title: Talk
    sponsors: [B]
    stages:
      - commit: {B.road: yes}
        lapse: {B.road: 0.1}
        tables: [two]
        venue: here
        until: war
        require: yes
        title: First
    because: b
    source: book
shocks:
  fall:
    title: Fall
    hazard: 0.03
    set: {B.road: no}
    attitudes: {A > B: 0.1}
    weights: {A: {peace: 2}}
    because: b
    source: book
plans: {aid: {after: fall, do: {B.road: yes}, title: Aid, because: b, source: book}}
claims:
  c1: {says: s, test: "success(talk, calm) > 0", source: book, because: b}
  c2: {says: s, untestable: u, fact: {verdict: v, because: b, source: book}}
cost: {promise: 1, attitude: 2, view: 3, commitment: 4, channel: 5, table: 6, venue: 7}
observed: {2017-08: {B.road: yes}}
forecasts:
  f1: {asks: a, from: 2017-08, until: 2018, where: calm, resolved: no, at_end: yes, because: b, source: book}
findings: [{text: t, evidence: e}]
"""


RECORDS = records(SCENARIO, [])
DECLARED = {(record.name, field.name) for record in RECORDS for field in record.fields}


def given(kind: Kind, tree: Tree, path: Path = ()) -> Iterator[tuple[tuple[str, str], Path]]:
    """The fields that a document gives, by record and name, with their places."""
    match kind:
        case Record() if isinstance(tree, dict):
            for name, value in tree.items():
                field = kind.field(name)
                assert field is not None, f"no field '{name}' in a {kind.name}"
                yield (kind.name, name), (*path, name)
                yield from given(field.kind, value, (*path, name))
        case MapOf(_, value):
            for key, item in tree.items():
                yield from given(value, item, (*path, key))
        case ListOf(item):
            for place, each in enumerate(tree):
                yield from given(item, each, (*path, place))
        case Either():
            form = {dict: kind.mapping, list: kind.sequence}.get(type(tree), kind.scalar)
            if form is not None:
                yield from given(form, tree, path)


TREE = plain(parse_document(WHOLE))
PLACES = dict(reversed([*given(SCENARIO, TREE)]))


def test_the_whole_document_has_every_field() -> None:
    missing = DECLARED - PLACES.keys()
    assert not missing, f"add to WHOLE, with a value that is not the default: {sorted(missing)}"


def test_every_field_is_written_again() -> None:
    written = {name for name, _ in given(SCENARIO, document(loads(WHOLE)))}
    assert written == DECLARED, f"read and not written: {sorted(DECLARED - written)}"


def test_what_is_written_is_the_same_scenario() -> None:
    scenario = loads(WHOLE)
    again = loads(dumps(scenario))
    assert again == scenario
    assert dumps(again) == dumps(scenario)


OPTIONAL = [
    (record.name, field.name)
    for record in RECORDS
    for field in record.fields
    if not field.required and field.name not in (*record.one_of, "detente")
]


@pytest.mark.parametrize(("record", "field"), OPTIONAL)
def test_every_field_reaches_the_model(record: str, field: str) -> None:
    assert without(PLACES[record, field]) != loads(WHOLE)


def without(path: Path) -> Scenario | None:
    """The scenario without the part at a place, whatever still speaks of it."""
    tree = copy.deepcopy(TREE)
    node = tree
    for key in path[:-1]:
        node = node[key]
    del node[path[-1]]
    return draft(parse_document(json.dumps(tree), "whole.json"), "whole.json", "whole").scenario


def test_a_class_says_what_each_of_its_fields_is() -> None:
    """What a field does not say is the name that a thing goes by, or is made of the rest."""
    made = {record.makes: record for record in RECORDS if record.makes}
    for cls, record in made.items():
        own = {field.name for field in dataclasses.fields(cls)}
        said = {field.attribute for field in record.fields if field.attribute}
        assert said <= own
        assert own - said <= {"id", "owner", "name", "target", "sense"}, (
            f"{cls.__name__} keeps something unsaid"
        )
    unread = {(record.name, field.name) for record in RECORDS for field in record.fields if not field.attribute}
    assert unread == {("scenario", "detente"), ("channel", "because"), ("channel", "source")}
