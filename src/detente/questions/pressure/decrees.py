"""What trade would be left if resolutions were obeyed to the letter, day by day, and over calendar years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from detente.scenario.model import Limit, Pressure, Resolution
from detente.trade.channels import Route
from detente.trade.economy import Flow, economy

Bools = tuple[bool, ...]


@dataclass(frozen=True)
class Left:
    """What is left of a target's trade where only resolutions close it.

    `letter` is without any way round, `leaking` with the ways round that are in use.
    """

    letter: Flow
    leaking: Flow


def starts(text: Resolution, limit: Limit) -> date:
    """The first day on which a limit holds."""
    return date.fromisoformat(limit.since or text.date)


def in_force(pressure: Pressure, day: date, until: str | None = None) -> tuple[float, ...]:
    """Open share per channel on a day: the least that any limit in force leaves.

    Parameters
    ----------
    pressure : Pressure
        The target's trade with its resolutions.
    day : date
        Limits that start later do not count.
    until : str, optional
        Count no resolution after this one (by id).
    """
    opens = [1.0] * len(pressure.channels)
    for text in pressure.resolutions:
        for limit in text.limits:
            if starts(text, limit) <= day:
                for channel in pressure.select(limit.channels):
                    opens[channel] = min(opens[channel], limit.open.central)
        if text.id == until:
            break
    return tuple(opens)


def left(pressure: Pressure, opens: tuple[float, ...], active: Bools) -> Left:
    """What the target keeps under these open shares, without aid: to the letter, and with ways round."""
    target = economy(pressure)
    none = (False,) * len(pressure.aids)
    return Left(target.solve(opens, (False,) * len(active), none), target.solve(opens, active, none))


def recordable(pressure: Pressure, flow: Flow, partner: str = "", way: str = "total") -> float:
    """Money a year that trade statistics could show: licit exports and imports, diverted ones as they arrive.

    Parameters
    ----------
    pressure, flow
        The target's trade and what it keeps of it.
    partner : str
        Only with this partner; all where empty.
    way : {"total", "export", "import"}
    """
    routes = economy(pressure).routes
    return sum(
        kept + _arriving(routes, flow, place)
        for place, (channel, kept) in enumerate(zip(pressure.channels, flow.kept, strict=True))
        if channel.kind == "licit"
        and channel.flow in (("export", "import") if way == "total" else (way,))
        and partner in ("", channel.partner)
    )


def over_year(pressure: Pressure, year: int) -> tuple[tuple[tuple[float, ...], float], ...]:
    """The open shares that resolutions left during a year, each with the share of its days."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    changes = {starts(text, limit) for text in pressure.resolutions for limit in text.limits}
    begins = [first, *sorted(day for day in changes if first < day < after)]
    ends = [*begins[1:], after]
    days = (after - first) / timedelta(days=1)
    return tuple(
        (in_force(pressure, begin), ((end - begin) / timedelta(days=1)) / days)
        for begin, end in zip(begins, ends, strict=True)
    )


def _arriving(routes: tuple[Route, ...], flow: Flow, channel: int) -> float:
    return sum(
        moved * (1 - route.loss)
        for route, moved in zip(routes, flow.moved, strict=True)
        if route.destination == channel
    )
