"""Where the nodes of a network and their names stand: on a circle, no name over another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import pi
from typing import Literal

from detente.formats.folding import LINE, folded, tall, width
from detente.formats.layout import BETWEEN_CAMPS, Point, circular, spread
from detente.report.page import Network

RADIUS, NODE = 150.0, 15.0
APART = 34.0  # pixels from one node to the next at least
LETTERS = 20  # of a line of a name
ASIDE = 46.0  # pixels from the circle to the names where they stand in columns

Side = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Name:
    """The name of a node: its lines, the middle of them, the side it is written from, and who it belongs to."""

    node: str
    text: str
    at: Point
    side: Side

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the lettering."""
        long, high = width(self.text), tall(self.text)
        left = self.at[0] - {"left": 0.0, "right": long, "center": long / 2}[self.side]
        return left, self.at[1] - high / 2, left + long, self.at[1] + high / 2


@dataclass(frozen=True)
class Circle:
    """Nodes and names in pixels from the middle; `led` where a line leads from each node to its name."""

    radius: float
    nodes: Mapping[str, Point]
    names: tuple[Name, ...]
    led: bool

    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of all."""
        edge = self.radius + NODE
        boxes = [(-edge, -edge, edge, edge), *(name.box() for name in self.names)]
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)


def placed(network: Network) -> Circle:
    """A network on a circle as large as its nodes need.

    Each name stands beside its node, or, where two would meet, in one of two columns beside the circle.
    """
    unit = circular(network)
    camps = [camp for camp in network.camps if camp]
    alone = len(network.nodes) - len({name for camp in camps for name in camp})
    places = len(network.nodes) + (BETWEEN_CAMPS * (len(camps) + alone) if camps else 0.0)
    radius = max(RADIUS, APART * places / (2 * pi))
    nodes = {name: (radius * x, radius * y) for name, (x, y) in unit.items()}
    texts = {name: folded(name, LETTERS) for name in network.nodes}
    near = tuple(_near(name, texts[name], unit[name], radius) for name in network.nodes)
    if not any(_meet(one.box(), other.box()) for one, other in combinations(near, 2)):
        return Circle(radius, nodes, near, led=False)
    right = [name for name in network.nodes if unit[name][0] >= 0]
    left = [name for name in network.nodes if unit[name][0] < 0]
    columns = (*_column(right, texts, nodes, radius, 1), *_column(left, texts, nodes, radius, -1))
    return Circle(radius, nodes, columns, led=True)


def _near(name: str, text: str, way: Point, radius: float) -> Name:
    """A name beside its node, outside the circle."""
    dx, dy = way
    side: Side = "left" if dx > 0.2 else "right" if dx < -0.2 else "center"
    beyond = (tall(text) - LINE) / 2 * dy if side == "center" else 0.0
    x, y = radius * dx + dx * (NODE + 4), radius * dy + dy * (NODE + 8) + beyond
    return Name(name, text, (x, y), side)


def _column(
    names: Sequence[str], texts: Mapping[str, str], nodes: Mapping[str, Point], radius: float, way: int
) -> tuple[Name, ...]:
    """Names in a column on one side of the circle, near the heights of their nodes."""
    heights = [tall(texts[name]) + 4 for name in names]
    room = max(2 * radius, sum(heights))
    tops = spread([nodes[name][1] + room / 2 for name in names], heights, room)
    side: Side = "left" if way > 0 else "right"
    x = way * (radius + NODE + ASIDE)
    return tuple(
        Name(name, texts[name], (x, top - room / 2), side) for name, top in zip(names, tops, strict=True)
    )


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
