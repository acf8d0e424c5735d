"""Two scenarios side by side: every judgement and every figure in which they differ, and no other."""

from __future__ import annotations

import json

import pytest

import detente
from detente.catalogue import QUESTIONS
from detente.comparing import compare
from detente.errors import DetenteError, UnknownNameError
from detente.rendering import render
from detente.scenario.load import loads

DAM = loads(
    """
detente: 1
title: A dam
aim: deal
parties: {UP: {name: Upstream}, DOWN: {name: Downstream}}
options:
  UP.build: {title: Build the dam}
  DOWN.pay: {title: Pay for water}
outcomes: {dry: UP.build and not DOWN.pay, deal: DOWN.pay and not UP.build}
status_quo: {UP.build: yes}
interests:
  UP:
    - {name: power, wants: UP.build, weight: 1}
    - {name: money, wants: DOWN.pay, weight: 3}
  DOWN:
    - {name: water, avoids: UP.build, weight: 4}
    - {name: cost, avoids: DOWN.pay, weight: 1 ± 0.3}
tables: {river: [UP, DOWN]}
strategies: {talk: {stages: [{tables: [river]}]}}
claims: {deal: {says: They agree., test: "success(talk, deal) > 0.5"}}
observed: {2001: {}, 2002: {UP.build: no}}
""",
    id="dam",
)


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row.word)
def test_a_scenario_does_not_differ_from_itself(row) -> None:
    found = compare(DAM, DAM, row.word)
    assert found.judgements == ()
    assert [seen.figures for seen in found.answers] == [()]
    if row.word not in ("pressure", "venues", "contingency"):
        assert found.answers[0].refused == {}
        assert found.answers[0].rows > 0


def test_what_differs_is_told_with_both_values() -> None:
    rich = DAM.with_value("interests.UP.power.weight", 9)
    found = compare(DAM, rich, ("assess", "equilibria"))
    assert [(one.address, one.before, one.after) for one in found.judgements] == [
        ("interests.UP.power.weight", "1", "9")
    ]
    strategies = detente.assess(DAM).strategies, detente.assess(rich).strategies
    success = {(f.row, f.figure): (f.before, f.after) for f in found.answers[0].figures}
    assert success["talk", "success_deal"] == tuple(each[0].success["deal"] for each in strategies)
    counts = {f.figure: (f.before, f.after) for f in found.answers[1].figures if not f.row}
    before, after = detente.equilibria(DAM).counts, detente.equilibria(rich).counts
    for concept in before:
        assert counts.get(f"counts {concept}", (0, 0)) == (
            (before[concept], after[concept]) if before[concept] != after[concept] else (0, 0)
        )


def test_rows_that_only_one_has() -> None:
    more = loads(detente.dumps(DAM).replace("strategies:", "strategies:\n  wait: {stages: [{}]}"))
    found = compare(DAM, more, ["assess"])
    assert ("strategies.wait", None) in [(one.address, one.before) for one in found.judgements]
    assert ("wait", "row", None, "is there") in [
        (f.row, f.figure, f.before, f.after) for f in found.answers[0].figures
    ]


def test_the_page_is_told_in_every_format() -> None:
    found = compare(DAM, DAM.with_value("interests.UP.power.weight", 9))
    assert "They differ in 1 judgement, and in the answers to assess and equilibria." in render(found)
    assert json.loads(render(found, "json"))["judgements"][0]["address"] == "interests.UP.power.weight"
    assert "<table" in render(found, "html")


def test_what_cannot_be_answered_is_said() -> None:
    found = compare(DAM, DAM, ["pressure"])
    assert set(found.answers[0].refused) == {"first", "second"}
    assert "cannot be asked" in render(found)


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'assess'"):
        compare(DAM, DAM, "asess")
    with pytest.raises(DetenteError, match="compare is asked of a scenario, not of a int"):
        compare(DAM, 3)  # type: ignore[arg-type]
