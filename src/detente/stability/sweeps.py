"""Passes over one party's axis of the grid, the only loops that touch every cell.

Each pass cuts the grid into tiles of up to LANES independent lanes, copies a tile into a small table (position,
lane), works there on whole rows, and copies it back. Values only fall and every value is the value of a
state that can really be reached, so passes may run in any order, in place, and tile by tile on any thread.
Lanes of the table that hold no cell carry leftovers and are never copied back.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import boolean, int64, njit, types, void

from detente.graph.state_graph import Int32
from detente.stability.grid import FAR, NONE, Block
from detente.stability.lanes import LANES, carry, differ, fetch, least, load, most, splat, store, where_above

_Cells = types.Array(types.int32, 1, "C")
_Given = types.Array(types.int32, 1, "C", readonly=True)
_SHAPE = (int64, int64, _Given, _Given, _Given, _Given)

_LINE = 16  # ranks per line of the cache

_loop: Any = {"nogil": True, "boundscheck": False}
_kernel: Any = {**_loop, "cache": True}
_inner: Any = {**_loop, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}  # called from kernels only


def tiles(positions: int, inner: int, cells: int) -> int:
    """How many tiles a pass has over an axis of so many positions, `inner` cells apart."""
    outer = cells // (positions * inner)
    if inner >= LANES:
        return outer * (-(-inner // LANES))
    return -(-outer // (LANES // inner))


def unstamped(cells: int) -> Int32:
    """Stamps of a grid of which every cell is new."""
    return np.ones(cells // LANES + 1, np.int32)


def shape(block: Block) -> tuple[int, int, Int32, Int32, Int32, Int32]:
    """The block as the arguments that every pass takes."""
    return block.positions, block.inner, block.members, block.starts, block.onward, block.leads


@njit(**_inner)
def _rows(count, value):  # type: ignore[no-untyped-def]
    """A table of so many rows of lanes, each at the start of a line of the cache: a row across two lines would
    take twice as long to load."""
    cells = np.full(count * LANES + _LINE, value, np.int32)
    first = -cells.ctypes.data // cells.itemsize % _LINE
    return cells[first : first + count * LANES]


@njit(**_inner)
def tile_bounds(tile, positions, inner, cells):  # type: ignore[no-untyped-def]
    """First cell, how many stretches of lanes, and how long each is."""
    if inner >= LANES:
        per_group = (inner + LANES - 1) // LANES
        lane = tile % per_group * LANES
        return tile // per_group * positions * inner + lane, 1, min(LANES, inner - lane)
    groups = LANES // inner
    first = tile * groups * positions * inner
    return first, min(groups, (cells - first) // (positions * inner)), inner


@njit(inline="always", **_inner)
def _copy(target, to, source, start, width):  # type: ignore[no-untyped-def]
    """Copy a stretch in pieces of 16, 8, 4 or 1; the last piece overlaps the one before."""
    if width >= 16:
        for lane in range(0, width - 16, 16):
            carry(target, to + lane, source, start + lane, 16)
        carry(target, to + width - 16, source, start + width - 16, 16)
    elif width >= 8:
        carry(target, to, source, start, 8)
        carry(target, to + width - 8, source, start + width - 8, 8)
    elif width >= 4:
        carry(target, to, source, start, 4)
        carry(target, to + width - 4, source, start + width - 4, 4)
    else:
        carry(target, to, source, start, 1)
        for lane in range(1, width):
            carry(target, to + lane, source, start + lane, 1)


@njit(**_inner)
def _take(cells, table, first, stretches, width, members, inner):  # type: ignore[no-untyped-def]
    """Copy a tile of cells into the table, a row per position, the rows of a room together."""
    positions = len(members)
    if width == LANES:
        for row in range(positions):
            store(table, row * LANES, load(cells, first + members[row] * inner))
        return
    for stretch in range(stretches):
        for row in range(positions):
            source = first + (stretch * positions + members[row]) * inner
            _copy(table, row * LANES + stretch * width, cells, source, width)


@njit(**_inner)
def _announce(cells, first, width, positions, inner):  # type: ignore[no-untyped-def]
    """Let the memory of a wide tile be fetched while another is worked on; narrow ones follow each other
    anyway."""
    if width == LANES:
        for position in range(positions):
            for lane in range(0, LANES, _LINE):
                fetch(cells, first + position * inner + lane)


@njit(**_inner)
def _put(cells, table, first, stretches, width, members, inner):  # type: ignore[no-untyped-def]
    """Copy the table back into a tile of cells."""
    positions = len(members)
    if width == LANES:
        for row in range(positions):
            store(cells, first + members[row] * inner, load(table, row * LANES))
        return
    for stretch in range(stretches):
        for row in range(positions):
            target = first + (stretch * positions + members[row]) * inner
            _copy(cells, target, table, row * LANES + stretch * width, width)


@njit(**_inner)
def _lower_to_room_least(table, lowest, starts, onward, leads):  # type: ignore[no-untyped-def]
    """Lower every position to the least of its room and of the rooms onward from it; whether any fell."""
    far = splat(FAR)
    for room in range(len(starts) - 1):
        low = far
        for row in range(starts[room] * LANES, starts[room + 1] * LANES, LANES):
            low = least(low, load(table, row))
        store(lowest, room * LANES, low)
    changed = False
    for room in range(len(starts) - 1):
        low = load(lowest, room * LANES)
        for door in range(leads[room], leads[room + 1]):
            low = least(low, load(lowest, onward[door] * LANES))
        for row in range(starts[room] * LANES, starts[room + 1] * LANES, LANES):
            value = load(table, row)
            lower = where_above(far, value, low, far)
            changed |= differ(value, lower)
            store(table, row, lower)
    return changed


@njit(boolean(_Cells, _Cells, *_SHAPE, int64, int64), **_kernel)
def least_by_moves(x, y, positions, inner, members, starts, onward, leads, begin, end):  # type: ignore[no-untyped-def]
    """Lower every cell of x and y to the least that one move of the party can bring; holes stay FAR."""
    table, lowest = _rows(positions, FAR), _rows(len(starts) - 1, FAR)
    changed = False
    for tile in range(begin, end):
        first, stretches, width = tile_bounds(tile, positions, inner, len(x))
        for cells in (x, y):
            _take(cells, table, first, stretches, width, members, inner)
            if _lower_to_room_least(table, lowest, starts, onward, leads):
                changed = True
                _put(cells, table, first, stretches, width, members, inner)
    return changed


@njit(**_inner)
def _stale(stamps, since, first, stretches, width, positions, inner):  # type: ignore[no-untyped-def]
    """Whether any cell near the tile has been changed by a pass after the pass `since`."""
    if inner < LANES:
        positions, width = 1, stretches * positions * inner
    for position in range(positions):
        start = first + position * inner
        for chunk in range(start // LANES, (start + width - 1) // LANES + 1):
            if stamps[chunk] > since:
                return True
    return False


@njit(**_inner)
def _stamp(stamps, now, fallen, first, stretches, width, members, inner):  # type: ignore[no-untyped-def]
    """Remember which cells (in chunks of LANES) this pass has changed: of wide tiles only the rows that
    fell."""
    if inner < LANES:
        width = stretches * len(members) * inner
        for chunk in range(first // LANES, (first + width - 1) // LANES + 1):
            stamps[chunk] = now
        return
    for row in range(len(members)):
        if fallen[row]:
            start = first + members[row] * inner
            for chunk in range(start // LANES, (start + width - 1) // LANES + 1):
                stamps[chunk] = now


@njit(inline="always", **_inner)
def _meet(rank, x, y, better, sent_x, sent_y, far):  # type: ignore[no-untyped-def]
    """Lower a receiver's values to a sender's where the sender's rank is better."""
    x = least(x, where_above(better, rank, sent_x, far))
    return x, least(y, where_above(better, rank, sent_y, far))


