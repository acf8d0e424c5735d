"""Hazards and interests that fail in some feasible state, before a question meets them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.errors import RefusedError
from detente.scenario.doubts import Doubt
from detente.scenario.model import Interest, Scenario
from detente.states.compile import bare
from detente.states.evaluate import quantity
from detente.states.payoffs import bounded
from detente.states.space import axes_of
from detente.states.states import feasible


def faults(scenario: Scenario, doubts: Iterable[Doubt]) -> Iterator[tuple[Doubt, str]]:
    """Those of the doubts that are well founded, each with what a question would say of it.

    Parameters
    ----------
    scenario, doubts
        A scenario, and what may fail in it.

    Raises
    ------
    TooLargeError
        More combinations or feasible states than are admitted.
    ScenarioError
        The rules leave no state.
    """
    graph = bare(axes_of(scenario), feasible(scenario))
    for doubt in doubts:
        try:
            if isinstance(doubt.about, Interest):
                bounded(doubt.about, quantity(scenario, graph, doubt.about.quantity))
            else:
                quantity(scenario, graph, doubt.about)
        except RefusedError as error:
            yield doubt, str(error)
