"""The observed path: the state at every date."""

from __future__ import annotations

from dataclasses import dataclass

from detente.scenario.clock import DAYS, last_day
from detente.scenario.model import Scenario
from detente.states.names import state_of
from detente.states.state_graph import StateGraph


@dataclass(frozen=True)
class Dated:
    """A date as it is written, the options named there, and the state (by index) in which things stood."""

    date: str
    named: tuple[str, ...]
    state: int


def observed_path(scenario: Scenario, graph: StateGraph) -> tuple[Dated, ...]:
    """The observed states, in order of their dates.

    What an observation does not name stands as the one before has it, and before the first as at the status
    quo.

    Raises
    ------
    RefusedError
        A state that is not feasible.
    """
    levels: dict[str, str] = {}
    path = []
    for seen_at in scenario.observed:
        levels |= dict(seen_at.levels)
        named = tuple(option for option, _ in seen_at.levels)
        path.append(Dated(seen_at.date, named, state_of(scenario, graph, levels)))
    return tuple(path)


def rounds_between(scenario: Scenario, since: str, until: str) -> float:
    """How many rounds pass between two dates on average; 1 where the scenario has no clock."""
    if scenario.round is None:
        return 1.0
    days = (last_day(until) - last_day(since)).days
    return days / (scenario.round.length.years * DAYS["year"])
