"""Passes over one party's axis of the grid, the only loops that touch every cell.

Each pass cuts the grid into tiles of up to LANES independent lanes, copies a tile into a small table
(position, lane), works there on whole rows, and copies it back. Values only fall (rise, for the best), every value is the value
of a state that can really be reached, so passes may run in any order, in place, and tile by tile on any thread.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import boolean, int64, njit, types, void

from detente.graph.state_graph import Int32
from detente.stability.grid import FAR, NONE, Block

LANES = 64

_Cells = types.Array(types.int32, 1, "C")
_Given = types.Array(types.int32, 1, "C", readonly=True)
_SHAPE = (int64, int64, _Given, _Given, _Given, _Given)

_inner: Any = {"nogil": True, "boundscheck": False}
_kernel: Any = {**_inner, "cache": True}


def tiles(block: Block) -> int:
    """How many tiles a pass over this block has."""
    if block.inner >= LANES:
        return block.outer * (-(-block.inner // LANES))
    return -(-block.outer // (LANES // block.inner))


def shape(block: Block) -> tuple[int, int, Int32, Int32, Int32, Int32]:
    """The block as the arguments that every pass takes."""
    return block.positions, block.inner, block.members, block.starts, block.onward, block.leads


@njit(**_inner)
def _tile(tile: int, positions: int, inner: int, cells: int) -> tuple[int, int, int]:
    """First cell, how many stretches of lanes, and how long each is."""
    if inner >= LANES:
        per_group = (inner + LANES - 1) // LANES
        lane = tile % per_group * LANES
        return tile // per_group * positions * inner + lane, 1, min(LANES, inner - lane)
    groups = LANES // inner
    first = tile * groups * positions * inner
    return first, min(groups, (cells - first) // (positions * inner)), inner


@njit(**_inner)
def _load(cells, rows, first, stretches, width, positions, inner):  # type: ignore[no-untyped-def]
    for stretch in range(stretches):
        for position in range(positions):
            start = first + (stretch * positions + position) * inner
            source = cells[start : start + width]
            target = rows[position, stretch * width : stretch * width + width]
            for lane in range(width):
                target[lane] = source[lane]


@njit(**_inner)
def _store(cells, rows, first, stretches, width, positions, inner):  # type: ignore[no-untyped-def]
    for stretch in range(stretches):
        for position in range(positions):
            start = first + (stretch * positions + position) * inner
            target = cells[start : start + width]
            source = rows[position, stretch * width : stretch * width + width]
            for lane in range(width):
                target[lane] = source[lane]


@njit(**_inner)
def _lower_to_room_least(rows, least, members, starts, onward, leads):  # type: ignore[no-untyped-def]
    rooms = len(starts) - 1
    for room in range(rooms):
        low = least[room]
        low[:] = FAR
        for member in members[starts[room] : starts[room + 1]]:
            row = rows[member]
            for lane in range(LANES):
                low[lane] = min(low[lane], row[lane])
    changed = False
    reach = np.empty(LANES, np.int32)
    for room in range(rooms):
        reach[:] = least[room]
        for other in onward[leads[room] : leads[room + 1]]:
            low = least[other]
            for lane in range(LANES):
                reach[lane] = min(reach[lane], low[lane])
        for member in members[starts[room] : starts[room + 1]]:
            row = rows[member]
            fallen = 0
            for lane in range(LANES):
                lower = row[lane] if row[lane] == FAR else reach[lane]
                fallen |= row[lane] ^ lower
                row[lane] = lower
            changed |= fallen != 0
    return changed


@njit(boolean(_Cells, _Cells, *_SHAPE, int64, int64), **_kernel)
def least_by_moves(x, y, positions, inner, members, starts, onward, leads, begin, end):  # type: ignore[no-untyped-def]
    """Lower every cell of x and y to the least that one move of the party can bring; holes stay FAR."""
    rows = np.full((positions, LANES), FAR, np.int32)
    least = np.empty((len(starts) - 1, LANES), np.int32)
    changed = False
    for tile in range(begin, end):
        first, stretches, width = _tile(tile, positions, inner, len(x))
        for which in range(2):
            cells = x if which == 0 else y
            _load(cells, rows, first, stretches, width, positions, inner)
            if _lower_to_room_least(rows, least, members, starts, onward, leads):
                changed = True
                _store(cells, rows, first, stretches, width, positions, inner)
    return changed


@njit(**_inner)
def _lower_row(rank, better, value, offered):  # type: ignore[no-untyped-def]
    fallen = 0
    for lane in range(LANES):
        low = offered[lane] if better[lane] > rank[lane] else FAR
        low = min(low, value[lane])
        fallen |= low ^ value[lane]
        value[lane] = low
    return fallen != 0


@njit(**_inner)
def _lower_by_improvements(ranked, xs, ys, members, starts, onward, leads):  # type: ignore[no-untyped-def]
    changed = False
    for room in range(len(starts) - 1):
        for receiver in members[starts[room] : starts[room + 1]]:
            for step in range(leads[room] - 1, leads[room + 1]):
                other = room if step < leads[room] else onward[step]
                for sender in members[starts[other] : starts[other + 1]]:
                    if sender != receiver:
                        changed |= _lower_row(ranked[receiver], ranked[sender], xs[receiver], xs[sender])
                        changed |= _lower_row(ranked[receiver], ranked[sender], ys[receiver], ys[sender])
    return changed


@njit(boolean(_Cells, _Cells, _Given, *_SHAPE, int64, int64), **_kernel)
def least_by_improvements(x, y, ranks, positions, inner, members, starts, onward, leads, begin, end):  # type: ignore[no-untyped-def]
    """Lower every cell of x and y to the least that one improvement of the party (by `ranks`) can bring."""
    ranked = np.full((positions, LANES), FAR, np.int32)
    first_rows = np.full((positions, LANES), FAR, np.int32)
    second_rows = np.full((positions, LANES), FAR, np.int32)
    changed = False
    for tile in range(begin, end):
        first, stretches, width = _tile(tile, positions, inner, len(x))
        _load(ranks, ranked, first, stretches, width, positions, inner)
        _load(x, first_rows, first, stretches, width, positions, inner)
        _load(y, second_rows, first, stretches, width, positions, inner)
        if _lower_by_improvements(ranked, first_rows, second_rows, members, starts, onward, leads):
            changed = True
            _store(x, first_rows, first, stretches, width, positions, inner)
            _store(y, second_rows, first, stretches, width, positions, inner)
    return changed


@njit(**_inner)
def _raise_to_best(rows, limits, top, next_to_top, members, starts, onward, leads):  # type: ignore[no-untyped-def]
    rooms = len(starts) - 1
    for room in range(rooms):
        high, second = top[room], next_to_top[room]
        high[:] = NONE
        second[:] = NONE
        for member in members[starts[room] : starts[room + 1]]:
            row, limit = rows[member], limits[member]
            for lane in range(LANES):
                value = NONE if limit[lane] == FAR else min(row[lane], limit[lane])
                row[lane] = value
                second[lane] = max(second[lane], min(high[lane], value))
                high[lane] = max(high[lane], value)
    beyond = np.empty(LANES, np.int32)
    for room in range(rooms):
        beyond[:] = NONE
        for other in onward[leads[room] : leads[room + 1]]:
            high = top[other]
            for lane in range(LANES):
                beyond[lane] = max(beyond[lane], high[lane])
        for member in members[starts[room] : starts[room + 1]]:
            row, high, second = rows[member], top[room], next_to_top[room]
            for lane in range(LANES):
                best = second[lane] if row[lane] == high[lane] else high[lane]
                row[lane] = max(best, beyond[lane])


@njit(void(_Cells, _Given, *_SHAPE, int64, int64), **_kernel)
def best_by_moves(values, caps, positions, inner, members, starts, onward, leads, begin, end):  # type: ignore[no-untyped-def]
    """Replace every cell by the best of min(value, cap) over the party's other moves, NONE without any.

    Holes (cap FAR) are never arrived at. Per room the two largest are carried, so that the cell itself can be left out: the second
    counts for the cell that holds the first.
    """
    rows = np.full((positions, LANES), NONE, np.int32)
    limits = np.full((positions, LANES), FAR, np.int32)
    top = np.empty((len(starts) - 1, LANES), np.int32)
    next_to_top = np.empty((len(starts) - 1, LANES), np.int32)
    for tile in range(begin, end):
        first, stretches, width = _tile(tile, positions, inner, len(values))
        _load(values, rows, first, stretches, width, positions, inner)
        _load(caps, limits, first, stretches, width, positions, inner)
        _raise_to_best(rows, limits, top, next_to_top, members, starts, onward, leads)
        _store(values, rows, first, stretches, width, positions, inner)
