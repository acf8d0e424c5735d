"""How play ends: closed classes of a walk, the exact chance of each, and what every state is worth.

The chain's strong components are found once (Tarjan 1972) and come in an order in which moves lead only from
later to earlier ones. Chances are then carried through component by component: single states by plain
sums, larger ones by a linear solve of their own size. Nothing is simulated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.play.cached_choices import stretches
from detente.play.chain import Walk
from detente.play.linear import moves_within, solve
from detente.stability.compiled import native
from detente.states.state_graph import Bools, Floats, Int64


@dataclass(frozen=True, eq=False)
class Endings:
    """The components of a walk: `order[begin[c]:begin[c + 1]]` are the local states of component c.

    Moves lead from higher to lower components only. `closed[c]`: nothing leaves c, so play that enters it
    stays: a rest where it is one state, a cycle where it is several. `stationary[local]` is the long-run share
    of each state within its closed class (0 in components that play leaves).
    """

    walk: Walk
    component: Int64  # (local,)
    order: Int64  # (local,)
    begin: Int64  # (component + 1,)
    closed: Bools  # (component,)
    stationary: Floats  # (local,)

    def members(self, component: int) -> Int64:
        """Local states of a component."""
        return self.order[self.begin[component] : self.begin[component + 1]]

    def visits(self, start: Floats) -> Floats:
        """Expected visits to each state that play leaves for good; in closed classes, the mass that enters.

        Parameters
        ----------
        start : (local,) mass at the start.
        """
        amounts = start.astype(np.float64).copy()
        at = len(self.begin) - 2
        while at >= 0:
            at = int(_push(*self._moves, self.order, self.begin, self.closed, amounts, at))
            if at >= 0:
                states = self.members(at)
                amounts[states] = solve(self.walk, states, amounts[states], transposed=True)
                _, source, moves = self._leaving(states)
                np.add.at(amounts, self.walk.target[moves], amounts[source] * self.walk.chance[moves])
                at -= 1
        return amounts

    def absorbed(self, start: Floats) -> Floats:
        """Probability that play from a start ends in each component; 0 for those that it leaves."""
        mass = np.bincount(self.component, weights=self.visits(start), minlength=len(self.closed))
        return np.where(self.closed, mass, 0.0)

    def values(self, worth: Floats) -> Floats:
        """Expected worth of where play ends, from every state.

        Parameters
        ----------
        worth : (component,) worth of ending in each closed component; read only there.
        """
        values = np.where(self.closed, worth, 0.0)[self.component]
        at, last = 0, len(self.begin) - 1
        while at < last:
            at = int(_pull(*self._moves, self.order, self.begin, self.closed, values, at))
            if at < last:
                states = self.members(at)
                place, _, moves = self._leaving(states)
                outside = np.zeros(len(states))
                np.add.at(outside, place, self.walk.chance[moves] * values[self.walk.target[moves]])
                values[states] = solve(self.walk, states, outside)
                at += 1
        return values

    def _leaving(self, states: Int64) -> tuple[Int64, Int64, Int64]:
        """The moves that leave a component: the place of each one's state in it, that state, the move."""
        many = self.walk.first[states + 1] - self.walk.first[states]
        place = np.repeat(np.arange(len(states), dtype=np.int64), many)
        moves = stretches(self.walk.first[states], many)
        leaves = self.component[self.walk.target[moves]] != self.component[states[0]]
        return place[leaves], states[place[leaves]], moves[leaves]

    @property
    def _moves(self) -> tuple[Int64, Int64, Floats]:
        return self.walk.first, self.walk.target, self.walk.chance


def endings(walk: Walk) -> Endings:
    """Where a walk ends: its components, which of them are closed, and the long run inside those."""
    component = strong_components(walk.first, walk.target)
    order = np.argsort(component, kind="stable").astype(np.int64)
    count = int(component.max()) + 1 if len(component) else 0
    begin = np.searchsorted(component[order], np.arange(count + 1)).astype(np.int64)
    closed = np.ones(count, dtype=np.bool_)
    source = component[walk.source]
    closed[source[source != component[walk.target]]] = False
    stationary = np.zeros(len(component))
    for place in np.flatnonzero(closed):
        states = order[begin[place] : begin[place + 1]]
        stationary[states] = _long_run(walk, states)
    return Endings(walk, component, order, begin, closed, stationary)


def _long_run(walk: Walk, states: Int64) -> Floats:
    """Long-run shares in a closed class: expected rounds between two visits to its first state, scaled."""
    if len(states) == 1:
        return np.ones(1)
    rows, columns, chances = moves_within(walk, states)
    leaves = rows == 0
    entered = np.bincount(columns[leaves], weights=chances[leaves], minlength=len(states))
    rest = solve(walk, states[1:], entered[1:].astype(np.float64), transposed=True)
    rounds = np.concatenate([[1.0], rest]) * walk.lasts[states]
    shares: Floats = rounds / rounds.sum()
    return shares


@native
def strong_components(first: Int64, target: Int64) -> Int64:
    """Strong components, numbered so that moves lead from higher to lower numbers only (Tarjan 1972)."""
    size = first.size - 1
    component, seen, low = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)
    cursor, path, open_states = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)
    for state in range(size):
        component[state] = seen[state] = -1
        cursor[state] = first[state]
    clock, found = 0, 0
    for root in range(size):
        if seen[root] >= 0:
            continue
        depth, waiting = 1, 1
        path[0], open_states[0] = root, root
        seen[root] = low[root] = clock
        clock += 1
        while depth > 0:
            state = path[depth - 1]
            if cursor[state] < first[state + 1]:
                goal = target[cursor[state]]
                cursor[state] += 1
                if seen[goal] < 0:
                    seen[goal] = low[goal] = clock
                    clock += 1
                    path[depth], open_states[waiting] = goal, goal
                    depth += 1
                    waiting += 1
                elif component[goal] < 0:
                    low[state] = min(low[state], seen[goal])
                continue
            depth -= 1
            if depth > 0:
                low[path[depth - 1]] = min(low[path[depth - 1]], low[state])
            if low[state] == seen[state]:
                while True:
                    waiting -= 1
                    member = open_states[waiting]
                    component[member] = found
                    if member == state:
                        break
                found += 1
    return component


@native
def _push(
    first: Int64,
    target: Int64,
    chance: Floats,
    order: Int64,
    begin: Int64,
    closed: Bools,
    amounts: Floats,
    at: int,
) -> int:
    """Carry mass down through single states; stop at, and return, the next larger component that is left."""
    while at >= 0:
        if not closed[at]:
            if begin[at + 1] - begin[at] > 1:
                return at
            state = order[begin[at]]
            for move in range(first[state], first[state + 1]):
                amounts[target[move]] += amounts[state] * chance[move]
        at -= 1
    return -1


@native
def _pull(
    first: Int64,
    target: Int64,
    chance: Floats,
    order: Int64,
    begin: Int64,
    closed: Bools,
    values: Floats,
    at: int,
) -> int:
    """Value single states from where they lead; stop at, and return, the next larger component that is left."""
    while at < closed.size:
        if not closed[at]:
            if begin[at + 1] - begin[at] > 1:
                return at
            state = order[begin[at]]
            value = 0.0
            for move in range(first[state], first[state + 1]):
                value += chance[move] * values[target[move]]
            values[state] = value
        at += 1
    return at
