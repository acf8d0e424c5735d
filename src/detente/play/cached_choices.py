"""What movers would do at each state, worked out once and kept for every walk that comes by."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

import numpy as np

from detente.play.choices import agreements, leading, party_moves
from detente.play.move_index import Int32, MoveIndex
from detente.play.outlook import Foresight, Outlook
from detente.play.table_deals import TableDeals, standing, strike, struck
from detente.states.state_graph import Bools, Floats, Int64

ROOM = 1 << 16  # moves for which there is room at first
FEW = 4  # so many candidates are tried at first where the best would not be kept

BRIEF, FULL = 1, 2  # how closely it was looked at whether a candidate would be kept

Keeps = Callable[[Int64, bool], Bools]
"""Which of some states would be kept; briefly: also those of which a short look does not tell."""

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
        ahead = outlook.leaving(foresight, states, best)
        return party_moves(move_index, ahead, ranks, initiative, best, states, row, ends, out)

    return CachedChoices(move_index.codes.size, len(initiative), move_index.offset.size, work)


def of_table(
    move_index: MoveIndex,
    deals: TableDeals,
    ranks: Int32,
    payoffs: Int64,
    grid: float,
    keeps: Keeps | None = None,
) -> CachedChoices:
    """What a table would agree on.

    `keeps` tells which of some states its members would keep, where not all candidates are known to be kept:
    then the best are tried first, and struck off where they are not.
    """
    place = np.empty(move_index.codes.size, dtype=np.int64)
    place[deals.candidate] = np.arange(deals.candidate.size)

    def work(states: Int64, row: int, ends: Int64, out: Int64) -> int:
        key, pattern, mark = standing(move_index, ranks, deals.member, states)
        first, last = (np.searchsorted(deals.key, key, side) for side in ("left", "right"))
        while True:
            done = agreements(deals, payoffs, grid, states, first, last, pattern, mark, row, ends, out)
            if keeps is None:
                return done
            agreed = place[out[ends[row] : ends[row + done]]]
            off = _struck(deals, keeps, agreed)
            if not off.any():
                return done
            at = np.repeat(np.arange(done), np.diff(ends[row : row + done + 1]))
            go_on(np.unique(at[off]), states, first, last, pattern, mark)

    def go_on(at: Int64, states: Int64, first: Int64, last: Int64, pattern: Int32, mark: Int32) -> None:
        """Where the best candidate is struck off, find one that stands, by short looks at more at a time."""
        many = FEW
        while keeps is not None and len(at):
            stands = pattern[at], mark[at]
            best = leading(deals, payoffs, grid, states[at], first[at], last[at], *stands, many)
            found = best >= 0
            found[found] = ~_struck(deals, keeps, best[found], briefly=True)
            some = np.flatnonzero(found.any(axis=1))
            off = _struck(deals, keeps, best[some, found[some].argmax(axis=1)])
            going = best[:, -1] >= 0
            going[some[~off]] = False
            at = at[going]
            many = 2 * many

    return CachedChoices(move_index.codes.size, 1, deals.candidate.size, work)


def _struck(deals: TableDeals, keeps: Keeps, candidates: Int64, briefly: bool = False) -> Bools:
    """Which of some candidates the members would not keep; these are struck off for good.

    `briefly`: as far as a short look tells.
    """
    look = BRIEF if briefly else FULL
    fresh = np.unique(candidates[deals.tried[candidates] < look])
    if len(fresh):
        deals.tried[fresh] = look
        strike(deals, fresh[~keeps(deals.candidate[fresh], briefly)])
    return struck(deals, candidates)


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
