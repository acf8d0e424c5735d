"""What interests and relations add up to, and the judgements that nothing supports."""

from __future__ import annotations

import pytest

from detente.scenario.bounds import bounds, extremes
from detente.scenario.citations import uncited
from detente.scenario.document import parse_document
from detente.scenario.expression import parse
from detente.scenario.load import draft, loads
from detente.scenario.sanity import Coefficient, report
from scenario.texts import BASE, changed

PAIR = """\
title: A pair
parties: {{A: , B: }}
options: {{A.war: , B.deal: , nature.flood: {{moves: up, hazard: 0.1}}}}
outcomes: {{peace: not A.war, dry: not nature.flood}}
interests:
  A: {a}
  B: {b}
relations: {relations}
"""


def pair(
    a: str = "[{avoids: A.war, weight: 3}, {wants: B.deal, weight: 1}]",
    b: str = "[{avoids: A.war, weight: 1}]",
    relations: str = "{A > B: 0.2}",
) -> str:
    return PAIR.format(a=a, b=b, relations=relations)


def coefficients(text: str) -> dict[tuple[str, str], Coefficient]:
    return {(each.party, each.quantity): each for each in report(loads(text)).coefficients}


def warnings(text: str) -> str:
    return "\n".join(str(warning) for warning in report(loads(text)).warnings)


def test_own_and_borrowed_add_up() -> None:
    war = coefficients(pair())["A", "A.war"]
    assert war.own == pytest.approx(-0.75)
    assert war.borrowed == (("B", pytest.approx(-0.2)),)
    assert war.net == pytest.approx(-0.95)


def test_wanting_not_war_is_avoiding_war() -> None:
    turned = pair(a="[{wants: not A.war, weight: 3}, {wants: B.deal, weight: 1}]")
    assert coefficients(turned)["A", "A.war"] == coefficients(pair())["A", "A.war"]


def test_a_flipped_sign_is_warned_of() -> None:
    text = pair(a="[{avoids: A.war, weight: 1}, {wants: B.deal, weight: 9}]", relations="{A > B: -0.5}")
    assert coefficients(text)["A", "A.war"].flipped
    assert "A: its attitudes turn 'A.war' round: -0.100 of its own, +0.400 in all." in warnings(text)
    assert "round" not in warnings(pair())


def test_the_same_harm_counted_twice_is_warned_of() -> None:
    assert "A: 'A.war' counts twice" in warnings(pair())
    assert "counts twice" not in warnings(pair(relations="{A > B: 0.1}"))
    assert "counts twice" not in warnings(
        pair(b="[{avoids: A.war, weight: 1, relational: no}, {wants: B.deal, weight: 1}]")
    )


def test_attitudes_that_drown_interests_are_warned_of() -> None:
    loud = pair(
        a="[{wants: {A.war: {no: 0.9, yes: 1}}, weight: 1}]",
        b="[{wants: B.deal, weight: 1}]",
        relations="{A > B: 0.5}",
    )
    assert "A: its attitudes can outweigh its own interests (up to 0.50 against 0.10)." in warnings(loud)
    assert "outweigh" not in warnings(pair())


@pytest.mark.parametrize(
    ("interest", "named"), [("nature.flood", True), ("dry", True), ("risk(nature.flood)", False)]
)
def test_shocks_named_directly_are_warned_of(interest: str, named: bool) -> None:
    text = pair(a=f"[{{avoids: {interest}, weight: 3}}]")
    assert ("For its fear of the shock write risk(nature.flood)." in warnings(text)) == named


def test_quantities_that_may_leave_the_unit_range_are_warned_of() -> None:
    assert "may leave 0 to 1 (between 0 and 2)" in warnings(pair(a="[{wants: A.war + B.deal, weight: 1}]"))
    exclusive = "[{wants: A.war + (not A.war) * 0.5, weight: 1}]"
    assert "may leave" not in warnings(pair(a=exclusive))


def test_hazards_that_may_be_no_chance_are_warned_of() -> None:
    option = pair().replace("hazard: 0.1", "hazard: level(A.war) * 2 - 0.5")
    assert "nature.flood: its hazard may exceed 1 and is then taken as 1." in warnings(option)
    assert "nature.flood: its hazard may fall below 0 and is then taken as 0." in warnings(option)
    shock = pair() + "shocks: {frost: {hazard: level(A.war) * 2 - 0.5, set: {B.deal: no}}}\n"
    assert "frost: its hazard may exceed 1 and is then taken as 1." in warnings(shock)
    assert "frost: its hazard may fall below 0 and is then taken as 0." in warnings(shock)
    assert "its hazard" not in warnings(pair())


def test_a_risk_without_hazard_is_warned_of() -> None:
    text = pair(a="[{avoids: risk(nature.flood), weight: 3}]").replace(", hazard: 0.1", "")
    assert "Give 'nature.flood' a `hazard`." in warnings(text)


@pytest.mark.parametrize(
    ("text", "wide", "exact"),
    [
        ("A.arms >= some", (0, 1), (0, 1)),
        ("A.talk - A.talk", (-1, 1), (0, 0)),
        ("count(A.talk; B.trade; true)", (1, 3), (1, 3)),
        ("0.5 + 0.2 * pressure(A)", (0.5, 0.7), (0.5, 0.7)),
        ("max(0.2; 0.4 * A.talk)", (0.2, 0.4), (0.2, 0.4)),
        ("(A.arms == few) + (A.arms == many)", (0, 2), (0, 1)),
        ("peace implies A.talk", (0, 1), (1, 1)),
        ("peace iff peace", (0, 1), (1, 1)),
        ("level(A.arms) / 2", (0, 1), (0, 1)),
        ("not (A.arms > many)", (1, 1), (1, 1)),
    ],
)
def test_bounds_hold_the_values(text: str, wide: tuple[float, float], exact: tuple[float, float]) -> None:
    scenario = loads(BASE)
    assert bounds(scenario, parse(text)) == wide
    assert extremes(scenario, parse(text)) == exact


def test_bounds_at_a_state_are_its_values() -> None:
    scenario = loads(BASE)
    assert bounds(scenario, parse("peace"), {"A.talk": "yes", "B.trade": "yes"}) == (1, 1)
    assert bounds(scenario, parse("peace"), {"A.talk": "no"}) == (0, 0)
    assert bounds(scenario, parse("A.arms >= some"), {"A.arms": "some"}) == (1, 1)


def test_judgements_without_support_are_listed_with_their_place() -> None:
    found = draft(parse_document(BASE, "x.yaml"), "x.yaml", "x")
    assert found.scenario is not None
    listed = {each.what: each for each in uncited(found.scenario, found)}
    assert "A wants peace: weight" not in listed
    assert str(listed["B avoids tension: weight"].place) == "x.yaml:25:7"
    assert listed["B avoids tension: weight"].value == "2..4"
    assert str(listed["attitude of A to B"].place).startswith("x.yaml:28:")
    assert str(listed["trade B coal licit"].place).startswith("x.yaml:33:")
    assert {"hazard of nature.storm", "spare from B coal to C coal", "composure of A in lake"} <= set(listed)


def test_a_reason_or_a_source_is_enough() -> None:
    before = {each.what for each in uncited(loads(BASE))}
    after = {each.what for each in uncited(loads(changed("weight: 2..4", "weight: 2..4, source: report p3")))}
    assert before - after == {"B avoids tension: weight"}
    on_number = changed("A > B: -0.2 ± 0.1", "A > B: {attitude: -0.2 ± 0.1, because: x}")
    assert before - {each.what for each in uncited(loads(on_number))} == {"attitude of A to B"}
