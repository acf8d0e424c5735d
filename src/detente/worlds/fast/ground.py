"""Where play happens in every world: cells, and who may go where from each, whatever the numbers are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.play.cached_graph import CachedGraph, Fixed
from detente.stability.closure.grid import grid_of
from detente.states.moves import free_axes
from detente.states.state_graph import Axis, Bools, Int64, StateGraph

Int16 = NDArray[np.int16]
RISES = {"both": 0, "up": 1, "down": -1}


class Ground(NamedTuple):
    """The cells of a grid of the parties' positions, and the moves under each set of commitments.

    A party's *position* is how the options stand that it may change; those of all parties are numbered through,
    the first of party p is `first[p]`. Cell + `inner[p]` is the cell where p stands one position further. Under
    the k-th set of commitments a party that stands in a position may go to the cells that lie
    `step[begin[k, position]:begin[k, position + 1]]` away. `room[r]` and `hall[r]` are sizes of stretches of
    cells in which only the innermost, or the two innermost, parties move.
    """

    inner: Int64  # (party,)
    first: Int64  # (party + 1,)
    spot: Int16  # (cell, party)
    feasible: Bools  # (cell,)
    begin: Int64  # (commitments, position + 1)
    step: Int64  # (move,)
    inmost: (
        Int64  # (2,): the party that moves within a room, and the other that moves within a hall; -1: nobody
    )
    size: Int64  # (2,): cells of a room, and of a hall


class Places:
    """The cells of a crisis and how options stand in them.

    Parameters
    ----------
    free : CachedGraph
        States on which options that nobody may change stand still.
    start : int
        A state of it.
    """

    def __init__(self, free: CachedGraph, start: int) -> None:
        part = free.around(np.array([start], dtype=np.int64))
        self.graph: StateGraph = part.graph
        self.home = part.home
        grid = grid_of(self.graph)
        self.worthwhile = grid.worthwhile
        self.cells = grid.cells
        self.cell = np.arange(self.graph.states) if grid.place is None else grid.place.astype(np.int64)
        self.state = np.full(self.cells, -1, dtype=np.int64)
        self.state[self.cell] = np.arange(self.graph.states)
        blocks = grid.blocks
        self.inner = np.array([1 if block is None else block.inner for block in blocks], dtype=np.int64)
        self.positions = np.array([1 if block is None else block.positions for block in blocks], dtype=np.int64)
        self.first = np.concatenate([[0], np.cumsum(self.positions)]).astype(np.int64)
        self.start = int(self.cell[part.place(np.array([start]))[0]])

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The options."""
        return self.graph.axes

    def over(self, marks: Bools) -> Bools:
        """(cell,) what holds in states of the free graph, told by cell; nothing holds in holes."""
        found = np.zeros(self.cells, dtype=np.bool_)
        found[self.cell] = marks[self.home]
        return found

    def levels(self, party: int) -> dict[int, Int64]:
        """The level of every option that a party may change, by its position."""
        where = self.cell // self.inner[party] % self.positions[party]
        found = {}
        for axis in free_axes(self.graph, party):
            size, stride = self.axes[axis].size, self.graph.strides[axis]
            found[axis] = np.zeros(self.positions[party], dtype=np.int64)
            found[axis][where] = self.graph.codes // stride % size
        return found

    def set_to(self, fixed: Fixed) -> Int64:
        """(position,) in which position a party's options stand once some are set; -1: they cannot be."""
        parts = [self._set_own(party, dict(fixed)) for party in range(len(self.positions))]
        return np.concatenate(parts)

    def ground(self, commitments: Sequence[Fixed]) -> Ground:
        """Laid out for compiled loops, with the moves under several sets of commitments."""
        begin, steps = [], []
        count = 0
        for fixed in commitments:
            held, starts = {axis for axis, _ in fixed}, []
            for party in range(len(self.positions)):
                for moves in self._moves(party, held):
                    starts.append(count)
                    steps.append(moves)
                    count += len(moves)
            begin.append([*starts, count])
        inmost, size = self._nearest()
        cells = np.arange(self.cells)[:, None]
        return Ground(
            inner=self.inner,
            first=self.first,
            spot=(self.first[:-1] + cells // self.inner % self.positions).astype(np.int16),
            feasible=self.state >= 0,
            begin=np.array(begin, dtype=np.int64),
            step=np.concatenate([*steps, np.zeros(0, np.int64)]).astype(np.int64),
            inmost=inmost,
            size=size,
        )

    def _nearest(self) -> tuple[Int64, Int64]:
        """The two innermost parties that move, and how many cells they come to."""
        moving = [party for party in np.argsort(self.inner, kind="stable") if self.positions[party] > 1]
        inmost, size = np.full(2, -1, dtype=np.int64), np.ones(2, dtype=np.int64)
        for place, party in enumerate(moving[:2]):
            inmost[place] = party
            size[place:] = self.inner[party] * self.positions[party]
        return inmost, size

    def _moves(self, party: int, held: set[int]) -> Iterator[Int64]:
        """How far away the cells are to which a party may go, from each of its positions."""
        levels = self.levels(party)
        legal = ~np.eye(self.positions[party], dtype=np.bool_)
        for axis, level in levels.items():
            rise = level[None, :] - level[:, None]
            legal &= rise == 0 if axis in held else rise * RISES[self.axes[axis].moves] >= 0
        for position, row in enumerate(legal):
            yield (np.flatnonzero(row) - position) * int(self.inner[party])

    def _set_own(self, party: int, wanted: dict[int, int]) -> Int64:
        """Where a party's options stand once some are set, by its position; one-way ones do not turn back."""
        count, levels = int(self.positions[party]), self.levels(party)
        goal = dict(levels)
        for axis in wanted.keys() & levels.keys():
            goal[axis] = np.full(count, wanted[axis], dtype=np.int64)
        legal = np.ones(count, dtype=np.bool_)
        for axis in wanted.keys() & levels.keys():
            legal &= (goal[axis] - levels[axis]) * RISES[self.axes[axis].moves] >= 0
        for axis, stand in wanted.items():  # what nobody may change stands as it stands
            if self.axes[axis].owner == party and axis not in levels:
                legal &= stand == self.axes[axis].first
        alike = np.ones((count, count), dtype=np.bool_)
        for axis, level in levels.items():
            alike &= goal[axis][:, None] == level[None, :]
        return np.where(legal & alike.any(axis=1), alike.argmax(axis=1), -1).astype(np.int64)