@njit(**_inner)
def _lower_by_improvements(ranks, xs, ys, fallen, starts, onward, leads):  # type: ignore[no-untyped-def]
    """Lower every row to the least among the better-ranked ones that it leads to; whether any fell.

    Rows are lowered in pairs, which share the loading of what is sent (an odd last one is its own pair).
    """
    far = splat(FAR)
    changed = False
    for room in range(len(starts) - 1):
        last = starts[room + 1] - 1
        for one in range(starts[room], last + 1, 2):
            two = min(one + 1, last)
            a, b = one * LANES, two * LANES
            rank_a, x_a, y_a = load(ranks, a), load(xs, a), load(ys, a)
            rank_b, x_b, y_b = load(ranks, b), load(xs, b), load(ys, b)
            for door in range(leads[room] - 1, leads[room + 1]):
                other = room if door < leads[room] else onward[door]
                for sender in range(starts[other] * LANES, starts[other + 1] * LANES, LANES):
                    better, sent_x, sent_y = load(ranks, sender), load(xs, sender), load(ys, sender)
                    x_a, y_a = _meet(rank_a, x_a, y_a, better, sent_x, sent_y, far)
                    x_b, y_b = _meet(rank_b, x_b, y_b, better, sent_x, sent_y, far)
            fallen[one] = differ(x_a, load(xs, a)) or differ(y_a, load(ys, a))
            fallen[two] = differ(x_b, load(xs, b)) or differ(y_b, load(ys, b))
            if fallen[one] or fallen[two]:
                changed = True
                store(xs, a, x_a)
                store(ys, a, y_a)
                store(xs, b, x_b)
                store(ys, b, y_b)
    return changed


