"""What interests are worth over the few options that each names, in many worlds; where cells look that up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.scenario.expression import Expression
from detente.scenario.model import Cardinal, LevelScale, Scenario
from detente.states.dependencies import dependencies, trades
from detente.states.payoffs import NARROW
from detente.states.reading import Reading
from detente.states.space import grid_levels, strides_of
from detente.states.state_graph import Bools, Floats, Int32, Int64
from detente.worlds.fast.ground import Places
from detente.worlds.fast.numbers import Rows, interests_of
from detente.worlds.fast.trade import Scenarios, Trade
from detente.worlds.fast.worth import Terms

Axes = tuple[int, ...]


class Quantities:
    """The interests of a scenario over the options that move."""

    def __init__(self, scenario: Scenario, places: Places) -> None:
        self.scenario, self.interests = scenario, interests_of(scenario)
        graph = places.graph
        self._sizes = [axis.size for axis in graph.axes]
        self._still = {place: np.asarray(axis.first) for place, axis in enumerate(graph.axes) if axis.size == 1}
        named = [dependencies(scenario, one.quantity) for one in self.interests]
        self.axes = [tuple(axis for axis in axes if self._sizes[axis] > 1) for axes in named]
        targets = [pressure.target for pressure in scenario.pressures]
        needed = set().union(*(trades(scenario, one.quantity) for one in self.interests))
        self._trade = {
            target: Trade(scenario, place) for place, target in enumerate(targets) if target in needed
        }

    @property
    def first(self) -> Int64:
        """(interest + 1,) where the values of each begin in a row."""
        return np.cumsum([0, *(self._many(axes) for axes in self.axes)]).astype(np.int64)

    def values(self, rows: Rows, scenarios: Scenarios) -> tuple[Floats, Bools]:
        """(world, value) of every interest over its options; and which worlds have all within 0 and 1."""
        worlds = len(rows["weight"])
        pressed = {target: trade.pressed(rows, scenarios) for target, trade in self._trade.items()}
        found, scale, known = [], 0, dict[tuple[Expression, Axes], NDArray[Any]]()
        for one, axes in zip(self.interests, self.axes, strict=True):
            if isinstance(one.quantity, LevelScale):
                count = len(one.quantity.values)
                row = rows["scale"][:, scale : scale + count]
                scale += count
                at = slice(None) if axes else [int(self._still[dependencies(self.scenario, one.quantity)[0]])]
                found.append(row[:, at])
            else:
                key = (one.quantity, axes)
                if key not in known:
                    known[key] = self._over(one.quantity, axes, pressed, worlds)
                found.append(known[key])
        values = np.concatenate(found, axis=1) if found else np.zeros((worlds, 0))
        inside = np.asarray(((values >= 0.0) & (values <= 1.0)).all(axis=1), dtype=np.bool_)
        return np.ascontiguousarray(values), inside

    def terms(self, places: Places) -> Terms:
        """Where the interests count."""
        small = sorted(set(self.axes), key=lambda axes: (-self._many(axes), axes))
        big, entries, goals = _merged(small, self._sizes), [], []
        begin = np.cumsum([0, *(self._many(axes) for axes in small)]).astype(np.int64)
        top = np.cumsum([0, *(self._many(axes) for axes in big)]).astype(np.int64)
        for place, axes in enumerate(small):
            table = next(place for place, whole in enumerate(big) if set(axes) <= set(whole))
            levels = grid_levels(self._sizes, big[table])
            shape = tuple(self._sizes[axis] for axis in reversed(big[table]))
            entry = np.broadcast_to(_index(levels, axes, self._sizes), shape).ravel()
            entries.append(begin[place] + entry)
            goals.append(top[table] + np.arange(len(entry)))
        parties = {party.id: place for place, party in enumerate(self.scenario.parties)}
        return Terms(
            owner=self._owners(),
            relational=np.array([one.relational for one in self.interests], dtype=np.bool_),
            pictured=np.array([parties[view.other] for view in self.scenario.views], dtype=np.int64),
            first=self.first,
            small=np.array([small.index(axes) for axes in self.axes], dtype=np.int64),
            begin=begin,
            top=top,
            entry=np.concatenate([*entries, np.zeros(0, dtype=np.int64)]).astype(np.int64),
            goal=np.concatenate([*goals, np.zeros(0, dtype=np.int64)]).astype(np.int64),
            where=_where(places, big, self._sizes, top),
        )

    def _owners(self) -> Int64:
        own = [
            place
            for place, known in enumerate(self.scenario.preferences)
            if isinstance(known, Cardinal)
            for _ in known.interests
        ]
        seen = [-1 - place for place, view in enumerate(self.scenario.views) for _ in view.interests]
        return np.array([*own, *seen], dtype=np.int64)

    def _many(self, axes: Axes) -> int:
        return prod(self._sizes[axis] for axis in axes)

    def _over(
        self, quantity: Expression, axes: Axes, pressed: Mapping[str, tuple[Floats, Floats]], worlds: int
    ) -> Floats:
        """(world, combination) a quantity over its options, the first fastest."""
        levels = self._still | grid_levels(self._sizes, axes)
        values = np.asarray(_Many(self.scenario, levels, self._trade, pressed, len(axes)).quantity(quantity))
        shape = tuple(self._sizes[axis] for axis in reversed(axes))
        spread = np.broadcast_to(values.astype(np.float64), (worlds, *shape))
        return spread.reshape(worlds, -1)


class _Many(Reading):
    """A reading in which trade has one value for every world, along an axis before all others."""

    def __init__(
        self,
        scenario: Scenario,
        levels: Mapping[int, Int64],
        trade: Mapping[str, Trade],
        pressed: Mapping[str, tuple[Floats, Floats]],
        dimensions: int,
    ) -> None:
        super().__init__(scenario, levels)
        self._trade, self._pressed, self._dimensions = trade, pressed, dimensions

    def _traded(self, function: str, target: str) -> NDArray[Any]:
        trade, both = self._trade[target], self._pressed[target]
        values = both[0] if function == "pressure" else both[1]
        found = values[:, _index(self.levels, trade.axes, dict(zip(trade.axes, trade.sizes, strict=True)))]
        missing = self._dimensions + 1 - found.ndim
        return found.reshape(len(found), *(1,) * missing, *found.shape[1:])


def _index(
    levels: Mapping[int, Int64], axes: Axes, sizes: Sequence[int] | Mapping[int, int]
) -> NDArray[np.int64]:
    """Where combinations of levels stand among those of some axes, the first fastest."""
    index: NDArray[np.int64] = np.zeros((), dtype=np.int64)
    for axis, stride in zip(axes, strides_of([sizes[axis] for axis in axes]), strict=True):
        index = index + stride * levels[axis]
    return index


def _merged(small: Sequence[Axes], sizes: Sequence[int]) -> list[Axes]:
    """Axes of tables, the largest first, put together while they stay small: fewer look-ups per cell."""
    merged: list[Axes] = []
    for axes in small:
        unions = [tuple(sorted({*old, *axes})) for old in merged]
        many = [prod(sizes[axis] for axis in union) for union in unions]
        growth = [count / prod(sizes[axis] for axis in old) for count, old in zip(many, merged, strict=True)]
        fitting = [place for place, count in enumerate(many) if count <= NARROW or growth[place] == 1]
        if fitting:
            place = min(fitting, key=lambda place: growth[place])
            merged[place] = unions[place]
        else:
            merged.append(axes)
    return merged


def _where(places: Places, big: Sequence[Axes], sizes: Sequence[int], top: Int64) -> Int32:
    """(table, cell) the entry of every cell; that of a hole is some entry."""
    graph, where = places.graph, np.zeros((len(big), places.cells), dtype=np.int32)
    levels = {
        axis: graph.codes // graph.strides[axis] % sizes[axis]
        for axis in range(len(sizes))
        if any(axis in axes for axes in big)
    }
    for table, axes in enumerate(big):
        where[table] = top[table]
        where[table, places.cell] = top[table] + _index(levels, axes, sizes)
    return where
