"""What holds and by how much: the best alternative of every state, against the state itself.

The alternatives of a room's states are all but the same: the best arrival of the room (or of the rooms onward),
and for the state that is this best itself, the second best. So two payoffs per room are looked up, not one per
state.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numba import float64, int32, int64, njit, types, uint8, void
from numpy.typing import NDArray

from detente.graph.state_graph import Floats, Int32, Int64, StateGraph
from detente.stability import labels
from detente.stability.grid import FAR, NONE
from detente.stability.lanes import LANES, add_bits, apart, least, load, most, splat, store, where_above
from detente.stability.reach import Field, share
from detente.stability.sweeps import leave_best, most_beyond, two_best
from detente.stability.tiles import (
    CELLS,
    GIVEN,
    SHAPE,
    announce,
    bounds,
    inner,
    kernel,
    put,
    rows,
    shape,
    take,
    tiles,
)

_Payoffs: Any = types.Array(types.int64, 1, "C", readonly=True)

_REMEMBERED = 1 << 21  # states
_worths: WeakKeyDictionary[StateGraph, dict[int, Int64]] = WeakKeyDictionary()

_NATURAL = np.zeros(0, np.int32)  # stands for `Grid.state_of` where state and cell numbers coincide


def worth(field: Field, party: int) -> Int64:
    """What each of the party's ranks stands for, in units of the payoff grid (undefined for unused ranks).

    Kept as long as the graph lives, unless it is so large that memory is dearer than time.
    """
    if field.graph.states > _REMEMBERED:
        return _worth(field, party)
    known = _worths.setdefault(field.graph, {})
    if party not in known:
        known[party] = _worth(field, party)
    return known[party]


def _worth(field: Field, party: int) -> Int64:
    ranks, payoffs = _own(field.graph, party)
    stands_for: Int64 = np.empty(int(ranks.max()) + 1, np.int64)
    share(field, len(ranks), lambda begin, end: _price(ranks, payoffs, stands_for, begin, end))
    stands_for.setflags(write=False)
    return stands_for


def _own(graph: StateGraph, party: int) -> tuple[Int32, Int64]:
    """The party's ranks and payoffs, one after the other in memory."""
    return np.ascontiguousarray(graph.ranks[party]), np.ascontiguousarray(graph.payoffs[party])


@njit(void(GIVEN, _Payoffs, int64[::1], int64, int64), **kernel)
def _price(ranks, payoffs, stands_for, begin, end):  # type: ignore[no-untyped-def]
    for state in range(begin, end):
        stands_for[ranks[state]] = payoffs[state]


@njit(**inner)
def _record(best, rank, price, bit, flags, payoffs, span, margin, first, cardinal):  # type: ignore[no-untyped-def]
    """Judge the state `first` and its neighbours by their best alternatives and what these are worth."""
    add_bits(flags, first, where_above(best, rank, splat(np.int32(0)), splat(bit)))
    if cardinal:
        gap = apart(load(payoffs, first), price, span)
        gap = where_above(best, splat(NONE), gap, splat(np.inf))
        store(margin, first, least(load(margin, first), gap))


@njit(**inner)
def _judge_rows(  # type: ignore[no-untyped-def]
    table, limits, tops, seconds, members, starts, onward, leads, alternatives, prices,
    inner, first, bit, flags, payoffs, stands_for, span, margin,
):  # fmt: skip
    """Judge a wide tile whose cells are states: per room and lane two alternatives are looked up."""
    cardinal = len(stands_for) > 0
    for room in range(len(starts) - 1):
        top, beyond = load(tops, room * LANES), most_beyond(room, tops, onward, leads)
        best, after = most(top, beyond), most(load(seconds, room * LANES), beyond)
        store(alternatives, 0, best)
        store(alternatives, LANES, after)
        if cardinal:
            for lane in range(2 * LANES):
                prices[lane] = stands_for[max(alternatives[lane], 0)]
        for row in range(starts[room], starts[room + 1]):
            value = load(table, row * LANES)
            _record(
                where_above(top, value, best, after),
                load(limits, row * LANES),
                where_above(top, value, load(prices, 0), load(prices, LANES)),
                bit, flags, payoffs, span, margin, first + members[row] * inner, cardinal,
            )  # fmt: skip


