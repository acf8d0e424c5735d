"""Inverse analysis where only orders are known: the fewest changes of preferences that make a state hold.

An elementary change exchanges two neighbours in a party's ranking (neighbouring groups, where there are
ties), or reverses one of a party's prioritized statements. Orders are searched breadth first, so the first
that makes a state an equilibrium takes the fewest changes. (Inverse graph model: Kinsara, Petersons,
Inohara and Kilgour 2015.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from detente.stability.table import stability
from detente.states.ranks import by_statements
from detente.states.state_graph import Bools, Int32, StateGraph

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Exchange:
    """An elementary change: of a ranking the group that rises past the one above it (from 1, best first), or of
    statements the one that is reversed (from 1, most important first)."""

    party: int
    kind: Literal["swap", "reverse"]
    place: int


@dataclass(frozen=True, eq=False)
class Order:
    """How a party orders states: its ranking's groups, best first, or where each of its statements holds."""

    party: int
    groups: tuple[tuple[int, ...], ...] = ()
    statements: tuple[Bools, ...] = ()


@dataclass(frozen=True, eq=False)
class Reordering:
    """The fewest changes found, the state that then holds (None: none found), and how far the search went.

    `exact`: no smaller number of changes does. `tried` orders were judged; all with up to `depth` changes.
    """

    changes: tuple[Exchange, ...]
    state: int | None
    graph: StateGraph
    exact: bool
    tried: int
    depth: int


_Signature = tuple[tuple[int, ...], ...]


def fewest_changes(
    graph: StateGraph, orders: Sequence[Order], concept: str, inside: Bools, budget: int
) -> Reordering:
    """The fewest elementary changes after which some state of an outcome holds for everybody.

    Parameters
    ----------
    graph : the crisis.
    orders : how the parties known only by order rank the states; theirs are what may change.
    concept : under which the state is to hold.
    inside : (state,) the outcome.
    budget : judge at most so many orders.
    """
    start = tuple(_identity(order) for order in orders)
    level: dict[_Signature, tuple[Exchange, ...]] = {start: ()}
    seen, tried, depth = {start}, 0, 0
    while level:
        for signature, changes in level.items():
            if tried >= budget:
                return Reordering((), None, graph, False, tried, depth - 1)
            tried += 1
            changed = reordered(graph, orders, signature)
            holds = np.flatnonzero(stability(changed, (concept,)).equilibria(concept) & inside)
            if len(holds):
                return Reordering(changes, int(holds[0]), changed, True, tried, depth)
        following: dict[_Signature, tuple[Exchange, ...]] = {}
        for signature, changes in level.items():
            for exchange, other in _neighbours(orders, signature):
                if other not in seen:
                    seen.add(other)
                    following[other] = (*changes, exchange)
                if len(following) > budget:
                    break
        level, depth = following, depth + 1
    return Reordering((), None, graph, True, tried, depth - 1)


def reordered(graph: StateGraph, orders: Sequence[Order], signature: _Signature) -> StateGraph:
    """The crisis in which these parties order the states anew."""
    ranks, payoffs = graph.ranks.copy(), graph.payoffs.copy()
    for order, places in zip(orders, signature, strict=True):
        ranks[order.party] = payoffs[order.party] = _ranks(order, places, graph.states)
    return replace(graph, ranks=ranks, payoffs=payoffs)


def _identity(order: Order) -> tuple[int, ...]:
    return tuple(range(len(order.groups))) or (0,) * len(order.statements)


def _ranks(order: Order, places: Sequence[int], states: int) -> Int32:
    """Ranks from groups in a new order, or from statements some of which are reversed (1)."""
    if order.groups:
        ranks = np.empty(states, dtype=np.int32)
        for rank, place in enumerate(reversed(places)):
            ranks[list(order.groups[place])] = rank
        return ranks
    return by_statements(
        (where ^ bool(turned) for where, turned in zip(order.statements, places, strict=True)), states
    )


def _neighbours(orders: Sequence[Order], signature: _Signature) -> Iterator[tuple[Exchange, _Signature]]:
    """Every order that is one elementary change away."""
    for row, (order, places) in enumerate(zip(orders, signature, strict=True)):
        count = len(places) - 1 if order.groups else len(places)
        for place in range(count):
            changed = list(places)
            if order.groups:
                changed[place : place + 2] = changed[place + 1], changed[place]
                exchange = Exchange(order.party, "swap", place + 2)
            else:
                changed[place] = 1 - changed[place]
                exchange = Exchange(order.party, "reverse", place + 1)
            yield exchange, (*signature[:row], tuple(changed), *signature[row + 1 :])
