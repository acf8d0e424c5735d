"""What holds and by how much: the best alternative of every state, against the state itself.

The alternatives of a room's states are all but the same: the best arrival of the room (or of the rooms onward),
and for the state that is this best itself, the second best. So two payoffs per room are looked up, not one per
state.
"""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from detente.stability.closure import label_setting
from detente.stability.closure.closures import Field, share
from detente.stability.closure.grid import FAR, NONE
from detente.stability.closure.simd import LANES, add_bits, apart, least, load, splat, store, where_above
from detente.stability.closure.sweeps import alternatives_of, leave_best, two_best
from detente.stability.closure.tiling import announce, bounds, put, rows, shape, take, tiles
from detente.stability.compiled import native, step
from detente.states.state_graph import Floats, Int32, Int64, StateGraph

_REMEMBERED = 1 << 21  # states
_worths: WeakKeyDictionary[StateGraph, dict[int, Int64]] = WeakKeyDictionary()

_NATURAL = np.zeros(0, np.int32)  # stands for `Grid.state_of` where state and cell numbers coincide


def worth(field: Field, party: int) -> Int64:
    """What each of the party's ranks stands for, in units of the payoff grid (undefined for unused ranks).

    Kept as long as the graph lives, unless it is so large that memory is dearer than time: then it is good
    until the next call.
    """
    ranks = int(field.graph.ranks[party].max()) + 1  # of a part of a crisis more than there are states
    if field.graph.states > _REMEMBERED:
        if not field.worths or len(field.worths[0]) < ranks:
            field.worths[:] = [np.empty(ranks, np.int64)]
        return _worth(field, party, field.worths[0])
    known = _worths.setdefault(field.graph, {})
    if party not in known:
        known[party] = _worth(field, party, np.empty(ranks, np.int64))
    return known[party]


def _worth(field: Field, party: int, stands_for: Int64) -> Int64:
    ranks, payoffs = _own(field.graph, party)
    share(field, len(ranks), lambda begin, end: _price(ranks, payoffs, stands_for, begin, end))
    return stands_for


def _own(graph: StateGraph, party: int) -> tuple[Int32, Int64]:
    """The party's ranks and payoffs, one after the other in memory and read-only, as loops are compiled for."""
    ranks, payoffs = np.ascontiguousarray(graph.ranks[party]), np.ascontiguousarray(graph.payoffs[party])
    ranks.setflags(write=False)
    payoffs.setflags(write=False)
    return ranks, payoffs


@native
def _price(ranks, payoffs, stands_for, begin, end):  # type: ignore[no-untyped-def]
    for state in range(begin, end):
        stands_for[ranks[state]] = payoffs[state]


@step
def _record(best, rank, price, bit, flags, payoffs, span, margin, first, cardinal):  # type: ignore[no-untyped-def]
    """Judge the state `first` and its neighbours by their best alternatives and what these are worth."""
    add_bits(flags, first, where_above(best, rank, splat(np.int32(0)), splat(bit)))
    if cardinal:
        gap = apart(load(payoffs, first), price, span)
        gap = where_above(best, splat(NONE), gap, splat(np.inf))
        store(margin, first, least(load(margin, first), gap))


@step
def _judge_rows(  # type: ignore[no-untyped-def]
    table, limits, tops, seconds, members, starts, onward, leads, alternatives, prices,
    inner, first, bit, flags, payoffs, stands_for, span, margin,
):  # fmt: skip
    """Judge a wide tile whose cells are states: per room and lane two alternatives are looked up."""
    cardinal = len(stands_for) > 0
    for room in range(len(starts) - 1):
        top, best, after = alternatives_of(room, tops, seconds, onward, leads)
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


@step
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


