"""What holds and by how much: the best alternative of every state, against the state itself.

The alternatives of a room's states are all but the same: the best arrival of the room (or of the rooms onward),
and for the state that is this best itself, the second best. Keys say themselves what these are worth; for ranks
two payoffs per room are looked up, not one per state.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.stability.closure import label_setting
from detente.stability.closure.closures import Field, share
from detente.stability.closure.grid import FAR, NONE
from detente.stability.closure.scales import Scale
from detente.stability.closure.simd import LANES, add_bits, apart, least, load, splat, store, where_above
from detente.stability.closure.sweeps import alternatives_of, leave_best, two_best
from detente.stability.closure.tiling import announce, bounds, put, rows, shape, take, tiles
from detente.stability.compiled import native, step
from detente.states.state_graph import Floats, Int32, StateGraph

_NATURAL = np.zeros(0, np.int32)  # stands for `Grid.state_of` where state and cell numbers coincide


@step
def _record(best, own, price, bit, flags, metric, payoffs, span, margin, first):  # type: ignore[no-untyped-def]
    """Judge the state `first` and its neighbours by their best alternatives and, of ranks, their worth."""
    add_bits(flags, first, where_above(best, own, splat(np.int32(0)), splat(bit)))
    if metric:
        gap = apart(load(payoffs, first), price, span) if len(payoffs) > 0 else apart(own, best, span)
        gap = where_above(best, splat(NONE), gap, splat(np.inf))
        store(margin, first, least(load(margin, first), gap))


@step
def _judge_rows(  # type: ignore[no-untyped-def]
    table, limits, tops, seconds, members, starts, onward, leads, alternatives, prices,
    inner, first, bit, flags, metric, payoffs, worths, span, margin,
):  # fmt: skip
    """Judge a wide tile whose cells are states: of ranks, per room and lane two alternatives are looked up."""
    for room in range(len(starts) - 1):
        top, best, after = alternatives_of(room, tops, seconds, onward, leads)
        if len(worths) > 0:
            store(alternatives, 0, best)
            store(alternatives, LANES, after)
            for lane in range(2 * LANES):
                prices[lane] = worths[max(alternatives[lane], 0)]
        for row in range(starts[room], starts[room + 1]):
            value = load(table, row * LANES)
            _record(
                where_above(top, value, best, after),
                load(limits, row * LANES),
                where_above(top, value, load(prices, 0), load(prices, LANES)),
                bit, flags, metric, payoffs, span, margin, first + members[row] * inner,
            )  # fmt: skip


@step
def _judge_line(  # type: ignore[no-untyped-def]
    best, own, prices, cell, count, state_of, bit, flags, metric, payoffs, worths, span, margin
):
    """Judge so many neighbouring cells, in which the best alternatives stand."""
    priced, natural, end = len(worths) > 0, len(state_of) == 0, cell + count
    while natural and cell + LANES <= end:
        if priced:
            for lane in range(LANES):
                prices[lane] = worths[max(best[cell + lane], 0)]
        _record(
            load(best, cell), load(own, cell), load(prices, 0),
            bit, flags, metric, payoffs, span, margin, cell,
        )  # fmt: skip
        cell += LANES
    for other in range(cell, end):
        state = other if natural else state_of[other]
        if state >= 0:
            alternative = best[other]
            if alternative <= own[other]:
                flags[state] |= np.uint8(bit)
            if metric and alternative != NONE:
                here, there = np.int64(own[other]), np.int64(alternative)
                if priced:
                    here, there = payoffs[state], worths[alternative]
                margin[state] = min(margin[state], (here - there) / span)


@native
def _judge(  # type: ignore[no-untyped-def]
    ends, own, state_of, bits, count, flags, metric, payoffs, worths, span, margins,
    positions, inner, members, starts, onward, leads, begin, end,
):  # fmt: skip
    """Judge by the first `count` of the ends, tile by tile: what states are worth is fetched once for all.

    `state_of` is empty where cells are states.
    """
    table, limits = rows(positions, NONE), rows(positions, FAR)
    tops, seconds = rows(len(starts) - 1, NONE), rows(len(starts) - 1, NONE)
    alternatives, prices = rows(2, NONE), np.zeros(2 * LANES, np.int64)
    everywhere = np.ones(positions, np.bool_)
    for tile in range(begin, end):
        first, stretches, width = bounds(tile, positions, inner, len(own))
        neighbours = width == LANES and len(state_of) == 0
        take(own, limits, first, stretches, width, members, inner)
        if neighbours:
            following, _, next_width = bounds(tile + 1, positions, inner, len(own))
            announce(own, following, next_width, positions, inner)
            announce(flags, following, next_width, positions, inner)
            if len(payoffs) > 0:
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
                    inner, first, bit, flags, metric, payoffs, worths, span, margin,
                )  # fmt: skip
            else:
                leave_best(table, tops, seconds, starts, onward, leads)
                put(values, table, everywhere, first, stretches, width, members, inner)
                lines, cells = (positions, width) if inner >= LANES else (1, stretches * positions * inner)
                for line in range(lines):
                    _judge_line(
                        values, own, prices, first + line * inner, cells,
                        state_of, bit, flags, metric, payoffs, worths, span, margin,
                    )  # fmt: skip


def judge(
    field: Field,
    party: int,
    ends: Sequence[tuple[int, Int32]],
    scale: Scale,
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
        the least that arriving there may come to, on the scale; used up.
    scale
        What the states are worth to the party.
    flags
        UInt8[state]: the concept's bit is set where the best alternative is no better than staying.
    margins
        Float64[concept, state] in spans, lowered to this party's; left as they are without moves, or where they
        have no meaning.
    """
    graph, grid = field.graph, field.grid
    block = grid.blocks[party]
    if block is None:
        flags |= np.uint8(sum(1 << concept for concept, _ in ends))
    elif not grid.worthwhile:
        for concept, values in ends:
            _judge_listed(graph, party, values, scale, 1 << concept, flags, margins[concept])
    else:
        pair = (ends[0], ends[-1])
        laid, bits = tuple(end for _, end in pair), tuple(np.int32(1 << concept) for concept, _ in pair)
        into = tuple(margins[concept] for concept, _ in pair)
        state_of, span = _NATURAL if grid.place is None else grid.state_of, float(graph.spans[party])
        worth = (scale.metric, scale.payoffs, scale.worths, span)
        given = (laid, scale.values, state_of, bits, len(ends), flags, *worth, into)
        pieces = tiles(block.positions, block.inner, grid.cells)
        share(field, pieces, lambda begin, end: _judge(*given, *shape(block), begin, end))


def _judge_listed(
    graph: StateGraph,
    party: int,
    values: Int32,
    scale: Scale,
    bit: int,
    flags: NDArray[np.uint8],
    margin: Floats,
) -> None:
    own = scale.values
    best = label_setting.best_own(graph, party, np.minimum(values, own))
    flags[best <= own] |= np.uint8(bit)
    if scale.metric:
        moved = best != NONE
        here, there = own[moved].astype(np.int64), best[moved].astype(np.int64)
        if len(scale.worths):
            here, there = scale.payoffs[moved], scale.worths[there]
        margin[moved] = np.minimum(margin[moved], (here - there) / graph.spans[party])
