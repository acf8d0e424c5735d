"""Who takes a step of a road, and where it leads: parties alone or at one table, in allowed directions.

Parties stand as bits, so that several are one number: those who sit at a table, whose options a step changes,
or who are willing at a state.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from detente.play.cached_graph import CachedGraph
from detente.play.move_index import MoveIndex, allowed, find, pattern_of
from detente.stability.compiled import native
from detente.states.state_graph import Bools, Int64

UNALLOWED = -1


class Circle(NamedTuple):
    """Who may change options together: a bit per party that ever moves (else 0), tables as sums of bits."""

    bit: Int64  # (party,)
    tables: Int64  # (table,)


def circle_of(cached: CachedGraph, tables: Sequence[tuple[int, ...]]) -> Circle:
    """Each party by itself and every table, leaving out who is wholly seated at another."""
    bits = _bits(cached)
    deals = {sum(bits[member] for member in set(members)) for members in tables} | set(bits)
    kept = [one for one in deals if one and not any(one & other == one for other in deals - {one})]
    return Circle(np.array(bits, dtype=np.int64), np.array(sorted(kept), dtype=np.int64))


def as_bits(cached: CachedGraph, rows: Bools) -> Int64:
    """A row of yes and no per party as bits per state."""
    found = np.zeros(rows.shape[1], dtype=np.int64)
    for row, bit in zip(rows, _bits(cached), strict=True):
        found |= np.where(row, bit, 0)
    return found


def _bits(cached: CachedGraph) -> list[int]:
    """One bit for each party that has more than one way to stand, 0 for the others."""
    many = np.diff(cached.move_index.pattern_first) > 1
    return [1 << int(many[:party].sum()) if many[party] else 0 for party in range(len(many))]


def changers(cached: CachedGraph, start: int, end: int) -> tuple[int, ...]:
    """The parties whose options a step changes."""
    graph = cached.graph
    before, after = graph.levels(start), graph.levels(end)
    moved = {axis.owner for axis, one, two in zip(graph.axes, before, after, strict=True) if one != two}
    return tuple(sorted(moved))


@native
def changed(move_index: MoveIndex, circle: Circle, start: int, end: int) -> int:
    """Bits of the parties whose options a step changes; -1 where no such step is allowed to anybody."""
    before, after = int(move_index.codes[start]), int(move_index.codes[end])
    who, left = 0, after - before
    for party in range(circle.bit.size):
        one, two = pattern_of(move_index, party, before), pattern_of(move_index, party, after)
        if one != two:
            if not allowed(move_index, party, one, two):
                return UNALLOWED
            first = int(move_index.pattern_first[party])
            left -= int(move_index.offset[first + two]) - int(move_index.offset[first + one])
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
def group_of(move_index: MoveIndex, circle: Circle, who: int, state: int) -> int:
    """A number that states share when these parties can bring about the same states from each."""
    code, movers = int(move_index.codes[state]), 0
    rest = code
    for party in range(circle.bit.size):
        if circle.bit[party] > 0:
            movers += 1
        if circle.bit[party] & who:
            for axis in range(move_index.axis_first[party], move_index.axis_first[party + 1]):
                if move_index.way[axis] == 0:
                    stride = int(move_index.stride[axis])
                    rest -= code // stride % int(move_index.size[axis]) * stride
    return (rest << movers) | who


@native
def spread(move_index: MoveIndex, circle: Circle, who: int, state: int, out: Int64) -> int:
    """Write all that some parties can bring about together, nothing included, into `out`; return how many."""
    members = np.empty(circle.bit.size, dtype=np.int64)
    code, seated = int(move_index.codes[state]), 0
    widest = 0
    for party in range(circle.bit.size):
        if circle.bit[party] & who:
            members[seated] = party
            seated += 1
            widest = max(widest, int(move_index.pattern_first[party + 1] - move_index.pattern_first[party]))
    shift = np.zeros((seated, widest), dtype=np.int64)
    many, at = np.zeros(seated, dtype=np.int64), np.zeros(seated, dtype=np.int64)
    for seat in range(seated):
        party = int(members[seat])
        first, last = int(move_index.pattern_first[party]), int(move_index.pattern_first[party + 1])
        before = pattern_of(move_index, party, code)
        for after in range(last - first):
            if after == before or allowed(move_index, party, before, after):
                shift[seat, many[seat]] = move_index.offset[first + after] - move_index.offset[first + before]
                many[seat] += 1
        code += int(shift[seat, 0])
    count = 0
    while True:
        found = find(move_index, code)
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
