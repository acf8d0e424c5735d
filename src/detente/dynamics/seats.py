"""Who sits at a table, and which states the tables of a stage could agree on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.dynamics.board import Board, Int32, pattern_of
from detente.dynamics.native import native
from detente.graph.state_graph import Floats, Int64

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
    how the own options of the table's members, in party order, stand in the c-th candidate. `peak[c]` holds
    each party's highest payoff among the c-th tray of candidates, `highest[c]` the same for the c-th rack.
    """

    member: Int64  # (table, seat): party, in party order
    many: Int64  # (table,): how many seats are taken
    first: Int64  # (table + 1,)
    candidate: Int64
    key: Int64
    pattern: Int32  # (candidate, seat)
    peak: Int64  # (tray, party)
    highest: Int64  # (rack, party)


def seat(board: Board, payoffs: Int64, tables: Sequence[Table], candidates: Sequence[Int64]) -> Seats:
    """Seat tables that may each end in given states."""
    width = max((len(table.members) for table in tables), default=0)
    member = np.zeros((len(tables), width), dtype=np.int64)
    found = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, width), np.int32))]
    for row, (table, among) in enumerate(zip(tables, candidates, strict=True)):
        members = np.array(sorted(table.members), dtype=np.int64)
        member[row, : len(members)] = members
        found.append(_ordered(board, payoffs, members, among, width))
    states, keys, patterns = (np.concatenate(parts) for parts in zip(*found, strict=True))
    peak = _peaks(payoffs, states)
    racks = np.arange(0, len(peak), RACK // TRAY)
    return Seats(
        member=member,
        many=np.array([len(table.members) for table in tables], dtype=np.int64),
        first=np.cumsum([len(part) for part, _, _ in found]).astype(np.int64),
        candidate=states,
        key=keys,
        pattern=patterns,
        peak=peak,
        highest=np.maximum.reduceat(peak, racks, axis=0) if len(racks) else peak,
    )


def _ordered(
    board: Board, payoffs: Int64, members: Int64, states: Int64, width: int
) -> tuple[Int64, Int64, Int32]:
    """A table's candidates in order, with their keys and patterns."""
    low, high = payoffs[members].min(axis=1), payoffs[members].max(axis=1)
    zones = _zones(payoffs, members, states, low.astype(np.float64), (high - low).astype(np.float64) + 1.0)
    states = states[np.argsort(zones, kind="stable")]
    keys, patterns = _standing(board, members, states, width)
    if len(keys) and keys.min() < keys.max():
        order = np.argsort(keys, kind="stable")
        return states[order], keys[order], patterns[order]
    return states, keys, patterns


@native
def _zones(payoffs: Int64, members: Int64, states: Int64, low: Floats, height: Floats) -> NDArray[np.uint16]:
    """Sort key by which states of like worth to every member come together: bits of payoffs, interleaved."""
    zones = np.zeros(states.size, dtype=np.uint16)
    for k in range(states.size):
        zone = 0
        for bit in range(ZONES):
            place, cuts = bit % members.size, 2 << (bit // members.size)
            level = (float(payoffs[members[place], states[k]]) - low[place]) / height[place]
            zone = 2 * zone + (int(level * cuts) & 1)
        zones[k] = zone
    return zones


@native
def _standing(board: Board, members: Int64, states: Int64, width: int) -> tuple[Int64, Int32]:
    """The part of each state's code that some members cannot change, and how each member's options stand."""
    keys = np.empty(states.size, dtype=np.int64)
    patterns = np.zeros((states.size, width), dtype=np.int32)
    for k in range(states.size):
        code = int(board.codes[states[k]])
        keys[k] = code
        for place in range(members.size):
            pattern = pattern_of(board, int(members[place]), code)
            patterns[k, place] = pattern
            keys[k] -= int(board.offset[board.pattern_first[members[place]] + pattern])
    return keys, patterns


@native
def _peaks(payoffs: Int64, candidate: Int64) -> Int64:
    """Highest payoff of every party within each tray of candidates."""
    peak = np.empty(((candidate.size + TRAY - 1) // TRAY, payoffs.shape[0]), dtype=np.int64)
    for party in range(payoffs.shape[0]):
        for k in range(candidate.size):
            payoff = payoffs[party, candidate[k]]
            if k % TRAY == 0 or payoff > peak[k // TRAY, party]:
                peak[k // TRAY, party] = payoff
    return peak
