from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.formats import charts, html, terminal
from detente.formats.extent import extents, scaled
from detente.formats.palette import DARK, LIGHT, Palette
from detente.report.page import Bar, Chart, Drawing, Page
from formats.drawings import BARS, DRAWINGS, EMPTY, FLOW, MATRIX, NETWORK, WATERFALL, named
from formats.pages import HOSTILE

NAMESPACE = "{http://www.w3.org/2000/svg}"
PNG = b"\x89PNG\r\n\x1a\n"
ELEMENTS = {"svg", "title", "desc", "g", "path", "line", "text", "tspan", "rect"}


def kind(block: Drawing) -> str:
    return block.kind if isinstance(block, Chart) else type(block).__name__.lower()


each = pytest.mark.parametrize("block", DRAWINGS, ids=kind)


def words(svg: str) -> str:
    return " ".join(" ".join(ET.fromstring(svg).itertext()).split())


def lettering(svg: str) -> str:
    """What is written in the drawing itself, not its name and description."""
    return " ".join(" ".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{NAMESPACE}text"))


@each
def test_a_drawing_is_one_well_formed_image_that_says_what_it_shows(block: Drawing) -> None:
    root = ET.fromstring(charts.draw(block))
    assert root.get("role") == "img"
    assert root.get("aria-label") == block.alt
    assert root.findtext(f"{NAMESPACE}title") == block.title
    assert root.findtext(f"{NAMESPACE}desc") == block.alt


@each
def test_a_drawing_needs_nothing_from_outside_and_runs_nothing(block: Drawing) -> None:
    for svg in (charts.draw(block).decode(), charts.inline(block)):
        assert set(re.findall(r"https?://[^\s\"'<]+", svg)) == {"http://www.w3.org/2000/svg"}
        assert not re.search(r"url\(|href|<script|<style|<image|@import|\bon\w+=|data:", svg)
        assert {element.tag.removeprefix(NAMESPACE) for element in ET.fromstring(svg).iter()} <= ELEMENTS


@each
@pytest.mark.parametrize("ground", ["light", "dark"])
def test_a_picture_can_be_had_on_either_ground(block: Drawing, ground: str) -> None:
    assert charts.draw(block, "png", ground).startswith(PNG)  # type: ignore[arg-type]


@each
def test_in_a_page_a_drawing_takes_the_ink_of_the_page_and_variables_with_fallbacks(block: Drawing) -> None:
    svg = charts.inline(block)
    assert "currentColor" in svg
    painted = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) - {"none", "currentColor", "transparent"}
    assert painted
    assert all(re.fullmatch(r"var\(--chart-[\w-]+, #[0-9A-Fa-f]{6}\)", colour) for colour in painted)
    declared = html.STYLE
    for name in set(re.findall(r"var\((--[\w-]+)", svg)):
        assert declared.count(f"{name}:") == 2, "once for light ground, once for dark"


@pytest.mark.parametrize("block", named(HOSTILE), ids=kind)
def test_markup_in_a_name_stays_text(block: Drawing) -> None:
    for svg in (charts.draw(block).decode(), charts.inline(block)):
        root = ET.fromstring(svg)
        assert {element.tag.removeprefix(NAMESPACE) for element in root.iter()} <= ELEMENTS
        assert "<script>alert('x')" in words(svg)
        assert "\x1b" not in svg
        assert "\u202e" not in svg


@pytest.mark.parametrize("name", ["datum.value", "{{x}}", "signal", "", " ", "2017-01-01", "北京", "x" * 400])
def test_any_name_can_be_drawn(name: str) -> None:
    for block in named(name):
        ET.fromstring(charts.draw(block))


@settings(max_examples=12, deadline=None)
@given(st.text(max_size=30))
def test_no_text_whatever_breaks_a_drawing(name: str) -> None:
    for block in named(f"a{name}"):
        ET.fromstring(charts.draw(block))


@pytest.mark.parametrize("unseen", ["\x00", "\x1b[31m", "\ufffe", "\uffff", "\ud800", "\r\n", "\u202e"])
def test_characters_that_no_picture_can_hold_become_spaces(unseen: str) -> None:
    for block in named(f"be{unseen}fore"):
        assert "be" in words(charts.draw(block).decode())


@pytest.mark.parametrize("block", EMPTY, ids=kind)
def test_little_or_nothing_is_drawn_too(block: Drawing) -> None:
    ET.fromstring(charts.draw(block))
    charts.draw(block, "png")
    assert terminal.render(Page("p", (block,)))


