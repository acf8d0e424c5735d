"""Closures on the grid: what replies of the others can bring, by sweeping until nothing falls any further."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from itertools import pairwise

import numpy as np

from detente.stability.closure import label_setting, open_sweeps, sweeps
from detente.stability.closure.grid import Block, Grid, grid_of
from detente.stability.closure.tiling import LINE, shape, tiles
from detente.states.state_graph import Int32, Int64, StateGraph

_Pass = Callable[[int], bool]
"""One sweep over a mover's axis, given its number; says whether anything fell."""

MOST_PASSES = 1000
"""After so many passes sweeping gives way to label setting, whose time does not depend on the preferences."""
_WORTH_THREADS = 1 << 18
_WORTH_HANDS = 1 << 13


@dataclass(frozen=True, eq=False)
class Field:
    """A graph laid out for closures.

    Values stand in cells of the grid, or in the order of states where it is not worthwhile; `ranks[party]`
    is laid out likewise, FAR in holes. `spare`, `keys` and `worths` are arrays to be used again: new memory is
    slow to touch. A `crew` shares every sweep among `threads`; of whole closures `hands` may be made at a time.
    """

    graph: StateGraph
    grid: Grid
    ranks: tuple[Int32, ...]
    crew: Executor | None
    threads: int
    hands: int = 1
    spare: list[Int32] = dataclass_field(default_factory=list)
    keys: list[Int32] = dataclass_field(default_factory=list)
    worths: list[Int64] = dataclass_field(default_factory=list)

    def expected(self, viewer: int | None, mover: int) -> Int32:
        """The ranks by which the viewer expects the mover to move (no viewer: its own)."""
        seen = None if viewer is None else self.graph.seen.get((viewer, mover))
        return self.ranks[mover] if seen is None else laid_out(self.grid, seen)

    def others(self, *members: int) -> tuple[int, ...]:
        """Everybody else who ever moves."""
        return tuple(
            party for party, block in enumerate(self.grid.blocks) if party not in members and block is not None
        )


@contextmanager
def open_field(graph: StateGraph, threads: int | None = None) -> Iterator[Field]:
    """Lay the graph out; `threads` (default: one per core) share the work on a grid that is worth it."""
    grid = grid_of(graph)
    wanted = max(1, threads or cores())
    ranks = tuple(laid_out(grid, row) for row in graph.ranks)
    if wanted == 1 or grid.cells < _WORTH_THREADS:
        yield Field(graph, grid, ranks, None, 1, wanted)
        return
    with ThreadPoolExecutor(wanted - 1) as crew:
        yield Field(graph, grid, ranks, crew, wanted, wanted)


def laid_out(grid: Grid, ranks: Int32) -> Int32:
    """Ranks of states in the cells of the grid: always read-only, so that loops are compiled for that alone."""
    laid = grid.spread(ranks)
    laid.setflags(write=False)
    return laid


def copy_of(field: Field, values: Int32) -> Int32:
    """Values as laid out, to be worked on."""
    fresh = _fresh(field)

    def copy(begin: int, end: int) -> None:
        fresh[begin:end] = values[begin:end]

    share(field, len(values), copy)
    return fresh


def escapes(field: Field, party: int, values: Int32 | None = None) -> Int32:
    """The best of each cell and the party's own moves from there (by default by its ranks), to be worked on."""
    block, own = field.grid.blocks[party], field.ranks[party] if values is None else values
    if block is None:
        return copy_of(field, own)
    if not field.grid.worthwhile:
        best: Int32 = np.maximum(label_setting.best_own(field.graph, party, own), own)
        return best
    fresh, shaped = _fresh(field), shape(block)
    share(field, _tiles(field, block), lambda a, b: sweeps.best_escapes(fresh, own, *shaped, a, b))
    return fresh


def release(field: Field, values: Int32) -> None:
    """Give back an array of `copy_of` or `escapes` that is used up."""
    field.spare.append(values)


def _fresh(field: Field) -> Int32:
    """An array for values, at the start of a line of the cache."""
    with suppress(IndexError):  # another thread may take the last
        return field.spare.pop()
    values = np.empty(len(field.ranks[0]) + LINE, np.int32)
    first = -values.ctypes.data // values.itemsize % LINE
    return values[first : first + len(field.ranks[0])]


def least_reply(
    field: Field, viewer: int | None, movers: Sequence[int], improving: bool, x: Int32, y: Int32
) -> None:
    """Lower x and y, in place, to the least value that the movers can bring by moves (or by improvements).

    Improvements are those that the viewer expects (None: the true ones). x and y may be one array. One pass per
    mover is exact where only one moves, and for mere moves on a grid without holes, where their positions
    form a product.
    """
    if not field.grid.worthwhile:
        _label(field, viewer, movers, improving, x, y)
        return
    passes = _moves(field, movers, x, y) if not improving else _improvements(field, viewer, movers, x, y)
    if len(passes) <= 1 or (not improving and field.grid.full):
        for lower in passes:
            lower(1)
    elif not _settle(passes, _most_passes(field.grid)):
        _label(field, viewer, movers, improving, x, y)


@dataclass(frozen=True, eq=False)
class Going:
    """Somebody who moves where that promises it (`ahead`) more than it leaves (`ranks`), laid out, read-only.

    `fresh` says for every LANES cells whether a promise there is new, 1 or 0.
    """

    mover: int
    ranks: Int32
    ahead: Int32
    fresh: Int32


