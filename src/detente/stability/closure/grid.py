"""The state space as a dense grid with holes: one axis per party, one position per thing it can do.

A party's *position* is the combination of levels of the options it may change. Positions that occur in no
feasible state are left out, so rules inside one party leave no hole; rules between parties do. Positions
between which a party can go to and fro form a *room*; one-way options lead from room to room and never
back. Options that nobody may change (nature's, fixed ones) only multiply the grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod
from weakref import WeakKeyDictionary

import numpy as np

from detente.stability.closure.components import onward_components
from detente.states.moves import free_axes
from detente.states.space import Space, chunks, strides_of
from detente.states.state_graph import Bools, Int32, Int64, StateGraph

FAR = np.int32(2**31 - 1)
"""Rank that stands in a hole: nothing is better, and as a minimum it lowers nothing."""
NONE = np.int32(-(2**31))
"""Rank of the best of no states at all."""

_LARGEST_REMEMBERED = 1 << 22
_MOST_CELLS = 1 << 26
_FEW_CELLS = 1 << 12
_CELLS_PER_STATE = 128
_PAIRS_PER_STATE = 1 << 11


@dataclass(frozen=True, eq=False)
class Block:
    """One party's positions as an axis of the grid.

    Cell = (outer · positions + position) · inner + lane. `members[starts[room]:starts[room + 1]]` are the
    positions of a room; `onward[leads[room]:leads[room + 1]]` are the other rooms that can be reached from
    it.
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

    `blocks[party]` is None for a party that never moves. A grid that is not `worthwhile` (too large, too
    empty, or with too long an axis to compare all pairs) has no cells laid out; its states are worked on as
    lists.
    """

    cells: int
    states: int
    blocks: tuple[Block | None, ...]
    place: Int32 | None
    worthwhile: bool = True

    @property
    def full(self) -> bool:
        """Whether every cell is a feasible state."""
        return self.cells == self.states

    @cached_property
    def state_of(self) -> Int32:
        """The state in every cell, -1 in holes: the reverse of `place` (which must be there)."""
        assert self.place is not None, "state and cell numbers coincide"
        found = np.full(self.cells, -1, np.int32)
        found[self.place] = np.arange(self.states, dtype=np.int32)
        return found

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


def grid_of(graph: StateGraph) -> Grid:
    """The grid of a graph; remembered for as long as the graph lives, unless it is large."""
    grid = _remembered.get(graph)
    if grid is None:
        grid = _natural(graph) or _compressed(graph)
        if grid.cells <= _LARGEST_REMEMBERED:
            _remembered[graph] = grid
    return grid


_remembered: WeakKeyDictionary[StateGraph, Grid] = WeakKeyDictionary()


def share_grid(known: StateGraph, other: StateGraph) -> None:
    """Let another graph of the same states and options, with other payoffs, use the grid of the first."""
    grid = grid_of(known)
    if grid.cells <= _LARGEST_REMEMBERED:
        _remembered[other] = grid


def _natural(graph: StateGraph) -> Grid | None:
    """State numbers are cell numbers: nothing is infeasible and every party's options stand together."""
    if graph.states != graph.combinations:
        return None
    blocks: list[Block | None] = []
    for party in range(len(graph.parties)):
        free = free_axes(graph, party)
        if not free:
            blocks.append(None)
            continue
        between = graph.axes[free[0] : free[-1] + 1]
        if sum(axis.size > 1 for axis in between) != len(free):
            return None
        everything = np.arange(prod(axis.size for axis in between))
        blocks.append(_block(graph, free, everything, graph.strides[free[0]], graph.states))
    return Grid(
        graph.states, graph.states, tuple(blocks), None, _worthwhile(blocks, graph.states, graph.states)
    )


