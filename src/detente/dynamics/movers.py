"""Who may move from a state, and what they would do: parties alone, and tables together.

A party's move is open when the rank it anticipates from arriving exceeds the rank of where it stands. A table
moves several members at once: those whose options change gain strictly, the other members do not lose, and
among such changes the one with the largest product of the changers' gains is taken (Nash 1950). Unless the
table is binding, the agreement must enforce itself: in the new state no member, alone, has an open move.
"""

from __future__ import annotations

import numpy as np

from detente.dynamics.board import Board, Int32, allowed, find, pattern_of
from detente.dynamics.native import native
from detente.dynamics.seats import RACK, TRAY, Seats
from detente.graph.state_graph import Floats, Int64

ALIKE = 1e-12  # products of gains this close, relatively, are ties


@native
def party_targets(
    board: Board, party: int, state: int, ahead: Int32, ranks: Int32, best: bool, out: Int64, begin: int
) -> int:
    """Write where a party would go from a state into `out[begin:end]`; return the end.

    `best`: highest anticipated rank, then highest rank, all ties; otherwise every open move.
    """
    first, last = board.pattern_first[party], board.pattern_first[party + 1]
    code = int(board.codes[state])
    before = pattern_of(board, party, code)
    base = code - int(board.offset[first + before])
    here, end = ranks[state], begin
    for after in range(last - first):
        if after == before or not allowed(board, party, before, after):
            continue
        target = find(board, base + int(board.offset[first + after]))
        if target < 0 or ahead[target] <= here:
            continue
        if best and end > begin:
            order = _compared(target, int(out[begin]), ahead, ranks)
            if order < 0:
                continue
            if order > 0:
                end = begin
        out[end] = target
        end += 1
    return end


@native
def _compared(target: int, rival: int, ahead: Int32, ranks: Int32) -> int:
    """1, 0 or -1 as one target is better than, like or worse than another: anticipated first, then as such."""
    if ahead[target] != ahead[rival]:
        return 1 if ahead[target] > ahead[rival] else -1
    if ranks[target] != ranks[rival]:
        return 1 if ranks[target] > ranks[rival] else -1
    return 0


@native
def table_targets(
    board: Board,
    seats: Seats,
    table: int,
    state: int,
    payoffs: Int64,
    grid: float,
    out: Int64,
    begin: int,
) -> int:
    """Write what a table would agree on at a state into `out[begin:end]`; return the end."""
    members = np.flatnonzero(seats.member[table])
    code = int(board.codes[state])
    key, before = code, np.empty(members.size, dtype=np.int64)
    here = np.empty(members.size, dtype=np.int64)
    for place in range(members.size):
        here[place] = payoffs[members[place], state]
        before[place] = pattern_of(board, int(members[place]), code)
        key -= int(board.offset[board.pattern_first[members[place]] + before[place]])
    keys = seats.key[seats.first[table] : seats.first[table + 1]]
    k = int(seats.first[table] + np.searchsorted(keys, key, "left"))
    last = int(seats.first[table] + np.searchsorted(keys, key, "right"))
    gains = np.empty(members.size)
    end, largest = begin, 0.0
    while k < last:
        if k & (TRAY - 1) == 0:
            if k & (RACK - 1) == 0 and _hopeless(seats.highest, k // RACK, members, here):
                k += RACK
                continue
            if _hopeless(seats.peak, k // TRAY, members, here):
                k += TRAY
                continue
        target = int(seats.candidate[k])
        k += 1
        if not _gains(members, here, target, payoffs, grid, gains):
            continue
        if _bound(gains) < largest * (1.0 - ALIKE):
            continue
        product = _product(board, members, before, target, gains)
        if product > largest * (1.0 + ALIKE):
            end, largest = begin, product
        if product > 0.0 and product >= largest * (1.0 - ALIKE):
            out[end] = target
            end += 1
    return end


@native
def _hopeless(peak: Int64, tray: int, members: Int64, here: Int64) -> bool:
    """Whether some member would lose by every candidate of a tray."""
    for place in range(members.size):  # noqa: SIM110, a generator would not be compiled
        if peak[tray, members[place]] < here[place]:
            return True
    return False


@native
def _gains(members: Int64, here: Int64, target: int, payoffs: Int64, grid: float, gains: Floats) -> bool:
    """Write what every member gains; whether none loses."""
    for place in range(members.size):
        gain = payoffs[members[place], target] - here[place]
        if gain < 0:
            return False
        gains[place] = float(gain) * grid
    return True


@native
def _bound(gains: Floats) -> float:
    """The most that a product of some of these gains can be."""
    product, largest = 1.0, 0.0
    for gain in gains:
        largest = max(largest, gain)
        if gain > 1.0:
            product *= gain
    return max(product, largest) if largest > 1.0 else largest


@native
def _product(board: Board, members: Int64, before: Int64, target: int, gains: Floats) -> float:
    """Product of the gains of the members whose options change; 0 where none do, or are not allowed to."""
    product, changers = 1.0, 0
    code = int(board.codes[target])
    for place in range(members.size):
        after = pattern_of(board, int(members[place]), code)
        if after != before[place]:
            if not allowed(board, int(members[place]), int(before[place]), after):
                return 0.0
            changers += 1
            product *= gains[place]
    return product if changers > 0 else 0.0
