"""That every picture can be read: no word over another, none cut, none outside, and its unit said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

import detente
from detente.formats import charts
from detente.formats.plain import visible
from detente.rendering import page_of
from detente.report.page import Chart, Curve, Drawing, Flow, Matrix, Network, Ranking, Steps
from formats.crowds import NAMERS, Namer, crowd, plain
from formats.drawings import DRAWINGS
from formats.lettering import lines, outside, overlaps

QUICK = ("equilibria", "assess", "why", "roadmap", "durability", "venues", "pressure", "contingency")
QUESTIONS = (*QUICK, "overview", "fix", "relations")


def drawings(answer: detente.Answer) -> list[Drawing]:
    return [block for block in page_of(answer).blocks if isinstance(block, Drawing)]


def told(block: Drawing) -> Iterator[str]:
    """Every text that the picture must have in full."""
    yield block.title
    match block:
        case Chart():
            yield from (text for bar in block.bars for text in (bar.label, bar.shown))
        case Ranking():
            yield from (text for row in block.rows for text in (row.label, row.shown))
        case Steps():
            yield from (text for step in block.steps for text in (step.label, step.who, step.text, step.shown))
        case Curve():
            yield from (block.x_title, block.y_title, *(line.label for line in block.lines))
        case Matrix():
            yield from (*block.rows, *block.columns)
        case Network():
            yield from block.nodes
        case Flow():
            yield from (name for link in block.links for name in (link.source, link.target))
    if not isinstance(block, Curve):
        assert block.unit
        yield block.unit


def read(block: Drawing) -> None:
    """A picture is as it should be."""
    svg = charts.draw(block, origin="Where it comes from").decode()
    found = lines(svg)
    assert not overlaps(found)
    assert not outside(svg, found)
    written = "".join("".join(line.text.split()) for line in found)
    for text in told(block):
        assert "".join(visible(text).split()) in written


@pytest.mark.parametrize("block", DRAWINGS, ids=lambda block: type(block).__name__)
def test_a_drawing_of_every_kind_can_be_read(block: Drawing) -> None:
    read(block)


@pytest.mark.parametrize("name", NAMERS, ids=lambda name: name.__name__)
def test_a_crowd_can_be_read_whatever_its_names(name: Namer) -> None:
    scenario = crowd(name)
    found = [block for question in QUICK for block in drawings(getattr(detente, question)(scenario))]
    assert {type(block) for block in found} == {Chart, Curve, Flow, Matrix, Ranking, Steps}
    assert max(len(block.rows) for block in found if isinstance(block, Ranking)) > 20
    for block in found:
        read(block)


@pytest.mark.parametrize("name", NAMERS, ids=lambda name: name.__name__)
def test_the_ties_of_a_crowd_can_be_read_whatever_its_names(name: Namer) -> None:
    found = drawings(detente.relations(replace(crowd(name), strategies=(), aim=None)))
    assert {type(block) for block in found} == {Matrix, Network}
    for block in found:
        read(block)


@pytest.mark.slow
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_picture_of_korea_can_be_read(
    question: str, korea_answers: Callable[[str], detente.Answer]
) -> None:
    found = drawings(korea_answers(question))
    assert found
    for block in found:
        read(block)


def test_a_crowd_is_one() -> None:
    scenario = crowd(plain)
    assert min(map(len, (scenario.parties, scenario.strategies, scenario.venues, scenario.shocks))) > 20