def test_every_bar_carries_its_name_and_its_number() -> None:
    told = lettering(charts.draw(WATERFALL).decode())
    for bar in WATERFALL.bars:
        assert bar.shown in told
        assert bar.label.split()[-1] in told


def test_rows_of_the_same_name_stay_apart() -> None:
    twice = Chart("bars", "t", (Bar("same", 1.0, "first"), Bar("same", 2.0, "second")), "a", "u")
    told = lettering(charts.draw(twice).decode())
    assert told.count("same") == 2
    assert "first" in told
    assert "second" in told


def test_gains_are_full_and_losses_hollow() -> None:
    svg = charts.draw(BARS).decode()
    opacity = {
        colour: set(re.findall(rf'fill="{colour}"[^>]*?fill-opacity="([\d.]+)"', svg))
        for colour in (LIGHT.gain, LIGHT.loss)
    }
    assert opacity[LIGHT.gain] == {"1"}
    assert opacity[LIGHT.loss] == {"0.2"}


def test_hostile_ties_are_dashed_and_friendly_ones_are_not() -> None:
    svg = charts.draw(NETWORK).decode()
    dashes = {
        colour: set(re.findall(rf'stroke="{colour}"[^>]*?stroke-dasharray="([\d,]+)"', svg))
        for colour in (LIGHT.gain, LIGHT.loss)
    }
    assert dashes[LIGHT.gain] == {"1,0"}
    assert dashes[LIGHT.loss] == {"6,4"}


def test_each_fate_of_a_flow_has_its_own_edge() -> None:
    svg = charts.draw(FLOW).decode()
    assert {dash for dash in ("1,0", "7,3", "2,3") if f'stroke-dasharray="{dash}"' in svg} == {
        "1,0",
        "7,3",
        "2,3",
    }


def test_cells_below_the_middle_are_rounded() -> None:
    svg = charts.draw(MATRIX).decode()
    low = {shade: len(re.findall(rf'd="[^"]*[AC][^"]*"[^>]*fill="{shade}"', svg)) for shade in LIGHT.low}
    high = {shade: len(re.findall(rf'd="[^"]*[AC][^"]*"[^>]*fill="{shade}"', svg)) for shade in LIGHT.high}
    assert sum(low.values()) == sum(value is not None and value < 0 for row in MATRIX.values for value in row)
    assert sum(high.values()) == 0


def test_a_waterfall_adds_up() -> None:
    steps = Chart("waterfall", "t", (Bar("a", 0.5, ""), Bar("b", -0.2, ""), Bar("c", 0.3, "")), "x", "u")
    assert extents(steps) == ((0.0, 0.5), (0.5, 0.3), (0.0, 0.3))


def test_bars_that_fall_below_nought_shift_it() -> None:
    chart = Chart("bars", "t", (Bar("a", -1.0, "-1"), Bar("b", 3.0, "3")), "x", "u")
    assert scaled(chart) == (((0.0, 0.25), (0.25, 1.0)), 0.25)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_can_be_read_on_their_ground(palette: Palette) -> None:
    assert palette.ground is not None
    assert contrast(palette.ink, palette.ground) > 7
    for colour in (palette.gain, palette.loss, palette.faint):
        assert contrast(colour, palette.ground) > 3
    shades = (*zip(palette.low, palette.on_low, strict=True), *zip(palette.high, palette.on_high, strict=True))
    for ground, number in (*shades, (palette.middle, palette.ink)):
        assert contrast(ground, number) > 4.5


def test_what_draws_is_loaded_only_to_draw() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from formats.drawings import DRAWINGS\n"
        "from detente.formats import html, markdown, terminal\n"
        "from detente.report.page import Page, Paragraph\n"
        "page = Page('p', DRAWINGS)\n"
        "terminal.render(page), markdown.render(page), html.render(Page('p', (Paragraph('x'),)))\n"
        "assert not {'altair', 'vl_convert'} & set(sys.modules), 'too early'\n"
        "html.render(page)\n"
        "assert {'altair', 'vl_convert'} <= set(sys.modules)\n"
        "assert not {'numpy', 'pandas', 'numba'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    "block", named("a commission for claims مصر العربية and all that is left " * 3), ids=kind
)
def test_each_line_is_a_text_of_its_own(block: Drawing) -> None:
    svg = charts.draw(block).decode()
    assert "<tspan" not in svg
    assert len(re.findall(r'<text[^>]* y="[\d.]+">', svg)) > 3