@native
def _judge(  # type: ignore[no-untyped-def]
    ends, ranks, state_of, bits, count, flags, payoffs, stands_for, span, margins,
    positions, inner, members, starts, onward, leads, begin, end,
):  # fmt: skip
    """Judge by the first `count` of the ends, tile by tile, so that ranks and payoffs are fetched once for all.

    `state_of` is empty where cells are states.
    """
    table, limits = rows(positions, NONE), rows(positions, FAR)
    tops, seconds = rows(len(starts) - 1, NONE), rows(len(starts) - 1, NONE)
    alternatives, prices = rows(2, NONE), np.zeros(2 * LANES, np.int64)
    everywhere = np.ones(positions, np.bool_)
    for tile in range(begin, end):
        first, stretches, width = bounds(tile, positions, inner, len(ranks))
        neighbours = width == LANES and len(state_of) == 0
        take(ranks, limits, first, stretches, width, members, inner)
        if neighbours:
            following, _, next_width = bounds(tile + 1, positions, inner, len(ranks))
            announce(ranks, following, next_width, positions, inner)
            announce(flags, following, next_width, positions, inner)
            announce(payoffs, following, next_width, positions, inner)
        for which in range(count):
            values, bit, margin = ends[which], bits[which], margins[which]
            take(values, table, first, stretches, width, members, inner)
            two_best(table, limits, tops, seconds, starts)
            if neighbours:
                announce(values, following, next_width, positions, inner)
                announce(margin, following, next_width, positions, inner)
                _judge_rows(
                    table, limits, tops, seconds, members, starts, onward, leads, alternatives, prices,
                    inner, first, bit, flags, payoffs, stands_for, span, margin,
                )  # fmt: skip
            else:
                leave_best(table, tops, seconds, starts, onward, leads)
                put(values, table, everywhere, first, stretches, width, members, inner)
                lines, cells = (positions, width) if inner >= LANES else (1, stretches * positions * inner)
                for line in range(lines):
                    _judge_line(
                        values, ranks, prices, first + line * inner, cells,
                        state_of, bit, flags, payoffs, stands_for, span, margin,
                    )  # fmt: skip


def judge(
    field: Field,
    party: int,
    ends: Sequence[tuple[int, Int32]],
    stands_for: Int64,
    flags: NDArray[np.uint8],
    margins: Floats,
) -> None:
    """Record where no move is worth making, and by how much.

    Parameters
    ----------
    field, party
        Whose states are judged.
    ends
        For one or two concepts its number and, as Int32[cell] (or [state], where the grid is not worthwhile),
        the least that arriving there may come to; used up.
    stands_for
        What `worth` returned; empty where margins have no meaning.
    flags
        UInt8[state]: the concept's bit is set where the best alternative is no better than staying.
    margins
        Float64[concept, state] in spans, lowered to this party's; left as they are without moves.
    """
    graph, grid, ranks = field.graph, field.grid, field.ranks[party]
    block = grid.blocks[party]
    if block is None:
        flags |= np.uint8(sum(1 << concept for concept, _ in ends))
    elif not grid.worthwhile:
        for concept, values in ends:
            _judge_listed(graph, party, values, stands_for, 1 << concept, flags, margins[concept])
    else:
        pair = (ends[0], ends[-1])
        laid, bits = tuple(end for _, end in pair), tuple(np.int32(1 << concept) for concept, _ in pair)
        into = tuple(margins[concept] for concept, _ in pair)
        payoffs, span = _own(graph, party)[1], float(graph.spans[party])
        state_of = _NATURAL if grid.place is None else grid.state_of
        given = (laid, ranks, state_of, bits, len(ends), flags, payoffs, stands_for, span, into)
        pieces = tiles(block.positions, block.inner, grid.cells)
        share(field, pieces, lambda begin, end: _judge(*given, *shape(block), begin, end))


def _judge_listed(
    graph: StateGraph,
    party: int,
    values: Int32,
    stands_for: Int64,
    bit: int,
    flags: NDArray[np.uint8],
    margin: Floats,
) -> None:
    ranks, payoffs = _own(graph, party)
    best = label_setting.best_own(graph, party, np.minimum(values, ranks))
    flags[best <= ranks] |= np.uint8(bit)
    if len(stands_for):
        moved = best != NONE
        gap = payoffs[moved] - stands_for[best[moved]]
        margin[moved] = np.minimum(margin[moved], gap / graph.spans[party])
