"""A chart as SVG: readable in grey, for the colour-blind, on light and dark ground, and by ear.

The two bar colours are from the palette of Okabe and Ito (2008); they differ in lightness as well as in hue,
and every bar carries its number, so nothing is said by colour alone.
"""

from __future__ import annotations

from html import escape

from detente.formats.extent import Extent, scaled
from detente.formats.plain import visible
from detente.page import Bar, Chart

GAIN, LOSS = "#56B4E9", "#D55E00"
WIDTH, ROW, TOP = 640, 44, 34
LEFT, RIGHT = 8, 88
LONGEST = 84


def render(chart: Chart) -> str:
    """Draw a chart as one `<svg>` element that needs nothing from outside."""
    shares, nought = scaled(chart)
    height = TOP + ROW * len(chart.bars) + 8
    total = len(chart.bars) - 1 if chart.kind == "waterfall" else -1
    rows = [
        _row(bar, extent, row, row == total)
        for row, (bar, extent) in enumerate(zip(chart.bars, shares, strict=True))
    ]
    axis = "".join(f"M{_x(nought):.1f} {TOP + ROW * row + 19}v18" for row in range(len(chart.bars)))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height}" '
            f'width="{WIDTH}" font-family="system-ui, sans-serif" font-size="14" fill="currentColor">',
            f"<title>{_text(chart.title)}</title>",
            f"<desc>{_text(chart.alt)}</desc>",
            f'<text x="{LEFT}" y="20" font-weight="bold">{_short(chart.title)}</text>',
            *rows,
            f'<path d="{axis}" stroke="currentColor" stroke-opacity="0.5"/>',
            "</svg>",
        ]
    )


def _row(bar: Bar, extent: Extent, row: int, total: bool) -> str:
    y, (left, right) = TOP + ROW * row, extent
    begin, end = _x(left), _x(right)
    fill = "currentColor" if total else (GAIN if bar.value >= 0 else LOSS)
    return (
        f'<text x="{LEFT}" y="{y + 15}">{_short(bar.label)}</text>'
        f'<rect x="{begin:.1f}" y="{y + 21}" width="{max(end - begin, 1):.1f}" height="14" fill="{fill}"/>'
        f'<text x="{end + 6:.1f}" y="{y + 33}">{_text(bar.shown)}</text>'
    )


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _short(text: str) -> str:
    return _text(text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")


def _text(text: str) -> str:
    return escape(visible(text))
