"""What fails in some feasible state, before a question meets it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from detente.errors import RefusedError, ScenarioError
from detente.scenario.doubts import Doubt, divisions
from detente.scenario.draft import Path
from detente.scenario.model import Interest, Ranking, Scenario
from detente.states.evaluate import quantity
from detente.states.names import status_quo
from detente.states.payoffs import bounded
from detente.states.ranks import by_ranking
from detente.states.space import axes_of
from detente.states.state_graph import StateGraph, bare
from detente.states.states import feasible


def faults(scenario: Scenario, doubts: Iterable[Doubt]) -> Iterator[tuple[Path, str]]:
    """Those of the doubts that are well founded, each with its path and with what a question would say of it.

    Parameters
    ----------
    scenario, doubts
        A scenario, and what may fail in it. A status quo that breaks a rule is told besides.

    Raises
    ------
    TooLargeError
        More combinations or feasible states than are admitted.
    ScenarioError
        The rules leave no state.
    """
    doubts = tuple(doubts)
    of_rules = [doubt for doubt in doubts if doubt.path[0] == "rules"]
    found = tuple(_faults(scenario, _before_rules_divide(scenario), of_rules)) if of_rules else ()
    if found:
        yield from found
        return
    graph = bare(axes_of(scenario), feasible(scenario))
    yield from _faults(scenario, graph, (doubt for doubt in doubts if doubt not in of_rules))
    try:
        status_quo(scenario, graph)
    except RefusedError as error:
        yield ("status_quo",), str(error)


def refuse_rules_that_divide(scenario: Scenario) -> None:
    """Stop where a rule divides by zero: whether it holds there cannot be said.

    Raises
    ------
    RefusedError
    """
    numbers = [number for rule in scenario.rules for number in divisions(rule.must)]
    if numbers:
        graph = _before_rules_divide(scenario)
        for number in numbers:
            quantity(scenario, graph, number)


def _before_rules_divide(scenario: Scenario) -> StateGraph:
    """The states that are left by those rules that divide nothing."""
    sound = tuple(rule for rule in scenario.rules if not divisions(rule.must))
    return bare(axes_of(scenario), feasible(replace(scenario, rules=sound)))


def _faults(scenario: Scenario, graph: StateGraph, doubts: Iterable[Doubt]) -> Iterator[tuple[Path, str]]:
    for doubt in doubts:
        try:
            match doubt.about:
                case Interest() as interest:
                    bounded(interest, quantity(scenario, graph, interest.quantity))
                case Ranking(groups):
                    by_ranking(str(doubt.path[1]), groups, graph.states)
                case number:
                    quantity(scenario, graph, number)
        except RefusedError as error:
            yield doubt.path, str(error)
        except ScenarioError as error:
            yield from ((doubt.path, f"{problem.what} {problem.hint}") for problem in error.problems)
