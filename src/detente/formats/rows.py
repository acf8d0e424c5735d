"""Charts with a row for each thing: bars, waterfalls, rankings and the steps of a roadmap, for Vega-Lite."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import altair as alt

from detente.formats.canvas import (
    LETTER,
    LINE,
    WIDTH,
    Rows,
    Spec,
    axis,
    data,
    folded,
    layer,
    pixels,
    spec,
    text,
)
from detente.formats.extent import reach, scaled
from detente.formats.palette import Palette
from detente.report.page import Chart, Ranking, Steps

LABEL = 34  # letters in a line of a label
LEFT = LABEL * LETTER
PLOT = WIDTH - LEFT
SHOWN = 24  # letters of a number at most
GAP = 12
BAR = 15
STAKE = 90  # pixels of the bar of the step with most at stake
INDENT = 34
PROSE = 1.1  # sentences run narrower than names


def bars(chart: Chart, palette: Palette, title: str) -> Spec:
    """Bars from nought, or the steps of a waterfall joined by thin lines; what is lost is hollow."""
    labels = [folded(bar.label, LABEL) for bar in chart.bars]
    step, room = _height(labels), PLOT - _room(bar.shown for bar in chart.bars)
    shares, nought = scaled(chart)
    total = len(chart.bars) - 1 if chart.kind == "waterfall" else -1
    rows = [
        {
            "y": step * (n + 0.5),
            "label": label,
            "shown": _short(bar.shown),
            "begin": left * room,
            "end": right * room,
            "reached": (right if bar.value >= 0 else left) * room,
            **_paint(bar.value, n == total, palette),
        }
        for n, (bar, label, (left, right)) in enumerate(zip(chart.bars, labels, shares, strict=True))
    ]
    height = step * max(len(rows), 1)
    base = alt.Chart(data(rows)).encode(y=_down(height))
    joints = [{"x": row["reached"], "y": row["y"], "next": after["y"]} for row, after in pairwise(rows)]
    layers = [
        alt.Chart(data([{"x": nought * room}])).mark_rule(color=palette.faint).encode(x=_across("x")),
        *([_joined(joints, palette, height)] if chart.kind == "waterfall" else []),
        _bars(base),
        text(base, palette, dx=7).encode(x=_across("end"), text="shown:N"),
        text(base, palette).encode(x=alt.value(-LEFT), text="label:N"),
    ]
    return spec(layers, PLOT, height, palette, title)


def ranking(chart: Ranking, palette: Palette, title: str) -> Spec:
    """Dots on one scale, each with its interval."""
    labels = [folded(row.label, LABEL) for row in chart.rows]
    step, room = _height(labels), PLOT - _room(row.shown for row in chart.rows)
    rows = [
        {
            "y": step * (n + 0.5),
            "label": label,
            "shown": _short(r.shown),
            "at": r.value,
            "low": r.low,
            "high": r.high,
        }
        for n, (r, label) in enumerate(zip(chart.rows, labels, strict=True))
    ]
    begin, end = reach(chart)
    slack = (end - begin) * 0.04
    scale = alt.Scale(domain=[begin - slack, end + slack], range=[0, room], nice=False, zero=False)
    height = step * max(len(rows), 1)
    base = alt.Chart(data(rows)).encode(y=_down(height))
    low = alt.X("low:Q", scale=scale, axis=axis(palette, None, tickCount=6))
    ticks = (
        base.mark_tick(color=palette.ink, thickness=2, size=11, opacity=1).encode(
            x=alt.X(f"{end}:Q", scale=scale)
        )
        for end in ("low", "high")
    )
    dot = base.mark_point(size=95, filled=True, opacity=1, fill=palette.gain, stroke=palette.ink)
    layers = [
        base.mark_rule(color=palette.ink, strokeWidth=2).encode(x=low, x2="high:Q"),
        *ticks,
        dot.encode(x=alt.X("at:Q", scale=scale)),
        text(base, palette).encode(x=alt.value(room + 8), text="shown:N"),
        text(base, palette).encode(x=alt.value(-LEFT), text="label:N"),
    ]
    return spec(layers, PLOT, height, palette, title)


def steps(chart: Steps, palette: Palette, title: str) -> Spec:
    """Steps one below the other on a line, numbered, with who takes each and what is at stake in it."""
    room = _room(step.shown for step in chart.steps)
    letters = int((WIDTH - INDENT - STAKE - room - GAP) / LETTER)
    most = max((abs(step.value) for step in chart.steps), default=0.0) or 1.0
    rows: list[dict[str, Any]] = []
    top = LINE / 2
    for n, step in enumerate(chart.steps, 1):
        name, told = folded(step.label, letters), folded(f"{step.who}: {step.text}", int(letters * PROSE), 4)
        begin, below = WIDTH - STAKE - room, top + LINE * len(name.split("\n")) + 2
        rows.append(
            {
                **{"y": top, "told_y": below, "number": str(n), "label": name, "told": told},
                **{"shown": _short(step.shown), "begin": begin, "end": begin + abs(step.value) / most * STAKE},
                **_paint(step.value, False, palette),
            }
        )
        top = below + LINE * len(told.split("\n")) + GAP
    height = max(top - GAP, LINE)
    base = alt.Chart(data(rows)).encode(y=_down(height))
    way = [{"x": 13, "y": row["y"], "next": after["y"]} for row, after in pairwise(rows)]
    lettering = {"baseline": "line-top", "dy": -LINE / 2}
    layers = [
        _joined(way, palette, height, WIDTH, strokeDash=[1, 0], strokeWidth=2),
        base.mark_point(size=420, filled=True, opacity=1, fill=palette.gain).encode(x=alt.value(13)),
        text(base, palette, align="center", fontWeight="bold", color=palette.on_high[-1]).encode(
            x=alt.value(13), text="number:N"
        ),
        text(base, palette, fontWeight="bold", **lettering).encode(x=alt.value(INDENT), text="label:N"),
        text(base, palette, **lettering).encode(x=alt.value(INDENT), y=_down(height, "told_y"), text="told:N"),
        _bars(base, WIDTH),
        text(base, palette, dx=7).encode(x=_across("end", WIDTH), text="shown:N"),
    ]
    return spec(layers, WIDTH, height, palette, title)


def _bars(base: alt.Chart, width: float = PLOT) -> alt.Chart:
    bar = base.mark_bar(size=BAR, strokeWidth=1.5).encode(
        x=_across("begin", width),
        x2="end:Q",
        fill=alt.Fill("fill:N", scale=None),
        fillOpacity=alt.FillOpacity("solid:Q", scale=None),
        stroke=alt.Stroke("fill:N", scale=None),
    )
    return layer(bar)


def _joined(rows: Rows, palette: Palette, height: float, width: float = PLOT, **marks: Any) -> alt.Chart:
    """Upright lines from each row to the next."""
    style = {"color": palette.faint, "strokeDash": [3, 2], **marks}
    rule = alt.Chart(data(rows)).mark_rule(**style)
    return layer(rule.encode(x=_across("x", width), y=_down(height), y2="next:Q"))


def _paint(value: float, total: bool, palette: Palette) -> dict[str, object]:
    """Full for what is gained, hollow for what is lost, the ink for a total."""
    if total:
        return {"fill": palette.ink, "solid": 1.0}
    return {"fill": palette.gain, "solid": 1.0} if value >= 0 else {"fill": palette.loss, "solid": 0.2}


def _across(field: str, width: float = PLOT) -> alt.X:
    return alt.X(f"{field}:Q", scale=pixels(width), axis=None)


def _down(height: float, field: str = "y") -> alt.Y:
    return alt.Y(f"{field}:Q", scale=pixels(height), axis=None)


def _height(labels: list[str]) -> float:
    tallest = max((len(label.split("\n")) for label in labels), default=1)
    return max(28, tallest * LINE + GAP)


def _room(shown: Iterable[str]) -> float:
    return max((len(_short(text)) for text in shown), default=0) * LETTER + GAP


def _short(shown: str) -> str:
    return folded(shown, SHOWN, 1)
