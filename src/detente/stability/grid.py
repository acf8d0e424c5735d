"""The state space as a dense grid with holes: one axis per party, one position per thing it can do.

A party's *position* is the combination of levels of the options it may change. Positions that occur in no feasible
state are left out, so rules inside one party leave no hole; rules between parties do. Positions between which a
party can go to and fro form a *room*; one-way options lead from room to room and never back. Options that nobody
may change (nature's, fixed ones) only multiply the grid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from detente.errors import TooLargeError
from detente.graph.state_graph import Axis, Bools, Int32, Int64, StateGraph

FAR = np.int32(2**31 - 1)
"""Rank that stands in a hole: nothing is better, and as a minimum it lowers nothing."""
NONE = np.int32(-(2**31))
"""Rank of the best of no states at all."""

_CHUNK = 1 << 18
_LARGEST_CACHED = 1 << 22
_MOST_ONWARD = 1 << 27


@dataclass(frozen=True, eq=False)
class Block:
    """One party's positions as an axis of the grid.

    Cell = (outer · positions + position) · inner + lane. `members[starts[room]:starts[room + 1]]` are the positions
    of a room; `onward[leads[room]:leads[room + 1]]` are the other rooms that can be reached from it.
    """

    positions: int
    inner: int
    outer: int
    members: Int32
    starts: Int32
    onward: Int32
    leads: Int32


@dataclass(frozen=True, eq=False)
class Grid:
    """Where every state stands; `place` is None where state and cell numbers coincide.

    `blocks[party]` is None for a party that never moves. `sizes` and `labels` describe the axes of the grid, fastest
    first: the party, or -1 for what nobody may change.
    """

    cells: int
    states: int
    blocks: tuple[Block | None, ...]
    place: Int32 | None

    @property
    def full(self) -> bool:
        """Whether every cell is a feasible state."""
        return self.cells == self.states

    def spread(self, values: Int32) -> Int32:
        """Values of states laid out on the grid, FAR in holes; the same array where nothing moves."""
        if self.place is None:
            return np.ascontiguousarray(values)
        laid = np.empty(self.cells, np.int32) if self.full else np.full(self.cells, FAR, np.int32)
        laid[self.place] = values
        return laid

    def gather(self, laid: Int32) -> Int32:
        """Values of the grid back in the order of states."""
        return laid if self.place is None else laid[self.place]


def free_axes(graph: StateGraph, party: int) -> tuple[int, ...]:
    """The axes that the party may change at all."""
    return tuple(
        place
        for place, axis in enumerate(graph.axes)
        if axis.owner == party and party >= 0 and axis.moves != "fixed" and axis.size > 1
    )


def grid_of(graph: StateGraph) -> Grid:
    """The grid of a graph; remembered for as long as the graph lives, unless it is large."""
    grid = _remembered.get(graph)
    if grid is None:
        grid = _natural(graph) or _compressed(graph)
        if grid.cells <= _LARGEST_CACHED:
            _remembered[graph] = grid
    return grid


_remembered: WeakKeyDictionary[StateGraph, Grid] = WeakKeyDictionary()


def _natural(graph: StateGraph) -> Grid | None:
    """State numbers are cell numbers: nothing is infeasible and every party's options stand together."""
    if graph.states != graph.combinations:
        return None
    strides = graph.strides
    blocks: list[Block | None] = []
    for party in range(len(graph.parties)):
        free = free_axes(graph, party)
        if not free:
            blocks.append(None)
            continue
        between = graph.axes[free[0] : free[-1] + 1]
        if sum(axis.size > 1 for axis in between) != len(free):
            return None
        positions = int(np.prod([graph.axes[axis].size for axis in free]))
        levels = _levels([graph.axes[axis] for axis in free], np.arange(positions))
        inner = strides[free[0]]
        blocks.append(_block(graph, free, levels, inner, graph.states // (inner * positions)))
    return Grid(graph.states, graph.states, tuple(blocks), None)


def _compressed(graph: StateGraph) -> Grid:
    """Number the positions that occur; what nobody may change comes first, then the parties, widest first."""
    owners = [_standing(graph), *(free_axes(graph, party) for party in range(len(graph.parties)))]
    tables = [_Digits(graph, axes) for axes in owners]
    occurring = [np.zeros(table.positions, bool) for table in tables]
    for chunk in _chunks(graph.states):
        low, high = _halves(graph, graph.codes[chunk])
        for table, seen in zip(tables, occurring, strict=True):
            seen[table.position(low, high)] = True
    numbers = [np.cumsum(seen, dtype=np.int64) - 1 for seen in occurring]
    sizes = [int(number[-1]) + 1 for number in numbers]
    order = [0, *sorted(range(1, len(owners)), key=lambda owner: (-sizes[owner], owner))]
    inners, cells = [1] * len(owners), 1
    for owner in order:
        inners[owner] = cells
        cells *= sizes[owner]
    place = _places(graph, tables, numbers, inners) if cells < FAR else None
    blocks: list[Block | None] = []
    for party in range(len(graph.parties)):
        axes, size, inner = owners[party + 1], sizes[party + 1], inners[party + 1]
        if size == 1:
            blocks.append(None)
            continue
        levels = _levels([graph.axes[axis] for axis in axes], np.flatnonzero(occurring[party + 1]))
        blocks.append(_block(graph, axes, levels, inner, cells // (inner * size)))
    return Grid(cells, graph.states, tuple(blocks), place)


def _standing(graph: StateGraph) -> tuple[int, ...]:
    moved = {axis for party in range(len(graph.parties)) for axis in free_axes(graph, party)}
    return tuple(axis for axis in range(len(graph.axes)) if axis not in moved)


def _places(graph: StateGraph, tables: list[_Digits], numbers: list[Int64], inners: list[int]) -> Int32:
    place = np.zeros(graph.states, np.int32)
    for chunk in _chunks(graph.states):
        low, high = _halves(graph, graph.codes[chunk])
        for table, number, inner in zip(tables, numbers, inners, strict=True):
            if table.positions > 1:
                place[chunk] += (number[table.position(low, high)] * inner).astype(np.int32)
    return place


def _chunks(states: int) -> Iterator[slice]:
    for start in range(0, states, _CHUNK):
        yield slice(start, min(states, start + _CHUNK))


class _Digits:
    """Reads one owner's position off the lower and the upper half of a code, by table."""

    def __init__(self, graph: StateGraph, axes: tuple[int, ...]) -> None:
        split = _split(graph)
        weights, self.positions = {}, 1
        for axis in axes:
            weights[axis] = self.positions
            self.positions *= graph.axes[axis].size
        self.low = _weighted(graph.axes[:split], weights, 0)
        self.high = _weighted(graph.axes[split:], weights, split)

    def position(self, low: Int64, high: Int64) -> Int64:
        return self.low[low] + self.high[high]


def _weighted(axes: tuple[Axis, ...], weights: dict[int, int], offset: int) -> Int64:
    total = np.zeros(1, np.int64)
    for place, axis in enumerate(axes, offset):
        steps = np.arange(axis.size, dtype=np.int64) * weights.get(place, 0)
        total = (steps[:, None] + total[None, :]).ravel()
    return total


def _split(graph: StateGraph) -> int:
    """How many axes make the lower half of the code: about half of its magnitude."""
    total = graph.combinations
    for place, stride in enumerate(graph.strides):
        if stride * stride >= total:
            return place
    return len(graph.axes)


def _halves(graph: StateGraph, codes: Int64) -> tuple[Int64, Int64]:
    split = _split(graph)
    base = graph.strides[split] if split < len(graph.axes) else graph.combinations
    high = codes // base
    return codes - high * base, high


def _levels(axes: list[Axis], positions: NDArray[np.int64]) -> Int64:
    """Level of each of the axes (row) in each position code (column)."""
    rows, rest = [], positions
    for axis in axes:
        rest, level = np.divmod(rest, axis.size)
        rows.append(level)
    return np.array(rows, np.int64).reshape(len(axes), len(positions))


def _block(graph: StateGraph, axes: tuple[int, ...], levels: Int64, inner: int, outer: int) -> Block:
    """Sort the positions into rooms and find which rooms are open from which."""
    positions = levels.shape[1]
    one_way = [row for row, axis in enumerate(axes) if graph.axes[axis].moves != "both"]
    if not one_way:
        everyone = np.arange(positions, dtype=np.int32)
        one = np.array([0, positions], np.int32)
        return Block(positions, inner, outer, everyone, one, np.zeros(0, np.int32), np.zeros(2, np.int32))
    rising = np.array([1 if graph.axes[axes[row]].moves == "up" else -1 for row in one_way])
    heights = levels[one_way].T * rising
    rooms, room_of = np.unique(heights, axis=0, return_inverse=True)
    room_of = room_of.reshape(-1)
    members = np.argsort(room_of, kind="stable").astype(np.int32)
    starts = np.concatenate([[0], np.cumsum(np.bincount(room_of))]).astype(np.int32)
    onward, leads = _onward(rooms)
    return Block(positions, inner, outer, members, starts, onward, leads)


def _onward(rooms: Int64) -> tuple[Int32, Int32]:
    """For each room the other rooms that stand at least as high on every one-way option."""
    found: list[Int64] = []
    total = 0
    for room, heights in enumerate(rooms):
        reached: Bools = np.all(rooms >= heights, axis=1)
        reached[room] = False
        found.append(np.flatnonzero(reached))
        total += len(found[-1])
        if total > _MOST_ONWARD:
            raise TooLargeError(
                f"one party's one-way options admit more than {_MOST_ONWARD:,} ordered pairs of positions; "
                "make some of them reversible, fixed, or levels of one option."
            )
    leads = np.concatenate([[0], np.cumsum([len(row) for row in found])]).astype(np.int32)
    return np.concatenate(found).astype(np.int32), leads
