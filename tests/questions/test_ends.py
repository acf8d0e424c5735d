"""One end: every question sets out from where the strategy ends that assess puts first, unless told not to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.play.case import Case, conduct_of
from detente.questions.assess.find import assess
from detente.questions.contingency.find import contingency
from detente.questions.durability.find import durability
from detente.questions.ends import best_end
from detente.questions.fix.find import fix
from detente.questions.roadmap.find import roadmap
from detente.questions.subject import without_clashes
from detente.questions.venues.find import venues
from detente.scenario.expression import Name
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.states.compile import compile_graph
from detente.states.evaluate import condition

CRISES = Path(__file__).parents[1] / "crises"


def opened(name: str) -> Scenario:
    return loads((CRISES / f"{name}.yaml").read_text("utf-8"), id=name)


@pytest.fixture
def quarry() -> Scenario:
    return opened("quarry")


@pytest.mark.parametrize(
    ("name", "foresight"), [("canal", None), ("canal", "seq"), ("quarry", None), ("quarry", "seq")]
)
def test_every_question_sets_out_from_the_end_of_the_first_strategy(name: str, foresight: str | None) -> None:
    scenario = opened(name)
    first = assess(scenario, foresight=foresight).strategies[0]
    states = {rest.state for rest in first.rests if scenario.aim in rest.labels}
    lasting = durability(scenario, foresight=foresight)
    assert (lasting.strategy, lasting.best) == (first.id, True)
    assert {one.state for one in lasting.start} == states
    shocked = contingency(scenario, foresight=foresight)
    assert (shocked.strategy, shocked.best) == (first.id, True)
    assert {one.state for one in shocked.start} == {rest.state for rest in first.rests}
    way = roadmap(scenario, foresight=foresight)
    assert way.strategy == first.id
    assert way.road is None or way.road.end.state in states
    mended = fix(scenario, concept=foresight)
    assert mended.ending == first.id
    assert mended.target is not None
    assert mended.target.state in states


def test_talks_are_those_of_the_first_strategy(quarry: Scenario) -> None:
    assert venues(quarry).strategy == assess(quarry).strategies[0].id


def test_what_is_named_is_where_it_begins(quarry: Scenario) -> None:
    named = durability(quarry, outcome="deal")
    assert (named.strategy, named.best) == (None, False)
    other = durability(quarry, strategy="anywhere")
    assert (other.strategy, other.best) == ("anywhere", False)
    assert roadmap(quarry, outcome="deal").strategy is None
    assert fix(quarry, "deal").ending is None
    stood = contingency(quarry, start="status-quo")
    assert (stood.strategy, stood.best, len(stood.start)) == (None, False, 1)


def test_equals_are_named_and_the_first_stands_for_them(quarry: Scenario) -> None:
    twin = replace(next(one for one in quarry.strategies if one.id == "anywhere"), id="elsewhere")
    doubled = replace(quarry, strategies=(*quarry.strategies, twin))
    end = best_end(Case(doubled, conduct_of(doubled)))
    assert end is not None
    assert (end.strategy.id, end.equals) == ("anywhere", ("elsewhere",))


def test_without_an_aim_or_a_strategy_that_gets_there_there_is_no_best_end(quarry: Scenario) -> None:
    for scenario in (
        replace(quarry, aim=None),
        replace(quarry, strategies=()),
        replace(quarry, aim="court", strategies=quarry.strategies[:1]),
    ):
        assert best_end(Case(scenario, conduct_of(scenario))) is None
        if scenario.aim is not None:
            assert durability(scenario).strategy is None


def test_the_best_state_of_an_outcome_is_no_clash() -> None:
    scenario = replace(opened("canal"), clashes=("free",))
    graph = compile_graph(scenario)
    every, free = condition(scenario, graph, Name("any")), condition(scenario, graph, Name("free"))
    assert (without_clashes(scenario, graph, "any", every) == every & ~free).all()
    assert (without_clashes(scenario, graph, "free", free) == free).all(), "it is asked for by name"
    whole = replace(scenario, clashes=("any",))
    assert (without_clashes(whole, graph, "free", free) == free).all(), "nothing else is left"
