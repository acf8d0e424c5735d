"""Charts with a row for each thing: bars, waterfalls, rankings and the steps of a roadmap, for Vega-Lite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import altair as alt

from detente.formats.canvas import WIDTH, Rows, Spec, axis, below, data, layer, pixels, spec, text
from detente.formats.extent import reach, scaled
from detente.formats.folding import LETTER, LINE, first_line, folded, tall, width
from detente.formats.palette import Palette
from detente.report.page import Chart, Ranking, Steps

LABEL = 34  # letters in a line of a label
LEFT = LABEL * LETTER
PLOT = WIDTH - LEFT
SHOWN = 24  # letters in a line of a number
GAP = 12
BAR = 15
STAKE = 90  # pixels of the bar of the step with most at stake
INDENT = 34
AXIS = 20  # pixels of the numbers at an axis


def bars(chart: Chart, palette: Palette, title: str, told: str = "") -> Spec:
    """Bars from nought, or the steps of a waterfall joined by thin lines; what is lost is hollow.

    Below stand the unit and what else is `told`; so in every drawing.
    """
    labels, shown = _lettered((bar.label, bar.shown) for bar in chart.bars)
    middles, height = _stacked(labels, shown)
    room = PLOT - _room(shown)
    shares, nought = scaled(chart)
    total = len(chart.bars) - 1 if chart.kind == "waterfall" else -1
    rows = [
        {
            **_lettering(middles[n], labels[n], shown[n]),
            "begin": left * room,
            "end": right * room,
            "reached": (right if bar.value >= 0 else left) * room,
            **_paint(bar.value, n == total, palette),
        }
        for n, (bar, (left, right)) in enumerate(zip(chart.bars, shares, strict=True))
    ]
    base = alt.Chart(data(rows)).encode(y=_down(height))
    joints = [{"x": row["reached"], "y": row["y"], "next": after["y"]} for row, after in pairwise(rows)]
    layers = [
        alt.Chart(data([{"x": nought * room}])).mark_rule(color=palette.faint).encode(x=_across("x")),
        *([_joined(joints, palette, height)] if chart.kind == "waterfall" else []),
        _bars(base),
        text(base, palette, dx=7).encode(x=_across("end"), y=_down(height, "shown_y"), text="shown:N"),
        text(base, palette).encode(x=alt.value(-LEFT), y=_down(height, "label_y"), text="label:N"),
        _below(chart.unit, told, palette, 0, height, PLOT),
    ]
    return spec(layers, PLOT, height, palette, title)


def ranking(chart: Ranking, palette: Palette, title: str, told: str = "") -> Spec:
    """Dots on one scale, each with its interval."""
    labels, shown = _lettered((row.label, row.shown) for row in chart.rows)
    middles, height = _stacked(labels, shown)
    room = PLOT - _room(shown)
    rows = [
        {
            **_lettering(middles[n], labels[n], shown[n]),
            **{"at": row.value, "low": row.low, "high": row.high},
        }
        for n, row in enumerate(chart.rows)
    ]
    begin, end = reach(chart)
    slack = (end - begin) * 0.04
    scale = alt.Scale(domain=[begin - slack, end + slack], range=[0, room], nice=False, zero=False)
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
        text(base, palette).encode(x=alt.value(room + 8), y=_down(height, "shown_y"), text="shown:N"),
        text(base, palette).encode(x=alt.value(-LEFT), y=_down(height, "label_y"), text="label:N"),
        _below(chart.unit, told, palette, 0, height + AXIS, PLOT),
    ]
    return spec(layers, PLOT, height, palette, title)


def steps(chart: Steps, palette: Palette, title: str, told: str = "") -> Spec:
    """Steps one below the other on a line, numbered, with who takes each and what is at stake in it."""
    shown = [folded(step.shown, SHOWN) for step in chart.steps]
    room = _room(shown)
    letters = (WIDTH - INDENT - STAKE - room - GAP) / LETTER
    most = max((abs(step.value) for step in chart.steps), default=0.0) or 1.0
    begin = WIDTH - STAKE - room
    rows: list[dict[str, Any]] = []
    top = LINE / 2
    for n, step in enumerate(chart.steps):
        name, said = folded(step.label, letters), folded(f"{step.who}: {step.text}", letters)
        beneath = top + tall(name) + 2
        rows.append(
            {
                **{"y": top, "told_y": beneath, "number": str(n + 1), "label": name, "told": said},
                **{"shown": shown[n], "begin": begin, "end": begin + abs(step.value) / most * STAKE},
                **_paint(step.value, False, palette),
            }
        )
        top = max(beneath + tall(said), top + tall(shown[n])) + GAP
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
        text(base, palette, dx=7, **lettering).encode(x=_across("end", WIDTH), text="shown:N"),
        _below(f"Bars: {chart.unit}", told, palette, INDENT, height, WIDTH - INDENT),
    ]
    return spec(layers, WIDTH, height, palette, title)


def _below(unit: str, told: str, palette: Palette, left: float, top: float, room: float) -> alt.Chart:
    return below("\n".join(line for line in (unit, told) if line), palette, left, top, room)


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


def _lettered(pairs: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Names and numbers in lines."""
    found = [(folded(name, LABEL), folded(number, SHOWN)) for name, number in pairs]
    return [name for name, _ in found], [number for _, number in found]


def _stacked(labels: Sequence[str], shown: Sequence[str]) -> tuple[list[float], float]:
    """The middle of every row, each as tall as its lettering, and the height of all of them."""
    middles, top = [], 0.0
    for pair in zip(labels, shown, strict=True):
        height = max(28.0, *(tall(each) + GAP for each in pair))
        middles.append(top + height / 2)
        top += height
    return middles, max(top, 28.0)


def _lettering(middle: float, label: str, shown: str) -> dict[str, object]:
    """The texts of a row about its middle."""
    begins = {"label_y": first_line(label, middle), "shown_y": first_line(shown, middle)}
    return {"y": middle, "label": label, "shown": shown, **begins}


def _room(shown: Iterable[str]) -> float:
    return max((width(text) for text in shown), default=0.0) + GAP
