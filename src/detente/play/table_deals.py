"""Who sits at a table, and which states it could agree on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.play.move_index import Int8, Int32, MoveIndex, patterns_of
from detente.states.state_graph import Bools, Int64

TRAY, RACK = 8, 256  # so many candidates are passed over together when some member loses by all of them

STRUCK = -1  # below every rank

ZONES = 16  # bits of the sort key that brings states of like worth together


@dataclass(frozen=True)
class Table:
    """Parties (by index) who may change their options together, how often they get to, and how often it binds.

    `ratified` is the chance that what they agree on is ratified; where it is not, play goes on from where it
    stood.
    """

    id: str
    members: tuple[int, ...]
    binding: bool = False
    initiative: float = 1.0
    ratified: float = 1.0

    @property
    def weight(self) -> float:
        """Its initiative to move at all: what is turned down changes nothing, and somebody is drawn again."""
        return self.initiative * self.ratified


class TableDeals(NamedTuple):
    """A table with the states it could agree on.

    `candidate` is sorted by `key`, the part of a state's code that the members cannot change; there, states of
    like worth to the members lie side by side. `pattern[c, seat]` is how each member's own options stand in the
    c-th candidate, and `mark[c]` what no agreement may lower: the members' ranks, and the levels of their
    one-way options, counted the way they go. `peak[c]` holds the highest marks among the c-th tray of
    candidates, `highest[c]` the same for the c-th rack. `tried[c]` says how closely it was looked at
    whether the members would keep it.
    """

    member: Int64  # (seat,): party, ascending
    candidate: Int64
    key: Int64
    pattern: Int32  # (candidate, seat)
    mark: Int32  # (candidate, mark)
    peak: Int32  # (tray, mark)
    highest: Int32  # (rack, mark)
    tried: Int8  # (candidate,)


def seat(
    move_index: MoveIndex, ranks: Int32, payoffs: Int64, members: Sequence[int], states: Int64
) -> TableDeals:
    """Seat parties at a table that may end in given states."""
    member = np.array(sorted(members), dtype=np.int64)
    states = states[np.argsort(_zones(payoffs, member, states), kind="stable")]
    key, pattern, mark = standing(move_index, ranks, member, states)
    if len(key) and key.min() < key.max():
        order = np.argsort(key, kind="stable")
        states, key, pattern, mark = states[order], key[order], pattern[order], mark[order]
    tried = np.zeros(len(states), dtype=np.int8)
    return TableDeals(member, states, key, pattern, mark, _highest(mark, TRAY), _highest(mark, RACK), tried)


def strike(deals: TableDeals, candidates: Int64) -> None:
    """Take some candidates off: no member stands so low that it would not lose by them."""
    deals.mark[candidates] = STRUCK


def struck(deals: TableDeals, candidates: Int64) -> Bools:
    """Which of some candidates have been taken off."""
    off: Bools = deals.mark[candidates, 0] == STRUCK
    return off


def standing(move_index: MoveIndex, ranks: Int32, members: Int64, states: Int64) -> tuple[Int64, Int32, Int32]:
    """How some parties stand in some states: key, patterns and marks, as `Seats` has them of candidates."""
    codes = move_index.codes[states]
    key, patterns, marks = codes.copy(), [], [ranks[member, states] for member in members]
    for member in members:
        own = patterns_of(move_index, member, codes)
        patterns.append(own)
        key -= move_index.offset[move_index.pattern_first[member] + own]
        for k in range(move_index.axis_first[member], move_index.axis_first[member + 1]):
            if move_index.way[k]:
                marks.append(
                    codes // int(move_index.stride[k]) % int(move_index.size[k]) * int(move_index.way[k])
                )
    return key, np.stack(patterns, axis=1).astype(np.int32), np.stack(marks, axis=1).astype(np.int32)


def _highest(mark: Int32, many: int) -> Int32:
    """The highest marks among every so many candidates."""
    return np.maximum.reduceat(mark, np.arange(0, len(mark), many), axis=0) if len(mark) else mark


def _zones(payoffs: Int64, members: Int64, states: Int64) -> NDArray[np.uint16]:
    """Sort key by which states of like worth to every member come together: bits of payoffs, interleaved."""
    zones = np.zeros(len(states), dtype=np.uint16)
    for seat, member in enumerate(members):
        low, high = float(payoffs[member].min()), float(payoffs[member].max())
        level = (payoffs[member, states] - low) / (high - low + 1.0)
        for bit in range(seat, ZONES, len(members)):
            half = (level * (2 << bit // len(members))).astype(np.uint16) & 1
            zones |= half << np.uint16(ZONES - 1 - bit)
    return zones
