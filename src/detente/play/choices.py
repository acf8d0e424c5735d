"""Who may move from a state, and what they would do: parties alone, and tables together.

A party's move is open when the rank it anticipates from arriving exceeds the rank of where it stands. A table
moves several members at once: those whose options change gain strictly, the other members do not lose, and
among such changes the one with the largest product of the changers' gains is taken (Nash 1950). Unless the
table is binding, the agreement must enforce itself: in the new state no member, alone, has an open move.
"""

from __future__ import annotations

import numpy as np

from detente.play.move_index import Int32, MoveIndex, allowed, find, pattern_of
from detente.play.table_deals import RACK, TRAY, TableDeals
from detente.stability.compiled import native, step
from detente.states.state_graph import Floats, Int64

ROUNDED = 1e-9  # what the payoffs of a scenario are rounded to


@native
def party_moves(
    move_index: MoveIndex,
    ahead: Int32,
    ranks: Int32,
    initiative: Floats,
    best: bool,
    states: Int64,
    row: int,
    ends: Int64,
    out: Int64,
) -> int:
    """Write where each party would go from some states to `out`, as far as there is room; how many were done.

    The targets of a party at `states[k]` are `out[ends[at]:ends[at + 1]]`, at = (row + k) · parties + party.
    """
    parties = initiative.size
    for k in range(states.size):
        at = (row + k) * parties
        end = ends[at]
        if end + move_index.offset.size > out.size:
            return k
        for party in range(parties):
            if initiative[party] > 0.0:
                end = party_targets(move_index, party, states[k], ahead[party], ranks[party], best, out, end)
            ends[at + party + 1] = end
    return int(states.size)


@step
def party_targets(
    move_index: MoveIndex,
    party: int,
    state: int,
    ahead: Int32,
    ranks: Int32,
    best: bool,
    out: Int64,
    begin: int,
) -> int:
    """Write where a party would go from a state into `out[begin:end]`; return the end.

    `best`: highest anticipated rank, then highest rank, all ties; otherwise every open move.
    """
    first, last = move_index.pattern_first[party], move_index.pattern_first[party + 1]
    code = int(move_index.codes[state])
    before = pattern_of(move_index, party, code)
    base = code - int(move_index.offset[first + before])
    here, end = ranks[state], begin
    for after in range(last - first):
        if after == before or not allowed(move_index, party, before, after):
            continue
        target = find(move_index, base + int(move_index.offset[first + after]))
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


@native
def agreements(
    deals: TableDeals,
    payoffs: Int64,
    grid: float,
    states: Int64,
    first: Int64,
    last: Int64,
    pattern: Int32,
    mark: Int32,
    row: int,
    ends: Int64,
    out: Int64,
) -> int:
    """Write what a table would agree on at some states to `out`, as far as there is room; how many were done.

    At `states[k]`, where its members stand as `pattern[k]` and `mark[k]` say, it may agree on candidates from
    `first[k]` up to `last[k]`, and does on `out[ends[row + k]:ends[row + k + 1]]`.
    """
    for k in range(states.size):
        begin = ends[row + k]
        if begin + last[k] - first[k] > out.size:
            return k
        end, at, largest, doubt = begin, first[k], 0.0, 0.0
        while at < last[k]:
            if at & (RACK - 1) == 0 and _lowers(deals.highest, at // RACK, mark, k):
                at += RACK
                continue
            if at & (TRAY - 1) == 0 and _lowers(deals.peak, at // TRAY, mark, k):
                at += TRAY
                continue
            if not _lowers(deals.mark, at, mark, k):
                product, rounding = _product(deals, at, payoffs, grid, states[k], pattern, k)
                if product > largest + doubt + rounding:
                    end = begin
                if product > largest:
                    largest, doubt = product, rounding
                if product > 0.0 and product >= largest - doubt - rounding:
                    out[end] = at
                    end += 1
            at += 1
        ends[row + k + 1] = _kept(deals, payoffs, grid, states[k], pattern, k, out, begin, end, largest, doubt)
    return int(states.size)


@native
def leading(
    deals: TableDeals,
    payoffs: Int64,
    grid: float,
    states: Int64,
    first: Int64,
    last: Int64,
    pattern: Int32,
    mark: Int32,
    most: int,
) -> Int64:
    """The candidates with the largest products at some states, (state, place), best first; -1: no more.

    As `agreements`, but so many of them.
    """
    best = np.full((states.size, most), -1, np.int64)
    products = np.zeros((states.size, most))
    for k in range(states.size):
        at = first[k]
        while at < last[k]:
            if at & (RACK - 1) == 0 and _lowers(deals.highest, at // RACK, mark, k):
                at += RACK
                continue
            if at & (TRAY - 1) == 0 and _lowers(deals.peak, at // TRAY, mark, k):
                at += TRAY
                continue
            if not _lowers(deals.mark, at, mark, k):
                product, _ = _product(deals, at, payoffs, grid, states[k], pattern, k)
                place = most
                while place > 0 and product > products[k, place - 1]:
                    place -= 1
                if place < most:
                    for later in range(most - 1, place, -1):
                        best[k, later], products[k, later] = best[k, later - 1], products[k, later - 1]
                    best[k, place], products[k, place] = at, product
            at += 1
    return best


@step
def _lowers(marks: Int32, at: int, mark: Int32, k: int) -> bool:
    """Whether a row of marks is anywhere below where the members stand."""
    for place in range(mark.shape[1]):  # noqa: SIM110, a generator would not be compiled
        if marks[at, place] < mark[k, place]:
            return True
    return False


@step
def _kept(
    deals: TableDeals,
    payoffs: Int64,
    grid: float,
    state: int,
    pattern: Int32,
    k: int,
    out: Int64,
    begin: int,
    end: int,
    largest: float,
    doubt: float,
) -> int:
    """Leave of the rows in `out` those that tie with the largest product, as states; return their end."""
    kept = begin
    for place in range(begin, end):
        product, rounding = _product(deals, out[place], payoffs, grid, state, pattern, k)
        if product >= largest - doubt - rounding:
            out[kept] = deals.candidate[out[place]]
            kept += 1
    return kept


@step
def _product(
    deals: TableDeals, at: int, payoffs: Int64, grid: float, state: int, pattern: Int32, k: int
) -> tuple[float, float]:
    """Product of the gains of the members whose options change, 0 where none do; and by how much it may be off.

    Payoffs are rounded, so that every gain may be off by as much, and moves the product by its share.
    """
    product, share, changers, target = 1.0, 0.0, 0, deals.candidate[at]
    for seat in range(deals.member.size):
        if deals.pattern[at, seat] != pattern[k, seat]:
            member = deals.member[seat]
            steps = float(payoffs[member, target] - payoffs[member, state])
            product *= steps * grid
            share += ROUNDED / (steps * grid) if steps > 0.0 else 0.0
            changers += 1
    return (product, product * share) if changers > 0 else (0.0, 0.0)
