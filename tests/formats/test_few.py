"""What a picture leaves out is said, and it keeps what counts."""

from __future__ import annotations

import pytest

from detente.formats import charts
from detente.formats.few import LINES, PAIRS, ROWS, SIDE, shown
from detente.report.page import (
    Bar,
    Chart,
    Curve,
    Drawing,
    Edge,
    Flow,
    Line,
    Link,
    Matrix,
    Network,
    Ranked,
    Ranking,
    Step,
    Steps,
)
from formats.drawings import DRAWINGS
from formats.lettering import lines, outside, overlaps

MANY = 60
NAMES = tuple(f"n{n}" for n in range(MANY))
BARS = Chart("bars", "t", tuple(Bar(name, n - 30.5, f"{n}") for n, name in enumerate(NAMES)), "a", "u")
MATRIX = Matrix("t", NAMES, NAMES, tuple(tuple(n / 60 for _ in NAMES) for n in range(MANY)), "a", "u")
NETWORK = Network(
    "t", NAMES, tuple(Edge(a, b, n / 60) for n, a in enumerate(NAMES) for b in NAMES if a != b), (), "a", "u"
)
LARGE: tuple[Drawing, ...] = (
    BARS,
    Chart("waterfall", "t", (*BARS.bars, Bar("in all", -60.0, "−60")), "a", "u"),
    Ranking("t", tuple(Ranked(name, 1.0, 1.0, 1.0, "1") for name in NAMES), "a", "u"),
    Steps("t", tuple(Step(name, name, name, 1.0, "1") for name in NAMES), "a", "u"),
    Curve("t", "x", "y", tuple(Line(name, ((0.0, n), (1.0, n))) for n, name in enumerate(NAMES)), "a"),
    Flow("t", tuple(Link(name, "all", n + 1.0, f"{n}") for n, name in enumerate(NAMES)), "a", "u"),
    MATRIX,
    NETWORK,
)


@pytest.mark.parametrize("block", DRAWINGS, ids=lambda block: type(block).__name__)
def test_of_what_fits_nothing_is_left_out(block: Drawing) -> None:
    drawn, told = shown(block)
    assert drawn == block
    assert told == ""


@pytest.mark.parametrize("block", LARGE, ids=lambda block: type(block).__name__)
def test_a_picture_says_what_it_leaves_out_and_can_be_read(block: Drawing) -> None:
    _, told = shown(block)
    assert "Drawn are" in told
    svg = charts.draw(block).decode()
    found = lines(svg)
    assert not overlaps(found)
    assert not outside(svg, found)
    assert "".join(told.split()) in "".join("".join(line.text.split()) for line in found)


def test_the_largest_bars_stay_in_their_order() -> None:
    drawn, told = shown(BARS)
    assert isinstance(drawn, Chart)
    assert len(drawn.bars) == ROWS
    sizes = sorted((abs(bar.value) for bar in BARS.bars), reverse=True)
    assert sorted((abs(bar.value) for bar in drawn.bars), reverse=True) == sizes[:ROWS]
    assert [bar.value for bar in drawn.bars] == sorted(bar.value for bar in drawn.bars)
    assert told == "Drawn are 40 of 60 bars, the largest; 20 are left out."


def test_the_smaller_terms_of_a_waterfall_stand_together_so_that_it_adds_up() -> None:
    drawn, _ = shown(LARGE[1])
    assert isinstance(drawn, Chart)
    assert sum(bar.value for bar in drawn.bars[:-1]) == pytest.approx(sum(bar.value for bar in BARS.bars))
    assert drawn.bars[-2].label == "22 smaller terms together"


def test_a_matrix_keeps_the_same_parties_on_both_sides() -> None:
    drawn, told = shown(MATRIX)
    assert isinstance(drawn, Matrix)
    assert drawn.rows == drawn.columns == NAMES[-SIDE:]
    assert drawn.values == tuple(row[-SIDE:] for row in MATRIX.values[-SIDE:])
    assert told.count("Drawn are") == 1


def test_a_network_keeps_the_strongest_ties() -> None:
    drawn, told = shown(NETWORK)
    assert isinstance(drawn, Network)
    assert drawn.nodes == NAMES[-ROWS:]
    pairs = {frozenset((edge.source, edge.target)) for edge in drawn.edges}
    assert len(pairs) == PAIRS
    assert f"Drawn are {PAIRS} of" in told


def test_a_curve_keeps_the_lines_that_go_farthest() -> None:
    drawn, _ = shown(LARGE[4])
    assert isinstance(drawn, Curve)
    assert [line.label for line in drawn.lines] == list(NAMES[-LINES:])
