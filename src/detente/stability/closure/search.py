"""Whether one move is worth making, settled exactly by looking no further than needed, from bounds that hold.

A question is whether a mind that arrives in a cell anticipates more than a bound. A step of another mind is
*sure* where its `low` exceeds what it leaves, *out* where its `high` does not. Without a way to a cell at or
below the bound by steps that are not out, the answer is yes; with one of sure steps alone, no. Otherwise the
doubtful steps of a way are asked about first, to a smaller depth and the shallowest first, and the search
begins again. Steps that were asked about in vain at some depth are taken last, which ends loops. What is
learned tightens the bounds: every answer is a sound step towards the alternating fixpoint.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.stability.compiled import native, step
from detente.states.state_graph import Int32, Int64

NO, YES, OPEN_QUESTION = 0, 1, 2
_NEW, _SEARCH, _WALK = 3, 4, 5  # what to do with the question on top
_SURE, _UNTRIED, _TRIED = 3, 2, 1  # kinds of steps, the better the higher
_MARK, _SPENT, _BUDGET, _TRIED_COUNT = range(4)
_MIND, _CELL, _BOUND, _DEPTH, _SOURCE, _FROM, _TO, _AT, _TRY, _DOUBTS, _STUCK, _END = range(12)

DEEPEST = 24
_PATHS = 1 << 14
_REMEMBERED = 1 << 16


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
        row(4, _PATHS),
        np.zeros((DEEPEST + 1, 12), np.int64),
        np.full(_REMEMBERED, -1, np.int64),
        np.zeros(_REMEMBERED, np.int64),
    )


@native
def ask(game, desk, mind, cells, bounds, budget, answers):  # type: ignore[no-untyped-def]
    """Whether the mind anticipates more than `bounds[k]` after arriving in `cells[k]`, into `answers[k]`.

    YES even at least, NO not even at most, or an OPEN_QUESTION when looking at `budget` cells does not tell.
    """
    for k in range(len(cells)):
        if desk.counts[_TRIED_COUNT] > _REMEMBERED // 4:
            desk.tried[:] = -1
            desk.counts[_TRIED_COUNT] = 0
        desk.counts[_BUDGET] = desk.counts[_SPENT] + budget
        answers[k] = OPEN_QUESTION
        for depth in range(1, DEEPEST + 1):
            answers[k] = _settle(game, desk, mind, cells[k], bounds[k], depth)
            if answers[k] != OPEN_QUESTION or _exhausted(desk):
                break


@step
def _settle(game, desk, mind, cell, bound, depth):  # type: ignore[no-untyped-def]
    """Answer one question to a depth, and on the way those that it hangs on."""
    top, todo = 0, _NEW
    _pose(desk.questions[0], mind, cell, bound, depth, -1, 0)
    while top >= 0:
        question = desk.questions[top]
        if todo == _NEW:
            todo = _at_once(game, desk, question)
        elif todo < _NEW:
            todo = _heard(desk, question, todo)
        if todo == _SEARCH:
            todo = _ways(game, desk, question)
        if todo == _WALK:
            place = _next_doubt(desk, question)
            if place >= 0:
                start, end, other = desk.path[0, place], desk.path[1, place], desk.path[2, place]
                top += 1
                leaves = game.ranks[other, start]
                _pose(desk.questions[top], other, end, leaves, question[_TRY], start, question[_TO])
                todo = _NEW
            elif question[_DOUBTS] == 0 and question[_STUCK] == 0:
                todo = _comes_to(game, question)
                top -= 1
            else:
                todo = _SEARCH
        elif todo < _NEW:
            top -= 1
    return todo


@step
def _pose(question, mind, cell, bound, depth, source, begin):  # type: ignore[no-untyped-def]
    question[_MIND], question[_CELL], question[_BOUND], question[_DEPTH] = mind, cell, bound, depth
    question[_SOURCE], question[_FROM], question[_TO] = source, begin, begin


@step
def _heard(desk, question, answer):  # type: ignore[no-untyped-def]
    """Go on after the answer about a doubtful step: without it by another way, with it along this one."""
    if answer == NO:
        return _SEARCH
    if answer == YES:
        desk.path[3, question[_AT]] = _SURE
        question[_DOUBTS] -= 1
    return _WALK


@step
def _next_doubt(desk, question):  # type: ignore[no-untyped-def]
    """The next doubtful step of the way to ask about, shallow questions first; -1 when all have been asked."""
    if question[_DOUBTS] == 0:
        return -1
    while question[_TRY] < question[_DEPTH]:
        while question[_AT] > question[_FROM]:
            question[_AT] -= 1
            if desk.path[3, question[_AT]] == _UNTRIED:
                return question[_AT]
        question[_TRY] += 1
        question[_AT] = question[_TO]
    return -1


@step
def _comes_to(game, question):  # type: ignore[no-untyped-def]
    """All steps of the way are sure: at most its end is to be expected."""
    mind, cell = question[_MIND], question[_CELL]
    game.high[mind, cell] = min(game.high[mind, cell], game.ranks[mind, question[_END]])
    return NO


@step
def _at_once(game, desk, question):  # type: ignore[no-untyped-def]
    """The answer where bounds tell or, to depth 1, one look at all steps that are not out; else a search."""
    mind, cell, bound = question[_MIND], question[_CELL], question[_BOUND]
    if game.high[mind, cell] <= bound:
        return NO
    if game.low[mind, cell] > bound:
        return YES
    if _exhausted(desk) or _tried(desk, game, question[_SOURCE], cell, mind) >= question[_DEPTH]:
        return OPEN_QUESTION
    if question[_DEPTH] > 1:
        return _SEARCH
    least = _least(game, desk, mind, cell, bound)
    if least > bound:
        game.low[mind, cell] = max(game.low[mind, cell], least)
        return YES
    _remember(desk, game, question)
    return OPEN_QUESTION


@step
def _ways(game, desk, question):  # type: ignore[no-untyped-def]
    """Find the best way to a cell at or below the bound: the answer, or the doubtful steps to ask about."""
    mind, cell, bound = question[_MIND], question[_CELL], question[_BOUND]
    if _exhausted(desk):
        return OPEN_QUESTION
    end, least = _way(game, desk, mind, cell, bound, question[_DEPTH] - 1)
    if end < 0:
        game.low[mind, cell] = max(game.low[mind, cell], least)
        return YES
    place, doubts, stuck, question[_END] = question[_FROM], 0, 0, end
    while end != cell:
        if place == _PATHS:
            desk.counts[_BUDGET] = -1
            return OPEN_QUESTION
        start, other = desk.parent[end], desk.by[end]
        kind = _kind(game, desk, start, end, other, question[_DEPTH] - 1)
        if kind != _SURE:
            desk.path[0, place], desk.path[1, place], desk.path[2, place] = start, end, other
            desk.path[3, place] = kind
            doubts += kind == _UNTRIED
            stuck += kind == _TRIED
            place += 1
        end = start
    question[_TO], question[_AT], question[_TRY] = place, place, 1
    question[_DOUBTS], question[_STUCK] = doubts, stuck
    if doubts > 0:
        return _WALK
    if stuck == 0:
        return _comes_to(game, question)
    _remember(desk, game, question)
    return OPEN_QUESTION


@step
def _kind(game, desk, start, end, other, limit):  # type: ignore[no-untyped-def]
    if game.low[other, end] > game.ranks[other, start]:
        return _SURE
    return _TRIED if _tried(desk, game, start, end, other) >= limit else _UNTRIED


@step
def _least(game, desk, mind, cell, bound):  # type: ignore[no-untyped-def]
    """The least that steps which are not out can bring, worst first; the first at or below the bound."""
    desk.counts[_MARK] += 4
    mark, own = desk.counts[_MARK], game.ranks[mind]
    least, size = np.int64(own[cell]), 1
    desk.waiting[0], desk.stamp[cell] = cell, mark
    while size > 0 and least > bound:
        size -= 1
        here, base = desk.waiting[size], size
        worst = size
        desk.counts[_SPENT] += 1
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
def _way(game, desk, mind, cell, bound, limit):  # type: ignore[no-untyped-def]
    """A way to a cell at or below the bound with as few tried, then as few untried steps as it finds; its end
    (-1: there is none), its steps in `parent` and `by`, and the least that was seen."""
    desk.counts[_MARK] += 4
    mark, own = desk.counts[_MARK], game.ranks[mind]
    least, size = np.int64(own[cell]), 1
    desk.waiting[0], desk.stamp[cell] = cell, mark + _SURE
    number, bad = np.zeros(2, np.int64), np.full(2, -1, np.int64)
    while True:
        while size > 0:
            size -= 1
            here = desk.waiting[size]
            desk.counts[_SPENT] += 1
            for k in range(game.others.shape[1]):
                other = game.others[mind, k]
                if other < 0:
                    break
                leaves, at = game.ranks[other, here], _position(game, other, here)
                for move in range(game.starts[at], game.starts[at + 1]):
                    there = here + game.shift[move]
                    if game.high[other, there] <= leaves or desk.stamp[there] == mark + _SURE:
                        continue
                    kind = _kind(game, desk, here, there, other, limit)
                    if desk.stamp[there] >= mark + kind:
                        continue
                    desk.stamp[there] = mark + kind
                    if kind == _SURE:
                        desk.parent[there], desk.by[there] = here, other
                        least = min(least, np.int64(own[there]))
                        if own[there] <= bound:
                            return np.int64(there), least
                        desk.waiting[size] = there
                        size += 1
                    else:
                        tier = _UNTRIED - kind
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
            if desk.stamp[there] != mark + _SURE:
                desk.stamp[there] = mark + _SURE
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
def _exhausted(desk):  # type: ignore[no-untyped-def]
    return desk.counts[_SPENT] > desk.counts[_BUDGET]


@step
def _slot(desk, key):  # type: ignore[no-untyped-def]
    """Where a step stands among those tried, or would."""
    slot = (key * 1000003) % _REMEMBERED
    while desk.tried[slot] >= 0 and desk.tried[slot] != key:
        slot = (slot + 1) % _REMEMBERED
    return slot


@step
def _tried(desk, game, source, cell, mind):  # type: ignore[no-untyped-def]
    """To what depth a step was asked about in vain; 0: not yet."""
    if source < 0:
        return 0
    cells = len(desk.stamp)
    slot = _slot(desk, (mind * cells + cell) * cells + source)
    return desk.depth[slot] if desk.tried[slot] >= 0 else 0


@step
def _remember(desk, game, question):  # type: ignore[no-untyped-def]
    """That the step in question was asked about in vain; with the list half full the search gives up."""
    if question[_SOURCE] < 0:
        return
    cells = len(desk.stamp)
    key = (question[_MIND] * cells + question[_CELL]) * cells + question[_SOURCE]
    slot = _slot(desk, key)
    if desk.tried[slot] < 0:
        desk.tried[slot] = key
        desk.counts[_TRIED_COUNT] += 1
        if desk.counts[_TRIED_COUNT] > _REMEMBERED // 2:
            desk.counts[_BUDGET] = -1
    desk.depth[slot] = question[_DEPTH]
