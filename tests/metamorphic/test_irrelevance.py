"""What does not matter changes no answer: idle options, onlookers, the order of anything, other names."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

import detente
from detente.catalogue import QUESTIONS
from detente.errors import DetenteError
from detente.scenario.expression import parse
from detente.scenario.load import loads
from detente.scenario.model import Cardinal, Option, Outcome, Party, Scenario, Stage, Strategy, Table
from oracles.random_scenarios import Shape, random_scenario

WORDS = [row.word for row in QUESTIONS]
PLACES = {"state", "to", "searched", "tried"}  # numbers of states, and how long a search took
CRISIS = loads(
    """
detente: 1
title: A gorge
aim: calm
parties: {A: {composure: 6}, B: {}, C: {}}
options:
  A.dam: {levels: [none, low, high]}
  B.troops: {}
  C.loan: {}
  nature.drought: {moves: up, hazard: 0.07}
outcomes: {calm: A.dam == none and not B.troops, war: B.troops and A.dam == high}
clashes: [war]
status_quo: {B.troops: yes}
interests:
  A:
    - {name: power, wants: {A.dam: {none: 0, low: 0.6, high: 1}}, weight: 3 ± 1}
    - {name: safety, avoids: B.troops, weight: 4}
    - {name: money, wants: C.loan, weight: 2}
  B:
    - {name: water, avoids: A.dam == high, weight: 3..7}
    - {name: cost, avoids: B.troops, weight: 1}
    - {name: resolve, wants: B.troops and A.dam >= low, weight: 2}
  C:
    - {name: quiet, avoids: war, weight: 3}
    - {name: thrift, avoids: C.loan, weight: 1}
    - {name: rain, avoids: risk(nature.drought), weight: 1}
views:
  B of A: [{name: power, wants: A.dam == high, weight: 3}, {name: safety, avoids: B.troops, weight: 1}]
relations: {A ~ B: -0.2 ± 0.1, C > A: 0.1}
pressure:
  A:
    channels: [{partner: B, good: grain, value: 10}, {partner: C, good: grain, value: 4}]
    cuts:
      - {channels: B, by: B.troops, open: {no: 1, yes: 0.3}}
      - {channels: C, by: C.loan, open: {no: 0.5, yes: 1}}
tables: {two: [A, B], all: [A, B, C]}
venues: {here: {title: Here, composure: {A: 2}}, there: {title: There, attitudes: {A ~ B: 0.1}}}
strategies:
  talk: {sponsors: [A], stages: [{tables: [two], venue: here}]}
  lend: {sponsors: [C], stages: [{commit: {C.loan: yes}}, {tables: [all]}]}
  wait: {sponsors: [B], stages: [{}]}
shocks: {fall: {hazard: 0.03, weights: {A: {power: 2}}}}
plans: {aid: {after: nature.drought, do: {C.loan: yes}}}
claims:
  one: {says: s, test: "durability(lend; venue = here) > durability(talk; venue = there)"}
  two: {says: s, test: "pressure(A; B.troops = yes) > pressure(A; after fall)"}
  three: {says: s, test: "prefers(B; A.dam = low; status-quo) or success(lend, war; A ~ B = 0.3; open two) > 0"}
  four: {says: s, test: "margin(war; C.loan = yes) > margin(war; views = truth)"}
