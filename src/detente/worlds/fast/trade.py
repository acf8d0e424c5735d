"""Pressure on a target in many worlds, for every way in which its channels can stand.

Where every channel takes in trade of one other only, nothing must balance and no way round or aid hangs on
trade, what is best is found by filling the best outlets first; else the linear program of `trade` is solved
world by world.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import NamedTuple

import numpy as np

from detente.errors import DetenteError
from detente.scenario.model import Pressure, Scenario
from detente.stability.compiled import native, step
from detente.states.dependencies import trade_dependencies, trades
from detente.states.quantities import DIGITS
from detente.states.reading import Reading, rows_of, trade_fields
from detente.states.space import grid_levels
from detente.states.state_graph import Bools, Floats, Int64
from detente.trade.channels import diversions
from detente.worlds.fast.numbers import Rows

Scenarios = Callable[[], list[Scenario]]
"""The worlds as scenarios, for what is not worked out from rows of numbers."""


class Standing(NamedTuple):
    """How a target's channels stand, the same in every world.

    Cut k closes channel `cut[k, 0]` to the open share `cut[k, 1] + level[k, combination]` of a world's row.
    """

    cut: Int64  # (cut, 2)
    level: Int64  # (cut, combination)
    active: Bools  # (combination, route)
    aided: Bools  # (combination, aid)
    origin: Int64  # (route,)
    destination: Int64  # (route,)


class Trade:
    """The trade of one target over the options that matter for it."""

    def __init__(self, scenario: Scenario, place: int) -> None:
        self.pressure: Pressure = scenario.pressures[place]
        self.axes = trade_dependencies(scenario, self.pressure.target)
        self.sizes = tuple(len(scenario.options[axis].levels) for axis in self.axes)
        self._place, routes = place, diversions(self.pressure)
        targets = [route.destination for route in routes]
        whens = [*(route.when for route in routes), *(aid.when for aid in self.pressure.aids)]
        self._greedy = (
            not self.pressure.balance
            and len(set(targets)) == len(targets)
            and not any(when is not None and trades(scenario, when) for when in whens)
        )
        levels = grid_levels([len(option.levels) for option in scenario.options], self.axes)
        reading = Reading(scenario, levels)
        _, active, aided = (rows_of(part, self.sizes) for part in reading.trade(self.pressure.target))
        self._standing = Standing(
            *_cuts(scenario, self.pressure, levels, self.sizes),
            np.ascontiguousarray(active),
            np.ascontiguousarray(aided),
            np.array([route.origin for route in routes], dtype=np.int64),
            np.array(targets, dtype=np.int64),
        )

    def pressed(self, rows: Rows, scenarios: Scenarios) -> tuple[Floats, Floats]:
        """(world, combination) pressure and retained share, combinations with the first option fastest.

        They are nan in a world whose trade has no answer.
        """
        if not self._greedy:
            pressed, retained = zip(*map(self._solved, scenarios()), strict=True)
            return np.array(pressed, dtype=np.float64), np.array(retained, dtype=np.float64)
        names = ("value", "importance", "open", "spare", "loss", "aid", "worth")
        kept = filled(self._standing, *(rows[f"{name}.{self._place}"] for name in names))
        return np.maximum(0.0, 1.0 - kept).round(DIGITS), kept.round(DIGITS)

    def _solved(self, scenario: Scenario) -> tuple[Floats, Floats]:
        """(combination,) the same for one world, by its linear program."""
        try:
            pressed, retained = trade_fields(scenario, self.pressure.target)
        except DetenteError:
            nothing = np.full(prod(self.sizes), np.nan, dtype=np.float64)
            return nothing, nothing
        return pressed.values.astype(np.float64), retained.values.astype(np.float64)


def _cuts(
    scenario: Scenario, pressure: Pressure, levels: dict[int, Int64], sizes: tuple[int, ...]
) -> tuple[Int64, Int64]:
    """Every cut of a channel, with where its open shares begin in a row; and the level at each combination."""
    places = {option.id: place for place, option in enumerate(scenario.options)}
    cuts, stands, begin = [], [], 0
    for cut in pressure.cuts:
        level = np.broadcast_to(levels[places[cut.by]], sizes[::-1]).ravel()
        for channel in pressure.select(cut.channels):
            cuts.append((channel, begin))
            stands.append(level)
        begin += len(scenario.options[places[cut.by]].levels)
    shape = len(cuts), prod(sizes)
    return np.array(cuts, dtype=np.int64).reshape(-1, 2), np.array(stands, dtype=np.int64).reshape(shape)


@native
def filled(standing, value, importance, opens, spare, loss, aid, worth):  # type: ignore[no-untyped-def]
    """(world, combination) the share of its trade that the target keeps."""
    kept = np.empty((value.shape[0], standing.active.shape[0]))
    channels, routes = value.shape[1], spare.shape[1]
    share, used = np.empty(channels), np.empty(routes, np.bool_)
    for world in range(kept.shape[0]):
        whole = 0.0
        for channel in range(channels):
            whole += value[world, channel] * importance[world, channel]
        for way in range(kept.shape[1]):
            share[:] = 1.0
            for cut in range(standing.cut.shape[0]):
                channel = standing.cut[cut, 0]
                left = opens[world, standing.cut[cut, 1] + standing.level[cut, way]]
                share[channel] = min(share[channel], left)
            total = 0.0
            for channel in range(channels):
                for route in range(routes):
                    used[route] = standing.origin[route] != channel or not standing.active[way, route]
                total += _outlets(
                    standing, value[world], importance[world], spare[world], loss[world], share, used, channel
                )
            for one in range(aid.shape[1]):
                if standing.aided[way, one]:
                    total += aid[world, one] * worth[world, one]
            kept[world, way] = total / whole if whole > 0.0 else np.nan
    return kept


@step
def _outlets(standing, value, importance, spare, loss, share, used, channel):  # type: ignore[no-untyped-def]
    """The most that trade of a channel is worth: where it is, as far as that is open, and along its routes."""
    room, stays, gained = value[channel], True, 0.0
    while True:
        best, most = -1, 0.0
        if stays and importance[channel] > most:
            best, most = spare.size, importance[channel]
        for route in range(spare.size):
            if not used[route]:
                worth = importance[standing.destination[route]] * (1 - loss[route])
                if worth > most:
                    best, most = route, worth
        if best < 0:
            return gained
        if best == spare.size:
            amount, stays = min(room, share[channel] * value[channel]), False
        else:
            amount, used[best] = min(room, share[standing.destination[best]] * spare[best]), True
        gained += amount * most
        room -= amount
