"""Who sits at a table, and which states the tables of a stage could agree on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from detente.dynamics.board import Board, pattern_of
from detente.dynamics.native import native
from detente.graph.state_graph import Bools, Int64

TRAY, RACK = 8, 128  # so many candidates are passed over together when some member loses by all of them


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
    members cannot change, then by state. `peak[c]` holds each party's highest payoff among the c-th tray of
    candidates, `highest[c]` the same for the c-th rack.
    """

    member: Bools  # (table, party)
    first: Int64  # (table + 1,)
    candidate: Int64
    key: Int64
    peak: Int64  # (tray, party)
    highest: Int64  # (rack, party)


def seat(board: Board, payoffs: Int64, tables: Sequence[Table], candidates: Sequence[Int64]) -> Seats:
    """Seat tables that may each end in given states."""
    member = np.zeros((len(tables), len(payoffs)), dtype=np.bool_)
    states, keys = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for row, (table, among) in enumerate(zip(tables, candidates, strict=True)):
        member[row, list(table.members)] = True
        key = outside_codes(board, np.array(table.members, dtype=np.int64), among)
        if len(key) and key.min() < key.max():
            order = np.argsort(key, kind="stable")
            among, key = among[order], key[order]
        states.append(among)
        keys.append(key)
    first = np.cumsum([len(part) for part in states]).astype(np.int64)
    candidate = np.concatenate(states)
    peak = _peaks(payoffs, candidate, TRAY)
    highest = _peaks(payoffs, candidate, RACK)
    return Seats(member, first, candidate, np.concatenate(keys), peak, highest)


@native
def outside_codes(board: Board, members: Int64, states: Int64) -> Int64:
    """The part of each state's code that some members cannot change."""
    keys = np.empty(states.size, dtype=np.int64)
    for k in range(states.size):
        code = int(board.codes[states[k]])
        keys[k] = code
        for party in members:
            keys[k] -= int(board.offset[board.pattern_first[party] + pattern_of(board, int(party), code)])
    return keys


@native
def _peaks(payoffs: Int64, candidate: Int64, size: int) -> Int64:
    """Highest payoff of every party within each run of so many candidates."""
    peak = np.empty(((candidate.size + size - 1) // size, payoffs.shape[0]), dtype=np.int64)
    for party in range(payoffs.shape[0]):
        for k in range(candidate.size):
            payoff = payoffs[party, candidate[k]]
            if k % size == 0 or payoff > peak[k // size, party]:
                peak[k // size, party] = payoff
    return peak
