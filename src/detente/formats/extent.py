"""Where each bar of a chart begins and ends, and how far a scale goes; shared by every format that draws."""

from __future__ import annotations

from detente.report.page import Chart, Curve, Ranking

Extent = tuple[float, float]


def extents(chart: Chart) -> tuple[Extent, ...]:
    """Begin and end of each bar on the chart's own scale.

    Plain bars begin at nought. The steps of a waterfall begin where the step before ended; its last bar, the
    total, begins at nought again.
    """
    if chart.kind == "bars":
        return tuple((0.0, bar.value) for bar in chart.bars)
    found, level = [], 0.0
    for bar in chart.bars[:-1]:
        found.append((level, level + bar.value))
        level += bar.value
    return (*found, *((0.0, bar.value) for bar in chart.bars[-1:]))


def scaled(chart: Chart) -> tuple[tuple[Extent, ...], float]:
    """The bars as (left, right) shares of the drawing's width, and where nought lies on it."""
    found = extents(chart)
    low = min((min(extent) for extent in found), default=0.0)
    high = max((max(extent) for extent in found), default=0.0)
    low, high = min(low, 0.0), max(high, 0.0)
    width = (high - low) or 1.0
    return tuple(((min(e) - low) / width, (max(e) - low) / width) for e in found), (0.0 - low) / width


def reach(chart: Ranking) -> Extent:
    """From where to where a ranking's scale goes: nought is always on it, so that what is small looks so."""
    ends = [end for row in chart.rows for end in (row.low, row.high, row.value)]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    return (low, high) if high > low else (0.0, 1.0)


def begins(chart: Curve) -> float:
    """Where the axis across a curve begins: at nought where the chart says so, else at the first point."""
    firsts = [x for line in chart.lines for x, _ in line.points]
    return min([0.0, *firsts] if chart.from_nought else firsts, default=0.0)