observed: {2001: {A.dam: none}, 2002: {A.dam: high}, 2003: {A.dam: low, B.troops: no}}
""",
    id="gorge",
)

ASKED = {
    "relations": {"strategy": "talk", "foresight": "seq"},  # as venues
    "venues": {"foresight": "seq"},  # where it gets to the aim
    "sweep": {"worlds": 10, "workers": 1},
    "robustness": {"worlds": 20, "workers": 1, "edges": 2},
}
Change = Callable[[Scenario], Scenario]


def idle_option(scenario: Scenario) -> Scenario:
    extra = Option("B.anthem", "B", "anthem", levels=("old", "new", "none"))
    return replace(scenario, options=(extra, *scenario.options), status_quo=("old", *scenario.status_quo))


def onlooker(scenario: Scenario) -> Scenario:
    return replace(
        scenario, parties=(*scenario.parties, Party("Z")), preferences=(*scenario.preferences, Cardinal(()))
    )


def onlooker_with_an_idle_option(scenario: Scenario) -> Scenario:
    extra = Option("Z.flag", "Z", "flag")
    with_party = onlooker(scenario)
    return replace(with_party, options=(*scenario.options, extra), status_quo=(*scenario.status_quo, "no"))


def empty_table(scenario: Scenario) -> Scenario:
    return replace(scenario, tables=(*scenario.tables, Table("unused", scenario.tables[0].members)))


def unused_outcome(scenario: Scenario) -> Scenario:
    return replace(scenario, outcomes=(*scenario.outcomes, Outcome("other", parse("B.troops"))))


def another_strategy(scenario: Scenario) -> Scenario:
    return replace(scenario, strategies=(*scenario.strategies, Strategy("more", (), (Stage(),))))


def options_reversed(scenario: Scenario) -> Scenario:
    return replace(scenario, options=scenario.options[::-1], status_quo=scenario.status_quo[::-1])


def parties_reversed(scenario: Scenario) -> Scenario:
    return replace(scenario, parties=scenario.parties[::-1], preferences=scenario.preferences[::-1])


def strategies_reversed(scenario: Scenario) -> Scenario:
    return replace(scenario, strategies=scenario.strategies[::-1], tables=scenario.tables[::-1])


def outcomes_reversed(scenario: Scenario) -> Scenario:
    return replace(scenario, outcomes=scenario.outcomes[::-1])


def retitled(scenario: Scenario) -> Scenario:
    named = tuple(replace(party, name=f"The {party.id}") for party in scenario.parties)
    return replace(scenario, title="Another title", parties=named)


CHANGES: tuple[Change, ...] = (
    idle_option,
    onlooker,
    onlooker_with_an_idle_option,
    empty_table,
    unused_outcome,
    another_strategy,
    options_reversed,
    parties_reversed,
    strategies_reversed,
    outcomes_reversed,
    retitled,
)


def figures(word: str, scenario: Scenario) -> set[tuple[Any, ...]]:
    """The main table of an answer as a set of rows, states' numbers left out; figures to 9 digits."""
    answer = getattr(detente, word)(scenario, **ASKED.get(word, {}))
    rows = answer.rows()
    if word == "sweep":  # a rank is one among all strategies, and one more may come before others
        rows = [{key: value for key, value in row.items() if not key.endswith(".rank")} for row in rows]
    return {plain(record) for record in rows}


def plain(record: dict[str, object]) -> tuple[Any, ...]:
    if "one" in record:  # a dyad has no first
        record = {**record, "one": sorted([str(record["one"]), str(record["other"])]), "other": ""}
    return tuple(sorted((key, value_of(value)) for key, value in record.items() if key not in PLACES))


def value_of(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.8g}" if abs(value) > 1e-9 else "0"
    if isinstance(value, list):
        return str(sorted(map(str, value)))
    if isinstance(value, str):
        return "; ".join(", ".join(sorted(part.split(", "))) for part in sorted(value.split("; ")))
    return str(value)


def without(rows: Iterable[tuple[Any, ...]], *hidden: str) -> set[tuple[Any, ...]]:
    """Rows without the columns, labels and records that exist only after a change."""
    kept = set()
    for row in rows:
        if any(str(value) in hidden or "'Z'" in str(value) for _, value in row):
            continue
        cells = [(key, value.replace("'other', ", "").replace(", 'other'", "").replace("'other'", ""))
                 for key, value in row if not any(part in key for part in hidden)]  # fmt: skip
        kept.add(tuple(cells))
    return kept


HIDDEN = ("B.anthem", "Z.flag", "expected_Z", "other", "more", "Z", "unused")


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("word", WORDS)
def test_what_does_not_matter_changes_no_answer(word: str, change: Change) -> None:
    if word == "overview":
        return  # it tells what is in the scenario
    before = without(figures(word, CRISIS), *HIDDEN)
    assert before
    assert without(figures(word, change(CRISIS)), *HIDDEN) == before


@pytest.mark.parametrize("word", WORDS)
def test_what_matters_is_seen(word: str) -> None:
    if word == "pressure":
        changed = CRISIS.with_value("pressure.A.cuts.B.yes", 0.9)
    elif word == "overview":
        changed = CRISIS.with_value("status_quo.A.dam", "high")
    elif word == "relations":
        changed = CRISIS.with_value("aim", "war")
    else:
        changed = CRISIS.with_value("interests.A.power.weight", 9).with_value("shocks.fall.hazard", "0.2")
    assert figures(word, changed) != figures(word, CRISIS)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("change", [idle_option, onlooker, options_reversed, parties_reversed, retitled])
def test_random_crises_hold_as_they_did(seed: int, change: Change) -> None:
    scenario = random_scenario(random.Random(seed), Shape(parties=(3, 3), options=(4, 4)))
    try:
        before = detente.equilibria(scenario, all=True, limit=5000)
    except DetenteError:
        return
    owner = scenario.parties[0].id
    if change is idle_option:
        extra = Option(f"{owner}.anthem", owner, "anthem")
        changed = replace(scenario, options=(extra, *scenario.options), status_quo=("no", *scenario.status_quo))
    else:
        changed = change(scenario)
    after = detente.equilibria(changed, all=True, limit=5000)
    kept = [option.id for option in scenario.options]

    def told(answer: Any) -> set[tuple[Any, ...]]:
        return {
            tuple(
                sorted(
                    (key, value_of(value))
                    for key, value in record.items()
                    if key in kept or key[0] == "m" or key == "equilibrium"
                )
            )
            for record in answer.rows()
        }

    assert told(after) == told(before)
