"""Tiles of the grid: what a pass over one party's axis works on at a time.

A tile is all positions of a party for up to LANES neighbouring cells (lanes). It is copied into a small table,
a row per position, worked on there on whole rows, and copied back. The rows of a room stand together, so loops
over a room's positions are loops over neighbouring rows. Lanes of the table that hold no cell carry leftovers
and are never copied back.
"""

from __future__ import annotations

import numpy as np

from detente.stability.closure.grid import Block
from detente.stability.closure.simd import LANES, carry, fetch, load, store
from detente.stability.compiled import inlined, step
from detente.states.state_graph import Int32

LINE = 16
"""Ranks per line of the cache."""


def tiles(positions: int, inner: int, cells: int) -> int:
    """How many tiles a pass has over an axis of so many positions, `inner` cells apart."""
    outer = cells // (positions * inner)
    if inner >= LANES:
        return outer * (-(-inner // LANES))
    return -(-outer // (LANES // inner))


def shape(block: Block) -> tuple[int, int, Int32, Int32, Int32, Int32]:
    """The block as the arguments that every pass takes."""
    return block.positions, block.inner, block.members, block.starts, block.onward, block.leads


@step
def rows(count, value):  # type: ignore[no-untyped-def]
    """A table of so many rows of lanes, each at the start of a line of the cache: a row across two lines would
    take twice as long to load."""
    cells = np.full(count * LANES + LINE, value, np.int32)
    first = -cells.ctypes.data // cells.itemsize % LINE
    return cells[first : first + count * LANES]


@step
def bounds(tile, positions, inner, cells):  # type: ignore[no-untyped-def]
    """First cell, how many stretches of lanes, and how long each is."""
    if inner >= LANES:
        per_group = (inner + LANES - 1) // LANES
        lane = tile % per_group * LANES
        return tile // per_group * positions * inner + lane, 1, min(LANES, inner - lane)
    groups = LANES // inner
    first = tile * groups * positions * inner
    return first, min(groups, (cells - first) // (positions * inner)), inner


@inlined
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


@step
def take(cells, table, first, stretches, width, members, inner):  # type: ignore[no-untyped-def]
    """Copy a tile of cells into the table."""
    positions = len(members)
    if width == LANES:
        for row in range(positions):
            store(table, row * LANES, load(cells, first + members[row] * inner))
        return
    for stretch in range(stretches):
        for row in range(positions):
            source = first + (stretch * positions + members[row]) * inner
            _copy(table, row * LANES + stretch * width, cells, source, width)


@step
def put(cells, table, changed, first, stretches, width, members, inner):  # type: ignore[no-untyped-def]
    """Copy the changed rows of the table back into a tile of cells."""
    positions = len(members)
    for row in range(positions):
        if changed[row] and width == LANES:
            store(cells, first + members[row] * inner, load(table, row * LANES))
        elif changed[row]:
            for stretch in range(stretches):
                target = first + (stretch * positions + members[row]) * inner
                _copy(cells, target, table, row * LANES + stretch * width, width)


@step
def announce(cells, first, width, positions, inner):  # type: ignore[no-untyped-def]
    """Let the memory of a wide tile be fetched while another is worked on; narrow ones follow each other
    anyway."""
    if width == LANES:
        for position in range(positions):
            for lane in range(0, LANES, 64 // cells.itemsize):
                fetch(cells, first + position * inner + lane)
