from __future__ import annotations

import json

import jsonschema
import pytest

from detente.library import builtin, open
from detente.questions.overview.answer import Overview
from detente.questions.overview.find import overview
from detente.scenario.load import loads

STRAIT = """
detente: 1
title: A strait
about: Who may pass?
aim: free
sources: {pilot: {title: The pilot's book}}
parties: {N: {name: North}, S: {name: South}, E: {}}
options:
  N.toll: {title: Toll, levels: [none, low, high]}
  S.navy: {title: Send the navy, moves: up}
  nature.storm: {title: A storm, moves: up, hazard: 0.1}
rules: [{must: not (N.toll == high and S.navy), because: The navy lifts it.}]
status_quo: {N.toll: low}
outcomes: {free: {where: N.toll == none, title: Free passage}, tense: S.navy}
interests:
  N: [{wants: {N.toll: {none: 0, low: 1, high: 1}}, weight: 1}, {avoids: S.navy, weight: 3, name: no gunboats}]
  S: {statements: [free, not S.navy]}
  E: {statements: [S.navy]}
tables: {talks: {members: [N, S], binding: yes}}
strategies: {ask: {title: Ask nicely, sponsors: [S], stages: [{tables: [talks]}, {}]}}
findings: [{text: Nobody paid in the end, evidence: recalled}]
pressure:
  S:
    unit: USD mn
    channels:
      - {partner: N, good: fish, kind: licit, value: 30}
      - {partner: E, good: rice, kind: licit, value: 70}
"""


@pytest.fixture(scope="module")
def seen() -> Overview:
    return overview(loads(STRAIT))


def test_the_size_of_the_crisis(seen: Overview) -> None:
    assert (seen.combinations, seen.feasible) == (12, 10)


def test_where_things_stand(seen: Overview) -> None:
    assert seen.status_quo.levels == ("low", "no", "no")
    assert seen.status_quo.state == 2
    assert seen.status_quo.labels == ()


def test_interests_come_by_weight_with_their_share(seen: Overview) -> None:
    north = seen.preferences[0]
    assert north.preference == "interests"
    assert [interest.quantity for interest in north.interests] == ["no gunboats", "N.toll"]
    assert [interest.share for interest in north.interests] == [0.75, 0.25]


def test_statements_come_in_their_order(seen: Overview) -> None:
    assert seen.preferences[1].preference == "statements"
    assert seen.preferences[1].statements == ("free", "not S.navy")


def test_outcomes_are_counted_over_feasible_states(seen: Overview) -> None:
    assert {outcome.outcome: outcome.states for outcome in seen.outcomes} == {"free": 4, "tense": 4}


def test_what_has_a_name_is_listed(seen: Overview) -> None:
    assert [(table.table, table.members, table.binding) for table in seen.tables] == [
        ("talks", ("N", "S"), True)
    ]
    assert [(strategy.strategy, strategy.stages) for strategy in seen.strategies] == [("ask", 2)]
    assert seen.findings[0].evidence == "recalled"
    assert seen.pressures[0].partners == {"N": 30.0, "E": 70.0}
    assert seen.option_details[2].owner == "nature"


def test_the_answer_is_its_documented_json(seen: Overview) -> None:
    data = json.loads(seen.to_json())
    jsonschema.validate(data, Overview.json_schema())
    assert Overview.from_dict(data) == seen
    assert list(seen.to_frame()["option"]) == ["N.toll", "S.navy", "nature.storm"]


@pytest.mark.parametrize("name", builtin())
def test_every_built_in_scenario_has_an_overview(name: str) -> None:
    answer = overview(open(name))
    assert answer.feasible <= answer.combinations
    assert answer.status_quo.state <= answer.feasible
    assert sum(interest.share for party in answer.preferences for interest in party.interests) == pytest.approx(
        sum(party.preference == "interests" for party in answer.preferences)
    )
