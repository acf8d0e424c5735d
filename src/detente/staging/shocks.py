"""What may happen to the parties: the shocks of a scenario as chances per round, state by state."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.graph.evaluate import quantity
from detente.graph.state_graph import Floats, Int64, StateGraph
from detente.scenario.model import NATURE, Scenario

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


def _shock(scenario: Scenario, graph: StateGraph, axis: int) -> Shock:
    option, part, stride = scenario.options[axis], graph.axes[axis], graph.strides[axis]
    assert option.hazard is not None
    codes = graph.codes + stride
    place = np.minimum(np.searchsorted(graph.codes, codes), graph.states - 1)
    rises = part.moves in ("both", "up")
    higher = (graph.codes // stride % part.size < part.size - 1) & (graph.codes[place] == codes) & rises
    chance = np.clip(quantity(scenario, graph, option.hazard), 0.0, 1.0)
    return Shock(
        option=option.id,
        axis=axis,
        chance=np.where(higher, chance, 0.0),
        leads=np.where(higher, place, NOWHERE).astype(np.int64),
    )
