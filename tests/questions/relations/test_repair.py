"""Repair values against their definition: played on crises changed by hand, averaged over every order."""

from __future__ import annotations

import random
from itertools import combinations, permutations

import pytest

from detente.play.case import Case, conduct_of
from detente.questions.regards import Regards
from detente.questions.relations import repair
from detente.questions.relations.find import relations as asked
from detente.questions.relations.repair import Dyad, repairs
from detente.scenario.load import loads
from questions.test_regards import crisis

STEP = 0.5


def regards_of(seed: int) -> Regards:
    scenario, strategy = crisis(random.Random(seed))
    return Regards(Case(scenario, conduct_of(scenario)), strategy, 0)


def silent(what: str, share: float) -> None:
    """Tell nobody."""


def worth(regards: Regards, dyads: tuple[Dyad, ...]) -> float:
    attitudes = regards.attitudes.copy()
    for one, other in dyads:
        attitudes[one, other] = min(1.0, attitudes[one, other] + STEP)
        attitudes[other, one] = min(1.0, attitudes[other, one] + STEP)
    return regards.smooth(attitudes, regards.views).success


@pytest.mark.parametrize("seed", range(12))
def test_values_equal_their_definition(seed: int) -> None:
    regards = regards_of(seed)
    found = repairs(regards, STEP, silent)
    dyads = list(combinations(range(len(regards.attitudes)), 2))
    assert [single.dyad for single in found.singles] == dyads
    for single in found.singles:
        assert single.success == worth(regards, (single.dyad,))
    assert len(found.pairs) == found.possible == len(dyads) * (len(dyads) - 1) // 2
    for pair in found.pairs:
        assert pair.success == pytest.approx(worth(regards, (pair.first, pair.second)))
    assert sum(found.shares) == pytest.approx(found.together - found.base)
    if len(found.strongest) <= 3:
        orders = list(permutations(found.strongest))
        for place, dyad in enumerate(found.strongest):
            gains = [
                worth(regards, order[: order.index(dyad) + 1]) - worth(regards, order[: order.index(dyad)])
                for order in orders
            ]
            assert found.shares[place] == pytest.approx(sum(gains) / len(orders))


def test_no_more_sets_are_played_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    parties = "ABCDE"
    many = loads(
        f"{{detente: 1, title: Many, aim: calm, parties: {{{', '.join(f'{one}: {{}}' for one in parties)}}}, "
        f"options: {{A.x: {{}}}}, outcomes: {{calm: not A.x}}, "
        f"interests: {{{', '.join(f'{one}: [{{wants: A.x, weight: 1}}]' for one in parties)}}}}}"
    )
    monkeypatch.setattr(repair, "MOST_SETS", 60)
    found = asked(many).repairs
    assert found is not None
    assert (len(found.pairs), found.possible, len(found.dyads)) == (15, 45, 10)  # those among the six strongest


@pytest.mark.parametrize("seed", range(12))
def test_least_steps_change_the_answer_and_a_hundredth_less_does_not(seed: int) -> None:
    regards = regards_of(seed)
    base = regards.central(regards.attitudes, regards.views).success
    for single in repairs(regards, STEP, silent).singles:
        if single.least is None:
            continue
        one, other = single.dyad
        for step, differs in ((single.least.step, True), (single.least.step - 0.01, False)):
            attitudes = regards.attitudes.copy()
            for place in ((one, other), (other, one)):
                attitudes[place] = min(1.0, attitudes[place] + step)
            there = regards.central(attitudes, regards.views).success
            assert (abs(there - base) > 1e-6) == differs


def test_pairs_beyond_the_limit_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    seed = next(seed for seed in range(100) if len(regards_of(seed).attitudes) == 4)
    monkeypatch.setattr(repair, "MOST_STATES", 0)
    monkeypatch.setattr(repair, "STRONGEST", 3)
    found = repairs(regards_of(seed), STEP, silent)
    assert (len(found.pairs), found.possible) == (3, 15)
    assert {pair.first for pair in found.pairs} <= set(found.strongest)


def test_progress_is_told_in_order() -> None:
    told: list[float] = []
    repairs(regards_of(0), STEP, lambda what, share: told.append(share))
    assert told == sorted(told)
    assert told
    assert told[-1] <= 1.0 + 1e-9
