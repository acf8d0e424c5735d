"""What the fast way does not foresee is left to the general way, and why is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.play.case import Case, conduct_of
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.worlds.fast.quick import quick
from detente.worlds.measure import Measure
from detente.worlds.worlds import Worlds
from oracles.random_crises import random_crisis
from oracles.unsure_crises import fast


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("zhere: {composure: {qanto: 2}}", "zhere: {attitudes: {qanto ~ qcilo: 0.5}}", "venue"),
        ("clashes: [zwar]", "clashes: []\nrules: [{must: pressure(qanto) <= 1}]", "numbers that may be off"),
        ("stages: [{}]", "stages: [{until: pressure(qanto) > 0.2}]", "numbers that may be off"),
    ],
)
def test_other_things_are_left_to_the_general_way(before: str, after: str, why: str) -> None:
    text = random_crisis(2)
    assert before in text
    found = fast(Measure(loads(text.replace(before, after), id="other"), foresight="seq"))
    assert isinstance(found, str)
    assert why in found


def test_parties_known_by_order_are_left_to_the_general_way(dam: Scenario) -> None:
    ordered = loads(
        """
        detente: 1
        title: An order
        parties: {A: {}, B: {}}
        options: {A.x: {}, B.y: {}}
        outcomes: {both: A.x and B.y}
        aim: both
        interests: {A: {ranking: [4, 3, 2, 1]}, B: [{wants: A.x, weight: 1..2}]}
        """,
        id="order",
    )
    assert "order of states" in str(fast(Measure(ordered, foresight="seq")))


def test_other_choices_and_foresight_are_left_to_the_general_way(dam: Scenario) -> None:
    worlds = Worlds(dam)
    for conduct, why in ((conduct_of(dam, "seq", "any"), "best moves"), (conduct_of(dam, "nash"), "SEQ")):
        assert why in str(quick(worlds, Case(worlds.calm, conduct)))


def test_general_worlds_stand_beside_fast_ones(dam: Scenario) -> None:
    """A world whose numbers the fast way does not take comes out as any other."""
    measure = Measure(replace(dam), foresight="seq")
    assert measure.quick is not None
    drawn = measure.worlds.values(1, 3)
    fares, known = measure.quick.fares(drawn * 1e9, list)
    assert known.shape == (3,)
    assert fares.shape[0] == 3
