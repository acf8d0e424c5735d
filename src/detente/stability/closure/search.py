"""Whether one move is worth making, settled exactly by looking no further than needed, from bounds that hold.

A question is whether a mind that arrives in a cell anticipates more than a bound. A step of another mind is
*sure* where its `low` exceeds what it leaves, *out* where its `high` does not. Without a way to a cell at or
below the bound by steps that are not out, the answer is yes; with one of sure steps alone, no. Otherwise the
doubtful steps of a way are asked about first, to a smaller depth and the shallowest first, and the search
begins again. Steps that were asked about in vain at some depth are taken last, which ends loops. What is
learned tightens the bounds: every answer is a sound step towards the alternating fixpoint.
"""

from __future__ import annotations

from detente.stability.closure.ways import (
    BUDGET,
    DEEPEST,
    PATHS,
    REMEMBERED,
    SPENT,
    SURE,
    TRIED,
    TRIED_COUNT,
    UNTRIED,
    exhausted,
    kind_of,
    least_ahead,
    remember,
    tried_to,
    way,
)
from detente.stability.compiled import native, step

NO, YES, OPEN_QUESTION = 0, 1, 2
BRIEFLY = 1000  # cells looked at for one question before the next one of its group is tried
_NEW, _SEARCH, _WALK = 3, 4, 5  # what to do with the question on top
_MIND, _CELL, _BOUND, _DEPTH, _SOURCE, _FROM, _TO, _AT, _TRY, _DOUBTS, _STUCK, _END = range(12)


@native
def ask(game, desk, mind, cells, bounds, first, budget, total, answers):  # type: ignore[no-untyped-def]
    """Whether the mind anticipates more than `bounds[k]` after arriving in `cells[k]`, for some k of a group.

    The k-th group is `first[k]:first[k + 1]`, its answer is `answers[k]`: YES even at least, NO not even at
    most, or an OPEN_QUESTION when looking at `budget` cells for each does not tell, or about `total` cells have
    been looked at for all questions together. All questions of a group are tried briefly first.
    """
    last = desk.counts[SPENT] + total
    for group in range(len(answers)):
        answers[group] = NO
        for k in range(first[group], first[group + 1]):
            if game.low[mind, cells[k]] > bounds[k]:
                answers[group] = YES
                break
        if answers[group] == NO:
            for patience in (min(BRIEFLY, budget), budget):
                answers[group] = _any(
                    game, desk, mind, cells, bounds, first[group], first[group + 1], patience, last
                )
                if answers[group] != OPEN_QUESTION:
                    break


@step
def _any(game, desk, mind, cells, bounds, begin, end, budget, last):  # type: ignore[no-untyped-def]
    """The answer of one group, looking at `budget` cells for each question, and at none after the `last`."""
    found = NO
    for k in range(begin, end):
        if game.high[mind, cells[k]] > bounds[k]:
            answer = OPEN_QUESTION
            if desk.counts[SPENT] <= last:
                answer = _answered(game, desk, mind, cells[k], bounds[k], budget)
            if answer == YES:
                return YES
            if answer == OPEN_QUESTION:
                found = OPEN_QUESTION
    return found


@step
def _answered(game, desk, mind, cell, bound, budget):  # type: ignore[no-untyped-def]
    """Answer one question, to the smallest depth that tells."""
    if desk.counts[TRIED_COUNT] > REMEMBERED // 4:
        desk.tried[:] = -1
        desk.counts[TRIED_COUNT] = 0
    desk.counts[BUDGET] = desk.counts[SPENT] + budget
    answer = OPEN_QUESTION
    for depth in range(1, DEEPEST + 1):
        answer = _settle(game, desk, mind, cell, bound, depth)
        if answer != OPEN_QUESTION or exhausted(desk):
            break
    return answer


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
        desk.path[3, question[_AT]] = SURE
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
            if desk.path[3, question[_AT]] == UNTRIED:
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
    if exhausted(desk) or tried_to(desk, question[_SOURCE], cell, mind) >= question[_DEPTH]:
        return OPEN_QUESTION
    if question[_DEPTH] > 1:
        return _SEARCH
    least = least_ahead(game, desk, mind, cell, bound)
    if least > bound:
        game.low[mind, cell] = max(game.low[mind, cell], least)
        return YES
    remember(desk, question[_SOURCE], cell, mind, question[_DEPTH])
    return OPEN_QUESTION


@step
def _ways(game, desk, question):  # type: ignore[no-untyped-def]
    """Find the best way to a cell at or below the bound: the answer, or the doubtful steps to ask about."""
    mind, cell, bound = question[_MIND], question[_CELL], question[_BOUND]
    if exhausted(desk):
        return OPEN_QUESTION
    end, least = way(game, desk, mind, cell, bound, question[_DEPTH] - 1)
    if end < 0:
        game.low[mind, cell] = max(game.low[mind, cell], least)
        return YES
    place, doubts, stuck, question[_END] = question[_FROM], 0, 0, end
    while end != cell:
        if place == PATHS:
            desk.counts[BUDGET] = -1
            return OPEN_QUESTION
        start, other = desk.parent[end], desk.by[end]
        kind = kind_of(game, desk, start, end, other, question[_DEPTH] - 1)
        if kind != SURE:
            desk.path[0, place], desk.path[1, place], desk.path[2, place] = start, end, other
            desk.path[3, place] = kind
            doubts += kind == UNTRIED
            stuck += kind == TRIED
            place += 1
        end = start
    question[_TO], question[_AT], question[_TRY] = place, place, 1
    question[_DOUBTS], question[_STUCK] = doubts, stuck
    if doubts > 0:
        return _WALK
    if stuck == 0:
        return _comes_to(game, question)
    remember(desk, question[_SOURCE], cell, mind, question[_DEPTH])
    return OPEN_QUESTION
