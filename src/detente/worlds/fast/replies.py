"""What a party has to expect of a move, and which of its moves are open, looked up where play comes by.

As `stability` has it for sequential foresight (SEQ), in keys instead of ranks: keys are payoffs less a constant
per reader, so they compare alike, and their differences are gains.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.stability.compiled import step
from detente.states.state_graph import Int32, Int64

LOWEST, ALWAYS = np.int64(-(1 << 62)), np.int64(1 << 60)
NOTHING = np.int64(0)
"""Numbers of one type with those in arrays: a loop that gets both would be compiled twice."""


class Worth(NamedTuple):
    """What cells are worth in one world, and how parties picture each other.

    `key[reader, cell]` grows with the payoff; `reader[i, j]` is by whose keys party i expects party j to move.
    """

    key: Int32  # (reader, cell)
    reader: Int64  # (party, party)
    span: Int64  # (party,) gains of one span, in units of keys


class Desk(NamedTuple):
    """Room to work in, used again and again; each thread has its own."""

    stamp: Int64  # (cell,)
    stack: Int64  # (cell,)
    moves: Int64  # (most moves of a party,)
    counts: Int64  # (1,) how often the stamp was changed


def desk_for(cells: int, moves: int) -> Desk:
    """Room for a ground of so many cells, on which nobody has more moves than so many."""
    stamp, stack = np.zeros(cells, dtype=np.int64), np.empty(cells, dtype=np.int64)
    return Desk(stamp, stack, np.empty(moves, dtype=np.int64), np.zeros(1, dtype=np.int64))


@step
def least_reply(ground, worth, desk, who, start, bound, budget, fixed):  # type: ignore[no-untyped-def]
    """The least key that a party has in a cell and wherever the others' improvements lead from there.

    Looks at `budget` cells at most, and no further once a key is at or below the bound. Returns the least key
    found, and whether everything was looked at.
    """
    own = worth.key[who]
    least = np.int64(own[start])
    if least <= bound:
        return least, False
    desk.counts[0] += 1
    mark = desk.counts[0]
    stamp, stack = desk.stamp, desk.stack
    stack[0], stamp[start] = start, mark
    waiting, spent = NOTHING + 1, NOTHING
    while waiting > 0:
        if spent >= budget:
            return least, False
        waiting -= 1
        here = stack[waiting]
        spent += 1
        base, worst, worst_key = waiting, waiting, ALWAYS
        for mover in range(ground.inner.size):
            if mover == who:
                continue
            keys = worth.key[worth.reader[who, mover]]
            now, place = keys[here], ground.spot[here, mover]
            for move in range(ground.begin[fixed, place], ground.begin[fixed, place + 1]):
                there = here + ground.step[move]
                if keys[there] > now and stamp[there] != mark and ground.feasible[there]:
                    stamp[there] = mark
                    key = np.int64(own[there])
                    if key < least:
                        least = key
                        if least <= bound:
                            return least, False
                    if key < worst_key:
                        worst_key, worst = key, waiting
                    stack[waiting] = there
                    waiting += 1
        if waiting > base:  # the worst for the party is looked at next
            stack[worst], stack[waiting - 1] = stack[waiting - 1], stack[worst]
    return least, True


@step
def better_moves(ground, worth, who, cell, above, fixed, found):  # type: ignore[no-untyped-def]
    """Write a party's own moves to cells with a key above some key into `found`, best first; how many."""
    own, place, many = worth.key[who], ground.spot[cell, who], 0
    for move in range(ground.begin[fixed, place], ground.begin[fixed, place + 1]):
        there = cell + ground.step[move]
        if ground.feasible[there] and own[there] > above:
            at = many
            while at > 0 and own[found[at - 1]] < own[there]:
                found[at] = found[at - 1]
                at -= 1
            found[at] = there
            many += 1
    return many


@step
def best_moves(ground, worth, desk, who, cell, fixed, found, begin):  # type: ignore[no-untyped-def]
    """Write a party's best open moves to `found[begin:end]` and return the end.

    The highest anticipated key, then the highest key; ties all.
    """
    own = worth.key[who]
    here = np.int64(own[cell])
    best, second, end = here, here, begin
    for k in range(better_moves(ground, worth, who, cell, here, fixed, desk.moves)):
        there = desk.moves[k]
        key = np.int64(own[there])
        if key < best:
            break
        least, whole = least_reply(ground, worth, desk, who, there, max(here, best - 1), ALWAYS, fixed)
        if whole:
            if end == begin or least > best:
                best, second, end = least, key, begin
            if key == second:
                found[end] = there
                end += 1
    return end


@step
def is_open(ground, worth, desk, who, cell, fixed):  # type: ignore[no-untyped-def]
    """Whether a party has an open move out of a cell."""
    here = np.int64(worth.key[who, cell])
    for k in range(better_moves(ground, worth, who, cell, here, fixed, desk.moves)):
        if least_reply(ground, worth, desk, who, desk.moves[k], here, ALWAYS, fixed)[1]:
            return True
    return False
