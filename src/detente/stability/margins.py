"""By how much a state holds, in payoffs: from the rank of the best alternative back to the number it stands for."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import float64, int64, njit, types, uint8, void

from detente.graph.state_graph import Int32, Int64
from detente.stability.grid import NONE
from detente.stability.reach import Field, share

_Given = types.Array(types.int32, 1, "C", readonly=True)
_Payoffs = types.Array(types.int64, 1, "C", readonly=True)
_kernel: Any = {"cache": True, "nogil": True, "boundscheck": False}

NOWHERE = np.zeros(0, np.int32)
"""Stands for `Grid.place` where state and cell numbers coincide."""


def worth(field: Field, party: int) -> Int64:
    """What each of the party's ranks stands for, in units of the payoff grid (undefined for unused ranks)."""
    ranks, payoffs = field.graph.ranks[party], field.graph.payoffs[party]
    stands_for: Int64 = np.empty(int(ranks.max()) + 1, np.int64)

    def fill(begin: int, end: int) -> None:
        stands_for[ranks[begin:end]] = payoffs[begin:end]

    share(field, len(ranks), fill)
    return stands_for


@njit(
    void(_Given, _Given, _Given, uint8, uint8[::1], _Payoffs, _Payoffs, float64, float64[::1], int64, int64),
    **_kernel,
)
def judge(best, ranks, place, bit, flags, payoffs, worth, span, margin, begin, end):  # type: ignore[no-untyped-def]
    """Set a bit where the best alternative is no better than staying, and lower the margin to this party's.

    best : Int32[cell], rank of the best alternative after replies, NONE without moves; ranks, place, payoffs and
    flags by state; worth : Int64[rank], empty for ordinal parties; margin : Float64[state] in spans, lowered in
    place, left as it is without moves. Free of unpredictable branches: these cost more than the arithmetic.
    """
    cardinal = len(worth) > 0
    for state in range(begin, end):
        alternative = best[place[state]] if len(place) > 0 else best[state]
        flags[state] |= bit * np.uint8(alternative <= ranks[state])
        if cardinal and alternative != NONE:
            margin[state] = min(margin[state], (payoffs[state] - worth[alternative]) / span)


def place_of(place: Int32 | None) -> Int32:
    """The cell of every state as `judge` takes it."""
    return NOWHERE if place is None else place
