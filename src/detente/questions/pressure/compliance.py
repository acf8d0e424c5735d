"""What it is worth that those who can close a target's trade do so: each alone, last, and on average."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from detente.scenario.model import NATURE, Option, Pressure, Scenario
from detente.states.evaluate import trade
from detente.trade.channels import diversions
from detente.trade.economy import economy
from detente.trade.game import MOST_PLAYERS, shapley

Standing = tuple[int, ...]
"""Level of every option, by index."""


@dataclass(frozen=True)
class Valve:
    """An option that cuts trade: its index, and the levels at which it leaves most and least open."""

    option: int
    loosest: int
    tightest: int


@dataclass(frozen=True)
class Enforcer:
    """A party that can close trade, and what its compliance is worth.

    All figures are pressure (one minus the retained share, below 0 where aid exceeds what is lost).

    Attributes
    ----------
    party : str
    valves : tuple of Valve
        Its options that cut trade.
    alone : float
        What it adds when it tightens and every other enforcer is at its loosest.
    last : float
        What it adds when it tightens and every other enforcer has.
    here : float
        What it adds when it tightens and everybody else stays as in the state asked about.
    average : float or None
        Its Shapley value: what it adds on average over every order in which the enforcers could tighten; None
        with more than ten enforcers.
    """

    party: str
    valves: tuple[Valve, ...]
    alone: float
    last: float
    here: float
    average: float | None


@dataclass(frozen=True)
class Compliance:
    """The enforcers with the largest first; pressure when none has tightened, as it is, and when all have."""

    enforcers: tuple[Enforcer, ...]
    loosest: float
    here: float
    tightest: float


def compliance(scenario: Scenario, pressure: Pressure, standing: Standing) -> Compliance:
    """What each enforcer's compliance is worth, as marginal values and as Shapley value.

    The players are the parties that own an option which cuts the target's trade (nature is none). A member of a
    set of players has all these options at their tightest level, everybody else at the loosest; every other
    option, among them those that open ways round and bring aid, stays as it stands. Which level is loosest or
    tightest is judged by the money that the option's own cuts leave open, counted with its importance and with
    the room for diverted trade; of equal levels, the one nearest to where the option stands. Rules of the
    scenario are not asked: this is about trade, not about which states can exist.

    Parameters
    ----------
    scenario : Scenario
    pressure : Pressure
        The target's trade, one of the scenario's.
    standing : tuple of int
        Level index per option.

    Returns
    -------
    Compliance
        Shapley values add up to `tightest` less `loosest`.
    """
    valves = _valves(scenario, pressure, standing)
    parties = tuple(valves)
    worth = _worth(scenario, pressure)

    def of(members: int) -> float:
        levels = list(standing)
        for place, party in enumerate(parties):
            for valve in valves[party]:
                levels[valve.option] = valve.tightest if members >> place & 1 else valve.loosest
        return worth(tuple(levels))

    everybody = (1 << len(parties)) - 1
    shares: tuple[float | None, ...] = (
        shapley(len(parties), of) if len(parties) <= MOST_PLAYERS else (None,) * len(parties)
    )
    here = worth(standing)
    found = tuple(
        Enforcer(
            party,
            valves[party],
            of(1 << place) - of(0),
            of(everybody) - of(everybody & ~(1 << place)),
            worth(_tightened(standing, valves[party])) - here,
            shares[place],
        )
        for place, party in enumerate(parties)
    )
    order = tuple(sorted(found, key=lambda each: -(each.alone if each.average is None else each.average)))
    return Compliance(order, of(0), here, of(everybody))


def _tightened(standing: Standing, valves: tuple[Valve, ...]) -> Standing:
    levels = list(standing)
    for valve in valves:
        levels[valve.option] = valve.tightest
    return tuple(levels)


def _worth(scenario: Scenario, pressure: Pressure) -> Callable[[Standing], float]:
    """Pressure, not clipped, at levels; each combination is solved once."""
    target = economy(pressure)

    @cache
    def worth(standing: Standing) -> float:
        levels = {option: np.asarray(level) for option, level in enumerate(standing)}
        opens, active, aided = trade(scenario, pressure.target, levels)
        best = target.optimum(tuple(opens.tolist()), tuple(active.tolist()), tuple(aided.tolist()))
        return 1.0 - best / target.program.weighted

    return worth


def _valves(scenario: Scenario, pressure: Pressure, standing: Standing) -> dict[str, tuple[Valve, ...]]:
    """Per party that can close trade, its options that do, in the order of the document."""
    cutting = {cut.by for cut in pressure.cuts}
    found: dict[str, tuple[Valve, ...]] = {}
    for place, option in enumerate(scenario.options):
        if option.id in cutting and option.owner != NATURE:
            left = _left_open(pressure, option)
            near = [-abs(level - standing[place]) for level in range(len(left))]
            levels = range(len(left))
            loosest = max(levels, key=lambda level: (left[level], near[level]))
            tightest = max(levels, key=lambda level: (-left[level], near[level]))
            found[option.owner] = (*found.get(option.owner, ()), Valve(place, loosest, tightest))
    return found


def _left_open(pressure: Pressure, option: Option) -> list[float]:
    """Money that an option's cuts leave open at each of its levels, with importance and room for detours."""
    room = [channel.value.central for channel in pressure.channels]
    spare = dict.fromkeys(range(len(room)), 0.0)
    for route in diversions(pressure):
        spare[route.destination] = max(spare[route.destination], route.spare)
    left = []
    for level in option.levels:
        shares: dict[int, float] = {}
        for cut in pressure.cuts:
            if cut.by == option.id:
                share = {name: number.central for name, number in cut.open}.get(level, 1.0)
                for channel in pressure.select(cut.channels):
                    shares[channel] = min(shares.get(channel, 1.0), share)
        left.append(
            sum(
                share * pressure.channels[channel].importance.central * (room[channel] + spare[channel])
                for channel, share in shares.items()
            )
        )
    return left
