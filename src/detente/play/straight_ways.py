"""How likely play is to lead from one state to another by a given time, each party that moved moving once.

Between two dates at which a crisis was seen, some parties moved; nobody saw in which order. The *straight ways*
are those on which each of them moves once, to where it stands in the end, alone in some order or several
together at a table, and nobody else moves. They run through the states in which some of them have moved and
the others not yet. Rounds come at random, on average so many in the time: the number of rounds is Poisson.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma, log, sqrt

import numpy as np

from detente.play.cached_graph import CachedGraph
from detente.play.chain import Conduct, walk
from detente.play.move_index import own_moves, patterns_of, states_of
from detente.play.table_deals import Table
from detente.states.state_graph import Bools, Floats, Int64

MOST = 10
"""So many parties that moved between two dates are put in order at most."""


@dataclass(frozen=True, eq=False)
class Straight:
    """The states between two: `states[k]` is where the movers whose bits k has have moved; -1 infeasible."""

    movers: tuple[int, ...]
    states: Int64  # (2 ** mover,)

    @property
    def feasible(self) -> Bools:
        """(k,) which of them can exist."""
        return self.states >= 0


def between(cached: CachedGraph, start: int, end: int) -> Straight:
    """The states on straight ways from a state to another that differs by what parties can move."""
    index = cached.move_index
    codes = index.codes[np.array([start, end])]
    movers, steps = [], []
    for party in range(len(cached.graph.parties)):
        before, after = patterns_of(index, party, codes)
        if before != after:
            first = int(index.pattern_first[party])
            movers.append(party)
            steps.append(int(index.offset[first + after] - index.offset[first + before]))
    sums = np.zeros(1, dtype=np.int64)
    for step in steps:
        sums = np.concatenate([sums, sums + step])
    return Straight(tuple(movers), states_of(index, codes[0] + sums))


def of_walk(
    cached: CachedGraph, conduct: Conduct, straight: Straight, tables: tuple[Table, ...] = ()
) -> Floats:
    """Chances per round of the walk to stay, and to go on straight: (from, to)."""
    chances = np.zeros((len(straight.states),) * 2)
    for here, there, _, chance in steps_of_walk(cached, conduct, straight, tables):
        chances[here, there] += chance
    return chances


def steps_of_walk(
    cached: CachedGraph, conduct: Conduct, straight: Straight, tables: tuple[Table, ...] = ()
) -> list[tuple[int, int, int, float]]:
    """The same by whom: from, to, the mover (a party, the number of parties plus a table's place), the chance.

    Staying is a step of nobody, -1.
    """
    alive = np.flatnonzero(straight.feasible)
    starts = straight.states[alive]
    place = dict(zip(starts.tolist(), alive.tolist(), strict=True))
    found = []
    for here, moves in zip(alive.tolist(), one_round(cached, conduct, starts, tables), strict=True):
        for (who, target), chance in moves.items():
            there = place.get(target, -1)
            if there == here or (there > here and there & here == here):
                found.append((here, there, who, chance))
    return found


def one_round(
    cached: CachedGraph, conduct: Conduct, states: Int64, tables: tuple[Table, ...] = ()
) -> list[dict[tuple[int, int], float]]:
    """What a round does in each of some distinct states: the chance of each mover and target; staying by -1."""
    elsewhere = np.ones(cached.graph.states, dtype=np.bool_)
    elsewhere[states] = False
    path = walk(cached, conduct, states, tables, elsewhere)
    found = []
    for local, state in enumerate(states.tolist()):
        moves = range(int(path.first[local]), int(path.first[local + 1]))
        going = 1.0 / float(path.lasts[local]) if moves else 0.0
        round_: dict[tuple[int, int], float] = {(-1, state): 1.0 - going} if going < 1.0 else {}
        for move in moves:
            step = int(path.mover[move]), int(path.states[path.target[move]])
            round_[step] = round_.get(step, 0.0) + going * float(path.chance[move])
        found.append(round_)
    return found


def alike(cached: CachedGraph, straight: Straight) -> Floats:
    """The same where every feasible move of a single party, and staying, is as likely as any other."""
    chances = np.zeros((len(straight.states),) * 2)
    for here in np.flatnonzero(straight.feasible).tolist():
        state = int(straight.states[here])
        moves = [own_moves(cached.move_index, party, state) for party in range(len(cached.graph.parties))]
        share = 1.0 / (1 + sum(map(len, moves)))
        chances[here, here] = share
        for bit, party in enumerate(straight.movers):
            there = here | 1 << bit
            if there != here and straight.states[there] in moves[party]:
                chances[here, there] = share
    return chances


def nothing(straight: Straight) -> Floats:
    """The same where nobody ever moves."""
    return np.eye(len(straight.states))


def within(chances: Floats, rounds: float) -> float:
    """The chance that play goes straight from the first state to the last in a time of so many rounds.

    Σ over n of Poisson(n; rounds) · (chancesⁿ)[first, last].
    """
    row = np.zeros(len(chances))
    row[0] = 1.0
    total = 0.0
    for weight in poisson(rounds):
        total += weight * row[-1]
        row = row @ chances
    return float(total)


def likeliest(chances: Floats) -> tuple[int, ...]:
    """The straight way with the largest product of chances per round: the places it passes, first to last.

    Ties go to the way on which the parties first in the document move first; empty where there is none.
    """
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())] * len(chances)
    best[0] = (1.0, (0,))
    for there in range(1, len(chances)):
        for here in range(there):
            if here & there == here and best[here][0] * chances[here, there] > best[there][0]:
                best[there] = best[here][0] * chances[here, there], (*best[here][1], there)
    return best[-1][1]


def poisson(mean: float) -> Floats:
    """The chance of 0, 1, 2, … rounds in a time of so many on average, as far as it counts."""
    if mean <= 0:
        return np.ones(1)
    most = int(mean + 12 * sqrt(mean) + 40)
    return np.array([exp(n * log(mean) - mean - lgamma(n + 1)) for n in range(most)])
