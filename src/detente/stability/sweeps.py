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
def _take(cells, table, first, stretches, width, positions, inner):  # type: ignore[no-untyped-def]
    """Copy a tile of cells into the table."""
    if width == LANES:
        for position in range(positions):
            store(table, position * LANES, load(cells, first + position * inner))
        return
    for stretch in range(stretches):
        for position in range(positions):
            source = first + (stretch * positions + position) * inner
            target = position * LANES + stretch * width
            _copy(table, target, cells, source, width)


@njit(**_inner)
def _announce(cells, first, width, positions, inner):  # type: ignore[no-untyped-def]
    """Let the memory of a wide tile be fetched while another is worked on; narrow ones follow each other
    anyway."""
    if width == LANES:
        for position in range(positions):
            for lane in range(0, LANES, _LINE):
                fetch(cells, first + position * inner + lane)


@njit(**_inner)
def _put(cells, table, first, stretches, width, positions, inner):  # type: ignore[no-untyped-def]
    """Copy the table back into a tile of cells."""
    if width == LANES:
        for position in range(positions):
            store(cells, first + position * inner, load(table, position * LANES))
        return
    for stretch in range(stretches):
        for position in range(positions):
            target = first + (stretch * positions + position) * inner
            source = position * LANES + stretch * width
            _copy(cells, target, table, source, width)


@njit(**_inner)
def _lower_to_room_least(table, lowest, members, starts, onward, leads):  # type: ignore[no-untyped-def]
    """Lower every position to the least of its room and of the rooms onward from it; whether any fell."""
    far = splat(FAR)
    for room in range(len(starts) - 1):
        low = far
        for member in members[starts[room] : starts[room + 1]]:
            low = least(low, load(table, member * LANES))
        store(lowest, room * LANES, low)
    changed = False
    for room in range(len(starts) - 1):
        low = load(lowest, room * LANES)
        for other in onward[leads[room] : leads[room + 1]]:
            low = least(low, load(lowest, other * LANES))
        for member in members[starts[room] : starts[room + 1]]:
            value = load(table, member * LANES)
            lower = where_above(far, value, low, far)
            changed |= differ(value, lower)
            store(table, member * LANES, lower)
    return changed


