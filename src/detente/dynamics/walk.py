"""How play moves on: the Markov chain of one stage, on the states that it reaches, exact.

One round: one mover, drawn in proportion to its initiative among the parties and open tables that have an open
move, moves. Where nothing is open, or where play is told to stay, the state rests. Nature never moves here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from detente.dynamics.board import Board, Int32
from detente.dynamics.ground import Foresight, Ground
from detente.dynamics.movers import party_targets, table_targets
from detente.dynamics.native import native, step
from detente.dynamics.seats import Seats, Table
from detente.errors import RefusedError
from detente.graph.state_graph import Bools, Floats, Int64

Number = TypeVar("Number", np.int64, np.float64)
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
    chance; a state without moves rests.
    """

    states: Int64  # (local,)
    first: Int64  # (local + 1,)
    target: Int64  # (move,)
    mover: Int64  # (move,)
    chance: Floats  # (move,)

    @property
    def source(self) -> Int64:
        """The local state that each move leaves."""
        return np.repeat(np.arange(len(self.states), dtype=np.int64), np.diff(self.first))


def walk(
    ground: Ground, conduct: Conduct, starts: Int64, tables: tuple[Table, ...] = (), stays: Bools | None = None
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
    graph = ground.graph
    stop = np.zeros(graph.states, dtype=np.bool_) if stays is None else stays
    initiative = np.array([*conduct.initiative, *(table.initiative for table in tables)], dtype=np.float64)
    appeal, appeal_first = _appeal(ground, conduct)
    found = _explore(
        ground.board,
        ground.ahead(conduct.foresight),
        ground.ranks,
        ground.payoffs,
        graph.grid,
        ground.seats(tables, conduct.foresight),
        initiative,
        stop,
        np.asarray(starts, dtype=np.int64),
        conduct.choice == "best",
        appeal,
        appeal_first,
    )
    return Walk(*found)


def _appeal(ground: Ground, conduct: Conduct) -> tuple[Floats, Int64]:
    """For noisy choice: composure · value / span of every rank, party after party; else nothing."""
    graph = ground.graph
    if conduct.choice != "noisy":
        return np.zeros(0), np.zeros(len(graph.parties), dtype=np.int64)
    if not all(graph.cardinal):
        raise RefusedError(
            "noisy choice weighs values, and a party is known only by an order of states. "
            "Use the choice 'best' or 'any', or give every party interests."
        )
    if len(conduct.composure) != len(graph.parties):
        raise ValueError("noisy choice needs the composure of every party")
    rows = [
        conduct.composure[party] * ground.worths(party) / (graph.spans[party] * graph.grid)
        for party in range(len(graph.parties))
    ]
    first = np.cumsum([0, *(len(row) for row in rows[:-1])])
    return np.concatenate(rows), first.astype(np.int64)


@native
def _explore(
    board: Board,
    ahead: Int32,
    ranks: Int32,
    payoffs: Int64,
    grid: float,
    seats: Seats,
    initiative: Floats,
    stays: Bools,
    starts: Int64,
    best: bool,
    appeal: Floats,
    appeal_first: Int64,
) -> tuple[Int64, Int64, Int64, Int64, Floats]:
    """Breadth first from the starts; see `Walk` for what is returned."""
    movers = initiative.size
    local = np.full(stays.size, -1, dtype=np.int32)
    states = np.empty(max(64, 2 * starts.size), dtype=np.int64)
    first = np.zeros(states.size + 1, dtype=np.int64)
    target, mover = np.empty(256, dtype=np.int64), np.empty(256, dtype=np.int64)
    chance = np.empty(256, dtype=np.float64)
    out = np.empty(board.offset.size + seats.candidate.size + 1, dtype=np.int64)
    ends = np.zeros(movers + 1, dtype=np.int64)
    known, moves, at = 0, 0, 0
    for state in starts:
        states[known] = state
        local[state] = known
        known += 1
    while at < known:
        state = int(states[at])
        total = 0.0
        if not stays[state]:
            total = _open_moves(board, state, ahead, ranks, payoffs, grid, seats, initiative, best, out, ends)
        for who in range(movers if total > 0.0 else 0):
            begin, end = int(ends[who]), int(ends[who + 1])
            shares = _shares(who, ahead, out[begin:end], appeal, appeal_first)
            for k in range(begin, end):
                goal = out[k]
                if local[goal] < 0:
                    if known == states.size:
                        states, first = _longer(states), _longer(first)
                    states[known] = goal
                    local[goal] = known
                    known += 1
                if moves == target.size:
                    target, mover, chance = _longer(target), _longer(mover), _longer(chance)
                target[moves], mover[moves] = local[goal], who
                chance[moves] = initiative[who] / total * shares[k - begin]
                moves += 1
        at += 1
        first[at] = moves
    return states[:known], first[: known + 1], target[:moves], mover[:moves], chance[:moves]


@step
def _open_moves(
    board: Board,
    state: int,
    ahead: Int32,
    ranks: Int32,
    payoffs: Int64,
    grid: float,
    seats: Seats,
    initiative: Floats,
    best: bool,
    out: Int64,
    ends: Int64,
) -> float:
    """Write each mover's targets to `out[ends[who]:ends[who + 1]]`; return the initiative of all with any."""
    parties, total = ranks.shape[0], 0.0
    for who in range(initiative.size):
        begin = int(ends[who])
        end = begin
        if initiative[who] > 0.0 and who < parties:
            end = party_targets(board, who, state, ahead[who], ranks[who], best, out, begin)
        elif initiative[who] > 0.0:
            end = table_targets(board, seats, who - parties, state, payoffs, grid, out, begin)
        ends[who + 1] = end
        if end > begin:
            total += initiative[who]
    return total


@step
def _shares(who: int, ahead: Int32, targets: Int64, appeal: Floats, appeal_first: Int64) -> Floats:
    """Chance of each target once its mover is drawn: alike, or logit for a party under noisy choice."""
    shares, total, largest = np.empty(targets.size), 0.0, -np.inf
    noisy = appeal.size > 0 and who < ahead.shape[0]
    for k in range(targets.size):
        shares[k] = appeal[appeal_first[who] + ahead[who, targets[k]]] if noisy else 0.0
        largest = max(largest, shares[k])
    for k in range(targets.size):
        shares[k] = np.exp(shares[k] - largest)
        total += shares[k]
    for k in range(targets.size):
        shares[k] /= total
    return shares


@step
def _longer(array: NDArray[Number]) -> NDArray[Number]:
    """The same array with twice the room."""
    longer = np.empty(2 * array.size + 2, dtype=array.dtype)
    for k in range(array.size):
        longer[k] = array[k]
    return longer
