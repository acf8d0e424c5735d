"""A doubt is a fault where a feasible state bears it out, in the words with which a question would stop."""

from __future__ import annotations

import pytest

from detente.errors import RefusedError
from detente.scenario.doubts import doubts
from detente.scenario.expression import Expression, Name
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.states.compile import compile_graph
from detente.states.evaluate import condition, quantity
from detente.states.faults import faults

MILL = """
detente: 1
title: A mill
parties: {A: {}, B: {}}
options: {A.dam: {levels: [low, mid, high]}, B.mill: {}, nature.flood: {moves: up, hazard: "HAZARD"}}
rules: [RULE]
status_quo: {A.dam: mid}
interests: {A: [{wants: B.mill, weight: 1}], B: [{wants: "WANT", weight: 1}]}
"""


def mill(hazard: str = "0.1", want: str = "B.mill", rule: str = "") -> Scenario:
    text = MILL.replace("HAZARD", hazard).replace("WANT", want)
    return loads(text.replace("RULE", f"{{must: {rule}}}" if rule else ""))


def told(scenario: Scenario) -> list[str]:
    return [what for _, what in faults(scenario, doubts(scenario))]


def test_a_hazard_that_divides_by_zero_is_told_as_a_question_tells_it() -> None:
    scenario = mill(hazard="0.1 / level(A.dam)")
    hazard = scenario.options[2].hazard
    assert hazard is not None
    with pytest.raises(RefusedError) as refused:
        quantity(scenario, compile_graph(scenario), hazard)
    assert told(scenario) == [str(refused.value)]


@pytest.mark.parametrize("want", ["0.1 / level(A.dam)", "level(A.dam)", "level(A.dam) - 1", "B.mill / 0"])
def test_an_interest_is_told_as_a_question_tells_it(want: str) -> None:
    scenario = mill(want=want)
    with pytest.raises(RefusedError) as refused:
        compile_graph(scenario)
    assert told(scenario) == [str(refused.value)]


def test_what_rules_forbid_is_no_fault() -> None:
    assert told(mill(hazard="0.1 / level(A.dam)", rule="A.dam >= mid")) == []
    assert told(mill(want="level(A.dam)", rule="A.dam <= mid")) == []
    compile_graph(mill(want="level(A.dam)", rule="A.dam <= mid"))


def test_each_fault_is_told() -> None:
    assert len(told(mill(hazard="1 / B.mill", want="2 * level(A.dam)"))) == 2


def refused(scenario: Scenario, ask: Expression) -> str:
    with pytest.raises(RefusedError) as caught:
        condition(scenario, compile_graph(scenario), ask)
    return str(caught.value)


def test_a_condition_that_compares_what_divides_by_zero_is_told_as_a_question_tells_it() -> None:
    text = MILL.replace("HAZARD", "0.1").replace("WANT", "B.mill").replace("RULE", "")
    scenario = loads(text + "outcomes: {odd: '0 / 0 != 0', far: odd and B.mill}\n")
    assert told(scenario) == ["'0 / 0' divides by zero in some states. Add a small number to the divisor."]
    assert refused(scenario, Name("odd")) == refused(scenario, Name("far")) == told(scenario)[0]


def test_a_condition_whose_division_rules_forbid_is_no_fault() -> None:
    text = MILL.replace("HAZARD", "0.1").replace("WANT", "B.mill").replace("RULE", "{must: A.dam >= mid}")
    scenario = loads(text + "outcomes: {odd: 1 / level(A.dam) > 0.7}\n")
    assert told(scenario) == []
    assert condition(scenario, compile_graph(scenario), Name("odd")).sum() == 4


def test_a_rule_that_divides_by_zero_is_told_as_a_question_tells_it() -> None:
    scenario = mill(rule="1 / level(A.dam) > 0.3")
    with pytest.raises(RefusedError) as caught:
        compile_graph(scenario)
    assert told(scenario) == [str(caught.value)]
    text = MILL.replace("HAZARD", "0.1").replace("WANT", "B.mill")
    guarded = loads(text.replace("RULE", "{must: A.dam >= mid}, {must: 1 / level(A.dam) > 0.7}"))
    assert told(guarded) == []
    assert compile_graph(guarded).states == 4


@pytest.mark.parametrize(
    ("ranking", "what"),
    [
        ("[2, 1, 3]", "the ranking of B: state 4 is missing."),
        ("[2, 1, 3, 4, 5]", "the ranking of B: state 5 does not exist."),
    ],
)
def test_a_ranking_that_does_not_fit_the_states_is_told(ranking: str, what: str) -> None:
    text = MILL.replace("HAZARD", "0.1").replace("RULE", "").replace("[low, mid, high]", "[low, mid]")
    scenario = loads(
        text.replace('[{wants: "WANT", weight: 1}]', f"{{ranking: {ranking}}}")
        .replace('nature.flood: {moves: up, hazard: "0.1"}', "")
        .replace("status_quo: {A.dam: mid}", "")
    )
    assert told(scenario)[0].startswith(what)


def test_a_status_quo_that_breaks_a_rule_of_pressure_is_told() -> None:
    assert "status quo" in " ".join(told(mine("X.yield", "retained(X) < 1.3")))


def mine(want: str, rule: str = "true") -> Scenario:
    return loads(f"""
detente: 1
title: A mine
parties: {{A: {{}}, X: {{}}}}
options: {{A.give: {{}}, X.yield: {{}}}}
pressure:
  X:
    channels: [{{partner: A, good: coal, kind: licit, value: 50}}]
    aids: [{{partner: A, value: 20, when: A.give}}]
rules: [{{must: "{rule}"}}]
status_quo: {{A.give: yes}}
interests: {{A: [{{wants: X.yield, weight: 1}}], X: [{{wants: "{want}", weight: 1}}]}}
""")


def test_what_is_retained_may_be_more_than_everything() -> None:
    scenario = mine("retained(X)")
    with pytest.raises(RefusedError) as refused:
        compile_graph(scenario)
    assert told(scenario) == [str(refused.value)]
    assert not list(doubts(mine("retained(X) / 1.5")))


def test_a_rule_may_ask_for_more_than_everything() -> None:
    assert compile_graph(mine("X.yield", "retained(X) > 1.3")).states == 2
