"""A question asked of a changed crisis answers as if the file had been changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

import detente
from detente.errors import DetenteError
from detente.scenario.change import close_channel, open_table, throughout
from detente.scenario.load import loads
from detente.states.compile import compile_graph
from detente.states.names import status_quo
from detente.what_if import Changes, changed

KOREA = detente.load("korea-2017")
BARE = loads(
    """
detente: 1
title: x
parties: {A: {}, B: {}}
options: {A.x: {}}
interests: {A: [{wants: A.x, weight: 1}], B: [{avoids: A.x, weight: 1}]}
"""
)


def test_nothing_asked_changes_nothing() -> None:
    found = changed(KOREA, Changes())
    assert found.scenario is KOREA
    assert found.told == ()


def test_values_and_starts() -> None:
    found = changed(KOREA, Changes(["interests.PRK.pressure.weight = 4"], starts=["USA.drills=suspended"]))
    assert found.scenario == KOREA.with_values(
        {"interests.PRK.pressure.weight": 4, "status_quo.USA.drills": "suspended"}
    )
    assert found.told == (
        "interests.PRK.pressure.weight = 4 (was 5 ± 2)",
        "status_quo.USA.drills = suspended (was held)",
    )


def test_values_may_hold_a_sign_of_equality() -> None:
    found = changed(KOREA, Changes(["outcomes.war.where=USA.strike == yes"]))
    assert found.scenario == KOREA.with_value("outcomes.war.where", "USA.strike == yes")


def test_a_table_is_open_in_every_stage() -> None:
    found = changed(KOREA, Changes(tables=["five-party"])).scenario
    assert all("five-party" in stage.tables for each in found.strategies for stage in each.stages)
    made = changed(KOREA, Changes(tables=["USA+CHN"])).scenario
    expected = open_table(KOREA, ("USA", "CHN"), id="USA-CHN")
    expected = replace(expected, strategies=tuple(throughout(s, table="USA-CHN") for s in expected.strategies))
    assert made == expected


@pytest.mark.parametrize("text", ["CHN coal", "CHN-coal", "PRK:CHN coal", " PRK:CHN-coal"])
def test_channels_are_closed(text: str) -> None:
    assert changed(KOREA, Changes(channels=[text.strip()])).scenario == close_channel(KOREA, "PRK", "CHN coal")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (Changes(["foo"]), "--set 'foo' is not of the form ADDRESS=VALUE"),
        (Changes(["=3"]), "is not of the form"),
        (Changes(["aim="]), "is not of the form"),
        (Changes(["aim=war", "aim=frozen"]), "gives 'aim' twice"),
        (Changes(["interests.PRK.presure.weight=3"]), "Did you mean 'interests.PRK.pressure.weight'"),
        (Changes(starts=["USA.drill=held"]), "Did you mean 'status_quo.USA.drills'"),
        (Changes(starts=["USA.drills"]), "is not of the form OPTION=level"),
        (Changes(starts=["0"]), "there is no state 0"),
        (Changes(starts=["1", "2"]), "--start names 2 states. Play starts in one."),
        (Changes(tables=["five"]), "Did you mean 'five-party'"),
        (Changes(tables=["USA+CHM"]), "no party called 'CHM'"),
        (Changes(channels=["mars"]), "no channel called 'mars'"),
        (Changes(channels=["USA:coal"]), "no pressure called 'USA'"),
    ],
)
def test_what_is_no_change_is_refused(changes: Changes, told: str) -> None:
    with pytest.raises(DetenteError) as refused:
        changed(KOREA, changes)
    assert told in str(refused.value)


@pytest.mark.parametrize("changes", [Changes(tables=["A+B"]), Changes(channels=["coal"])])
def test_what_a_scenario_does_not_have_cannot_be_changed(changes: Changes) -> None:
    with pytest.raises(DetenteError, match=r"the scenario (has no strategy|describes nobody's trade)"):
        changed(BARE, changes)


def test_play_may_start_in_any_state() -> None:
    found = changed(KOREA, Changes(starts=["61756"]))
    graph = compile_graph(KOREA)
    assert found.told == (
        "play starts in state 61,756, which stands for the status quo",
        "claims and observations are left out: they do not fit that start",
    )
    assert status_quo(found.scenario, graph) == 61755
    nearer = changed(KOREA, Changes(starts=["61756", "USA.drills=suspended"])).scenario
    assert dict(zip((o.id for o in KOREA.options), nearer.status_quo, strict=True))["USA.drills"] == "suspended"
