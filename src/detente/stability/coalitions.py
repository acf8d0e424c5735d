"""What holds against parties that act together.

A coalition H can improve on s where some state of Reach_H(s), the states that legal sequences of its
members' own moves reach, is better for every member (Kilgour, Hipel, Fang and Peng 2001). Its moves are
such sequences, not one joint change of everybody's options: where rules forbid what lies between, a joint
change may be possible that no sequence makes. An improvement is deterred where the parties outside can
answer it, by a legal sequence of their moves (sequential: of their improvements, as they truly are), so
that some member ends no better than at s; under the symmetric concept, also whatever the coalition then
does. With one member these are the concepts of single parties.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from detente.concepts import Concept, named
from detente.errors import RefusedError
from detente.stability.anticipate import by_replies
from detente.stability.closure.closures import Field, least_reply, open_field
from detente.stability.closure.components import components_of
from detente.stability.table import stability
from detente.states.state_graph import Bools, Int32, StateGraph

if TYPE_CHECKING:
    from scipy.sparse import csr_array

OFFERED = ("nash", "gmr", "smr", "seq")
"""Concepts that are defined for coalitions."""
_PAIRS_AT_ONCE = 1 << 22


def coalition_stable(
    graph: StateGraph, members: Sequence[int], concept: str | Concept, among: Bools | None = None
) -> Bools:
    """Whether each state holds against the coalition.

    Parameters
    ----------
    graph
        The compiled crisis.
    members
        Indices of the parties that act together.
    concept
        One of `OFFERED`, a row of `CONCEPTS` or its name.
    among
        Bool[state]: look no further than at these; the others are called improvable (default: all).

    Returns
    -------
    Bool[state]

    Raises
    ------
    RefusedError
        For a concept that is not defined for coalitions, or a coalition without members.
    """
    concept = named(concept) if isinstance(concept, str) else concept
    members = tuple(dict.fromkeys(members))
    if concept.name not in OFFERED:
        raise RefusedError(f"coalitions are judged under {', '.join(OFFERED)}; not under {concept.name}.")
    if not members:
        raise RefusedError("a coalition needs at least one member.")
    reach = _Reach(graph, members)
    with open_field(graph) as field:
        ends = _ends(field, members, concept)
    improvable = reach.reaches_dominating(graph.ranks[list(members)], ends)
    if among is not None:
        improvable |= ~among
    if concept.name == "smr":
        _deter_for_good(graph, members, reach, improvable)
    return ~improvable


def coalition_equilibria(
    graph: StateGraph, coalitions: Sequence[Sequence[int]], concept: str | Concept
) -> Bools:
    """Bool[state]: whether it holds against every coalition of the set and every party outside all of them."""
    concept = named(concept) if isinstance(concept, str) else concept
    alone = sorted(set(range(len(graph.parties))) - set(chain.from_iterable(coalitions)))
    flags = stability(graph, (concept,)).stable(concept.name)
    together = [coalition_stable(graph, members, concept) for members in coalitions]
    stable: Bools = np.all([*flags[alone], *together], axis=0)
    return stable


def coalition_improvements(graph: StateGraph, members: Sequence[int], state: int) -> tuple[int, ...]:
    """States that the coalition can reach from a state and that every member prefers to it."""
    reached = np.flatnonzero(_Reach(graph, tuple(members)).from_state(state))
    ranks = graph.ranks[list(members)]
    return tuple(reached[np.all(ranks[:, reached] > ranks[:, [state]], axis=0)].tolist())


def _ends(field: Field, members: tuple[int, ...], concept: Concept) -> Int32:
    """Int32[member, state]: the worst that replies can make of arriving in a state, for each member.

    For the symmetric concept these are the ends without escapes, a first sieve.
    """
    graph, rows = field.graph, []
    for member in members:
        if by_replies((concept,)).none:
            return graph.ranks[list(members)]
        least = field.ranks[member].copy()
        least_reply(field, None, field.others(*members), concept.must_pay, least, least)
        rows.append(field.grid.gather(least))
    return np.stack(rows)


def _deter_for_good(graph: StateGraph, members: tuple[int, ...], reach: _Reach, improvable: Bools) -> None:
    """Mark, in place, states whose every deterring reply the coalition escapes from (symmetric concept)."""
    ranks = graph.ranks[list(members)]
    outside = _Reach(graph, tuple(party for party in range(len(graph.parties)) if party not in members))
    tempted = reach.reaches_dominating(ranks, ranks) & ~improvable
    for state in np.flatnonzero(tempted).tolist():
        better = np.all(ranks > ranks[:, [state]], axis=0)
        safe = better | reach.can_reach(better)
        deterred = ~safe | outside.can_reach(~safe)
        if np.any(better & reach.from_state(state) & ~deterred):
            improvable[state] = True


class _Reach:
    """Which states legal sequences of the members' moves reach: by strong components and the doors between
    them."""

    def __init__(self, graph: StateGraph, members: tuple[int, ...]) -> None:
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        source, target = _edges(graph, members)
        states = graph.states
        edges = csr_array((np.ones(len(source), bool), (source, target)), shape=(states, states))
        self.count, self.component = connected_components(edges, directed=True, connection="strong")
        self.sizes = np.bincount(self.component, minlength=self.count)
        self.onward = _closure(self.component[source], self.component[target], self.count)
        self.members = np.argsort(self.component, kind="stable")
        self.starts = np.concatenate([[0], np.cumsum(self.sizes)])

    def from_state(self, state: int) -> Bools:
        """Bool[state]: what is reached from one state."""
        component = self.component[state]
        row = self.onward.indices[self.onward.indptr[component] : self.onward.indptr[component + 1]]
        reached = np.zeros(self.count, bool)
        reached[row] = True
        reached[component] = True
        return reached[self.component]

    def can_reach(self, wanted: Bools) -> Bools:
        """Bool[state]: from where one of the wanted states is reached or already held."""
        holds = np.bincount(self.component, weights=wanted, minlength=self.count) > 0
        return (holds | (self.onward @ holds.astype(np.int64) > 0))[self.component]

    def reaches_dominating(self, ranks: Int32, ends: Int32) -> Bools:
        """Bool[state]: from where a state is reached whose end is better, for every member, than staying."""
        found = np.zeros(len(self.component), bool)
        for component in range(self.count):
            row = self.onward.indices[self.onward.indptr[component] : self.onward.indptr[component + 1]]
            there = np.concatenate([self._states(other) for other in {component, *row.tolist()}])
            here = self._states(component)
            if len(there) == 1:
                continue
            step = max(1, _PAIRS_AT_ONCE // len(there))
            for begin in range(0, len(here), step):
                some = here[begin : begin + step]
                beaten = np.ones((len(some), len(there)), bool)
                for rank, end in zip(ranks, ends, strict=True):
                    beaten &= end[there][None, :] > rank[some][:, None]
                found[some] = beaten.any(axis=1)
        return found

    def _states(self, component: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return self.members[self.starts[component] : self.starts[component + 1]]


def _edges(graph: StateGraph, members: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Few moves that connect as all moves do: round each room, and one through each door."""
    sources, targets = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for member in members:
        components = components_of(graph, member)
        first = components.members[components.starts[:-1]]
        following = np.roll(components.members, -1)
        following[components.starts[1:] - 1] = first
        sources += [components.members, np.repeat(first, np.diff(components.leads))]
        targets += [following, first[components.onward]]
    return np.concatenate(sources), np.concatenate(targets)


def _closure(source: np.ndarray, target: np.ndarray, count: int) -> csr_array:
    """Which components lead to which others, through any number of doors."""
    from scipy.sparse import coo_array

    between = source != target
    ones = np.ones(np.count_nonzero(between), np.int64)
    step = coo_array((ones, (source[between], target[between])), shape=(count, count)).tocsr()
    step.data[:] = 1
    closure = step
    while True:
        wider = closure + closure @ step
        wider.data[:] = 1
        if wider.nnz == closure.nnz:
            return closure
        closure = wider
