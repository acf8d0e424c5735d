"""Who may move from a state, and what they would do: parties alone, and tables together.

A party's move is open when the rank it anticipates from arriving exceeds the rank of where it stands. A table
moves several members at once: those whose options change gain strictly, the other members do not lose, and
among such changes the one with the largest product of the changers' gains is taken (Nash 1950). Unless the
table is binding, the agreement must enforce itself: in the new state no member, alone, has an open move.
"""

from __future__ import annotations

import numpy as np

from detente.dynamics.board import Board, Int32, allowed, find, lower_bound, pattern_of
from detente.dynamics.native import step
from detente.dynamics.seats import RACK, TRAY, Seats
from detente.graph.state_graph import Int64

ALIKE = 1e-12  # products of gains this close, relatively, are ties


@step
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


@step
def _compared(target: int, rival: int, ahead: Int32, ranks: Int32) -> int:
    """1, 0 or -1 as one target is better than, like or worse than another: anticipated first, then as such."""
    if ahead[target] != ahead[rival]:
        return 1 if ahead[target] > ahead[rival] else -1
    if ranks[target] != ranks[rival]:
        return 1 if ranks[target] > ranks[rival] else -1
    return 0


@step
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
    members = seats.member[table, : seats.many[table]]
    code = int(board.codes[state])
    key, before = code, np.empty(members.size, dtype=np.int64)
    here = np.empty(members.size, dtype=np.int64)
    for place in range(members.size):
        here[place] = payoffs[members[place], state]
        before[place] = pattern_of(board, int(members[place]), code)
        key -= int(board.offset[board.pattern_first[members[place]] + before[place]])
    low, high = int(seats.first[table]), int(seats.first[table + 1])
    k = lower_bound(seats.key, low, high, key)
    last = lower_bound(seats.key, k, high, key + 1)
    end, largest = begin, 0.0
    while k < last:
        if k & (TRAY - 1) == 0:
            least = largest * (1.0 - ALIKE)
            if k & (RACK - 1) == 0 and _most(seats.highest, k // RACK, members, here, grid) <= least:
                k += RACK
                continue
            if _most(seats.peak, k // TRAY, members, here, grid) <= least:
                k += TRAY
                continue
        target = int(seats.candidate[k])
        product = _product(members, here, before, target, payoffs, grid, seats.pattern, k)
        k += 1
        if product <= 0.0 or product < largest * (1.0 - ALIKE):
            continue
        if not _permitted(board, members, before, seats.pattern, k - 1):
            continue
        if product > largest * (1.0 + ALIKE):
            end, largest = begin, product
        out[end] = target
        end += 1
    return end


@step
def _most(peak: Int64, tray: int, members: Int64, here: Int64, grid: float) -> float:
    """What the product of gains cannot exceed on a tray; 0 where some member would lose by every candidate.

    Who changes is open, so every gain above 1 counts; where none is above 1, the largest alone.
    """
    product, largest = 1.0, 0.0
    for place in range(members.size):
        gain = peak[tray, members[place]] - here[place]
        if gain < 0:
            return 0.0
        largest = max(largest, float(gain) * grid)
        product *= max(1.0, float(gain) * grid)
    return product if largest > 1.0 else largest


@step
def _product(
    members: Int64,
    here: Int64,
    before: Int64,
    target: int,
    payoffs: Int64,
    grid: float,
    pattern: Int32,
    k: int,
) -> float:
    """Product of the gains of the members whose options change; 0 where none do or somebody would not agree."""
    product, changers = 1.0, 0
    for place in range(members.size):
        gain = payoffs[members[place], target] - here[place]
        if gain < 0:
            return 0.0
        if pattern[k, place] != before[place]:
            product *= float(gain) * grid
            changers += 1
    return product if changers > 0 else 0.0


@step
def _permitted(board: Board, members: Int64, before: Int64, pattern: Int32, k: int) -> bool:
    """Whether no member would turn a one-way option back."""
    for place in range(members.size):
        if not allowed(board, int(members[place]), int(before[place]), int(pattern[k, place])):
            return False
    return True
