"""Codes and levels: how a state's number is read, fast, and functions of a few options as small tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from detente.scenario.idle import idle
from detente.scenario.model import NATURE, Scenario
from detente.states.state_graph import Axis, Int64

CHUNK = 1 << 14  # states that are worked on together: their arrays stay in the cache
Levels = Mapping[int, NDArray[np.int64]]


def axes_of(scenario: Scenario) -> tuple[Axis, ...]:
    """The options of a scenario as axes, in the order of the document.

    An idle option stands where it stands: a move that changes nothing for anybody is no move.
    """
    still = idle(scenario)
    place = {party.id: index for index, party in enumerate(scenario.parties)} | {NATURE: -1}
    return tuple(
        Axis(
            option.id,
            place[option.owner],
            len(option.levels),
            "fixed" if option.id in still else option.moves,
        )
        for option in scenario.options
    )


def strides_of(sizes: Sequence[int]) -> tuple[int, ...]:
    """How far a mixed-radix code moves per level of each axis; the first axis is fastest."""
    return tuple(prod(sizes[:axis]) for axis in range(len(sizes)))


def chunks(count: int, size: int = CHUNK) -> Iterator[slice]:
    """Consecutive slices of up to `size` that cover `count` states."""
    return (slice(start, min(start + size, count)) for start in range(0, count, size))


def grid_levels(sizes: Sequence[int], axes: Sequence[int]) -> dict[int, NDArray[np.int64]]:
    """Level of every axis over the grid of these axes, each along its own dimension, the first axis last."""
    count = len(axes)
    return {
        axis: np.arange(sizes[axis], dtype=np.int64).reshape((-1,) + (1,) * place)
        for place, axis in enumerate(axes)
        if count
    }


class Space:
    """Codes of level combinations, read through two small tables instead of by repeated division.

    A code is split once into the part of the first axes and the part of the others. Every function that is a
    sum of one number per axis and level (a level, an index into a smaller grid, a code under other sizes) is
    then the sum of two look-ups.
    """

    def __init__(self, axes: Sequence[Axis]) -> None:
        self.sizes = tuple(axis.size for axis in axes)
        self.first = tuple(axis.first for axis in axes)
        half, self.split = prod(self.sizes) ** 0.5, 0
        while self.split < len(axes) and prod(self.sizes[: self.split + 1]) <= 2 * half:
            self.split += 1
        self.low = prod(self.sizes[: self.split])

    def halves(self, codes: Int64) -> tuple[Int64, Int64]:
        """Codes of the first axes and of the others."""
        high = codes // self.low
        return codes - high * self.low, high

    def tables(self, weights: Mapping[int, NDArray[np.int64]]) -> tuple[Int64, Int64]:
        """Sum over axes of `weights[axis][level]`, for every code of the first axes and of the others."""
        axes = range(len(self.sizes))
        return self._table(weights, axes[: self.split]), self._table(weights, axes[self.split :])

    def level_weights(self, axis: int) -> Int64:
        """The option's level for every level of the axis."""
        return np.arange(self.sizes[axis], dtype=np.int64) + self.first[axis]

    def levels(self, codes: Int64, axes: Sequence[int]) -> dict[int, Int64]:
        """The option's level on each of these axes, for every code."""
        halves, levels = self.halves(codes), {}
        for axis in axes:
            table = self.tables({axis: self.level_weights(axis)})
            side = 0 if axis < self.split else 1
            levels[axis] = table[side][halves[side]]
        return levels

    def _table(self, weights: Mapping[int, NDArray[np.int64]], axes: Sequence[int]) -> Int64:
        table = np.zeros(1, dtype=np.int64)
        for axis in axes:
            steps = weights.get(axis, np.zeros(self.sizes[axis], dtype=np.int64))
            table = (steps[:, None] + table[None, :]).ravel()
        return table


@dataclass(frozen=True, eq=False)
class Field:
    """A number for every level combination of a few options: `values` runs over them, first axis fastest.

    `sizes` are the options' numbers of levels, in the order of `axes` (ascending).
    """

    axes: tuple[int, ...]
    sizes: tuple[int, ...]
    values: NDArray[np.generic]

    def weights(self, space: Space) -> dict[int, NDArray[np.int64]]:
        """What each axis adds to the index into `values`."""
        strides = strides_of(self.sizes)
        return {
            axis: stride * space.level_weights(axis) for axis, stride in zip(self.axes, strides, strict=True)
        }

    def at(self, levels: Levels) -> NDArray[np.generic]:
        """Values where options stand at these levels (arrays that broadcast together)."""
        index: NDArray[np.int64] = np.zeros((), dtype=np.int64)
        for axis, stride in zip(self.axes, strides_of(self.sizes), strict=True):
            index = index + stride * levels[axis]
        return np.asarray(self.values[index])

    def over(self, space: Space, codes: Int64) -> NDArray[np.generic]:
        """Values for every code."""
        low_table, high_table = space.tables(self.weights(space))
        result = np.empty(len(codes), dtype=self.values.dtype)
        for part in chunks(len(codes)):
            low, high = space.halves(codes[part])
            result[part] = self.values[low_table[low] + high_table[high]]
        return result
