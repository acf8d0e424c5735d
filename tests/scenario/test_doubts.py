"""What may divide by zero, leave 0 to 1 or not fit the states is doubted; what plainly cannot is not."""

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


@pytest.mark.parametrize(
    ("section", "path"),
    [
        ("rules: [{must: 'CONDITION'}]", "rules.0.must"),
        ("outcomes: {odd: 'CONDITION'}", "outcomes.odd.where"),
        ("outcomes: {odd: {where: 'CONDITION'}}", "outcomes.odd.where"),
        ("strategies: {s: {stages: [{}, {until: 'CONDITION'}]}}", "strategies.s.stages.1.until"),
        ("plans: {p: {after: 'CONDITION', do: {B.pay: yes}}}", "plans.p.after"),
        ("misperceptions: {A: ['CONDITION']}", "misperceptions.A"),
        ("pressure: {A: {channels: [{partner: B, good: x, value: 1}], aids: "
         "[{partner: C, value: 1, when: 'CONDITION'}]}}", "pressure.A.aids.0.when"),
    ],
)  # fmt: skip
def test_a_comparison_that_divides_is_doubted_wherever_it_stands(section: str, path: str) -> None:
    def found(condition: str) -> list[str]:
        text = WELL.replace("HAZARD", "0.1").replace("SHOCK", "0.1").replace("WANT", "B.pay")
        text = text.replace("VIEW", "B.pay") + section.replace("CONDITION", condition)
        return [".".join(map(str, doubt.path)) for doubt in doubts(loads(text))]

    assert found("B.pay implies 0 / level(A.pump) != 0") == [path]
    assert found("B.pay implies 1 / (1 + level(A.pump)) != 0") == []


def test_statements_are_conditions_and_rankings_are_doubted() -> None:
    text = WELL.replace("HAZARD", "0.1").replace("SHOCK", "0.1").replace("VIEW", "B.pay")
    text = text.replace('[{avoids: B.pay, weight: 1}, {wants: "WANT", weight: 1}]', "PREFERENCE")
    statements = loads(text.replace("PREFERENCE", "{statements: [B.pay, 1 / level(A.pump) > 0.5]}"))
    assert [doubt.path for doubt in doubts(statements)] == [("interests", "B", "statements", 1)]
    ranking = loads(text.replace("PREFERENCE", "{ranking: [1, 2]}"))
    assert [doubt.path for doubt in doubts(ranking)] == [("interests", "B", "ranking")]


def test_a_comparison_within_a_number_is_doubted() -> None:
    assert "interests.B.1.wants" in paths(want="(1 / level(A.pump) > 0.5) * 0.5")
    assert "options.nature.flood.hazard" in paths(hazard="(1 / level(A.pump) > 0.5) * 0.5")
