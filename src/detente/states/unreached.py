"""What no state reaches, and what every state shares: seen only once states are computed."""

from __future__ import annotations

from collections.abc import Iterator

from detente.scenario.draft import Oversight
from detente.scenario.expression import to_text
from detente.scenario.model import Scenario
from detente.scenario.oversights import interest_lists
from detente.states.evaluate import condition, quantity
from detente.states.space import axes_of
from detente.states.state_graph import StateGraph, bare
from detente.states.states import feasible
from detente.states.vocabulary import quantity_text

MOST_STATES = 1 << 22
"""Of larger scenarios only the problems are looked for."""


def unreached(scenario: Scenario) -> Iterator[Oversight]:
    """Outcomes without a state, stages that wait in vain, and interests that are the same everywhere."""
    graph = bare(axes_of(scenario), feasible(scenario))
    if graph.states <= MOST_STATES:
        yield from _outcomes(scenario, graph)
        yield from _stages(scenario, graph)
        yield from _interests(scenario, graph)


def _outcomes(scenario: Scenario, graph: StateGraph) -> Iterator[Oversight]:
    for outcome in scenario.outcomes:
        if not condition(scenario, graph, outcome.where).any():
            what = f"no state is in the outcome '{outcome.id}': {to_text(outcome.where)}."
            yield Oversight(("outcomes", outcome.id, "where"), what, "Do the rules exclude it?")


def _stages(scenario: Scenario, graph: StateGraph) -> Iterator[Oversight]:
    for strategy in scenario.strategies:
        for index, stage in enumerate(strategy.stages):
            if stage.until is not None and not condition(scenario, graph, stage.until).any():
                what = f"'{to_text(stage.until)}' holds in no state, so the stage waits for it in vain."
                path = ("strategies", strategy.id, "stages", index, "until")
                yield Oversight(path, what, "Do the rules exclude it?")


def _interests(scenario: Scenario, graph: StateGraph) -> Iterator[Oversight]:
    for path, whose, interests in interest_lists(scenario):
        for index, interest in enumerate(interests):
            values = quantity(scenario, graph, interest.quantity)
            if values.min() == values.max():
                what = (
                    f"{whose} {interest.sense} '{quantity_text(interest.quantity)}', "
                    f"which is {values[0]:g} in every state."
                )
                yield Oversight((*path, index, interest.sense), what, "It changes nothing; is that meant?")
