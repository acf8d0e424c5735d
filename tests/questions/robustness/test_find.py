"""What it turns on is what was planted; edges are where the verdict flips."""

from __future__ import annotations

from pathlib import Path

import pytest

import detente
from detente.errors import DetenteError, RefusedError
from detente.questions.robustness.answer import Robustness
from detente.questions.robustness.find import verdict
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from worlds.conftest import DAM

THRESHOLD = """
detente: 1
title: One number decides
parties: {A: {}, B: {}}
options:
  A.yield: {levels: ["no", "yes"]}
  B.pay: {levels: ["no", "yes"]}
interests:
  A:
    - {wants: B.pay, weight: 2 ± 1}
    - {avoids: A.yield, weight: 2}
  B:
    - {wants: A.yield, weight: 5 ± 1}
    - {avoids: B.pay, weight: 1 ± 0.5}
outcomes: {deal: A.yield and B.pay}
aim: deal
tables: {talks: {members: [A, B], binding: yes}}
strategies: {talk: {sponsors: [B], stages: [{tables: [talks]}]}}
"""
"""A signs only where pay is worth more to it than what it yields: where its first weight exceeds 2."""


@pytest.fixture(scope="module")
def dam() -> Scenario:
    return loads(DAM, id="dam")


@pytest.fixture(scope="module")
def answer() -> Robustness:
    return detente.robustness(loads(THRESHOLD.replace("2 ± 1", "2.1 ± 1")), worlds=150, workers=1)


def test_number_that_decides_is_found_and_no_other(answer: Robustness) -> None:
    first, *others = answer.inputs
    assert first.address == "interests.A.1.weight"
    assert first.matters
    assert first.index > 0.7
    assert first.least == 0
    assert first.most == 1
    assert not any(one.matters for one in others)
    assert answer.groups[0].family == "interests.A"
    assert 0.5 < answer.success.mean < 0.7


def test_box_and_edge_are_the_threshold(answer: Robustness) -> None:
    (box,) = answer.succeeds
    assert [one.address for one in box.limits] == ["interests.A.1.weight"]
    assert box.limits[0].low == pytest.approx(2, abs=0.05)
    assert box.limits[0].high is None
    assert box.density == 1
    assert answer.fails[0].limits[0].high == pytest.approx(2, abs=0.05)
    (edge,) = answer.edges
    assert (answer.verdict, edge.verdict) == ("certain", "never")
    assert 2 - 1 / 64 - 1e-9 <= edge.flips <= 2
    assert edge.way == pytest.approx((2.1 - edge.flips) / 1)


def test_edges_are_where_assess_flips(dam: Scenario) -> None:
    found = detente.robustness(dam, worlds=40, workers=1)
    assert found.edges
    assert found.tried == len(found.inputs) == 7
    for edge in found.edges:
        moved = dam.with_values(dict.fromkeys((edge.address, *_mirror(edge.address)), edge.flips))
        (strategy,) = detente.assess(moved, strategies=[found.strategy]).strategies
        assert verdict(strategy.success["treaty"]) == edge.verdict != found.verdict
    assert [edge.way for edge in found.edges] == sorted(edge.way for edge in found.edges)


def _mirror(address: str) -> tuple[str, ...]:
    section, _, pair = address.partition(".")
    return (f"relations.{'>'.join(reversed(pair.split('>')))}",) if section == "relations" else ()


def test_worlds_of_a_sweep_are_taken_over(dam: Scenario, tmp_path: Path) -> None:
    swept = detente.sweep(dam, 40, workers=1, store=tmp_path / "s")
    told: list[str] = []
    found = detente.robustness(
        dam,
        "squeeze",
        worlds=40,
        edges=0,
        workers=1,
        store=tmp_path / "s",
        progress=lambda what, _: told.append(what),
    )
    assert not any("a second" in what for what in told)
    assert found.chosen
    assert found.success == next(one for one in swept.strategies if one.strategy == "squeeze").success["treaty"]
    assert (found.edges, found.tried) == ((), 0)


def test_what_is_always_so_turns_on_nothing(dam: Scenario) -> None:
    found = detente.robustness(dam, "wait", worlds=30, workers=1, edges=2)
    assert (found.verdict, found.success.mean) == ("never", 0)
    assert not any(one.matters or one.index for one in found.inputs)
    assert (found.succeeds, found.fails, found.edges) == ((), (), ())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"strategy": "talks"}, "did you mean|talk"),
        ({"outcome": "treati"}, "treaty"),
        ({"worlds": 5}, "from 20 to"),
        ({"edges": -1}, "--edges is -1"),
    ],
)
def test_what_cannot_be_meant_is_refused(dam: Scenario, given: dict[str, object], said: str) -> None:
    with pytest.raises(DetenteError, match=said):
        detente.robustness(dam, **given)


def test_without_an_aim_an_outcome_is_wanted() -> None:
    bare = loads(DAM.replace("aim: treaty\n", ""))
    with pytest.raises(RefusedError, match="--outcome"):
        detente.robustness(bare)
    assert detente.robustness(bare, outcome="treaty", worlds=20, workers=1, edges=0).outcome == "treaty"
