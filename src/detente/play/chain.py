"""How play moves on: the Markov chain of one stage, on the states that it reaches, exact.

One round: one mover, drawn in proportion to its initiative among the parties and open tables that have an open
move, moves. Where nothing is open, or where play is told to stay, the state rests. Nature never moves here.

What a table agrees on may have to be ratified. Where it is not, play stands where it stood and somebody is
drawn again, so that the chances of the next move are those of a table with so much less initiative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from detente.errors import RefusedError
from detente.play.cached_choices import CachedChoices, stretches
from detente.play.cached_graph import CachedGraph
from detente.play.outlook import Foresight
from detente.play.table_deals import Table
from detente.stability.compiled import native
from detente.states.state_graph import Bools, Floats, Int64

Choice = Literal["best", "any", "noisy"]


@dataclass(frozen=True)
class Conduct:
    """How the parties behave: foresight, initiative and composure of each, and how a mover chooses.

    `best` takes the open move with the highest anticipated value, then the highest payoff, ties uniformly;
    `any` takes each open move alike; `noisy` draws among the open moves by exp(composure · value / span).
    """

    foresight: Foresight
    initiative: tuple[float, ...]
    composure: tuple[float, ...] = ()  # needed for noisy choice only
    choice: Choice = "best"


@dataclass(frozen=True, eq=False)
class Walk:
    """The chain on the states that play reaches.

    `states[local]` are states of the ground, the starts first. From local state k play takes the moves
    `first[k]:first[k + 1]`, each with its target (local), mover (party, or number of parties + table) and
    chance; a state without moves rests. At each state play stays `lasts[local]` rounds at a time: one, and more
    where agreements are turned down.
    """

    states: Int64  # (local,)
    first: Int64  # (local + 1,)
    target: Int64  # (move,)
    mover: Int64  # (move,)
    chance: Floats  # (move,)
    lasts: Floats  # (local,)

    @property
    def source(self) -> Int64:
        """The local state that each move leaves."""
        return np.repeat(np.arange(len(self.states), dtype=np.int64), np.diff(self.first))


def walk(
    cached: CachedGraph,
    conduct: Conduct,
    starts: Int64,
    tables: tuple[Table, ...] = (),
    stays: Bools | None = None,
) -> Walk:
    """Where play goes from some states: the chain on everything that can be reached.

    Parameters
    ----------
    ground : where play happens.
    conduct : how the parties behave.
    starts : (start,) distinct states of the ground.
    tables : the open tables.
    stays : (state,) where play stops whatever is open; nowhere by default.

    Raises
    ------
    RefusedError
        A table, or noisy choice, asks for gains of a party known only by order.
    """
    parties = cached.of_parties(conduct.foresight, conduct.initiative, conduct.choice == "best")
    outlooks = (parties, *(cached.of_table(table, conduct.foresight) for table in tables))
    states, many, targets = _explore(cached.graph.states, outlooks, np.asarray(starts, dtype=np.int64), stays)
    initiative = np.array([*conduct.initiative, *(table.weight for table in tables)], dtype=np.float64)
    movers = len(initiative)
    group = np.repeat(np.arange(many.size, dtype=np.int64), many.ravel())
    source, mover = group // movers, group % movers
    total = _drawn(many, initiative)
    every = _drawn(many, np.array([*conduct.initiative, *(table.initiative for table in tables)]))
    if conduct.choice == "noisy":
        shares = _logit(many.ravel(), _appeals(cached, conduct, mover, states[targets]))
    else:
        shares = 1.0 / many.ravel()[group]
    return Walk(
        states=states,
        first=np.concatenate([[0], np.cumsum(many.sum(axis=1))]).astype(np.int64),
        target=targets,
        mover=mover,
        chance=initiative[mover] / total[source] * shares,
        lasts=np.where(total > 0, every / np.where(total > 0, total, 1.0), 1.0),
    )


def _drawn(many: Int64, initiative: Floats) -> Floats:
    """The initiative of all movers that have a move at each state, together."""
    total = np.zeros(len(many))
    for who, weight in enumerate(initiative):
        total += np.where(many[:, who] > 0, weight, 0.0)
    return total


def _explore(
    size: int, outlooks: Sequence[CachedChoices], starts: Int64, stays: Bools | None
) -> tuple[Int64, Int64, Int64]:
    """Breadth first from the starts: the states reached, each mover's number of moves, and their targets.

    States in the order of their discovery, counts (local, mover), targets (local) state by state.
    """
    local = np.full(size, -1, dtype=np.int64)
    reached: list[Int64] = []
    counts: list[Int64] = []
    goals: list[Int64] = []
    known, frontier = 0, starts
    while True:
        local[frontier] = np.arange(known, known + len(frontier))
        known += len(frontier)
        moving = np.ones(len(frontier), dtype=np.bool_) if stays is None else ~stays[frontier]
        found, targets = _side_by_side([cached_choices.moves(frontier[moving]) for cached_choices in outlooks])
        many = np.zeros((len(frontier), found.shape[1]), dtype=np.int64)
        many[moving] = found
        reached.append(frontier)
        counts.append(many)
        goals.append(targets)
        fresh = targets[local[targets] < 0]
        frontier = fresh[np.sort(np.unique(fresh, return_index=True)[1])]
        if not len(frontier):
            return np.concatenate(reached), np.concatenate(counts), local[np.concatenate(goals)]


def _side_by_side(parts: Sequence[tuple[Int64, Int64]]) -> tuple[Int64, Int64]:
    """Counts (state, mover) and targets of several groups of movers as those of one."""
    many = np.concatenate([counts for counts, _ in parts], axis=1)
    begin = (np.cumsum(many) - many.ravel()).reshape(many.shape)
    targets, seen = np.empty(int(many.sum()), dtype=np.int64), 0
    for counts, goals in parts:
        own = slice(seen, seen + counts.shape[1])
        targets[stretches(begin[:, own].ravel(), counts.ravel())] = goals
        seen += counts.shape[1]
    return many, targets


def _appeals(cached: CachedGraph, conduct: Conduct, mover: Int64, targets: Int64) -> Floats:
    """For noisy choice: composure · value / span of what each move of a party is anticipated to lead to.

    A table's moves all appeal alike.
    """
    graph = cached.graph
    if not all(graph.cardinal):
        raise RefusedError(
            "noisy choice weighs values, and a party is known only by an order of states. "
            "Use the choice 'best' or 'any', or give every party interests."
        )
    if len(conduct.composure) != len(graph.parties):
        raise ValueError("noisy choice needs the composure of every party")
    appeals = np.zeros(len(mover))
    for party, composure in enumerate(conduct.composure):
        own = mover == party
        worths = composure * cached.worths(party) / (graph.spans[party] * graph.grid)
        appeals[own] = worths[cached.outlook.at(party, conduct.foresight[party], targets[own])]
    return appeals


@native
def _logit(many: Int64, appeals: Floats) -> Floats:
    """Chance of each of the moves among which each mover draws: in proportion to exp(appeal)."""
    shares = np.empty(appeals.size)
    end = 0
    for moves in many:
        begin, end = end, end + moves
        largest, total = -np.inf, 0.0
        for k in range(begin, end):
            largest = max(largest, appeals[k])
        for k in range(begin, end):
            shares[k] = np.exp(appeals[k] - largest)
            total += shares[k]
        for k in range(begin, end):
            shares[k] /= total
    return shares
