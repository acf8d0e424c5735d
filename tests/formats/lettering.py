"""The boxes of all lettering in a drawing, measured with the fonts that draw it, whatever it looks like."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import vl_convert

SVG = "{http://www.w3.org/2000/svg}"
MOVES = re.compile(r"translate\(([-\d.e]+),\s*([-\d.e]+)\)|rotate\(([-\d.e]+)")
TOUCH = 1.0  # pixels that two boxes may share


@dataclass(frozen=True)
class Written:
    """A line of lettering and its box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Written) -> bool:
        """Whether the two stand over each other."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > TOUCH and down > TOUCH


def lines(svg: str) -> list[Written]:
    """Every line of lettering in a drawing."""
    return list(_lines(ET.fromstring(svg), 0.0, 0.0))


def overlaps(found: list[Written]) -> list[tuple[str, str]]:
    """Every two lines that stand over each other."""
    return [(one.text, other.text) for one, other in combinations(found, 2) if one.meets(other)]


def outside(svg: str, found: list[Written]) -> list[str]:
    """Every line that goes beyond the drawing."""
    box = ET.fromstring(svg).get("viewBox")
    assert box is not None
    _, _, wide, high = map(float, box.split())
    edges = (-TOUCH, -TOUCH, wide + TOUCH, high + TOUCH)
    return [
        one.text
        for one in found
        if one.left < edges[0] or one.top < edges[1] or one.right > edges[2] or one.bottom > edges[3]
    ]


def _lines(element: ET.Element, x: float, y: float):  # type: ignore[no-untyped-def]
    turned = False
    for dx, dy, angle in MOVES.findall(element.get("transform", "")):
        turned = turned or (angle != "" and float(angle) % 360 != 0)
        x, y = (x + float(dx), y + float(dy)) if dx else (x, y)
    if element.tag == f"{SVG}text":
        yield from _boxes(element, x, y, turned)
        return
    for child in element:
        yield from _lines(child, x, y)


def _boxes(element: ET.Element, x: float, y: float, turned: bool):  # type: ignore[no-untyped-def]
    size = float(element.get("font-size", "11px").removesuffix("px"))
    side = {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor", "start"), 0.0)
    text, below = element.text or "", float(element.get("y", "0"))
    assert len(element) == 0, "a line is a text of its own"
    if text.strip():
        long = measured(text, size, element.get("font-weight") == "bold")
        begin = -side * long
        top, bottom = below - 0.72 * size, below + 0.2 * size
        if turned:  # by 270 degrees: to the right becomes up, down becomes to the right
            yield Written(text, x + top, y - begin - long, x + bottom, y - begin)
        else:
            yield Written(text, x + begin, y + top, x + begin + long, y + bottom)


@cache
def measured(text: str, size: float, bold: bool) -> float:
    """How many pixels a text is long in the font that draws it."""
    from detente.formats.palette import FONT

    mark = {"text": text, "fontSize": size, "font": FONT, "fontWeight": "bold" if bold else "normal"}
    spec = {
        **{"width": 1, "height": 1, "padding": 0, "autosize": "pad"},
        "marks": [
            {"type": "text", "encode": {"enter": {key: {"value": value} for key, value in mark.items()}}}
        ],
    }
    found = re.search(r'width="([\d.]+)"', vl_convert.vega_to_svg(spec))
    assert found is not None
    return float(found[1])
