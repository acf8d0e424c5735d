"""Charts with two axes: curves and matrices, for Vega-Lite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from detente.formats.canvas import LETTER, LINE, WIDTH, Spec, axis, data, folded, layer, pixels, spec, text
from detente.formats.chart_data import number
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


def curve(chart: Curve, palette: Palette, title: str) -> Spec:
    """Lines that differ in colour, dash and shape, each with its name at its end."""
    width = WIDTH - RIGHT - 60
    points = [point for line in chart.lines for point in line.points] or [(0.0, 0.0)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    low, high = min(0.0, min(ys)), max(ys)
    high = 1.0 if low >= 0 and high <= 1 else high if high > low else low + 1
    left, right = min(xs), max(xs) if max(xs) > min(xs) else min(xs) + 1
    across = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[left, right], nice=False, zero=False),
        axis=axis(palette, chart.x_title, grid=False, tickCount=8),
    )
    up = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=axis(palette, chart.y_title, tickCount=5),
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
        *_names(chart, palette, (low, high), width),
    ]
    return spec(layers, width, HEIGHT, palette, title)


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


def _names(chart: Curve, palette: Palette, ends: tuple[float, float], width: float) -> list[alt.Chart]:
    """The name of each line, with its shape, at the height where it ends or as near as others leave room."""
    low, high = ends
    last = [line.points[-1][1] if line.points else low for line in chart.lines]
    texts = [folded(line.label, NAME, 2) for line in chart.lines]
    wanted = [HEIGHT * (1 - (y - low) / (high - low)) for y in last]
    heights = spread(wanted, [LINE * len(text.split("\n")) + 4 for text in texts], HEIGHT)
    # On the scale of the lines itself: layers share it.
    rows = [
        {"y": high - y / HEIGHT * (high - low), "label": name, **_mark(n, palette)}
        for n, (name, y) in enumerate(zip(texts, heights, strict=True))
    ]
    return [
        layer(_shapes(rows).encode(x=alt.value(width + 14), y="y:Q")),
        layer(text(alt.Chart(data(rows)), palette).encode(x=alt.value(width + 25), y="y:Q", text="label:N")),
    ]


def spread(wanted: Sequence[float], heights: Sequence[float], room: float) -> list[float]:
    """Places for labels of these heights near where they are wanted, none over another, from top to bottom."""
    found, free = [0.0] * len(wanted), 0.0
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    for n in order:
        found[n] = max(wanted[n], free + heights[n] / 2)
        free = found[n] + heights[n] / 2
    limit = max(room + 10, sum(heights))
    for n in reversed(order):
        found[n] = min(found[n], limit - heights[n] / 2)
        limit = found[n] - heights[n] / 2
    return found


def matrix(chart: Matrix, palette: Palette, title: str) -> Spec:
    """A number in every cell, on a ground the deeper the farther from the middle; rounded below the middle."""
    wide = max(CELL[0], min(ROOM / max(len(chart.columns), 1), 84))
    width, height = wide * max(len(chart.columns), 1), CELL[1] * max(len(chart.rows), 1)
    cells = [
        {
            "x": wide * (m + 0.5),
            "y": CELL[1] * (n + 0.5),
            "shown": number(value, chart),
            **_shade(value, chart, palette),
        }
        for n, row in enumerate(chart.values)
        for m, value in enumerate(row)
    ]
    letters = int(wide / LETTER)
    titles = [folded(name, letters) for name in chart.columns]
    heads = [
        {"x": wide * (m + 0.5), "y": -LINE * len(name.split("\n")), "label": name}
        for m, name in enumerate(titles)
    ]
    sides = [{"y": CELL[1] * (n + 0.5), "label": folded(name, 26, 2)} for n, name in enumerate(chart.rows)]
    x, y = (
        alt.X("x:Q", scale=pixels(width), axis=None),
        alt.Y("y:Q", scale=pixels(height), axis=None),
    )
    base = alt.Chart(data(cells)).encode(x=x, y=y)
    grounds = [
        alt.Chart(data([cell for cell in cells if cell["below"] is below]))
        .mark_rect(width=wide - 2, height=CELL[1] - 2, cornerRadius=14 if below else 0)
        .encode(x=x, y=y, fill=alt.Fill("fill:N", scale=None))
        for below in (False, True)
    ]
    layers = [
        *grounds,
        text(base, palette, align="center").encode(text="shown:N", color=alt.Color("on:N", scale=None)),
        text(alt.Chart(data(heads)), palette, align="center", baseline="line-top").encode(
            x=x, y=y, text="label:N"
        ),
        text(alt.Chart(data(sides)), palette, align="right").encode(x=alt.value(-8), y=y, text="label:N"),
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
