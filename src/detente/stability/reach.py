"""Closures on the grid: what replies of the others can bring, by sweeping until nothing falls any further."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from detente.graph.state_graph import Int32, StateGraph
from detente.stability import sweeps
from detente.stability.grid import NONE, Block, Grid, grid_of

_WORTH_THREADS = 1 << 16


@dataclass(frozen=True, eq=False)
class Field:
    """A grid with every party's ranks laid out on it, and the threads that sweep it."""

    graph: StateGraph
    grid: Grid
    ranks: tuple[Int32, ...]
    crew: Executor | None
    threads: int

    def expected(self, viewer: int, mover: int) -> Int32:
        """The ranks by which the viewer expects the mover to move."""
        seen = self.graph.seen.get((viewer, mover))
        return self.ranks[mover] if seen is None else self.grid.spread(seen)


@contextmanager
def open_field(graph: StateGraph, threads: int | None = None) -> Iterator[Field]:
    """Lay the graph out; `threads` (default: one per core) share the work on a grid that is worth it."""
    grid = grid_of(graph)
    wanted = max(1, threads or len(os.sched_getaffinity(0)))
    ranks = tuple(grid.spread(row) for row in graph.ranks)
    if wanted == 1 or grid.cells < _WORTH_THREADS:
        yield Field(graph, grid, ranks, None, 1)
        return
    with ThreadPoolExecutor(wanted) as crew:
        yield Field(graph, grid, ranks, crew, wanted)


def best_own(field: Field, party: int, values: Int32) -> None:
    """Replace, in place, each cell's value by the best of min(value, own rank) over the party's other moves."""
    block = field.grid.blocks[party]
    if block is None:
        values[:] = NONE
        return
    shape, own = sweeps.shape(block), field.ranks[party]
    share(field, sweeps.tiles(block), lambda a, b: sweeps.best_by_moves(values, own, *shape, a, b))


def least_reply(field: Field, party: int, improving: bool, x: Int32, y: Int32) -> None:
    """Lower x and y, in place, to the least value that the others can bring by moves (or by improvements).

    x and y hold a value per cell, FAR in holes. One pass per party is exact where only one other party moves, and
    for mere moves on a grid without holes, where the others' positions form a product.
    """
    others = [other for other, block in enumerate(field.grid.blocks) if other != party and block is not None]
    passes = [_pass(field, party, other, improving, x, y) for other in others]
    if len(passes) <= 1 or (not improving and field.grid.full):
        for lower in passes:
            lower()
    else:
        _settle(passes)


def _settle(passes: Sequence[Callable[[], bool]]) -> None:
    """Cycle through the passes until each has run once without effect since the last change."""
    idle = step = 0
    while idle < len(passes):
        idle = 1 if passes[step % len(passes)]() else idle + 1
        step += 1


def _pass(field: Field, party: int, other: int, improving: bool, x: Int32, y: Int32) -> Callable[[], bool]:
    block = field.grid.blocks[other]
    assert block is not None
    shape, tiles = sweeps.shape(block), sweeps.tiles(block)
    if not improving:
        return lambda: share(field, tiles, lambda a, b: sweeps.least_by_moves(x, y, *shape, a, b))
    ranks = field.expected(party, other)
    return lambda: share(field, tiles, lambda a, b: sweeps.least_by_improvements(x, y, ranks, *shape, a, b))


def share(field: Field, amount: int, work: Callable[[int, int], bool | None]) -> bool:
    """Do `amount` pieces of work, cut evenly among the threads; whether any thread reports a change."""
    if field.crew is None or amount < field.threads:
        return bool(work(0, amount))
    cuts = [amount * cut // field.threads for cut in range(field.threads + 1)]
    return any(list(field.crew.map(work, cuts[:-1], cuts[1:])))
