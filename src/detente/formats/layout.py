"""Where the parts of a diagram stand: the nodes of a network on a circle, the places of a flow in layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, pi, sin
from types import MappingProxyType

from detente.report.page import Flow, Link, Network

Point = tuple[float, float]
BETWEEN_CAMPS = 0.6  # of the way from one node to the next
SWEEPS = 8
PAD = 26.0
NO_ROOM: Mapping[str, float] = MappingProxyType({})


def circular(network: Network) -> dict[str, Point]:
    """Each node on the unit circle, camps side by side with a gap between them; the first at the top."""
    camps = [camp for camp in network.camps if camp]
    members = {name for camp in camps for name in camp}
    groups = [*camps, *((name,) for name in network.nodes if name not in members)]
    gap = BETWEEN_CAMPS if len(groups) > 1 and camps else 0.0
    turn = 2 * pi / max(1.0, len(network.nodes) + gap * len(groups))
    found, at = {}, 0.0
    for group in groups:
        for name in group:
            found[name] = (sin(at * turn), -cos(at * turn))
            at += 1
        at += gap
    return found


def spread(wanted: Sequence[float], heights: Sequence[float], room: float) -> list[float]:
    """Places for labels of these heights near where they are wanted, none over another, from top to bottom."""
    found, free = [0.0] * len(wanted), 0.0
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    for n in order:
        found[n] = max(wanted[n], free + heights[n] / 2)
        free = found[n] + heights[n] / 2
    limit = max(room + 10, sum(heights))
    for n in reversed(order):
        found[n] = min(found[n], limit - heights[n] / 2)
        limit = found[n] - heights[n] / 2
    return found


@dataclass(frozen=True)
class Place:
    """A place of a flow: its column, its top, and its height by what goes through it."""

    column: int
    top: float
    height: float


@dataclass(frozen=True)
class Ribbon:
    """A link of a flow: its upper edge in every column from source to target, and its thickness."""

    link: Link
    tops: tuple[float, ...]
    thickness: float


@dataclass(frozen=True)
class Layers:
    """A flow laid out in so many columns."""

    columns: int
    places: Mapping[str, Place]
    ribbons: tuple[Ribbon, ...]

    def shifted(self, down: float) -> Layers:
        """The same, so many pixels lower."""
        return Layers(
            self.columns,
            {name: replace(place, top=place.top + down) for name, place in self.places.items()},
            tuple(replace(ribbon, tops=tuple(top + down for top in ribbon.tops)) for ribbon in self.ribbons),
        )


Stop = str | tuple[int, int]
"""A place by its name, or the room that a link by its number keeps in a column which it passes."""


@dataclass(frozen=True)
class _Leg:
    """A link, or the part of it from one column to the next."""

    link: int
    source: Stop
    target: Stop
    value: float


def layered(flow: Flow, height: float, rooms: Mapping[str, float] = NO_ROOM) -> Layers:
    """Places in columns from sources to ends, ordered so that few ribbons cross (mean of neighbours, swept).

    A place stands one column after the last of those that reach it; one that nothing leaves stands in the last
    column. A link keeps room for itself in the columns that it passes. All is drawn to one scale, the largest
    that lets the fullest column fit the height. `rooms` says how much height the names beside places need at
    least, so that a thin place stands far enough from the next.
    """
    depths = columns(flow.links)
    legs = [leg for n, link in enumerate(flow.links) for leg in _legs(n, link, depths)]
    where = dict[Stop, int](depths.items())
    where.update(
        {stop: stop[1] for leg in legs for stop in (leg.source, leg.target) if not isinstance(stop, str)}
    )
    through = {stop: max(_sum(legs, into=stop), _sum(legs, out_of=stop)) for stop in where}
    count = max(depths.values(), default=0) + 1
    ranks = [[stop for stop in where if where[stop] == column] for column in range(count)]
    scale = min((_scale(rank, through, height) for rank in ranks if any(through[s] for s in rank)), default=1.0)
    tall = {stop: max(through[stop] * scale, 1.0) for stop in where}
    rims = {
        stop: max(PAD, rooms.get(stop, 0.0) - tall[stop] if isinstance(stop, str) else 0.0) for stop in where
    }
    tops = _ordered(ranks, legs, _Sizes(tall, rims), height)
    places = {name: Place(depths[name], tops[name], tall[name]) for name in depths}
    return Layers(count, places, _ribbons(flow.links, legs, tops, scale))


@dataclass(frozen=True)
class _Sizes:
    """How tall every stop is, and how much room is kept about it, half of it on either side."""

    tall: Mapping[Stop, float]
    rims: Mapping[Stop, float]


def _legs(n: int, link: Link, depths: Mapping[str, int]) -> list[_Leg]:
    passed: list[Stop] = [(n, column) for column in range(depths[link.source] + 1, depths[link.target])]
    return [_Leg(n, a, b, link.value) for a, b in pairwise([link.source, *passed, link.target])]


def _scale(rank: Sequence[Stop], through: Mapping[Stop, float], height: float) -> float:
    return max(height - PAD * (len(rank) - 1), height / 3) / sum(through[stop] for stop in rank)


def _ordered(ranks: list[list[Stop]], legs: Sequence[_Leg], sizes: _Sizes, height: float) -> dict[Stop, float]:
    """The top of every stop once each column is in the order of its neighbours; sorts the columns."""
    tops = {stop: top for rank in ranks for stop, top in _stacked(rank, sizes, height).items()}
    for sweep in range(SWEEPS):
        for rank in ranks if sweep % 2 == 0 else reversed(ranks):
            pulls = {stop: _pull(legs, stop, tops, sizes.tall) for stop in rank}
            rank.sort(key=pulls.__getitem__)
            tops.update(_stacked(rank, sizes, height))
    return tops


def columns(links: Sequence[Link]) -> dict[str, int]:
    """The column of every place, in the order in which the places are first named."""
    names = list(dict.fromkeys(name for link in links for name in (link.source, link.target)))
    depths = dict.fromkeys(names, 0)
    for _ in names:
        for link in links:
            depths[link.target] = max(depths[link.target], depths[link.source] + 1)
    last = max(depths.values(), default=0)
    going_on = {link.source for link in links}
    return {name: depths[name] if name in going_on else last for name in names}


def _sum(legs: Sequence[_Leg], into: Stop | None = None, out_of: Stop | None = None) -> float:
    return sum(leg.value for leg in legs if leg.target == into or leg.source == out_of)


def _stacked(rank: Sequence[Stop], sizes: _Sizes, height: float) -> dict[Stop, float]:
    """The top of every stop of a column, which stands in the middle of the height."""
    tops = {}
    whole = sum(sizes.tall[stop] + sizes.rims[stop] for stop in rank)
    top = (height - whole) / 2
    for stop in rank:
        tops[stop] = top + sizes.rims[stop] / 2
        top += sizes.tall[stop] + sizes.rims[stop]
    return tops


def _pull(legs: Sequence[_Leg], stop: Stop, tops: Mapping[Stop, float], tall: Mapping[Stop, float]) -> float:
    """The mean height of what a stop is linked to, by what goes between them."""
    ends = [
        (leg.target if leg.source == stop else leg.source, leg.value)
        for leg in legs
        if stop in (leg.source, leg.target)
    ]
    weight = sum(value for _, value in ends)
    if not weight:
        return tops[stop]
    return sum((tops[other] + tall[other] / 2) * value for other, value in ends) / weight


def _ribbons(
    links: Sequence[Link], legs: Sequence[_Leg], tops: Mapping[Stop, float], scale: float
) -> tuple[Ribbon, ...]:
    """Every link, stacked at both of its ends in the order of what stands at the other."""
    used = {"out": dict.fromkeys(tops, 0.0), "in": dict.fromkeys(tops, 0.0)}
    begins, ends = {}, {}
    for leg in sorted(legs, key=lambda leg: tops[leg.target]):
        begins[leg] = tops[leg.source] + used["out"][leg.source]
        used["out"][leg.source] += leg.value * scale
    for leg in sorted(legs, key=lambda leg: tops[leg.source]):
        ends[leg] = tops[leg.target] + used["in"][leg.target]
        used["in"][leg.target] += leg.value * scale
    found = []
    for n, link in enumerate(links):
        mine = [leg for leg in legs if leg.link == n]
        way = (begins[mine[0]], *(ends[leg] for leg in mine))
        found.append(Ribbon(link, way, max(link.value * scale, 1.0)))
    return tuple(found)
