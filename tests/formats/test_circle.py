"""Nodes and names of a network stand apart on the circle."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest

from detente.formats.circle import NODE, RADIUS, placed
from detente.report.page import Network


def network(many: int, name: str = "Party") -> Network:
    names = tuple(f"{name} {n}" for n in range(many))
    return Network("t", names, (), (names[: many // 2], names[many // 2 :]), "a", "u")


def test_few_names_stand_beside_their_nodes() -> None:
    circle = placed(network(6))
    assert circle.radius == RADIUS
    assert not circle.led
    for name in circle.names:
        assert dist(name.at, circle.nodes[name.node]) < 2 * NODE + 10


@pytest.mark.parametrize("many", [1, 2, 9, 24, 40])
@pytest.mark.parametrize("name", ["P", "The interim joint commission for the orderly settlement of claims"])
def test_no_name_and_no_node_stands_over_another(many: int, name: str) -> None:
    circle = placed(network(many, name))
    for one, other in combinations([name.box() for name in circle.names], 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for a, b in combinations(circle.nodes.values(), 2):
        assert dist(a, b) > 1.5 * NODE
    if circle.led:
        for name_ in circle.names:
            left, _, right, _ = name_.box()
            assert left > circle.radius + NODE or right < -circle.radius - NODE


def test_the_extent_holds_all_names() -> None:
    circle = placed(network(24, "A commission for the settlement of claims"))
    left, top, right, bottom = circle.extent()
    for name in circle.names:
        box = name.box()
        assert left <= box[0]
        assert top <= box[1]
        assert box[2] <= right
        assert box[3] <= bottom
