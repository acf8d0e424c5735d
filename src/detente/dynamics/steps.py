"""Who takes a step of a road, and where it leads: parties alone or at one table, in allowed directions.

Parties stand as bits, so that several are one number: those who sit at a table, whose options a step changes,
or who are willing at a state.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from detente.dynamics.board import Board, allowed, find, pattern_of
from detente.dynamics.ground import Ground
from detente.dynamics.native import native
from detente.graph.state_graph import Bools, Int64

UNALLOWED = -1


class Circle(NamedTuple):
    """Who may change options together: a bit per party that ever moves (else 0), tables as sums of bits."""

    bit: Int64  # (party,)
    tables: Int64  # (table,)


def circle_of(ground: Ground, tables: Sequence[tuple[int, ...]]) -> Circle:
    """Each party by itself and every table, leaving out who is wholly seated at another."""
    bits = _bits(ground)
    seats = {sum(bits[member] for member in set(members)) for members in tables} | set(bits)
    kept = [one for one in seats if one and not any(one & other == one for other in seats - {one})]
    return Circle(np.array(bits, dtype=np.int64), np.array(sorted(kept), dtype=np.int64))


def as_bits(ground: Ground, rows: Bools) -> Int64:
    """A row of yes and no per party as bits per state."""
    found = np.zeros(rows.shape[1], dtype=np.int64)
    for row, bit in zip(rows, _bits(ground), strict=True):
        found |= np.where(row, bit, 0)
    return found


def _bits(ground: Ground) -> list[int]:
    """One bit for each party that has more than one way to stand, 0 for the others."""
    many = np.diff(ground.board.pattern_first) > 1
    return [1 << int(many[:party].sum()) if many[party] else 0 for party in range(len(many))]


def changers(ground: Ground, start: int, end: int) -> tuple[int, ...]:
    """The parties whose options a step changes."""
    graph = ground.graph
    before, after = graph.levels(start), graph.levels(end)
    moved = {axis.owner for axis, one, two in zip(graph.axes, before, after, strict=True) if one != two}
    return tuple(sorted(moved))


@native
def changed(board: Board, circle: Circle, start: int, end: int) -> int:
    """Bits of the parties whose options a step changes; -1 where no such step is allowed to anybody."""
    before, after = int(board.codes[start]), int(board.codes[end])
    who, left = 0, after - before
    for party in range(circle.bit.size):
        one, two = pattern_of(board, party, before), pattern_of(board, party, after)
        if one != two:
            if not allowed(board, party, one, two):
                return UNALLOWED
            first = int(board.pattern_first[party])
            left -= int(board.offset[first + two]) - int(board.offset[first + one])
            who |= int(circle.bit[party])
    return who if left == 0 else UNALLOWED


@native
def together(circle: Circle, who: int, willing: int) -> bool:
    """Whether some parties sit at one table and are all willing."""
    if who < 0 or who & willing != who:
        return False
    for table in circle.tables:  # noqa: SIM110, a generator would not be compiled
        if who & table == who:
            return True
    return False


@native
def group_of(board: Board, circle: Circle, who: int, state: int) -> int:
    """A number that states share when these parties can bring about the same states from each."""
    code, movers = int(board.codes[state]), 0
    rest = code
    for party in range(circle.bit.size):
        if circle.bit[party] > 0:
            movers += 1
        if circle.bit[party] & who:
            for axis in range(board.axis_first[party], board.axis_first[party + 1]):
                if board.way[axis] == 0:
                    stride = int(board.stride[axis])
                    rest -= code // stride % int(board.size[axis]) * stride
    return (rest << movers) | who


@native
def spread(board: Board, circle: Circle, who: int, state: int, out: Int64) -> int:
    """Write all that some parties can bring about together, nothing included, into `out`; return how many."""
    members = np.empty(circle.bit.size, dtype=np.int64)
    code, seated = int(board.codes[state]), 0
    widest = 0
    for party in range(circle.bit.size):
        if circle.bit[party] & who:
            members[seated] = party
            seated += 1
            widest = max(widest, int(board.pattern_first[party + 1] - board.pattern_first[party]))
    shift = np.zeros((seated, widest), dtype=np.int64)
    many, at = np.zeros(seated, dtype=np.int64), np.zeros(seated, dtype=np.int64)
    for seat in range(seated):
        party = int(members[seat])
        first, last = int(board.pattern_first[party]), int(board.pattern_first[party + 1])
        before = pattern_of(board, party, code)
        for after in range(last - first):
            if after == before or allowed(board, party, before, after):
                shift[seat, many[seat]] = board.offset[first + after] - board.offset[first + before]
                many[seat] += 1
        code += int(shift[seat, 0])
    count = 0
    while True:
        found = find(board, code)
        if found >= 0:
            out[count] = found
            count += 1
        seat = 0
        while seat < seated:  # the next combination, first member fastest
            code -= int(shift[seat, at[seat]])
            at[seat] += 1
            if at[seat] < many[seat]:
                code += int(shift[seat, at[seat]])
                break
            at[seat] = 0
            code += int(shift[seat, 0])
            seat += 1
        if seat == seated:
            return count
