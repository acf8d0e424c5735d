"""What may divide by zero or leave 0 to 1 is doubted; what plainly cannot is not."""

from __future__ import annotations

import pytest

from detente.scenario.doubts import doubts
from detente.scenario.load import loads

WELL = """
detente: 1
title: A well
parties: {A: {}, B: {}}
options: {A.pump: {levels: [off, slow, fast]}, B.pay: {}, nature.flood: {moves: up, hazard: "HAZARD"}}
shocks: {frost: {hazard: "SHOCK", set: {B.pay: no}}}
interests:
  A: [{wants: B.pay, weight: 1}]
  B: [{avoids: B.pay, weight: 1}, {wants: "WANT", weight: 1}]
views: {A of B: [{wants: "VIEW", weight: 1}]}
"""


def paths(hazard: str = "0.1", shock: str = "0.1", want: str = "B.pay", view: str = "B.pay") -> list[str]:
    text = WELL.replace("HAZARD", hazard).replace("SHOCK", shock).replace("WANT", want).replace("VIEW", view)
    return [".".join(map(str, doubt.path)) for doubt in doubts(loads(text))]


def test_each_kind_of_quantity_is_doubted_where_it_stands() -> None:
    assert paths(hazard="0.1 / level(A.pump)") == ["options.nature.flood.hazard"]
    assert paths(shock="0.1 / level(A.pump)") == ["shocks.frost.hazard"]
    assert paths(want="0.1 / level(A.pump)") == ["interests.B.1.wants"]
    assert paths(view="2 * level(A.pump)") == ["views.A.of.B.0.wants"]


@pytest.mark.parametrize(
    ("quantity", "doubted"),
    [
        ("level(A.pump) / 2", False),
        ("0.1 / (1 + level(A.pump))", False),
        ("0.1 / (level(A.pump) - 1)", True),
        ("0 / level(A.pump)", True),
        ("1 / B.pay", True),
        ("0.1 / (level(A.pump) + 0.5)", False),
        ("0.1 / risk(nature.flood)", True),
        ("max(0 / level(A.pump); 0.5)", True),
        ("min(1; 1e300 * 1e300)", False),
        ("1e300 * 1e300 * level(A.pump)", True),
    ],
)
def test_division_by_what_may_be_zero_is_doubted(quantity: str, doubted: bool) -> None:
    assert bool(paths(shock=quantity)) == doubted


@pytest.mark.parametrize(
    ("quantity", "doubted"),
    [
        ("level(A.pump)", True),
        ("level(A.pump) / 2", False),
        ("level(A.pump) - 1", True),
        ("min(1; level(A.pump))", False),
        ("level(A.pump) * (A.pump <= slow)", False),
    ],
)
def test_an_interest_that_may_leave_0_to_1_is_doubted(quantity: str, doubted: bool) -> None:
    assert bool(paths(want=quantity)) == doubted
    assert not paths(hazard=quantity)