@njit(boolean(_Cells, _Cells, *_SHAPE, int64, int64), **_kernel)
def least_by_moves(x, y, positions, inner, members, starts, onward, leads, begin, end):  # type: ignore[no-untyped-def]
    """Lower every cell of x and y to the least that one move of the party can bring; holes stay FAR."""
    table = np.full(positions * LANES, FAR, np.int32)
    lowest = np.empty((len(starts) - 1) * LANES, np.int32)
    changed = False
    for tile in range(begin, end):
        first, stretches, width = tile_bounds(tile, positions, inner, len(x))
        for cells in (x, y):
            _take(cells, table, first, stretches, width, positions, inner)
            if _lower_to_room_least(table, lowest, members, starts, onward, leads):
                changed = True
                _put(cells, table, first, stretches, width, positions, inner)
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
def _stamp(stamps, now, fallen, first, stretches, width, positions, inner):  # type: ignore[no-untyped-def]
    """Remember which cells (in chunks of LANES) this pass has changed: of wide tiles only the rows that
    fell."""
    wide = inner >= LANES
    if not wide:
        positions, width = 1, stretches * positions * inner
    for position in range(positions):
        if fallen[position] or not wide:
            start = first + position * inner
            for chunk in range(start // LANES, (start + width - 1) // LANES + 1):
                stamps[chunk] = now


@njit(**_inner)
def _lower_by_improvements(ranks, xs, ys, fallen, members, starts, onward, leads):  # type: ignore[no-untyped-def]
    """Lower every position to the least among the better-ranked ones that it leads to; whether any fell."""
    far = splat(FAR)
    changed = False
    for room in range(len(starts) - 1):
        for receiver in members[starts[room] : starts[room + 1]]:
            rank = load(ranks, receiver * LANES)
            x = x_before = load(xs, receiver * LANES)
            y = y_before = load(ys, receiver * LANES)
            for step in range(leads[room] - 1, leads[room + 1]):
                other = room if step < leads[room] else onward[step]
                for sender in members[starts[other] : starts[other + 1]]:
                    better = load(ranks, sender * LANES)
                    x = least(x, where_above(better, rank, load(xs, sender * LANES), far))
                    y = least(y, where_above(better, rank, load(ys, sender * LANES), far))
            fallen[receiver] = differ(x, x_before) or differ(y, y_before)
            if fallen[receiver]:
                changed = True
                store(xs, receiver * LANES, x)
                store(ys, receiver * LANES, y)
    return changed


@njit(boolean(_Cells, _Cells, _Given, _Cells, int64, int64, *_SHAPE, int64, int64), **_kernel)
def least_by_improvements(  # type: ignore[no-untyped-def]
    x, y, ranks, stamps, now, since, positions, inner, members, starts, onward, leads, begin, end
):
    """Lower every cell of x and y to the least that one improvement of the party (by `ranks`) can bring.

    `stamps` says for every LANES cells which pass changed them last; tiles that nobody changed since this
    party's last pass, number `since`, are left out. `now` is the number of this pass.
    """
    better = np.full(positions * LANES, FAR, np.int32)
    xs = np.full(positions * LANES, FAR, np.int32)
    ys = np.full(positions * LANES, FAR, np.int32)
    fallen = np.zeros(positions, np.bool_)
    changed = False
    for tile in range(begin, end):
        first, stretches, width = tile_bounds(tile, positions, inner, len(x))
        if not _stale(stamps, since, first, stretches, width, positions, inner):
            continue
        following, _, next_width = tile_bounds(tile + 1, positions, inner, len(x))
        _take(ranks, better, first, stretches, width, positions, inner)
        _announce(ranks, following, next_width, positions, inner)
        for cells, table in ((x, xs), (y, ys)):
            _take(cells, table, first, stretches, width, positions, inner)
            _announce(cells, following, next_width, positions, inner)
        if _lower_by_improvements(better, xs, ys, fallen, members, starts, onward, leads):
            changed = True
            for cells, table in ((x, xs), (y, ys)):
                _put(cells, table, first, stretches, width, positions, inner)
            _stamp(stamps, now, fallen, first, stretches, width, positions, inner)
    return changed


@njit(**_inner)
def _raise_to_best(table, caps, tops, seconds, members, starts, onward, leads):  # type: ignore[no-untyped-def]
    """Replace every position by the best other one; per room the two largest, so that itself can be left
    out."""
    far, none = splat(FAR), splat(NONE)
    for room in range(len(starts) - 1):
        top, second = none, none
        for member in members[starts[room] : starts[room + 1]]:
            cap = load(caps, member * LANES)
            value = where_above(far, cap, least(load(table, member * LANES), cap), none)
            store(table, member * LANES, value)
            second = most(second, least(top, value))
            top = most(top, value)
        store(tops, room * LANES, top)
        store(seconds, room * LANES, second)
    for room in range(len(starts) - 1):
        beyond = none
        for other in onward[leads[room] : leads[room + 1]]:
            beyond = most(beyond, load(tops, other * LANES))
        top = load(tops, room * LANES)
        second = load(seconds, room * LANES)
        for member in members[starts[room] : starts[room + 1]]:
            other_than_itself = where_above(top, load(table, member * LANES), top, second)
            store(table, member * LANES, most(other_than_itself, beyond))


@njit(void(_Cells, _Given, *_SHAPE, int64, int64), **_kernel)
def best_by_moves(values, caps, positions, inner, members, starts, onward, leads, begin, end):  # type: ignore[no-untyped-def]
    """Replace every cell by the best of min(value, cap) over the party's other moves, NONE without any.

    Holes (cap FAR) are never arrived at.
    """
    table = np.full(positions * LANES, NONE, np.int32)
    limits = np.full(positions * LANES, FAR, np.int32)
    tops = np.empty((len(starts) - 1) * LANES, np.int32)
    seconds = np.empty((len(starts) - 1) * LANES, np.int32)
    for tile in range(begin, end):
        first, stretches, width = tile_bounds(tile, positions, inner, len(values))
        _take(values, table, first, stretches, width, positions, inner)
        _take(caps, limits, first, stretches, width, positions, inner)
        _raise_to_best(table, limits, tops, seconds, members, starts, onward, leads)
        _put(values, table, first, stretches, width, positions, inner)
