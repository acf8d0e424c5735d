"""Who sits at a table, and which states the tables of a stage could agree on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.dynamics.board import Board, Int32, patterns_of
from detente.graph.state_graph import Int64

TRAY, RACK = 8, 256  # so many candidates are passed over together when some member loses by all of them

ZONES = 16  # bits of the sort key that brings states of like worth together


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
    members cannot change; there, states of like worth to the members lie side by side. `pattern[c, seat]` is
    how the own options of the table's members, in party order, stand in the c-th candidate, and `rank[c]` what
    it is to each party. `peak[c]` holds each party's highest rank among the c-th tray of candidates,
    `highest[c]` the same for the c-th rack.
    """

    member: Int64  # (table, seat): party, in party order
    many: Int64  # (table,): how many seats are taken
    first: Int64  # (table + 1,)
    candidate: Int64
    key: Int64
    pattern: Int32  # (candidate, seat)
    rank: Int32  # (candidate, party)
    peak: Int32  # (tray, party)
    highest: Int32  # (rack, party)


def seat(
    board: Board, ranks: Int32, payoffs: Int64, tables: Sequence[Table], candidates: Sequence[Int64]
) -> Seats:
    """Seat tables that may each end in given states."""
    width = max((len(table.members) for table in tables), default=0)
    member = np.zeros((len(tables), width), dtype=np.int64)
    found = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, width), np.int32))]
    for row, (table, among) in enumerate(zip(tables, candidates, strict=True)):
        members = sorted(table.members)
        member[row, : len(members)] = members
        found.append(_ordered(board, payoffs, members, among, width))
    states, keys, patterns = (np.concatenate(parts) for parts in zip(*found, strict=True))
    rank = np.ascontiguousarray(ranks[:, states].T)
    return Seats(
        member=member,
        many=np.array([len(table.members) for table in tables], dtype=np.int64),
        first=np.cumsum([len(part) for part, _, _ in found]).astype(np.int64),
        candidate=states,
        key=keys,
        pattern=patterns,
        rank=rank,
        peak=_highest(rank, TRAY),
        highest=_highest(rank, RACK),
    )


def _highest(rank: Int32, many: int) -> Int32:
    """Highest rank of each party among every so many candidates."""
    return np.maximum.reduceat(rank, np.arange(0, len(rank), many), axis=0) if len(rank) else rank


def _ordered(
    board: Board, payoffs: Int64, members: Sequence[int], states: Int64, width: int
) -> tuple[Int64, Int64, Int32]:
    """A table's candidates in order, with their keys and patterns."""
    states = states[np.argsort(_zones(payoffs, members, states), kind="stable")]
    keys, patterns = _standing(board, members, states, width)
    if len(keys) and keys.min() < keys.max():
        order = np.argsort(keys, kind="stable")
        return states[order], keys[order], patterns[order]
    return states, keys, patterns


def _zones(payoffs: Int64, members: Sequence[int], states: Int64) -> NDArray[np.uint16]:
    """Sort key by which states of like worth to every member come together: bits of payoffs, interleaved."""
    zones = np.zeros(len(states), dtype=np.uint16)
    for seat, member in enumerate(members):
        low, high = float(payoffs[member].min()), float(payoffs[member].max())
        level = (payoffs[member, states] - low) / (high - low + 1.0)
        for bit in range(seat, ZONES, len(members)):
            half = (level * (2 << bit // len(members))).astype(np.uint16) & 1
            zones |= half << np.uint16(ZONES - 1 - bit)
    return zones


def _standing(board: Board, members: Sequence[int], states: Int64, width: int) -> tuple[Int64, Int32]:
    """The part of each state's code that some members cannot change, and how each member's options stand."""
    codes = board.codes[states]
    keys, patterns = codes.copy(), np.zeros((len(states), width), dtype=np.int32)
    for seat, member in enumerate(members):
        own = patterns_of(board, member, codes)
        patterns[:, seat] = own
        keys -= board.offset[board.pattern_first[member] + own]
    return keys, patterns
