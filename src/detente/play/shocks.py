"""What may happen to the parties: the shocks of a scenario as chances per round, state by state."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.scenario.model import NATURE, Scenario
from detente.states.evaluate import quantity
from detente.states.state_graph import Floats, Int64, StateGraph

NOWHERE = -1


@dataclass(frozen=True, eq=False)
class Shock:
    """An option of nature that may rise by itself.

    `chance[state]` is the chance per round that it does, 0 where it cannot; `leads[state]` the state in which
    it leaves everything else as it was (-1 where it cannot happen).
    """

    option: str
    axis: int
    chance: Floats
    leads: Int64


def shocks(scenario: Scenario, graph: StateGraph) -> tuple[Shock, ...]:
    """The shocks of a scenario in the order of the document.

    A shock raises its option one level. It cannot happen at the highest level, nor where the rules forbid the
    state that it would lead to.

    Parameters
    ----------
    scenario, graph : a scenario and a graph whose axes come from it.
    """
    return tuple(
        _shock(scenario, graph, axis)
        for axis, option in enumerate(scenario.options)
        if option.owner == NATURE and option.hazard is not None
    )


def risen(graph: StateGraph, axis: int) -> Int64:
    """Where each state goes when an option rises one level by itself; -1 where it cannot.

    It cannot at the highest level, where it may not rise, and where the rules forbid the state above.
    """
    part, stride = graph.axes[axis], graph.strides[axis]
    codes = graph.codes + stride
    place = np.minimum(np.searchsorted(graph.codes, codes), graph.states - 1)
    rises = part.moves in ("both", "up")
    higher = (graph.codes // stride % part.size < part.size - 1) & (graph.codes[place] == codes) & rises
    return np.where(higher, place, NOWHERE).astype(np.int64)


def _shock(scenario: Scenario, graph: StateGraph, axis: int) -> Shock:
    option, leads = scenario.options[axis], risen(graph, axis)
    assert option.hazard is not None
    chance = np.clip(quantity(scenario, graph, option.hazard), 0.0, 1.0)
    return Shock(option=option.id, axis=axis, chance=np.where(leads != NOWHERE, chance, 0.0), leads=leads)