def least_open_reply(field: Field, goings: Sequence[Going], x: Int32, unsure: Int32) -> None:
    """Lower x, in place, to the least value that moves can bring that each promise their mover to gain.

    Where `unsure` (for every LANES cells) is 0, x is known to be final; where no promise is new, x has counted
    on all moves there already. No promise exceeds the rank of its state.
    """
    if not goings or not unsure.any():
        return
    if field.grid.worthwhile:
        stamps = np.zeros_like(unsure)
        passes = [_open_moves(field, going, x, unsure, stamps) for going in goings]
        if _settle(passes, _most_passes(field.grid)):
            return
    movers = [going.mover for going in goings]
    ranks = [field.grid.gather(going.ranks) for going in goings]
    ahead = [field.grid.gather(going.ahead) for going in goings]
    listed = label_setting.least_open_reply(field.graph, movers, ranks, ahead, field.grid.gather(x))
    x[:] = field.grid.spread(listed)


def _open_moves(field: Field, going: Going, x: Int32, unsure: Int32, stamps: Int32) -> _Pass:
    """A pass that counts on the open moves of one mover, only where something changed since its last one."""
    block = _block(field, going.mover)
    shaped, pieces, last = shape(block), _tiles(field, block), 0
    given = (x, going.ranks, going.ahead, going.fresh, unsure, stamps)

    def sweep(now: int) -> bool:
        nonlocal last
        since, last = last, now

        def piece(a: int, b: int) -> bool:
            return bool(open_sweeps.least_by_open_moves(*given, now, since, *shaped, a, b))

        return share(field, pieces, piece)

    return sweep


def _most_passes(grid: Grid) -> int:
    """Fewer on a grid that is mostly holes, so that sweeping never costs much more than label setting would."""
    return min(MOST_PASSES, 8 * MOST_PASSES * grid.states // grid.cells)


def _settle(passes: Sequence[_Pass], most: int) -> bool:
    """Cycle through the passes until each has run once without effect since the last change; False at the
    cap."""
    idle = 0
    for step in range(max(most, len(passes))):
        idle = 1 if passes[step % len(passes)](step + 1) else idle + 1
        if idle == len(passes):
            return True
    return False


def _moves(field: Field, movers: Sequence[int], x: Int32, y: Int32) -> list[_Pass]:
    """For each mover a pass that counts on its moves."""

    def of(block: Block) -> _Pass:
        shaped, pieces = shape(block), _tiles(field, block)
        return lambda _: share(field, pieces, lambda a, b: sweeps.least_by_moves(x, y, *shaped, a, b))

    return [of(_block(field, mover)) for mover in movers]


def _improvements(field: Field, viewer: int | None, movers: Sequence[int], x: Int32, y: Int32) -> list[_Pass]:
    """For each mover a pass that counts on its improvements; only where something changed since its last
    one."""
    stamps = sweeps.unstamped(field.grid.cells)

    def of(block: Block, ranks: Int32) -> _Pass:
        shaped, pieces, lower = shape(block), _tiles(field, block), sweeps.least_by_improvements
        last = 0

        def sweep(now: int) -> bool:
            nonlocal last
            since, last = last, now

            def piece(a: int, b: int) -> bool:
                return bool(lower(x, y, ranks, stamps, now, since, *shaped, a, b))  # type: ignore[no-untyped-call]

            return share(field, pieces, piece)

        return sweep

    return [of(_block(field, mover), field.expected(viewer, mover)) for mover in movers]


def _block(field: Field, mover: int) -> Block:
    block = field.grid.blocks[mover]
    assert block is not None, "a party without moves is no mover"
    return block


def _label(
    field: Field, viewer: int | None, movers: Sequence[int], improving: bool, x: Int32, y: Int32
) -> None:
    for values in (x,) if x is y else (x, y):
        listed = field.grid.gather(values)
        values[:] = field.grid.spread(label_setting.least_reply(field.graph, viewer, movers, improving, listed))


def _tiles(field: Field, block: Block) -> int:
    return tiles(block.positions, block.inner, field.grid.cells)


def share(field: Field, amount: int, work: Callable[[int, int], bool | None]) -> bool:
    """Do `amount` pieces of work, cut evenly among the threads; whether any thread reports a change."""
    if field.crew is None or amount < field.threads:
        return bool(work(0, amount))
    cuts = [amount * cut // field.threads for cut in range(field.threads + 1)]
    others = [field.crew.submit(work, *piece) for piece in pairwise(cuts[1:])]
    changed = bool(work(0, cuts[1]))
    return any([changed, *(other.result() for other in others)])


def side_by_side(field: Field, work: Callable[[Field, int], None], places: Sequence[int]) -> None:
    """Do work at several places, each on a thread of its own; it reads nothing that it changes elsewhere."""
    hands = min(field.hands, len(places))
    if hands < 2 or field.grid.cells < _WORTH_HANDS:
        for place in places:
            work(field, place)
        return
    alone, left = replace(field, crew=None, threads=1), list(reversed(places))

    def some() -> None:
        while left:
            try:
                place = left.pop()
            except IndexError:  # another thread took the last
                return
            work(alone, place)

    with ThreadPoolExecutor(hands - 1) as others:
        helping = [others.submit(some) for _ in range(hands - 1)]
        some()
        for other in helping:
            other.result()


def cores() -> int:
    """Cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
