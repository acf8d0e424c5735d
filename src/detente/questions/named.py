"""Moves and gains that kernels found, by the names that answers carry."""

from __future__ import annotations

from detente.answers.assess import MoveSeen, Part
from detente.graph.payoffs import decompose
from detente.graph.state_graph import StateGraph
from detente.scenario.model import Scenario
from detente.staging.case import Case


def moved(case: Case, start: int, end: int) -> MoveSeen:
    """A move between two states of the free graph, with the options it changes."""
    return MoveSeen(start + 1, end + 1, case.changes(start, end))


def terms(
    scenario: Scenario, graph: StateGraph, party: int, start: int, end: int, base: Scenario | None = None
) -> tuple[Part, ...]:
    """What a party gains from a state to a state, part by part, in its spans; parts of nothing left out.

    Parameters
    ----------
    scenario : in which the payoffs are taken apart.
    graph : of that scenario.
    party, start, end : by index.
    base : the scenario that sets the scales of payoffs (model, section 2); the scenario itself when absent.
    """
    found = decompose(scenario, graph, graph.parties[party], start, end, base=base)
    span = float(graph.spans[party])
    return tuple(Part(term.kind, term.name, term.other, term.units / span) for term in found if term.units)
