"""What movers would do at each state, worked out once and kept for every walk that comes by."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

import numpy as np

from detente.play.choices import agreements, party_moves
from detente.play.move_index import Int32, MoveIndex
from detente.play.outlook import Foresight, Outlook
from detente.play.table_deals import TableDeals, standing, strike
from detente.states.state_graph import Bools, Floats, Int64

ROOM = 1 << 16  # moves for which there is room at first

Work = Callable[[Int64, int, Int64, Int64], int]
"""Writes the moves at some states, from a row on, to ends and targets while there is room; how many it did."""


class CachedChoices:
    """The open moves of some movers at the states of a ground.

    Several threads may ask at once; what one has found out the others need not.

    Parameters
    ----------
    states : how many states there are.
    movers : how many movers are looked at together.
    most : more moves than this no state has.
    work : works moves out; see `Work`.
    """

    def __init__(self, states: int, movers: int, most: int, work: Work) -> None:
        self.movers, self._most, self._work = movers, most, work
        self._row = np.full(states, -1, dtype=np.int32)
        self._rows = 0
        self._ends = np.zeros(1, dtype=np.int64)
        self._targets = np.empty(0, dtype=np.int64)
        self._asking = Lock()

    def moves(self, states: Int64) -> tuple[Int64, Int64]:
        """How many open moves each mover has at some distinct states, (state, mover), and their targets."""
        with self._asking:
            self._learn(states[self._row[states] < 0])
            at = self._row[states].astype(np.int64)[:, None] * self.movers + np.arange(self.movers)
            first = self._ends[at]
            many = self._ends[at + 1] - first
            return many, self._targets[stretches(first.ravel(), many.ravel())]

    def _learn(self, states: Int64) -> None:
        """Work out the moves at states that nobody has asked about."""
        rows, done = self._rows + len(states), 0
        if rows * self.movers >= len(self._ends):
            self._ends = _longer(self._ends, 2 * rows * self.movers + 1)
        while done < len(states):
            done += self._work(states[done:], self._rows + done, self._ends, self._targets)
            if done < len(states):
                self._targets = _longer(self._targets, 2 * len(self._targets) + self._most + ROOM)
        self._row[states] = np.arange(self._rows, rows)
        self._rows = rows


def of_parties(
    move_index: MoveIndex,
    outlook: Outlook,
    foresight: Foresight,
    ranks: Int32,
    initiative: Floats,
    best: bool,
) -> CachedChoices:
    """What each party would do alone: its best moves, or any open one."""

    def work(states: Int64, row: int, ends: Int64, out: Int64) -> int:
        ahead = outlook.leaving(foresight, states)
        return party_moves(move_index, ahead, ranks, initiative, best, states, row, ends, out)

    return CachedChoices(move_index.codes.size, len(initiative), move_index.offset.size, work)


def of_table(
    move_index: MoveIndex,
    deals: TableDeals,
    ranks: Int32,
    payoffs: Int64,
    grid: float,
    keeps: Callable[[Int64], Bools] | None = None,
) -> CachedChoices:
    """What a table would agree on.

    `keeps` tells which of some states its members would keep, where not all candidates are known to be kept:
    then the best are tried first, and struck off where they are not.
    """
    known = np.zeros(0 if keeps is None else move_index.codes.size, dtype=np.bool_)

    def work(states: Int64, row: int, ends: Int64, out: Int64) -> int:
        key, pattern, mark = standing(move_index, ranks, deals.member, states)
        first, last = (np.searchsorted(deals.key, key, side) for side in ("left", "right"))
        while True:
            done = agreements(deals, payoffs, grid, states, first, last, pattern, mark, row, ends, out)
            if keeps is None:
                return done
            agreed = np.unique(out[ends[row] : ends[row + done]])
            agreed = agreed[~known[agreed]]
            kept = keeps(agreed)
            known[agreed[kept]] = True
            if kept.all():
                return done
            strike(deals, agreed[~kept])

    return CachedChoices(move_index.codes.size, 1, deals.candidate.size, work)


def stretches(first: Int64, many: Int64) -> Int64:
    """The numbers from each first one on, as many as wanted, one after another."""
    ends = np.cumsum(many)
    places: Int64 = np.arange(int(many.sum()), dtype=np.int64) + np.repeat(first - (ends - many), many)
    return places


def _longer(numbers: Int64, size: int) -> Int64:
    """The same numbers with more room."""
    longer = np.empty(size, dtype=np.int64)
    longer[: len(numbers)] = numbers
    return longer
