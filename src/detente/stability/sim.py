"""Simultaneous stability: what if the others take their own improvements at the same moment?

Definition used here (Fraser and Hipel 1984, for two parties; read for more as follows). An improvement of
party i from s is deterred where some non-empty set of other parties each has an improvement from the same
s, and all these changes together with i's own make a feasible state that i ranks no higher than s. A state
is simultaneously stable for i when every improvement of i from it is deterred. Every non-empty set of
others counts, not only all of them, because nobody knows who else is about to move; a combination that
rules forbid deters nothing. Improvements of others are those that i expects (its views).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

import numpy as np

from detente.errors import TooLargeError
from detente.states.moves import own_moves
from detente.states.state_graph import Bools, Int64, StateGraph

_MOST_COMBINATIONS = 1 << 24


def simultaneous(graph: StateGraph, states: Iterable[int] | None = None) -> Bools:
    """Which states are simultaneously stable for each party.

    Parameters
    ----------
    graph
        The compiled crisis.
    states
        The states to judge (default: all). Each takes time in proportion to the product of the parties'
        improvements from it.

    Returns
    -------
    Bool[party, state], columns in the order of `states`.

    Raises
    ------
    TooLargeError
        Where more than 2^24 combinations of improvements would have to be looked at from one state.
    """
    chosen = range(graph.states) if states is None else list(states)
    return np.array(
        [[_deterred(graph, party, state) for state in chosen] for party in range(len(graph.parties))], bool
    ).reshape(len(graph.parties), len(chosen))


def _deterred(graph: StateGraph, party: int, state: int) -> bool:
    ranks = graph.ranks[party]
    better = _improvements(graph, party, party, state)
    if not len(better):
        return True
    codes = _joint_answers(graph, party, state, len(better))
    combined = graph.codes[better][:, None] + codes[None, :]
    place = np.minimum(np.searchsorted(graph.codes, combined), graph.states - 1)
    harmful = (graph.codes[place] == combined) & (ranks[place] <= ranks[state])
    return bool(np.all(np.any(harmful, axis=1)))


def _improvements(graph: StateGraph, viewer: int, mover: int, state: int) -> Int64:
    ranks = graph.seen.get((viewer, mover), graph.ranks[mover])
    moves = own_moves(graph, mover, state)
    better: Int64 = moves[ranks[moves] > ranks[state]]
    return better


def _joint_answers(graph: StateGraph, party: int, state: int, own: int) -> Int64:
    """What the others' improvements from the state, in every combination of at least one, add to the code."""
    changes = [
        graph.codes[_improvements(graph, party, other, state)] - graph.codes[state]
        for other in range(len(graph.parties))
        if other != party
    ]
    count = own * prod(len(change) + 1 for change in changes)
    if count > _MOST_COMBINATIONS:
        raise TooLargeError(
            f"simultaneous stability of one state would need {count:,} combinations of improvements; the limit "
            f"is {_MOST_COMBINATIONS:,}. Ask for fewer parties or another concept."
        )
    total = np.zeros(1, np.int64)
    for change in changes:
        total = (np.concatenate([[0], change])[:, None] + total[None, :]).ravel()
    return total[1:]
