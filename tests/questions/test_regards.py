"""A strategy under other attitudes and views: the quick way against compiling the changed crisis anew."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Literal

import pytest

from detente.play.case import Case, conduct_of
from detente.questions.regards import Regards, raised
from detente.scenario.change import mend_view, shift_attitude
from detente.scenario.load import loads
from detente.scenario.model import Number, Scenario, Stage, Strategy, Table
from detente.states.compile import compile_graph
from detente.states.names import status_quo
from detente.states.variant import Variant, whole
from oracles.random_crises import random_crisis
from oracles.random_scenarios import Shape, random_condition, random_scenario

SHAPE = Shape(ordinal=0.0, views=0.5, attitudes=0.7, one_way=0.1)


def crisis(rng: random.Random) -> tuple[Scenario, Strategy]:
    """A crisis with tables, and a strategy of one or two stages that can begin."""
    scenario = random_scenario(rng, SHAPE)
    ids = [party.id for party in scenario.parties]
    tables = (
        Table("some", tuple(rng.sample(ids, 2)), initiative=Number(rng.choice([0.5, 2.0]))),
        Table("every", tuple(ids), binding=rng.random() < 0.5),
    )
    scenario = replace(scenario, tables=tables, aim=scenario.outcomes[0].id)
    now = zip(scenario.options, scenario.status_quo, strict=True)
    held = tuple((option.id, level) for option, level in now if option.owner == ids[0] and rng.random() < 0.4)
    stages = tuple(
        Stage(
            commit=held,
            tables=tuple(table.id for table in tables if rng.random() < 0.6),
            until=random_condition(rng, scenario.options) if rng.random() < 0.4 else None,
            require=rng.random() < 0.3,
        )
        for _ in range(rng.randint(1, 2))
    )
    return scenario, Strategy("s", (ids[0],), stages)


def anew(scenario: Scenario, base: Scenario, strategy: Strategy, choice: Literal["best", "noisy"]) -> float:
    """Success in the changed crisis, compiled as a scenario of its own, in the spans of the first."""
    graph = compile_graph(scenario, base)
    changed = Case(
        Variant(scenario, base, graph, graph.codes, graph.codes), replace(conduct_of(base), choice=choice)
    )
    assert changed.aim is not None
    return changed.course(strategy).success(changed.outcomes[changed.aim])


@pytest.mark.parametrize("seed", range(40))
def test_success_is_that_of_the_changed_crisis(seed: int) -> None:
    rng = random.Random(seed)
    scenario, strategy = crisis(rng)
    case = Case(scenario, conduct_of(scenario))
    regards = Regards(case, strategy, 0)
    attitudes, variant = regards.attitudes.copy(), scenario
    for _ in range(2):
        one, other = rng.sample(range(len(scenario.parties)), 2)
        by = rng.uniform(-0.8, 0.8)
        attitudes[one, other] = min(1.0, max(-1.0, attitudes[one, other] + by))
        variant = shift_attitude(variant, scenario.parties[one].id, scenario.parties[other].id, by)
    views = set(regards.views)
    if views and rng.random() < 0.5:
        pair = sorted(views)[0]
        views.discard(pair)
        variant = mend_view(variant, scenario.parties[pair[0]].id, scenario.parties[pair[1]].id)
    found = regards.central(attitudes, frozenset(views))
    assert found.success == pytest.approx(anew(variant, scenario, strategy, "best"), abs=1e-9)
    noisy = regards.smooth(attitudes, frozenset(views))
    assert noisy.success == pytest.approx(anew(variant, scenario, strategy, "noisy"), abs=1e-9)
    assert found.states > 0


def test_the_crises_are_not_all_alike() -> None:
    found = []
    for seed in range(40):
        scenario, strategy = crisis(random.Random(seed))
        regards = Regards(Case(scenario, conduct_of(scenario)), strategy, 0)
        found.append(regards.smooth(regards.attitudes, regards.views).success)
    assert 0 < sum(value > 0 for value in found) < len(found)


@pytest.mark.parametrize("seed", range(8))
def test_states_that_nature_alone_leads_to_make_no_difference(seed: int) -> None:
    scenario = loads(random_crisis(seed))
    rained = replace(scenario, status_quo=(*scenario.status_quo[:-1], "yes"))
    assert rained.options[-1].id == "nature.zrain"
    for today in (scenario, rained):
        everything = whole(today)
        calm = everything.calm(status_quo(today, everything.graph))
        strategy = today.strategy("zgive")
        both = [Regards(Case(one, conduct_of(today)), strategy, 0) for one in (everything, calm)]
        for raise_by in (0.0, 0.4):
            better = raised(both[0].attitudes, ((0, 1), (1, 2)), raise_by)
            found = [one.smooth(better, one.views).success for one in both]
            assert found[0] == pytest.approx(found[1], abs=1e-12)
