"""Ways through the steps that others may take, for a search that asks about single moves.

A step is sure, out, or doubtful, as the bounds on what its mover anticipates say; nobody takes one that is out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.stability.compiled import step
from detente.states.state_graph import Int32, Int64

SURE, UNTRIED, TRIED = 3, 2, 1  # kinds of steps, the better the higher
MARK, SPENT, BUDGET, TRIED_COUNT = range(4)  # what a desk counts

DEEPEST = 24
PATHS = 1 << 14
REMEMBERED = 1 << 16


class Game(NamedTuple):
    """Who can do what, by cells; holes are FAR in `ranks` and NONE in `high`, so that no step leads there.

    `party[mind]`, `others[mind, k]` (-1: no more) and `ranks`, `low` and `high[mind, cell]`; per party `inner`,
    `positions` and `first`: from its position p it moves by `shift[starts[first + p]:starts[first + p + 1]]`.
    """

    party: Int64
    others: Int64
    ranks: Int32
    low: Int32
    high: Int32
    inner: Int64
    positions: Int64
    first: Int64
    starts: Int64
    shift: Int64


class Desk(NamedTuple):
    """What a search writes on: marks and ways by cell, doubtful steps, questions under way, what was tried."""

    counts: Int64
    stamp: Int64
    waiting: Int32
    parent: Int32
    by: Int32
    doubtful: Int32  # (tier, end and start and mind, place)
    path: Int32  # (start and end and mind and kind, place)
    questions: Int64
    tried: Int64
    depth: Int64


def desk_for(cells: int) -> Desk:
    """An empty desk."""

    def row(*shape: int) -> Int32:
        return np.zeros(shape, np.int32)

    return Desk(
        np.zeros(4, np.int64),
        np.zeros(cells, np.int64),
        row(cells),
        row(cells),
        row(cells),
        row(2, 3, cells),
        row(4, PATHS),
        np.zeros((DEEPEST + 1, 12), np.int64),
        np.full(REMEMBERED, -1, np.int64),
        np.zeros(REMEMBERED, np.int64),
    )


@step
def kind_of(game, desk, start, end, other, limit):  # type: ignore[no-untyped-def]
    """SURE, or doubtful: TRIED in vain to a depth, or UNTRIED; the step is not out."""
    if game.low[other, end] > game.ranks[other, start]:
        return SURE
    return TRIED if tried_to(desk, start, end, other) >= limit else UNTRIED


@step
def least_ahead(game, desk, mind, cell, bound):  # type: ignore[no-untyped-def]
    """The least that steps which are not out can bring, worst first; the first at or below the bound."""
    desk.counts[MARK] += 4
    mark, own = desk.counts[MARK], game.ranks[mind]
    least, size = np.int64(own[cell]), 1
    desk.waiting[0], desk.stamp[cell] = cell, mark
    while size > 0 and least > bound:
        size -= 1
        here, base = desk.waiting[size], size
        worst = size
        desk.counts[SPENT] += 1
        for k in range(game.others.shape[1]):
            other = game.others[mind, k]
            if other < 0:
                break
            leaves, at = game.ranks[other, here], _position(game, other, here)
            for move in range(game.starts[at], game.starts[at + 1]):
                there = here + game.shift[move]
                if game.high[other, there] > leaves and desk.stamp[there] != mark:
                    desk.stamp[there] = mark
                    least = min(least, np.int64(own[there]))
                    desk.waiting[size] = there
                    if own[there] < own[desk.waiting[worst]]:
                        worst = size
                    size += 1
        if size > base:
            last = desk.waiting[size - 1]
            desk.waiting[size - 1] = desk.waiting[worst]
            desk.waiting[worst] = last
    return least


@step
def way(game, desk, mind, cell, bound, limit):  # type: ignore[no-untyped-def]
    """A way to a cell at or below the bound with as few tried, then as few untried steps as it finds; its end
    (-1: there is none), its steps in `parent` and `by`, and the least that was seen."""
    desk.counts[MARK] += 4
    mark, own = desk.counts[MARK], game.ranks[mind]
    least, size = np.int64(own[cell]), 1
    desk.waiting[0], desk.stamp[cell] = cell, mark + SURE
    number, bad = np.zeros(2, np.int64), np.full(2, -1, np.int64)
    while True:
        while size > 0:
            size -= 1
            here = desk.waiting[size]
            desk.counts[SPENT] += 1
            for k in range(game.others.shape[1]):
                other = game.others[mind, k]
                if other < 0:
                    break
                leaves, at = game.ranks[other, here], _position(game, other, here)
                for move in range(game.starts[at], game.starts[at + 1]):
                    there = here + game.shift[move]
                    if game.high[other, there] <= leaves or desk.stamp[there] == mark + SURE:
                        continue
                    kind = kind_of(game, desk, here, there, other, limit)
                    if desk.stamp[there] >= mark + kind:
                        continue
                    desk.stamp[there] = mark + kind
                    if kind == SURE:
                        desk.parent[there], desk.by[there] = here, other
                        least = min(least, np.int64(own[there]))
                        if own[there] <= bound:
                            return np.int64(there), least
                        desk.waiting[size] = there
                        size += 1
                    else:
                        tier = UNTRIED - kind
                        steps, place = desk.doubtful[tier], number[tier]
                        steps[0, place], steps[1, place], steps[2, place] = there, here, other
                        if bad[tier] < 0 and own[there] <= bound:
                            bad[tier] = place
                        number[tier] += 1
        tier = 0 if number[0] > 0 else 1
        if number[tier] == 0:
            return np.int64(-1), least
        steps = desk.doubtful[tier]
        if bad[tier] >= 0:
            there = steps[0, bad[tier]]
            desk.parent[there], desk.by[there] = steps[1, bad[tier]], steps[2, bad[tier]]
            return np.int64(there), least
        for place in range(number[tier]):
            there = steps[0, place]
            if desk.stamp[there] != mark + SURE:
                desk.stamp[there] = mark + SURE
                desk.parent[there], desk.by[there] = steps[1, place], steps[2, place]
                least = min(least, np.int64(own[there]))
                desk.waiting[size] = there
                size += 1
        number[tier] = 0


@step
def _position(game, mind, cell):  # type: ignore[no-untyped-def]
    party = game.party[mind]
    return game.first[party] + cell // game.inner[party] % game.positions[party]


@step
def exhausted(desk):  # type: ignore[no-untyped-def]
    """Whether more cells were looked at than the question is worth."""
    return desk.counts[SPENT] > desk.counts[BUDGET]


@step
def _slot(desk, key):  # type: ignore[no-untyped-def]
    """Where a step stands among those tried, or would."""
    slot = (key * 1000003) % REMEMBERED
    while desk.tried[slot] >= 0 and desk.tried[slot] != key:
        slot = (slot + 1) % REMEMBERED
    return slot


@step
def tried_to(desk, source, cell, mind):  # type: ignore[no-untyped-def]
    """To what depth a step was asked about in vain; 0: not yet."""
    if source < 0:
        return 0
    cells = len(desk.stamp)
    slot = _slot(desk, (mind * cells + cell) * cells + source)
    return desk.depth[slot] if desk.tried[slot] >= 0 else 0


@step
def remember(desk, source, cell, mind, depth):  # type: ignore[no-untyped-def]
    """That a step was asked about in vain to a depth; with the list half full the search gives up."""
    if source < 0:
        return
    cells = len(desk.stamp)
    key = (mind * cells + cell) * cells + source
    slot = _slot(desk, key)
    if desk.tried[slot] < 0:
        desk.tried[slot] = key
        desk.counts[TRIED_COUNT] += 1
        if desk.counts[TRIED_COUNT] > REMEMBERED // 2:
            desk.counts[BUDGET] = -1
    desk.depth[slot] = depth
