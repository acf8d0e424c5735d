"""Charts with two axes: curves and matrices, for Vega-Lite."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

import altair as alt

from detente.formats.canvas import WIDTH, Spec, axis, below, data, layer, pixels, spec, text
from detente.formats.chart_data import number
from detente.formats.extent import begins
from detente.formats.folding import LETTER, first_line, folded, tall
from detente.formats.layout import spread
from detente.formats.palette import Palette
from detente.report.page import Curve, Matrix

HEIGHT = 260
NAME = 22  # letters in a line beside a curve
RIGHT = NAME * LETTER + 14
# Of different numbers, so that a line beyond the last colour still differs in its dash.
DASHES = ([1, 0], [7, 4], [2, 3], [9, 3, 2, 3], [12, 4])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right")
MARKED = 8  # points of a line that carry its shape
CELL = (58, 32)
ROOM = 520
LEVEL, UPRIGHT = 3, 10  # lines of a head, and columns, beyond which heads are turned to stand upright
TURNED = 26  # letters in a line of such a head
NUMBER = 44  # pixels of a column that holds a number
AXIS = 28  # pixels of the numbers at an axis


def curve(chart: Curve, palette: Palette, title: str, told: str = "") -> Spec:
    """Lines that differ in colour, dash and shape, each with its name at its end."""
    width = WIDTH - RIGHT - 60
    names = [folded(line.label, NAME) for line in chart.lines]
    height = max(HEIGHT, sum(tall(name) + 4 for name in names))
    points = [point for line in chart.lines for point in line.points] or [(0.0, 0.0)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    low, high = min(0.0, min(ys)), max(ys)
    high = 1.0 if low >= 0 and high <= 1 else high if high > low else low + 1
    left, right = begins(chart), max(xs) if max(xs) > min(xs) else min(xs) + 1
    across = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[left, right], nice=False, zero=False),
        axis=axis(palette, _folded(chart.x_title, width), grid=False, tickCount=8),
    )
    up = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=axis(palette, _folded(chart.y_title, height), tickCount=5),
    )
    rows = [
        {"x": x, "y": y, "line": n, "dash": DASHES[n % len(DASHES)], **_mark(n, palette)}
        for n, line in enumerate(chart.lines)
        for x, y in line.points
    ]
    marked = [row for n in range(len(chart.lines)) for row in _some([r for r in rows if r["line"] == n])]
    stroke, dash = alt.Stroke("colour:N", scale=None), alt.StrokeDash("dash:N", scale=None)
    lines = alt.Chart(data(rows)).mark_line(strokeWidth=2)
    layers = [
        lines.encode(x=across, y=up, stroke=stroke, strokeDash=dash, detail="line:N"),
        _shapes(marked).encode(x=across, y=up),
        *_names(chart, names, palette, (low, high), (width, height)),
        *(
            [below(told, palette, 0, height + AXIS + tall("\n".join(_folded(chart.x_title, width))), width)]
            if told
            else []
        ),
    ]
    return spec(layers, width, height, palette, title)


def _folded(title: str, length: float) -> list[str]:
    return folded(title, length / LETTER).split("\n")


def _some(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The points of a line that carry its shape."""
    every = max(1, len(points) // MARKED)
    return points[every // 2 :: every]


def _mark(line: int, palette: Palette) -> dict[str, str]:
    return {"colour": palette.lines[line % len(palette.lines)], "shape": SHAPES[line % len(SHAPES)]}


def _shapes(rows: list[dict[str, Any]]) -> alt.Chart:
    return layer(
        alt.Chart(data(rows))
        .mark_point(filled=True, opacity=1, size=60)
        .encode(fill=alt.Fill("colour:N", scale=None), shape=alt.Shape("shape:N", scale=None))
    )


def _names(
    chart: Curve,
    texts: Sequence[str],
    palette: Palette,
    ends: tuple[float, float],
    size: tuple[float, float],
) -> list[alt.Chart]:
    """The name of each line, with its shape, at the height where it ends or as near as others leave room."""
    (low, high), (width, height) = ends, size
    last = [line.points[-1][1] if line.points else low for line in chart.lines]
    wanted = [height * (1 - (y - low) / (high - low)) for y in last]
    heights = spread(wanted, [tall(text) + 4 for text in texts], height)
    # On the scale of the lines itself: layers share it.
    rows = [
        {
            "y": high - y / height * (high - low),
            "begin": high - first_line(name, y) / height * (high - low),
            "label": name,
            **_mark(n, palette),
        }
        for n, (name, y) in enumerate(zip(texts, heights, strict=True))
    ]
    return [
        layer(_shapes(rows).encode(x=alt.value(width + 14), y="y:Q")),
        layer(
            text(alt.Chart(data(rows)), palette).encode(x=alt.value(width + 25), y="begin:Q", text="label:N")
        ),
    ]


def matrix(chart: Matrix, palette: Palette, title: str, told: str = "") -> Spec:
    """A number in every cell, on a ground the deeper the farther from the middle; rounded below the middle."""
    many = max(len(chart.columns), 1)
    wide = max(CELL[0], min(ROOM / many, 84))
    heads = [folded(name, wide / LETTER) for name in chart.columns]
    turned = any(len(head.split("\n")) > LEVEL for head in heads) or many > UPRIGHT
    if turned:
        heads = [folded(name, TURNED) for name in chart.columns]
        wide = max([NUMBER, *(tall(head) + 8 for head in heads)])
    sides = [folded(name, 26) for name in chart.rows]
    edges = list(accumulate((max(CELL[1], tall(side) + 6) for side in sides), initial=0.0))
    width, height = wide * many, max(edges[-1], CELL[1])
    middles = [wide * (m + 0.5) for m in range(len(heads))]
    cells = [
        {
            **{"x": middles[m], "left": wide * m + 1, "right": wide * (m + 1) - 1},
            **{"y": (top + bottom) / 2, "top": top + 1, "bottom": bottom - 1},
            "shown": number(value, chart),
            **_shade(value, chart, palette),
        }
        for row, (top, bottom) in zip(chart.values, pairwise(edges), strict=True)
        for m, value in enumerate(row)
    ]
    above = [
        {"x": first_line(head, middle) if turned else middle, "y": -8 if turned else -tall(head), "label": head}
        for head, middle in zip(heads, middles, strict=True)
    ]
    beside = [
        {"y": first_line(side, (top + bottom) / 2), "label": side}
        for side, (top, bottom) in zip(sides, pairwise(edges), strict=True)
    ]
    x, y = (alt.X("x:Q", scale=pixels(width), axis=None), alt.Y("y:Q", scale=pixels(height), axis=None))
    base = alt.Chart(data(cells)).encode(x=x, y=y)
    corners = {
        "x": alt.X("left:Q", scale=pixels(width), axis=None),
        "y": alt.Y("top:Q", scale=pixels(height), axis=None),
    }
    grounds = [
        alt.Chart(data([cell for cell in cells if cell["below"] is rounded]))
        .mark_rect(cornerRadius=14 if rounded else 0)
        .encode(**corners, x2="right:Q", y2="bottom:Q", fill=alt.Fill("fill:N", scale=None))
        for rounded in (False, True)
    ]
    upright = {"align": "left", "angle": 270} if turned else {"align": "center", "baseline": "line-top"}
    layers = [
        *grounds,
        text(base, palette, align="center").encode(text="shown:N", color=alt.Color("on:N", scale=None)),
        text(alt.Chart(data(above)), palette, **upright).encode(x=x, y=y, text="label:N"),
        text(alt.Chart(data(beside)), palette, align="right").encode(x=alt.value(-8), y=y, text="label:N"),
        below("\n".join(line for line in (chart.unit, told) if line), palette, 0, height, max(width, ROOM)),
    ]
    return spec(layers, width, height, palette, title)


def _shade(value: float | None, chart: Matrix, palette: Palette) -> dict[str, object]:
    """The ground of a cell and the colour of its number."""
    if value is None:
        return {"fill": "transparent", "on": palette.ink, "below": False}
    middle = 0.0 if chart.low < 0 < chart.high else chart.low
    far = (chart.high if value >= middle else chart.low) - middle
    share = min(abs((value - middle) / far), 1.0) if far else 0.0
    if share < 0.05:
        return {"fill": palette.middle, "on": palette.ink, "below": False}
    shade = 0 if share < 0.35 else 1 if share < 0.7 else 2
    grounds, numbers = (palette.high, palette.on_high) if value >= middle else (palette.low, palette.on_low)
    return {"fill": grounds[shade], "on": numbers[shade], "below": value < middle}