@njit(**inner)
def _judge_line(  # type: ignore[no-untyped-def]
    best, ranks, prices, cell, count, state_of, bit, flags, payoffs, stands_for, span, margin
):
    """Judge so many neighbouring cells, in which the best alternatives stand."""
    cardinal, natural, end = len(stands_for) > 0, len(state_of) == 0, cell + count
    while natural and cell + LANES <= end:
        if cardinal:
            for lane in range(LANES):
                prices[lane] = stands_for[max(best[cell + lane], 0)]
        _record(
            load(best, cell), load(ranks, cell), load(prices, 0),
            bit, flags, payoffs, span, margin, cell, cardinal,
        )  # fmt: skip
        cell += LANES
    for other in range(cell, end):
        state = other if natural else state_of[other]
        if state >= 0:
            alternative = best[other]
            if alternative <= ranks[other]:
                flags[state] |= np.uint8(bit)
            if cardinal and alternative != NONE:
                margin[state] = min(margin[state], (payoffs[state] - stands_for[alternative]) / span)


@njit(
    void(
        CELLS, GIVEN, GIVEN, int32, uint8[::1], _Payoffs, _Payoffs, float64, float64[::1], *SHAPE, int64, int64
    ),
    **kernel,
)  # fmt: skip
def _judge(  # type: ignore[no-untyped-def]
    values, ranks, state_of, bit, flags, payoffs, stands_for, span, margin,
    positions, inner, members, starts, onward, leads, begin, end,
):  # fmt: skip
    """Set the bit of every state whose best alternative is no better; lower the margins to this party's.

    `state_of` is empty where cells are states. `values` are used up.
    """
    table, limits = rows(positions, NONE), rows(positions, FAR)
    tops, seconds = rows(len(starts) - 1, NONE), rows(len(starts) - 1, NONE)
    alternatives, prices = rows(2, NONE), np.zeros(2 * LANES, np.int64)
    for tile in range(begin, end):
        first, stretches, width = bounds(tile, positions, inner, len(values))
        take(values, table, first, stretches, width, members, inner)
        take(ranks, limits, first, stretches, width, members, inner)
        two_best(table, limits, tops, seconds, starts)
        if width == LANES and len(state_of) == 0:
            following, _, next_width = bounds(tile + 1, positions, inner, len(values))
            announce(values, following, next_width, positions, inner)
            announce(ranks, following, next_width, positions, inner)
            announce(flags, following, next_width, positions, inner)
            announce(payoffs, following, next_width, positions, inner)
            announce(margin, following, next_width, positions, inner)
            _judge_rows(
                table, limits, tops, seconds, members, starts, onward, leads, alternatives, prices,
                inner, first, bit, flags, payoffs, stands_for, span, margin,
            )  # fmt: skip
        else:
            leave_best(table, tops, seconds, starts, onward, leads)
            put(values, table, first, stretches, width, members, inner)
            lines, count = (positions, width) if inner >= LANES else (1, stretches * positions * inner)
            for line in range(lines):
                _judge_line(
                    values, ranks, prices, first + line * inner, count,
                    state_of, bit, flags, payoffs, stands_for, span, margin,
                )  # fmt: skip


def judge(
    field: Field,
    party: int,
    least_after: Int32,
    stands_for: Int64,
    bit: int,
    flags: NDArray[np.uint8],
    margin: Floats,
) -> None:
    """Set a bit where no move is worth making; lower the margins to this party's.

    Parameters
    ----------
    field, party
        Whose states are judged.
    least_after
        Int32[cell] (or [state], where the grid is not worthwhile): the least that arriving there may come to;
        used up.
    stands_for
        What `worth` returned; empty where margins have no meaning.
    bit, flags
        The bit is set in UInt8[state] where the best alternative is no better than staying.
    margin
        Float64[state] in the party's spans, left as it is without moves.
    """
    graph, grid, ranks = field.graph, field.grid, field.ranks[party]
    block = grid.blocks[party]
    if block is None:
        flags |= np.uint8(bit)
    elif not grid.worthwhile:
        _judge_listed(graph, party, least_after, stands_for, bit, flags, margin)
    else:
        payoffs, span = _own(graph, party)[1], float(graph.spans[party])
        state_of = _NATURAL if grid.place is None else grid.state_of
        given = (least_after, ranks, state_of, np.int32(bit), flags, payoffs, stands_for, span, margin)
        pieces = tiles(block.positions, block.inner, grid.cells)
        share(field, pieces, lambda begin, end: _judge(*given, *shape(block), begin, end))


def _judge_listed(
    graph: StateGraph,
    party: int,
    least_after: Int32,
    stands_for: Int64,
    bit: int,
    flags: NDArray[np.uint8],
    margin: Floats,
) -> None:
    ranks, payoffs = _own(graph, party)
    best = labels.best_own(graph, party, np.minimum(least_after, ranks))
    flags[best <= ranks] |= np.uint8(bit)
    if len(stands_for):
        moved = best != NONE
        gap = payoffs[moved] - stands_for[best[moved]]
        margin[moved] = np.minimum(margin[moved], gap / graph.spans[party])
