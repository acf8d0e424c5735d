"""What a promise changes: one party's payoff, wherever the promise is kept."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from detente.errors import RefusedError
from detente.questions.named import party_named
from detente.states.ranks import dense
from detente.states.state_graph import Bools, StateGraph


def promised(graph: StateGraph, party: int, where: Bools, size: float) -> StateGraph:
    """The crisis in which a party gains so much more in some states.

    A promise is added to the payoff itself, not through attitudes: nobody else's payoff changes, and spans stay
    those of the base scenario. Who holds a view of the party keeps its picture.

    Parameters
    ----------
    graph
        The whole graph.
    party
        Who is promised something; a cardinal party.
    where
        (state,) where the promise is kept.
    size
        How much, in the party's spans; rounded to the grid.

    Raises
    ------
    RefusedError
        The party is known by order only.
    """
    if not graph.cardinal[party]:
        raise RefusedError(
            f"{party_named(graph, party)} is known by the order of states only; nothing adds to it."
        )
    payoffs, ranks = graph.payoffs.copy(), graph.ranks.copy()
    payoffs[party] += np.where(where, round(size * float(graph.spans[party])), 0)
    ranks[party] = dense(payoffs[party])
    return replace(graph, payoffs=payoffs, ranks=ranks)
