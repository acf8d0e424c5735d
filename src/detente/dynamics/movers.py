"""Who may move from a state, and what they would do: parties alone, and tables together.

A party's move is open when the rank it anticipates from arriving exceeds the rank of where it stands. A table
moves several members at once: those whose options change gain strictly, the other members do not lose, and
among such changes the one with the largest product of the changers' gains is taken (Nash 1950). Unless the
table is binding, the agreement must enforce itself: in the new state no member, alone, has an open move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from detente.dynamics.board import Board, Int32, allowed, find, pattern_of
from detente.dynamics.ground import Foresight, Ground
from detente.dynamics.native import native
from detente.errors import RefusedError
from detente.graph.state_graph import Bools, Int64

ALIKE = 1e-12  # products of gains this close, relatively, are ties


@dataclass(frozen=True)
class Table:
    """Parties (by index) who may change their options together, and how often they get to."""

    id: str
    members: tuple[int, ...]
    binding: bool = False
    initiative: float = 1.0


class Seats(NamedTuple):
    """The open tables with the states they could agree on.

    Table k may end in `candidate[first[k]:first[k + 1]]`, sorted by `key`, the part of a state's code that the
    members cannot change, then by state.
    """

    member: Bools  # (table, party)
    first: Int64  # (table + 1,)
    candidate: Int64
    key: Int64


def seats(ground: Ground, tables: tuple[Table, ...], foresight: Foresight) -> Seats:
    """Seat the tables on a ground.

    Raises
    ------
    RefusedError
        A member is known only by the order of its preferences: gains cannot be multiplied.
    """
    member = np.zeros((len(tables), len(ground.graph.parties)), dtype=np.bool_)
    counts, candidates, keys = [0], [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for row, table in enumerate(tables):
        _refuse_ordinal(ground, table)
        member[row, list(table.members)] = True
        states, key = _candidates(ground, table, foresight)
        counts.append(len(states))
        candidates.append(states)
        keys.append(key)
    first = np.cumsum(counts).astype(np.int64)
    return Seats(member, first, np.concatenate(candidates), np.concatenate(keys))


def _refuse_ordinal(ground: Ground, table: Table) -> None:
    ordinal = [ground.graph.parties[party] for party in table.members if not ground.graph.cardinal[party]]
    if ordinal:
        raise RefusedError(
            f"table '{table.id}' seats {', '.join(ordinal)}, known only by an order of states; an agreement "
            "weighs gains. Give it interests instead of a ranking or statements, or close the table."
        )


def _candidates(ground: Ground, table: Table, foresight: Foresight) -> tuple[Int64, Int64]:
    """States a table could agree on, with the code of what its members cannot change; sorted by that code."""
    if table.binding:
        states = np.arange(ground.graph.states, dtype=np.int64)
    else:
        states = ground.quiet(table.members, foresight)
    keys = outside_codes(ground.board, np.array(table.members, dtype=np.int64), states)
    if len(keys) == 0 or keys.min() == keys.max():
        return states, keys
    order = np.argsort(keys, kind="stable")
    return states[order], keys[order]


@native
def outside_codes(board: Board, members: Int64, states: Int64) -> Int64:
    """The part of each state's code that some members cannot change."""
    keys = np.empty(states.size, dtype=np.int64)
    for k in range(states.size):
        code = int(board.codes[states[k]])
        key = code
        for party in members:
            key -= int(board.offset[board.pattern_first[party] + pattern_of(board, int(party), code)])
        keys[k] = key
    return keys


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
    ranks: Int32,
    payoffs: Int64,
    grid: float,
    out: Int64,
    begin: int,
) -> int:
    """Write what a table would agree on at a state into `out[begin:end]`; return the end."""
    members = np.flatnonzero(seats.member[table])
    code = int(board.codes[state])
    key = code
    for party in members:
        key -= int(board.offset[board.pattern_first[party] + pattern_of(board, int(party), code)])
    low, high = seats.first[table], seats.first[table + 1]
    keys = seats.key[low:high]
    end, largest = begin, 0.0
    for k in range(low + np.searchsorted(keys, key, "left"), low + np.searchsorted(keys, key, "right")):
        target = int(seats.candidate[k])
        product = _product_of_gains(board, members, state, target, ranks, payoffs, grid)
        if product > largest * (1.0 + ALIKE):
            end, largest = begin, product
        if product > 0.0 and product >= largest * (1.0 - ALIKE):
            out[end] = target
            end += 1
    return end


@native
def _product_of_gains(
    board: Board, members: Int64, state: int, target: int, ranks: Int32, payoffs: Int64, grid: float
) -> float:
    """Product of the gains of the members whose options change; 0 where somebody would not agree."""
    for party in members:
        if ranks[party, target] < ranks[party, state]:
            return 0.0
    product, changers = 1.0, 0
    for party in members:
        before = pattern_of(board, int(party), int(board.codes[state]))
        after = pattern_of(board, int(party), int(board.codes[target]))
        if before != after:
            if not allowed(board, int(party), before, after):
                return 0.0
            changers += 1
            product *= float(payoffs[party, target] - payoffs[party, state]) * grid
    return product if changers > 0 else 0.0
