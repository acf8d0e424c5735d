"""The compiled crisis: frozen, read-only arrays with named axes.

Invariants
----------
1. States are the feasible level combinations, ascending by mixed-radix code in declaration order of the
   options (first option fastest); `codes[state]` is that code, and a state's public number is its index + 1.
2. `ranks[party, state]` is a dense int32 rank: 0 is worst, equal payoffs share a rank, higher is better.
3. Cardinal party: `payoffs[party, state]` is its payoff in whole units of `grid`; ranks order exactly as these
   do. Ordinal party: `payoffs[party]` equals `ranks[party]` and `cardinal[party]` is False.
4. `seen[(i, j)]` holds the ranks by which party i expects j to move (its view); absent: `ranks[j]`.
5. `spans[party]` is D = max - min payoff of the base scenario in units of `grid` (1 where that is 0): the unit
   of margins and composure. Variants of a scenario (venues, promises, worlds) keep the base scenario's spans.
6. An owner of -1 is nature; no party may change its options. `moves` of an axis may be "fixed" for any owner.
7. No array is writable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.scenario.model import Direction

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Axis:
    """One option as an axis of the state space: its owner (party index, -1 nature), size and directions.

    `first` is the option's level at which the axis begins: 0, unless the axis was fixed to one level.
    """

    option: str
    owner: int
    size: int
    moves: Direction
    first: int = 0


@dataclass(frozen=True, eq=False)
class StateGraph:
    """States, who may change what, and how every party ranks every state (see the invariants above)."""

    parties: tuple[str, ...]
    axes: tuple[Axis, ...]
    codes: Int64  # (state,)
    ranks: Int32  # (party, state)
    payoffs: Int64  # (party, state), units of `grid`
    cardinal: tuple[bool, ...]
    spans: Floats  # (party,)
    grid: float = 1e-9
    seen: Mapping[tuple[int, int], Int32] = field(default_factory=dict)

    def __post_init__(self) -> None:
        arrays: list[NDArray[Any]] = [self.codes, self.ranks, self.payoffs, self.spans, *self.seen.values()]
        for array in arrays:
            array.setflags(write=False)

    @property
    def states(self) -> int:
        """How many states are feasible."""
        return len(self.codes)

    @property
    def strides(self) -> tuple[int, ...]:
        """How far the code moves when an axis rises one level."""
        strides, step = [], 1
        for axis in self.axes:
            strides.append(step)
            step *= axis.size
        return tuple(strides)

    @property
    def combinations(self) -> int:
        """How many level combinations there are, feasible or not."""
        total = 1
        for axis in self.axes:
            total *= axis.size
        return total

    def levels(self, state: int) -> tuple[int, ...]:
        """Level index of every axis in a state."""
        code, levels = int(self.codes[state]), []
        for axis in self.axes:
            code, level = divmod(code, axis.size)
            levels.append(level)
        return tuple(levels)

    def find(self, levels: tuple[int, ...]) -> int | None:
        """Index of the state with these levels; None where the combination is infeasible."""
        code = sum(level * stride for level, stride in zip(levels, self.strides, strict=True))
        place = int(np.searchsorted(self.codes, code))
        return place if place < self.states and int(self.codes[place]) == code else None


def bare(axes: tuple[Axis, ...], codes: Int64) -> StateGraph:
    """States without parties, over which conditions can be evaluated already."""
    nothing = np.empty((0, len(codes)), dtype=np.int64)
    return StateGraph((), axes, codes, nothing.astype(np.int32), nothing, (), np.empty(0))
