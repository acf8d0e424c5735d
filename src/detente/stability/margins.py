"""By how much a state holds, in payoffs: from the rank of the best alternative back to the number it stands
for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numba import float64, int64, njit, types, uint8, void
from numpy.typing import NDArray

from detente.graph.state_graph import Floats, Int32, Int64, StateGraph
from detente.stability.grid import NONE
from detente.stability.reach import Field, share

_Given = types.Array(types.int32, 1, "C", readonly=True)
_Payoffs = types.Array(types.int64, 1, "C", readonly=True)
_kernel: Any = {"cache": True, "nogil": True, "boundscheck": False}

_REMEMBERED = 1 << 21  # states
_worths: WeakKeyDictionary[StateGraph, dict[int, Int64]] = WeakKeyDictionary()

WIDE = 256
"""States looked at side by side: few enough that the payoffs of their best alternatives stay at hand."""

_NATURAL = np.zeros(0, np.int32)  # stands for `Grid.place` where state and cell numbers coincide


def worth(field: Field, party: int) -> Int64:
    """What each of the party's ranks stands for, in units of the payoff grid (undefined for unused ranks).

    Kept as long as the graph lives, unless it is so large that memory is dearer than time.
    """
    if field.graph.states > _REMEMBERED:
        return _worth(field, party)
    known = _worths.setdefault(field.graph, {})
    if party not in known:
        known[party] = _worth(field, party)
    return known[party]


def _worth(field: Field, party: int) -> Int64:
    ranks, payoffs = field.graph.ranks[party], field.graph.payoffs[party]
    stands_for: Int64 = np.empty(int(ranks.max()) + 1, np.int64)

    def fill(begin: int, end: int) -> None:
        stands_for[ranks[begin:end]] = payoffs[begin:end]

    share(field, len(ranks), fill)
    stands_for.setflags(write=False)
    return stands_for


@njit(
    void(
        _Given, _Given, _Given, uint8, uint8[::1], _Payoffs, _Payoffs, float64, float64[::1],
        int64, int64, int64, int64,
    ),
    **_kernel,
)  # fmt: skip
def _judge(  # type: ignore[no-untyped-def]
    best, ranks, place, bit, flags, payoffs, stands_for, span, margin, positions, inner, begin, end
):
    cardinal, natural = len(stands_for) > 0, len(place) == 0
    stretches = (inner + WIDE - 1) // WIDE
    for tile in range(begin, end):
        lane_from = tile % stretches * WIDE
        first = tile // stretches * positions * inner + lane_from
        width = min(WIDE, inner - lane_from)
        for position in range(positions):
            start = first + position * inner
            stop = start + width
            rank, value = ranks[start:stop], payoffs[start:stop]
            found, least = flags[start:stop], margin[start:stop]
            for lane in range(width):
                alternative = best[start + lane] if natural else best[place[start + lane]]
                found[lane] |= bit * np.uint8(alternative <= rank[lane])
                if cardinal and alternative != NONE:
                    here = (value[lane] - stands_for[alternative]) / span
                    least[lane] = here if here < least[lane] else least[lane]


@dataclass(frozen=True, eq=False)
class Judge:
    """Turns the best alternatives of one party into flags and margins.

    `stands_for` is what `worth` returned, empty where margins have no meaning.
    """

    field: Field
    party: int
    stands_for: Int64

    def record(self, best: Int32, bit: int, flags: NDArray[np.uint8], margin: Floats) -> None:
        """Set a bit where the best alternative is no better than staying; lower the margin to this party's.

        best : Int32[cell], rank of the best alternative after replies, NONE without moves; flags :
        UInt8[state]; margin : Float64[state] in spans, left as it is without moves.

        States are visited room by room where their numbers allow it: a room's states have all but the same best
        alternative, whose payoff is then still at hand.
        """
        graph, grid = self.field.graph, self.field.grid
        block = grid.blocks[self.party]
        by_room = grid.place is None and grid.worthwhile and block is not None and block.inner >= WIDE
        positions, inner = (block.positions, block.inner) if by_room and block else (1, graph.states)
        ranks = np.ascontiguousarray(graph.ranks[self.party])
        payoffs = np.ascontiguousarray(graph.payoffs[self.party])
        place = _NATURAL if grid.place is None else grid.place
        span = float(graph.spans[self.party])
        share(
            self.field,
            graph.states // (positions * inner) * -(-inner // WIDE),
            lambda a, b: _judge(
                best,
                ranks,
                place,
                np.uint8(bit),
                flags,
                payoffs,
                self.stands_for,
                span,
                margin,
                positions,
                inner,
                a,
                b,
            ),
        )