def _compressed(graph: StateGraph) -> Grid:
    """Number the positions that occur; what nobody may change comes first, then the parties, widest first."""
    owners = [_standing(graph), *(free_axes(graph, party) for party in range(len(graph.parties)))]
    space = Space(graph.axes)
    tables = [space.tables(_digits(graph, axes)) for axes in owners]
    occurring = [np.zeros(prod(graph.axes[axis].size for axis in axes), bool) for axes in owners]
    for chunk in chunks(graph.states):
        low, high = space.halves(graph.codes[chunk])
        for (low_table, high_table), seen in zip(tables, occurring, strict=True):
            seen[low_table[low] + high_table[high]] = True
    sizes = [int(np.count_nonzero(seen)) for seen in occurring]
    order = [0, *sorted(range(1, len(owners)), key=lambda owner: (-sizes[owner], owner))]
    inners, cells = [1] * len(owners), 1
    for owner in order:
        inners[owner] = cells
        cells *= sizes[owner]
    blocks = [
        _block(graph, owners[owner], np.flatnonzero(occurring[owner]), inners[owner], cells)
        if sizes[owner] > 1
        else None
        for owner in range(1, len(owners))
    ]
    worthwhile = _worthwhile(blocks, cells, graph.states)
    place = _places(graph, tables, occurring, inners) if worthwhile else None
    return Grid(cells, graph.states, tuple(blocks), place, worthwhile)


def _worthwhile(blocks: list[Block | None], cells: int, states: int) -> bool:
    """Whether sweeping every cell costs less than following lists of states."""
    moving = [_pairs(block) for block in blocks if block is not None]
    often = 16 if len(moving) <= 2 else 1  # with one opponent a single pass is exact
    pairs = max(moving, default=0) * cells / states
    roomy = cells <= max(_FEW_CELLS, _CELLS_PER_STATE * states)
    return cells <= _MOST_CELLS and roomy and pairs <= _PAIRS_PER_STATE * often


def _pairs(block: Block) -> float:
    """How many positions the party can bring about from one, on average."""
    sizes = np.diff(block.starts).astype(np.float64)
    ahead = np.concatenate([[0.0], np.cumsum(sizes[block.onward])])
    return float(np.sum(sizes * (sizes + ahead[block.leads[1:]] - ahead[block.leads[:-1]])) / block.positions)


def _standing(graph: StateGraph) -> tuple[int, ...]:
    """The axes that nobody may change."""
    moved = {axis for party in range(len(graph.parties)) for axis in free_axes(graph, party)}
    return tuple(axis for axis in range(len(graph.axes)) if axis not in moved)


def _digits(graph: StateGraph, axes: tuple[int, ...]) -> dict[int, Int64]:
    """What each level adds to the code of these axes alone."""
    sizes = [graph.axes[axis].size for axis in axes]
    return {
        axis: stride * np.arange(size, dtype=np.int64)
        for axis, size, stride in zip(axes, sizes, strides_of(sizes), strict=True)
    }


def _places(
    graph: StateGraph, tables: list[tuple[Int64, Int64]], occurring: list[Bools], inners: list[int]
) -> Int32:
    """The cell of every state."""
    steps = [inner * (np.cumsum(seen) - 1) for seen, inner in zip(occurring, inners, strict=True)]
    place = np.empty(graph.states, np.int32)
    space = Space(graph.axes)
    for chunk in chunks(graph.states):
        low, high = space.halves(graph.codes[chunk])
        cell = np.zeros(len(low), np.int64)
        for (low_table, high_table), step in zip(tables, steps, strict=True):
            if len(step) > 1:
                cell += step[low_table[low] + high_table[high]]
        place[chunk] = cell
    return place


def _block(graph: StateGraph, axes: tuple[int, ...], positions: Int64, inner: int, cells: int) -> Block:
    """Sort the positions (codes over the party's axes) into rooms and find which are open from which."""
    count = len(positions)
    outer = cells // (inner * count)
    one_way = [axis for axis in axes if graph.axes[axis].moves != "both"]
    if not one_way:
        components = np.array([0, count], np.int32)
        return Block(count, inner, outer, np.arange(count, dtype=np.int32), components, _NOBODY, _NOWHERE)
    levels = {}
    rest = positions
    for axis in axes:
        if graph.axes[axis].size > 1:
            rest, levels[axis] = np.divmod(rest, graph.axes[axis].size)
    rising = [1 if graph.axes[axis].moves == "up" else -1 for axis in one_way]
    heights = np.stack([levels[axis] * sign for axis, sign in zip(one_way, rising, strict=True)], axis=1)
    kinds, room_of = np.unique(heights, axis=0, return_inverse=True)
    room_of = room_of.reshape(-1)
    members = np.argsort(room_of, kind="stable").astype(np.int32)
    starts = np.concatenate([[0], np.cumsum(np.bincount(room_of))]).astype(np.int32)
    onward, leads = onward_components(kinds)
    return Block(count, inner, outer, members, starts, onward, leads)


_NOBODY = np.zeros(0, np.int32)
_NOWHERE = np.zeros(2, np.int32)
