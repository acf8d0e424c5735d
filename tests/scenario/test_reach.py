"""What the search over levels says agrees with looking at every state."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.scenario.bounds import bounds
from detente.scenario.document import parse_document
from detente.scenario.expression import Expression, parse
from detente.scenario.load import draft
from detente.scenario.model import Scenario
from detente.scenario.reach import Reach, differs, holds

NAMES = ("A.x", "B.y", "B.z == mid", "B.z >= high", "C.w < mid", "C.w != low", "level(B.z) + level(C.w) > 2")


@st.composite
def conditions(draw: st.DrawFn, deep: int = 2) -> str:
    if deep == 0 or draw(st.booleans()):
        return draw(st.sampled_from(NAMES))
    join = draw(st.sampled_from(["and", "or", "implies", "iff"]))
    left, right = draw(conditions(deep - 1)), draw(conditions(deep - 1))
    return f"{draw(st.sampled_from(['', 'not ']))}(({left}) {join} ({right}))"


def crisis(rules: list[str]) -> Scenario:
    text = f"""
title: x
parties: {{A: {{}}, B: {{}}, C: {{}}}}
options: {{A.x: {{}}, B.y: {{}}, B.z: {{levels: [low, mid, high]}}, C.w: {{levels: [low, mid, high]}}}}
rules: [{", ".join(f'{{must: "{rule}"}}' for rule in rules)}]
interests: {{A: [{{wants: A.x, weight: 1}}], B: [{{wants: B.y, weight: 1}}], C: [{{wants: B.y, weight: 1}}]}}
"""
    scenario = draft(parse_document(text), "x", "x").scenario
    assert scenario is not None
    return scenario


def states(scenario: Scenario) -> list[dict[str, str]]:
    ids = [option.id for option in scenario.options]
    every = (dict(zip(ids, levels, strict=True)) for levels in product(*(o.levels for o in scenario.options)))
    return [state for state in every if all(bounds(scenario, rule.must, state)[0] for rule in scenario.rules)]


@settings(max_examples=200, deadline=None)
@given(st.lists(conditions(), max_size=3), conditions())
def test_a_condition_is_met_where_some_state_meets_it(rules: list[str], asked: str) -> None:
    scenario, condition = crisis(rules), parse(asked)
    left = states(scenario)
    if left:
        assert Reach(scenario).meets(condition, holds) == any(bounds(scenario, condition, s)[0] for s in left)


@settings(max_examples=200, deadline=None)
@given(st.lists(conditions(), max_size=3), conditions())
def test_a_quantity_differs_where_some_state_makes_it_differ(rules: list[str], asked: str) -> None:
    scenario = crisis(rules)
    quantity: Expression = parse(f"0.5 * ({asked}) + 0.25 * B.y")
    values = {bounds(scenario, quantity, state)[0] for state in states(scenario)}
    for value in values:
        assert Reach(scenario).meets(quantity, differs(value)) == (len(values) > 1)
