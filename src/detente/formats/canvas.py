"""What all plots share: their width, their lettering, and how layers become one drawing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from detente.formats.folding import LETTER, LINE, folded
from detente.formats.palette import Palette

WIDTH = 660
FONT_SIZE = 13
UNDER = 6  # pixels between a drawing and what is said below it

Spec = dict[str, Any]
Rows = Sequence[dict[str, Any]]


def data(rows: Rows) -> alt.Data:
    """Rows of values for one layer."""
    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]


def spec(layers: Sequence[alt.Chart], width: float, height: float, palette: Palette, title: str) -> Spec:
    """One drawing in Vega-Lite of layers over each other; no title where it is empty."""
    chart = alt.layer(*layers).properties(width=width, height=height)
    if title:
        chart = chart.properties(title=heading(title, palette))
    chart = chart.configure(
        aria=False, background=palette.ground or "transparent", font=palette.font, padding=8
    ).configure_view(stroke=None)
    found: Spec = chart.to_dict()
    return found


def heading(title: str, palette: Palette) -> alt.TitleParams:
    """The title over a drawing, in as many lines as it takes; lines after the first say where it comes from."""
    return alt.TitleParams(**titled(title, palette))


def titled(title: str, palette: Palette) -> Spec:
    """The title of a drawing as Vega has it."""
    first, _, rest = title.partition("\n")
    found: Spec = {
        "text": folded(first, 80).split("\n"),
        "anchor": "start",
        "frame": "bounds",
        "color": palette.ink,
        "fontSize": 15,
        "offset": 14,
    }
    if rest:
        found |= {
            "subtitle": folded(rest, 95).split("\n"),
            "subtitleColor": palette.ink,
            "subtitleFontSize": 12,
            "subtitlePadding": 5,
        }
    return found


def below(told: str, palette: Palette, left: float, top: float, room: float) -> alt.Chart:
    """What is said under a drawing, such as its unit, in lines of so many pixels."""
    lines = "\n".join(folded(line, room / LETTER) for line in told.split("\n"))
    written = text(alt.Chart(data([{"told": lines}])), palette, fontSize=12, baseline="line-top")
    return layer(written.encode(x=alt.value(left), y=alt.value(top + UNDER), text="told:N"))


def layer(chart: Any) -> alt.Chart:
    """What Altair's chained calls give, which it leaves untyped."""
    assert isinstance(chart, alt.Chart)
    return chart


def text(chart: alt.Chart, palette: Palette, **marks: Any) -> alt.Chart:
    """A layer of lettering in the ink of the page; a line break in the data begins a line."""
    style = {"color": palette.ink, "fontSize": FONT_SIZE, "lineBreak": "\n", "lineHeight": LINE}
    return layer(chart.mark_text(**{"align": "left", "baseline": "middle", **style, **marks}))


def axis(palette: Palette, title: str | list[str] | None, grid: bool = True, **more: Any) -> alt.Axis:
    """An axis whose lines stay behind what is drawn and whose numbers can be read."""
    return alt.Axis(
        title=title,
        titleColor=palette.ink,
        titleFontSize=FONT_SIZE,
        titleFontWeight="normal",
        labelColor=palette.ink,
        labelFontSize=12,
        grid=grid,
        gridColor=palette.faint,
        gridOpacity=0.35,
        domainColor=palette.faint,
        tickColor=palette.faint,
        **more,
    )


def pixels(length: float) -> alt.Scale:
    """A scale on which a number is that many pixels from the left or the top."""
    return alt.Scale(domain=[0, length], range=[0, length], nice=False, zero=False, padding=0)
