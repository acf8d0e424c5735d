"""In random crises a term comes to what the questions find in the crisis that it describes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

import detente
from detente.errors import DetenteError
from detente.questions.claims.judging import judged
from detente.questions.claims.plays import Plays
from detente.scenario.change import strike_shock
from detente.scenario.claim_language import read_test
from detente.scenario.load import loads
from detente.scenario.model import Scenario, Stage, Strategy
from oracles.random_crises import PARTIES, random_crisis

ONE, OTHER, THIRD = PARTIES
SEEDS = (*range(8), 12, 18)
REPAIRED = (0, 7, 11)
"""Crises in which changes, and repairs, make a difference."""


def left(scenario: Scenario, term: str, foresight: str | None = None) -> float | None:
    """What a term comes to; none where it cannot be tried."""
    found = judged(Plays(scenario, foresight), read_test(f"{term} > 0"))
    return None if found.holds is None else found.parts[0].left


def staged(scenario: Scenario, change: Callable[[tuple[Stage, ...]], tuple[Stage, ...]]) -> Scenario:
    """The scenario whose strategy `zgive` has other stages."""

    def other(strategy: Strategy) -> Strategy:
        return replace(strategy, stages=change(strategy.stages)) if strategy.id == "zgive" else strategy

    return replace(scenario, strategies=tuple(other(one) for one in scenario.strategies))


WAYS: dict[str, Callable[[Scenario], Scenario]] = {
    "views = truth": lambda crisis: replace(crisis, views=()),
    "without stage 1": lambda crisis: staged(crisis, lambda stages: stages[1:]),
    "without stage 2": lambda crisis: staged(crisis, lambda stages: stages[:1]),
    "after zfall": lambda crisis: strike_shock(crisis, "zfall"),
    f"{ONE} ~ {OTHER} = 0.6": lambda crisis: crisis.with_values(
        {f"relations.{ONE}>{OTHER}": 0.6, f"relations.{OTHER}>{ONE}": 0.6}
    ),
    f"weight({OTHER}, zi{OTHER}0) = 9": lambda crisis: crisis.with_value(
        f"interests.{OTHER}.zi{OTHER}0.weight", 9
    ),
    "close zall": lambda crisis: staged(crisis, lambda all: tuple(replace(one, tables=()) for one in all)),
    "venue = zthere": lambda crisis: staged(
        crisis, lambda all: tuple(replace(one, venue="zthere") if one.tables else one for one in all)
    ),
}  # fmt: skip


def success(scenario: Scenario, outcome: str, foresight: str | None) -> float | None:
    """What assess finds; weights keep the scale of the crisis as it was only where none is changed."""
    try:
        (found,) = detente.assess(scenario, strategies=["zgive"], foresight=foresight).strategies
    except DetenteError:
        return None
    return found.success[outcome]


QUICK = ("views = truth", "without stage 1", "after zfall", "venue = zthere")


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=() if way in QUICK else pytest.mark.slow) for way in WAYS]
)
def test_a_changed_crisis_is_assessed_as_such(way: str) -> None:
    differ = 0
    for seed in SEEDS:
        crisis = loads(random_crisis(seed))
        foresight = ("iseq", "seq", "nash")[seed % 3]
        changed = WAYS[way](crisis)
        for outcome in ("zaim", "zwar"):
            expected = success(changed, outcome, foresight)
            if expected is None:
                continue
            found = left(crisis, f"success(zgive, {outcome}; {way})", foresight)
            assert found == pytest.approx(expected), (seed, outcome)
            differ += expected != success(crisis, outcome, foresight)
    assert differ > 0


def test_lasting_and_durability_are_those_of_the_questions() -> None:
    lengths = set()
    for seed in SEEDS:
        crisis, foresight = loads(random_crisis(seed)), ("iseq", "seq", "nash")[seed % 3]
        try:
            assessed = detente.assess(crisis, foresight=foresight).strategies
        except DetenteError:
            continue
        for found in assessed:
            lasting = left(crisis, f"lasting({found.id}, zaim)", foresight)
            assert lasting == pytest.approx(found.lasting), (seed, found.id)
            length = left(crisis, f"durability({found.id})", foresight)
            if not found.success["zaim"]:
                assert length == 0
                continue
            lasts = detente.durability(crisis, strategy=found.id, foresight=foresight).lasts
            if lasts.ending == "ends":
                assert length == pytest.approx(lasts.rounds), (seed, found.id)
                lengths.add(lasts.rounds)
    assert len(lengths) > 1


def test_repairs_are_worth_what_relations_finds() -> None:
    gains = set()
    for seed in REPAIRED:
        crisis = loads(random_crisis(seed))
        try:
            repairs = detente.relations(crisis, strategy="zgive", foresight="iseq").repairs
        except DetenteError:
            continue
        assert repairs is not None
        for seen in repairs.dyads:
            one, other = seen.dyad
            assert left(crisis, f"repair(zgive, {one} ~ {other})") == pytest.approx(seen.gain, abs=1e-12)
        best = max(seen.gain for seen in repairs.dyads)
        assert left(crisis, "repair(zgive, any)") == pytest.approx(best, abs=1e-12)
        pairs = max(pair.success for pair in repairs.pairs) - repairs.success
        assert left(crisis, "repair(zgive, pairs)") == pytest.approx(pairs, abs=1e-12)
        gains |= {seen.gain for seen in repairs.dyads}
    assert len(gains) > 2
