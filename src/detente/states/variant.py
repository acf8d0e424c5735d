"""A crisis as it is looked at: all its states or those that matter, and what they are worth after a change.

Every question that asks "and if this were otherwise?" asks it of a variant. What a change does not touch is
shared: a variant whose states are worth what they were is the same arrays, so that whatever was worked out on
them (anticipations, choices, tables) still holds. Interests, attitudes and views change worths alone; states
are compiled anew only where a rule speaks of trade that has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from detente.scenario.expression import Name
from detente.scenario.model import Scenario
from detente.states.compile import compile_graph
from detente.states.evaluate import condition
from detente.states.moves import restrict
from detente.states.revalued import varied
from detente.states.state_graph import Bools, Int64, StateGraph

Granting = Callable[[StateGraph, Int64], StateGraph]
"""What is given in single states besides: a graph and the codes of its states to a graph worth more or less."""

UNVALUED = ("parties", "tables", "strategies", "venues", "status_quo")
"""Parts of a scenario on which neither its states nor what they are worth depend."""


@dataclass(frozen=True, eq=False)
class Variant:
    """A scenario on some of its states.

    Attributes
    ----------
    scenario : Scenario
        The scenario as it stands, changes included.
    base : Scenario
        The scenario before any change: its weights scale values, and its spans stay.
    graph : StateGraph
        The states that are looked at.
    codes : (state,)
        Their codes among all level combinations.
    whole : (state of the whole graph,)
        The codes of all states of the base.
    granting : callable
        What is given in single states besides what they are worth; by default nothing.
    unchanged : Variant or None
        The same states before any change; None where this is it.
    """

    scenario: Scenario
    base: Scenario
    graph: StateGraph
    codes: Int64
    whole: Int64
    granting: Granting = lambda graph, _: graph
    unchanged: Variant | None = None

    @cached_property
    def home(self) -> Int64:
        """(state,) the index of each state in the base's whole graph; -1 for one that only the variant has."""
        place = np.minimum(np.searchsorted(self.whole, self.codes), len(self.whole) - 1)
        return np.where(self.whole[place] == self.codes, place, -1).astype(np.int64)

    def at(self, state: int) -> int:
        """Where a state of the base's whole graph stands here (one that is looked at)."""
        return int(np.searchsorted(self.codes, self.whole[state]))

    def looks_at(self, state: int) -> bool:
        """Whether a state of the base's whole graph is among those that are looked at."""
        place = self.at(state)
        return place < len(self.codes) and bool(self.codes[place] == self.whole[state])

    def calm(self, state: int) -> Variant:
        """A crisis as yet unchanged with nature's options held as in a state of its whole graph.

        They change in no move, reply, table or walk, which leaves fewer states and the same course and margins.
        """
        part = self.graph.axes
        levels = self.graph.levels(self.at(state))
        held = {axis: levels[axis] for axis in range(len(part)) if part[axis].owner < 0}
        if not held:
            return self
        graph, index = restrict(self.graph, held)
        return replace(self, graph=graph, codes=self.codes[index], unchanged=None)

    def changed(self, scenario: Scenario) -> Variant:
        """The crisis as another scenario has it, on the same states; what the change leaves alone is shared.

        Raises
        ------
        ScenarioError, RefusedError
            The rules, which depend on trade that has changed, leave no state.
        """
        if same_worths(scenario, self.scenario):
            return replace(self, scenario=scenario)
        first = self.unchanged or self
        graph, codes = varied(first.graph, first.codes, scenario, self.base)
        graph = self.granting(graph, codes)
        return replace(self, scenario=scenario, graph=graph, codes=codes, unchanged=first)

    def granted(self, granting: Granting) -> Variant:
        """The same with something given in single states, also after any further change."""
        first = self.unchanged or self
        return replace(self, graph=granting(self.graph, self.codes), granting=granting, unchanged=first)

    def inside(self, outcome: str) -> Bools:
        """(state,) which states belong to an outcome."""
        return condition(self.scenario, self.graph, Name(outcome))


def whole(scenario: Scenario, compiled: StateGraph | None = None) -> Variant:
    """A scenario as it is, on all its states.

    Parameters
    ----------
    compiled : its graph, where that is known already.

    Raises
    ------
    TooLargeError
        When the scenario has more states than are admitted.
    """
    graph = compiled or compile_graph(scenario)
    return Variant(scenario, scenario, graph, graph.codes, graph.codes)


def same_worths(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios have the same states, worth the same: what differs is at most in `UNVALUED`."""
    return replace(one, **{part: getattr(other, part) for part in UNVALUED}) == other
