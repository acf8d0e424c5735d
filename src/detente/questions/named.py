"""Parties, levels, outcomes, states, moves, gains and durations that kernels found by index, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from detente.answers.vocabulary import Duration, MoveSeen, Part
from detente.play.case import Case
from detente.play.first_passage import LONG
from detente.scenario.model import Scenario
from detente.states.names import changes, labels, level_names
from detente.states.payoffs import decompose
from detente.states.state_graph import StateGraph

CERTAIN = 1e-12  # a chance that falls short of 1 by less is certainty


class StateNames(TypedDict):
    """How answers show a state: number, level per option, outcomes; `RestSeen(**named(…), …)`."""

    state: int
    levels: tuple[str, ...]
    labels: tuple[str, ...]


def named(scenario: Scenario, graph: StateGraph, state: int) -> StateNames:
    """A state of a graph, by index, as answers show it."""
    return StateNames(
        state=state + 1,
        levels=level_names(scenario, graph, state),
        labels=labels(scenario, graph, state),
    )


def foresight_named(foresights: Sequence[str]) -> str:
    """The concept by which all parties look ahead; `mixed` where they differ."""
    return foresights[0] if len(set(foresights)) == 1 else "mixed"


def party_named(graph: StateGraph, party: int) -> str:
    """A party, by index."""
    return graph.parties[party]


def option_named(scenario: Scenario, option: int) -> str:
    """An option, by its place in the document."""
    return scenario.options[option].id


def level_named(scenario: Scenario, option: int, level: int) -> str:
    """A level of an option, by the place of both; the first level that is declared is 0."""
    return scenario.options[option].levels[level]


def outcome_named(scenario: Scenario, outcome: int) -> str:
    """An outcome, by its place in the document."""
    return scenario.outcomes[outcome].id


def moved(case: Case, start: int, end: int) -> MoveSeen:
    """A move between two states of the free graph, with the options it changes."""
    return moved_in(case.scenario, case.free.graph, start, end)


def moved_in(scenario: Scenario, graph: StateGraph, start: int, end: int) -> MoveSeen:
    """A move between two states of any graph, with the options it changes."""
    return MoveSeen(start + 1, end + 1, changes(scenario, graph, start, end))


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
    found = decompose(scenario, graph, party_named(graph, party), start, end, base=base)
    span = float(graph.spans[party])
    return tuple(Part(term.kind, term.name, term.other, term.units / span) for term in found if term.units)


def round_years(scenario: Scenario) -> float | None:
    """How many years a round takes; None where the scenario does not say."""
    return None if scenario.round is None else scenario.round.length.years


def duration(rounds: float, never: float) -> Duration:
    """How long something lasts: its expected rounds, and the probability that it never ends."""
    if never > 0:
        return Duration("never" if never > 1.0 - CERTAIN else "partly", None)
    return Duration("beyond", None) if rounds > LONG else Duration("ends", float(rounds))
