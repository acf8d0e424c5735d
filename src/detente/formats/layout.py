"""Where the parts of a diagram stand: the nodes of a network on a circle, the places of a flow in layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from detente.page import Flow, Link, Network

Point = tuple[float, float]
BETWEEN_CAMPS = 0.6  # of the way from one node to the next
SWEEPS = 8
PAD = 26.0


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


@dataclass(frozen=True)
class Place:
    """A place of a flow: its column, its top, and its height by what goes through it."""

    column: int
    top: float
    height: float


@dataclass(frozen=True)
class Ribbon:
    """A link of a flow: the height of its upper edge at either end, and how thick it is."""

    link: Link
    start: float
    end: float
    thickness: float


@dataclass(frozen=True)
class Layers:
    """A flow laid out in so many columns."""

    columns: int
    places: Mapping[str, Place]
    ribbons: tuple[Ribbon, ...]


def layered(flow: Flow, height: float) -> Layers:
    """Places in columns from sources to ends, ordered so that few ribbons cross (mean of neighbours, swept).

    A place stands one column after the last of those that reach it; one that nothing leaves stands in the last
    column. All is drawn to one scale, the largest that lets the fullest column fit the height.
    """
    depths = columns(flow.links)
    through = {name: max(_into(flow, name), _out_of(flow, name)) for name in depths}
    count = max(depths.values(), default=0) + 1
    ranks = [[name for name in depths if depths[name] == column] for column in range(count)]
    scale = min(
        (
            max(height - PAD * (len(rank) - 1), height / 3) / total
            for rank in ranks
            if (total := sum(through[name] for name in rank))
        ),
        default=1.0,
    )
    tall = {name: max(through[name] * scale, 1.0) for name in through}
    tops = _stacked(ranks, tall, height)
    for sweep in range(SWEEPS):
        for rank in ranks if sweep % 2 == 0 else reversed(ranks):
            rank.sort(key=lambda name: _pull(flow, name, tops, tall))
            tops.update(_stacked([rank], tall, height))
    places = {name: Place(depths[name], tops[name], tall[name]) for name in depths}
    return Layers(count, places, _ribbons(flow, tops, scale))


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


def _into(flow: Flow, name: str) -> float:
    return sum(link.value for link in flow.links if link.target == name)


def _out_of(flow: Flow, name: str) -> float:
    return sum(link.value for link in flow.links if link.source == name)


def _stacked(ranks: Sequence[Sequence[str]], tall: Mapping[str, float], height: float) -> dict[str, float]:
    """The top of every place, its column in the middle of the height."""
    tops = {}
    for rank in ranks:
        top = (height - sum(tall[name] for name in rank) - PAD * (len(rank) - 1)) / 2
        for name in rank:
            tops[name] = top
            top += tall[name] + PAD
    return tops


def _pull(flow: Flow, name: str, tops: Mapping[str, float], tall: Mapping[str, float]) -> float:
    """The mean height of the places that a place is linked to, by what goes between them."""
    ends = [
        (link.target if link.source == name else link.source, link.value)
        for link in flow.links
        if name in (link.source, link.target)
    ]
    weight = sum(value for _, value in ends)
    if not weight:
        return tops[name]
    return sum((tops[other] + tall[other] / 2) * value for other, value in ends) / weight


def _ribbons(flow: Flow, tops: Mapping[str, float], scale: float) -> tuple[Ribbon, ...]:
    """Every link, stacked at both of its ends in the order of the places at the other."""
    starts, ends = dict.fromkeys(tops, 0.0), dict.fromkeys(tops, 0.0)
    begin: dict[int, float] = {}
    finish: dict[int, float] = {}
    numbered = list(enumerate(flow.links))
    for n, link in sorted(numbered, key=lambda item: tops[item[1].target]):
        begin[n] = tops[link.source] + starts[link.source]
        starts[link.source] += link.value * scale
    for n, link in sorted(numbered, key=lambda item: tops[item[1].source]):
        finish[n] = tops[link.target] + ends[link.target]
        ends[link.target] += link.value * scale
    return tuple(Ribbon(link, begin[n], finish[n], max(link.value * scale, 1.0)) for n, link in numbered)
