"""Who may move from a state, and what they would do: parties alone, and tables together.

A party's move is open when the rank it anticipates from arriving exceeds the rank of where it stands. A table
moves several members at once: those whose options change gain strictly, the other members do not lose, and
among such changes the one with the largest product of the changers' gains is taken (Nash 1950). Unless the
table is binding, the agreement must enforce itself: in the new state no member, alone, has an open move.
"""

from __future__ import annotations

import numpy as np

from detente.dynamics.board import Board, Int32, allowed, find, lower_bound, pattern_of
from detente.dynamics.native import native, step
from detente.dynamics.seats import RACK, TRAY, Seats
from detente.graph.state_graph import Floats, Int64

ALIKE = 1e-12  # products of gains this close, relatively, are ties


@native
def open_moves(
    board: Board,
    seats: Seats,
    states: Int64,
    ahead: Int32,
    ranks: Int32,
    payoffs: Int64,
    grid: float,
    initiative: Floats,
    best: bool,
    row: int,
    ends: Int64,
    out: Int64,
) -> int:
    """Write where each mover would go from some states to `out`, as far as there is room; how many were done.

    The targets of a mover at `states[k]` are `out[ends[at]:ends[at + 1]]`, at = (row + k) · movers + mover.
    """
    parties, movers = ranks.shape[0], initiative.size
    most = board.offset.size + seats.candidate.size
    before, here = np.empty(parties, dtype=np.int64), np.empty(parties, dtype=np.int64)
    for k in range(states.size):
        at = (row + k) * movers
        end = int(ends[at])
        if end + most > out.size:
            return k
        for who in range(movers):
            if initiative[who] > 0.0 and who < parties:
                end = party_targets(board, who, states[k], ahead[who], ranks[who], best, out, end)
            elif initiative[who] > 0.0:
                end = table_targets(
                    board, seats, who - parties, states[k], ranks, payoffs, grid, before, here, out, end
                )
            ends[at + who + 1] = end
    return int(states.size)


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
    ranks: Int32,
    payoffs: Int64,
    grid: float,
    before: Int64,
    here: Int64,
    out: Int64,
    begin: int,
) -> int:
    """Write what a table would agree on at a state into `out[begin:end]`; return the end.

    `before` and `here` are room to work in: how the members' own options stand, and their ranks.
    """
    members = seats.member[table, : seats.many[table]]
    code = int(board.codes[state])
    key = code
    for place in range(members.size):
        party = members[place]
        here[place] = ranks[party, state]
        before[place] = pattern_of(board, party, code)
        key -= board.offset[board.pattern_first[party] + before[place]]
    k = lower_bound(seats.key, seats.first[table], seats.first[table + 1], key)
    last = lower_bound(seats.key, k, seats.first[table + 1], key + 1)
    end, largest = begin, 0.0
    while k < last:
        if k & (RACK - 1) == 0 and _somebody_loses(seats.highest, k // RACK, members, here):
            k += RACK
            continue
        if k & (TRAY - 1) == 0 and _somebody_loses(seats.peak, k // TRAY, members, here):
            k += TRAY
            continue
        chosen = k
        k += 1
        if _somebody_loses(seats.rank, chosen, members, here):
            continue
        target = seats.candidate[chosen]
        product = _product(members, before, state, target, payoffs, grid, seats.pattern, chosen)
        if product <= 0.0 or product < largest * (1.0 - ALIKE):
            continue
        if not _permitted(board, members, before, seats.pattern, chosen):
            continue
        if product > largest * (1.0 + ALIKE):
            end, largest = begin, product
        out[end] = target
        end += 1
    return end


@step
def _somebody_loses(rank: Int32, k: int, members: Int64, here: Int64) -> bool:
    """Whether a row of ranks is below where some member stands."""
    for place in range(members.size):  # noqa: SIM110, a generator would not be compiled
        if rank[k, members[place]] < here[place]:
            return True
    return False


@step
def _product(
    members: Int64,
    before: Int64,
    state: int,
    target: int,
    payoffs: Int64,
    grid: float,
    pattern: Int32,
    k: int,
) -> float:
    """Product of the gains of the members whose options change; 0 where none do."""
    product, changers = 1.0, 0
    for place in range(members.size):
        if pattern[k, place] != before[place]:
            product *= float(payoffs[members[place], target] - payoffs[members[place], state]) * grid
            changers += 1
    return product if changers > 0 else 0.0


@step
def _permitted(board: Board, members: Int64, before: Int64, pattern: Int32, k: int) -> bool:
    """Whether no member would turn a one-way option back."""
    for place in range(members.size):
        if not allowed(board, int(members[place]), int(before[place]), int(pattern[k, place])):
            return False
    return True
