from __future__ import annotations

from itertools import combinations, pairwise
from math import hypot

import pytest

from detente.formats.layout import PAD, circular, columns, layered
from detente.formats.plots import spread
from detente.report.page import Flow, Link, Network
from formats.drawings import FLOW, NETWORK


def test_nodes_stand_on_the_circle_camps_side_by_side() -> None:
    at = circular(NETWORK)
    assert set(at) == set(NETWORK.nodes)
    assert all(hypot(x, y) == pytest.approx(1) for x, y in at.values())
    near = [hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(at.values(), 2)]
    assert min(near) > 0.5
    order = list(at)
    assert [set(order[:3]), set(order[3:])] == [set(camp) for camp in NETWORK.camps]


def test_a_gap_parts_camps() -> None:
    at = list(circular(NETWORK).values())
    steps = [hypot(a[0] - b[0], a[1] - b[1]) for a, b in pairwise(at)]
    assert steps[2] > max(steps[:2] + steps[3:])


def test_whoever_is_in_no_camp_stands_too() -> None:
    assert set(circular(Network("t", ("a", "b", "c"), (), (("b",),), "x", "u"))) == {"a", "b", "c"}


def test_a_place_stands_behind_all_that_reach_it_and_ends_stand_last() -> None:
    links = (Link("a", "b", 1, ""), Link("b", "c", 1, ""), Link("a", "c", 1, ""), Link("d", "e", 1, ""))
    assert columns(links) == {"a": 0, "b": 1, "c": 2, "d": 0, "e": 2}


def test_nothing_of_a_flow_overlaps_or_leaves_the_drawing() -> None:
    laid = layered(FLOW, 320)
    for column in range(laid.columns):
        here = sorted((p for p in laid.places.values() if p.column == column), key=lambda place: place.top)
        assert here[0].top >= -1e-9
        assert here[-1].top + here[-1].height <= 320 + 1e-9
        for above, below in pairwise(here):
            assert below.top - above.top - above.height == pytest.approx(PAD)


def test_ribbons_fill_their_places_and_keep_their_proportions() -> None:
    laid = layered(FLOW, 320)
    scales = {round(r.thickness / r.link.value, 9) for r in laid.ribbons}
    assert len(scales) == 1
    china = laid.places["China"]
    into = sorted((r.tops[-1], r.thickness) for r in laid.ribbons if r.link.target == "China")
    assert into[0][0] == pytest.approx(china.top)
    for (top, thick), (below, _) in pairwise(into):
        assert below == pytest.approx(top + thick)
    assert into[-1][0] + into[-1][1] == pytest.approx(china.top + china.height)


def test_ribbons_that_need_not_cross_do_not() -> None:
    crossed = Flow("t", (Link("a", "y", 1, ""), Link("b", "x", 1, ""), Link("c", "x", 1, "")), "x", "u")
    laid = layered(crossed, 100)
    for one, other in combinations(laid.ribbons, 2):
        assert (one.tops[0] - other.tops[0]) * (one.tops[-1] - other.tops[-1]) > 0


def test_labels_are_spread_and_keep_their_order() -> None:
    places = spread([50, 50, 52, 200], [20, 20, 20, 20], 200)
    assert places == sorted(places)
    assert all(b - a >= 20 - 1e-9 for a, b in pairwise(places))
    assert spread([10, 100], [20, 20], 200) == [10, 100]


def test_a_ribbon_keeps_its_room_in_the_columns_that_it_passes() -> None:
    laid = layered(
        Flow("t", (Link("a", "c", 9, ""), Link("a", "b", 1, ""), Link("b", "c", 1, "")), "x", "u"), 200
    )
    passing, *_ = laid.ribbons
    assert len(passing.tops) == 3
    between = laid.places["b"]
    assert passing.tops[1] >= between.top + between.height or passing.tops[1] + passing.thickness <= between.top
