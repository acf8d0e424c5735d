"""Passes over one party's axis of the grid that push values around: what its moves can bring.

Values only fall (or, for the party's own escapes, are made anew) and every value is the value of a state that
can really be reached, so passes may run in any order, in place, and tile by tile on any thread.
"""

from __future__ import annotations

import numpy as np

from detente.stability.closure.grid import FAR, NONE
from detente.stability.closure.simd import LANES, differ, least, load, most, splat, store, where_above
from detente.stability.closure.tiling import announce, bounds, put, rows, take
from detente.stability.compiled import inlined, native, step
from detente.states.state_graph import Int32


def unstamped(cells: int) -> Int32:
    """Stamps of a grid of which every cell is new."""
    return np.ones(cells // LANES + 1, np.int32)


@step
def _lower_to_room_least(table, lowest, fallen, starts, onward, leads):  # type: ignore[no-untyped-def]
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
        for row in range(starts[room], starts[room + 1]):
            value = load(table, row * LANES)
            lower = where_above(far, value, low, far)
            fallen[row] = differ(value, lower)
            changed |= fallen[row]
            store(table, row * LANES, lower)
    return changed


@native
def least_by_moves(x, y, positions, inner, members, starts, onward, leads, begin, end):  # type: ignore[no-untyped-def]
    """Lower every cell of x and y to the least that one move of the party can bring; holes stay FAR."""
    table, lowest, fallen = rows(positions, FAR), rows(len(starts) - 1, FAR), np.zeros(positions, np.bool_)
    changed = False
    for tile in range(begin, end):
        first, stretches, width = bounds(tile, positions, inner, len(x))
        following, _, next_width = bounds(tile + 1, positions, inner, len(x))
        for cells in (x, y):
            take(cells, table, first, stretches, width, members, inner)
            announce(cells, following, next_width, positions, inner)
            if _lower_to_room_least(table, lowest, fallen, starts, onward, leads):
                changed = True
                put(cells, table, fallen, first, stretches, width, members, inner)
    return changed


@step
def stale(stamps, since, first, stretches, width, positions, inner):  # type: ignore[no-untyped-def]
    """Whether any cell near the tile has been changed by a pass after the pass `since`."""
    if inner < LANES:
        positions, width = 1, stretches * positions * inner
    for position in range(positions):
        start = first + position * inner
        for chunk in range(start // LANES, (start + width - 1) // LANES + 1):
            if stamps[chunk] > since:
                return True
    return False


@step
def stamp(stamps, now, fallen, first, stretches, width, members, inner):  # type: ignore[no-untyped-def]
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


@inlined
def _meet(rank, x, y, better, sent_x, sent_y, far):  # type: ignore[no-untyped-def]
    """Lower a receiver's values to a sender's where the sender's rank is better."""
    x = least(x, where_above(better, rank, sent_x, far))
    return x, least(y, where_above(better, rank, sent_y, far))


@step
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


@native
def least_by_improvements(  # type: ignore[no-untyped-def]
    x, y, ranks, stamps, now, since, positions, inner, members, starts, onward, leads, begin, end
):
    """Lower every cell of x and y to the least that one improvement of the party (by `ranks`) can bring.

    `stamps` says for every LANES cells which pass changed them last; tiles that nobody changed since this
    party's last pass, number `since`, are left out. `now` is the number of this pass.
    """
    better, xs, ys = rows(positions, FAR), rows(positions, FAR), rows(positions, FAR)
    fallen = np.zeros(positions, np.bool_)
    changed = False
    for tile in range(begin, end):
        first, stretches, width = bounds(tile, positions, inner, len(x))
        if not stale(stamps, since, first, stretches, width, positions, inner):
            continue
        following, _, next_width = bounds(tile + 1, positions, inner, len(x))
        take(ranks, better, first, stretches, width, members, inner)
        announce(ranks, following, next_width, positions, inner)
        for cells, table in ((x, xs), (y, ys)):
            take(cells, table, first, stretches, width, members, inner)
            announce(cells, following, next_width, positions, inner)
        if _lower_by_improvements(better, xs, ys, fallen, starts, onward, leads):
            changed = True
            for cells, table in ((x, xs), (y, ys)):
                put(cells, table, fallen, first, stretches, width, members, inner)
            stamp(stamps, now, fallen, first, stretches, width, members, inner)
    return changed


@step
def two_best(table, caps, tops, seconds, starts):  # type: ignore[no-untyped-def]
    """Per room the two largest of min(value, cap), so that each row can be left out of its own alternatives.

    The capped values stay in the table, NONE in holes (cap FAR), which are never arrived at.
    """
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


@inlined
def alternatives_of(room, tops, seconds, onward, leads):  # type: ignore[no-untyped-def]
    """A room's own top, the best alternative of its rows, and that of the row that is the top itself."""
    top, beyond = load(tops, room * LANES), splat(NONE)
    for door in range(leads[room], leads[room + 1]):
        beyond = most(beyond, load(tops, onward[door] * LANES))
    return top, most(top, beyond), most(load(seconds, room * LANES), beyond)


@step
def leave_best(table, tops, seconds, starts, onward, leads):  # type: ignore[no-untyped-def]
    """Replace every row by the best of the others, after `two_best`; NONE where there is no other."""
    for room in range(len(starts) - 1):
        top, best, after = alternatives_of(room, tops, seconds, onward, leads)
        for row in range(starts[room] * LANES, starts[room + 1] * LANES, LANES):
            store(table, row, where_above(top, load(table, row), best, after))


@native
def best_escapes(values, ranks, positions, inner, members, starts, onward, leads, begin, end):  # type: ignore[no-untyped-def]
    """Make every cell's value the best rank among itself and what one move of the party brings; holes stay
    FAR."""
    table, limits = rows(positions, NONE), rows(positions, FAR)
    tops, seconds = rows(len(starts) - 1, NONE), rows(len(starts) - 1, NONE)
    far, everywhere = splat(FAR), np.ones(positions, np.bool_)
    for tile in range(begin, end):
        first, stretches, width = bounds(tile, positions, inner, len(values))
        following, _, next_width = bounds(tile + 1, positions, inner, len(values))
        take(ranks, limits, first, stretches, width, members, inner)
        announce(ranks, following, next_width, positions, inner)
        announce(values, following, next_width, positions, inner)
        table[:] = limits
        two_best(table, limits, tops, seconds, starts)
        for room in range(len(starts) - 1):
            _, best, _ = alternatives_of(room, tops, seconds, onward, leads)
            for row in range(starts[room] * LANES, starts[room + 1] * LANES, LANES):
                store(table, row, where_above(far, load(limits, row), best, far))
        put(values, table, everywhere, first, stretches, width, members, inner)
