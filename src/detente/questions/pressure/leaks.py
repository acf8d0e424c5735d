"""Whose closed trade goes round through whom, and how much of the pressure that undoes.

The best flows of an economy are not unique, so what a way round undoes is not read off them: it is the
difference that it makes to the optimum. The amounts moved are those on which `economy.solve` settles.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.scenario.model import Pressure
from detente.trade.channels import Route
from detente.trade.economy import Economy, economy
from detente.trade.game import MOST_PLAYERS, shapley

Bools = tuple[bool, ...]


@dataclass(frozen=True)
class Detour:
    """Trade with one partner that goes on with another.

    `undone`: importance-weighted money a year that the target would lose if just these ways were shut.
    `moved`: money a year that leaves the origin's channels, of equally good flows in those that change least;
    `arrives`: what is left of it after losses.
    """

    origin: str
    destination: str
    undone: float
    moved: float
    arrives: float


@dataclass(frozen=True)
class Leak:
    """What the room of one partner undoes.

    `undone`: importance-weighted money a year that the target would lose without that partner's room; partners
    who could stand in for one another have less of it than they undo together. `share`: its Shapley value,
    which does add up to all that is undone; None with more than ten such partners.
    """

    partner: str
    undone: float
    share: float | None


def detours(
    pressure: Pressure, opens: tuple[float, ...], active: Bools, aided: Bools = ()
) -> tuple[Detour, ...]:
    """From which partner's channels to which partner's trade goes round, and what each pair undoes.

    Parameters
    ----------
    pressure, opens, active, aided
        As for `economy.solve`.

    Returns
    -------
    tuple of Detour
        Every pair that a way in use joins, the one that undoes most first.
    """
    target = economy(pressure)
    flow = target.solve(opens, active, aided)
    pairs = {_pair(target, route) for route, used in zip(target.routes, active, strict=True) if used}
    found = []
    for origin, destination in pairs:
        here = tuple(_pair(target, route) == (origin, destination) for route in target.routes)
        without = tuple(used and not inside for used, inside in zip(active, here, strict=True))
        undone = max(0.0, flow.optimum - target.optimum(opens, without, aided))
        moved = sum(amount for amount, inside in zip(flow.moved, here, strict=True) if inside)
        arrives = sum(
            amount * (1 - route.loss)
            for amount, inside, route in zip(flow.moved, here, target.routes, strict=True)
            if inside
        )
        found.append(Detour(origin, destination, undone, moved, arrives))
    return tuple(sorted(found, key=lambda each: (-each.undone, each.origin, each.destination)))


def leaks(pressure: Pressure, opens: tuple[float, ...], active: Bools, aided: Bools = ()) -> tuple[Leak, ...]:
    """Through whom the pressure leaks: alone, and as shares of all that leaks.

    The shares are Shapley values of the game in which each partner with room for diverted trade either lets it
    through or does not.

    Parameters
    ----------
    pressure, opens, active, aided
        As for `economy.solve`.

    Returns
    -------
    tuple of Leak
        The largest first; partners that no way in use reaches are left out.
    """
    target = economy(pressure)
    used = [route for route, on in zip(target.routes, active, strict=True) if on]
    partners = sorted({_pair(target, route)[1] for route in used})

    def kept(open_to: int) -> float:
        willing = {partner for place, partner in enumerate(partners) if open_to >> place & 1}
        let = tuple(
            on and _pair(target, route)[1] in willing for route, on in zip(target.routes, active, strict=True)
        )
        return target.optimum(opens, let, aided)

    everybody = (1 << len(partners)) - 1
    whole = kept(everybody)
    few = len(partners) <= MOST_PLAYERS
    shares: tuple[float | None, ...] = shapley(len(partners), kept) if few else (None,) * len(partners)
    found = (
        Leak(partner, max(0.0, whole - kept(everybody & ~(1 << place))), shares[place])
        for place, partner in enumerate(partners)
    )
    return tuple(sorted(found, key=lambda leak: (-leak.undone, leak.partner)))


def _pair(target: Economy, route: Route) -> tuple[str, str]:
    channels = target.pressure.channels
    return channels[route.origin].partner, channels[route.destination].partner
