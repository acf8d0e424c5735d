from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from detente.formats import svg
from detente.formats.extent import extents, scaled
from detente.page import Bar, Chart
from formats.pages import BREAKOUT, EVERYTHING, HOSTILE

CHARTS = [block for page in (EVERYTHING, BREAKOUT) for block in page.blocks if isinstance(block, Chart)]
WATERFALL = CHARTS[0]
NAMESPACE = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_well_formed_and_says_what_it_shows(chart: Chart) -> None:
    root = ET.fromstring(svg.render(chart))
    assert root.get("role") == "img"
    assert root.find(f"{NAMESPACE}title") is not None
    description = root.find(f"{NAMESPACE}desc")
    assert description is not None
    assert description.text


def test_every_bar_carries_its_number() -> None:
    text = "".join(ET.fromstring(svg.render(WATERFALL)).itertext())
    for bar in WATERFALL.bars:
        assert bar.shown in text
        assert bar.label in text


def test_markup_in_a_name_stays_text() -> None:
    root = ET.fromstring(svg.render(CHARTS[-1]))
    assert {element.tag.removeprefix(NAMESPACE) for element in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "text",
        "rect",
        "path",
    }
    assert HOSTILE.split("\x1b")[0] in "".join(root.itertext())


def test_bars_stay_inside_the_drawing() -> None:
    for rect in ET.fromstring(svg.render(WATERFALL)).iter(f"{NAMESPACE}rect"):
        left, width = float(rect.attrib["x"]), float(rect.attrib["width"])
        assert left >= 0
        assert left + width <= svg.WIDTH - svg.RIGHT + 1


def test_a_waterfall_adds_up() -> None:
    assert extents(WATERFALL) == ((0.0, 0.5), (0.5, 0.3), (0.0, 0.3))


def test_bars_that_fall_below_nought_shift_it() -> None:
    chart = Chart("bars", "t", (Bar("a", -1.0, "-1"), Bar("b", 3.0, "3")), "x")
    assert scaled(chart) == (((0.0, 0.25), (0.25, 1.0)), 0.25)


@pytest.mark.parametrize("kind", ["bars", "waterfall"])
def test_a_chart_without_bars_or_of_noughts_is_drawn(kind: str) -> None:
    for bars in ((), (Bar("a", 0.0, "0"),)):
        ET.fromstring(svg.render(Chart(kind, "t", bars, "x")))  # type: ignore[arg-type]


def contrast_in_grey(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2


def test_gains_and_losses_differ_in_grey() -> None:
    light, dark = contrast_in_grey(svg.GAIN), contrast_in_grey(svg.LOSS)
    assert (light + 0.05) / (dark + 0.05) > 1.5
