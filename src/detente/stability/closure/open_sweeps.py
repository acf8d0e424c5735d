"""Passes that push values along the moves that somebody dares to make: what it promises itself of them pays.

As the passes over improvements, but a move counts where what its mover anticipates after it (not what it is
worth as such) exceeds what the mover leaves. Where a bound cannot fall any further nothing is done.
"""

from __future__ import annotations

import numpy as np

from detente.stability.closure.grid import FAR
from detente.stability.closure.simd import LANES, differ, least, load, splat, store, where_above
from detente.stability.closure.sweeps import stale, stamp
from detente.stability.closure.tiling import announce, bounds, put, rows, take
from detente.stability.compiled import native, step
from detente.states.state_graph import Int32


def apart(one: Int32, other: Int32) -> Int32:
    """For every LANES neighbouring cells whether two arrays differ there, 1 or 0."""
    found = np.zeros(len(one) // LANES + 1, np.int32)
    _mark_apart(one, other, found)
    return found


@native
def _mark_apart(one, other, found):  # type: ignore[no-untyped-def]
    whole = len(one) // LANES
    for chunk in range(whole):
        if differ(load(one, chunk * LANES), load(other, chunk * LANES)):
            found[chunk] = 1
    for cell in range(whole * LANES, len(one)):
        if one[cell] != other[cell]:
            found[whole] = 1


@step
def _lower_by_open_moves(ranks, ahead, xs, fallen, starts, onward, leads):  # type: ignore[no-untyped-def]
    """Lower every row to the least among those that it dares to move to; whether any fell. In pairs, as with
    improvements."""
    far = splat(FAR)
    changed = False
    for room in range(len(starts) - 1):
        last = starts[room + 1] - 1
        for one in range(starts[room], last + 1, 2):
            two = min(one + 1, last)
            a, b = one * LANES, two * LANES
            rank_a, x_a, rank_b, x_b = load(ranks, a), load(xs, a), load(ranks, b), load(xs, b)
            for door in range(leads[room] - 1, leads[room + 1]):
                other = room if door < leads[room] else onward[door]
                for sender in range(starts[other] * LANES, starts[other + 1] * LANES, LANES):
                    promised, sent = load(ahead, sender), load(xs, sender)
                    x_a = least(x_a, where_above(promised, rank_a, sent, far))
                    x_b = least(x_b, where_above(promised, rank_b, sent, far))
            fallen[one], fallen[two] = differ(x_a, load(xs, a)), differ(x_b, load(xs, b))
            if fallen[one] or fallen[two]:
                changed = True
                store(xs, a, x_a)
                store(xs, b, x_b)
    return changed


@native
def least_by_open_moves(  # type: ignore[no-untyped-def]
    x, ranks, ahead, fresh, unsure, stamps, now, since,
    positions, inner, members, starts, onward, leads, begin, end,
):  # fmt: skip
    """Lower every cell of x to the least that one move can bring that promises its mover more than it leaves.

    The mover leaves `ranks` and is promised `ahead`. Tiles are left out in which every x is known to be final
    (`unsure` is 0), those in which nothing has fallen since this mover's last pass, number `since`, and in its
    first pass those in which no promise is new (`fresh` is 0). `now` is the number of this pass.
    """
    leaves, promised, xs = rows(positions, FAR), rows(positions, FAR), rows(positions, FAR)
    fallen = np.zeros(positions, np.bool_)
    changed = False
    for tile in range(begin, end):
        first, stretches, width = bounds(tile, positions, inner, len(x))
        if not stale(unsure, 0, first, stretches, width, positions, inner):
            continue
        fallen_since = stale(stamps, since, first, stretches, width, positions, inner)
        if not fallen_since and (since > 0 or not stale(fresh, 0, first, stretches, width, positions, inner)):
            continue
        following, _, next_width = bounds(tile + 1, positions, inner, len(x))
        take(x, xs, first, stretches, width, members, inner)
        announce(x, following, next_width, positions, inner)
        for cells, table in ((ranks, leaves), (ahead, promised)):
            take(cells, table, first, stretches, width, members, inner)
            announce(cells, following, next_width, positions, inner)
        if _lower_by_open_moves(leaves, promised, xs, fallen, starts, onward, leads):
            changed = True
            put(x, xs, fallen, first, stretches, width, members, inner)
            stamp(stamps, now, fallen, first, stretches, width, members, inner)
    return changed