@njit(boolean(_Cells, _Cells, _Given, _Cells, int64, int64, *_SHAPE, int64, int64), **_kernel)
def least_by_improvements(  # type: ignore[no-untyped-def]
    x, y, ranks, stamps, now, since, positions, inner, members, starts, onward, leads, begin, end
):
    """Lower every cell of x and y to the least that one improvement of the party (by `ranks`) can bring.

    `stamps` says for every LANES cells which pass changed them last; tiles that nobody changed since this
    party's last pass, number `since`, are left out. `now` is the number of this pass.
    """
    better, xs, ys = _rows(positions, FAR), _rows(positions, FAR), _rows(positions, FAR)
    fallen = np.zeros(positions, np.bool_)
    changed = False
    for tile in range(begin, end):
        first, stretches, width = tile_bounds(tile, positions, inner, len(x))
        if not _stale(stamps, since, first, stretches, width, positions, inner):
            continue
        following, _, next_width = tile_bounds(tile + 1, positions, inner, len(x))
        _take(ranks, better, first, stretches, width, members, inner)
        _announce(ranks, following, next_width, positions, inner)
        for cells, table in ((x, xs), (y, ys)):
            _take(cells, table, first, stretches, width, members, inner)
            _announce(cells, following, next_width, positions, inner)
        if _lower_by_improvements(better, xs, ys, fallen, starts, onward, leads):
            changed = True
            for cells, table in ((x, xs), (y, ys)):
                _put(cells, table, first, stretches, width, members, inner)
            _stamp(stamps, now, fallen, first, stretches, width, members, inner)
    return changed


@njit(**_inner)
def _raise_to_best(table, caps, tops, seconds, starts, onward, leads):  # type: ignore[no-untyped-def]
    """Replace every position by the best other one; per room the two largest, so that itself can be left
    out."""
    far, none = splat(FAR), splat(NONE)
    for room in range(len(starts) - 1):
        top, second = none, none
        for row in range(starts[room] * LANES, starts[room + 1] * LANES, LANES):
            cap = load(caps, row)
            value = where_above(far, cap, least(load(table, row), cap), none)
            store(table, row, value)
            second = most(second, least(top, value))
            top = most(top, value)
        store(tops, room * LANES, top)
        store(seconds, room * LANES, second)
    for room in range(len(starts) - 1):
        beyond = none
        for door in range(leads[room], leads[room + 1]):
            beyond = most(beyond, load(tops, onward[door] * LANES))
        top = load(tops, room * LANES)
        second = load(seconds, room * LANES)
        for row in range(starts[room] * LANES, starts[room + 1] * LANES, LANES):
            other_than_itself = where_above(top, load(table, row), top, second)
            store(table, row, most(other_than_itself, beyond))


@njit(void(_Cells, _Given, *_SHAPE, int64, int64), **_kernel)
def best_by_moves(values, caps, positions, inner, members, starts, onward, leads, begin, end):  # type: ignore[no-untyped-def]
    """Replace every cell by the best of min(value, cap) over the party's other moves, NONE without any.

    Holes (cap FAR) are never arrived at.
    """
    table, limits = _rows(positions, NONE), _rows(positions, FAR)
    tops, seconds = _rows(len(starts) - 1, NONE), _rows(len(starts) - 1, NONE)
    for tile in range(begin, end):
        first, stretches, width = tile_bounds(tile, positions, inner, len(values))
        _take(values, table, first, stretches, width, members, inner)
        _take(caps, limits, first, stretches, width, members, inner)
        _raise_to_best(table, limits, tops, seconds, starts, onward, leads)
        _put(values, table, first, stretches, width, members, inner)
