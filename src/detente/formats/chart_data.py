"""The numbers of a chart as a table: for Markdown, and for readers who cannot look at a drawing."""

from __future__ import annotations

from detente.report.page import Chart, Column, Curve, Drawing, Flow, Matrix, Network, Ranking, Steps, Table

FATES = {"kept": "kept", "moved": "moved elsewhere", "lost": "lost"}
ROWS = 13


def table(block: Drawing, rows: int | None = None) -> Table:
    """Every number of a chart under named columns.

    Parameters
    ----------
    block : Chart, Curve, Matrix, Network, Flow, Steps or Ranking
    rows : int, optional
        At most about so many places along a curve, evenly chosen with both ends; all of them unless told.
    """
    match block:
        case Chart():
            bars = tuple((b.label, b.shown) for b in block.bars)
            return Table((Column("What"), _number("How much")), bars, block.unit)
        case Curve():
            return _curve(block, rows)
        case Matrix():
            numbers = (tuple(number(value, block) for value in row) for row in block.values)
            cells = tuple((name, *row) for name, row in zip(block.rows, numbers, strict=True))
            return Table((Column(""), *(_number(name) for name in block.columns)), cells, block.unit)
        case Network():
            ties = tuple((e.source, e.target, signed(e.weight)) for e in block.edges)
            return Table((Column("From"), Column("To"), _number("Tie")), ties, block.unit)
        case Flow():
            links = tuple((k.source, k.target, k.shown, FATES[k.tone]) for k in block.links)
            return Table(
                (Column("From"), Column("To"), _number("Amount"), Column("What became of it")),
                links,
                block.unit,
            )
        case Steps():
            steps = tuple((f"{n}. {s.label}", s.who, s.text, s.shown) for n, s in enumerate(block.steps, 1))
            return Table(
                (Column("Step"), Column("Who"), Column("What"), _number("At stake")), steps, block.unit
            )
        case Ranking():
            ranked = tuple((r.label, r.shown) for r in block.rows)
            return Table((Column("What"), _number("How much")), ranked, block.unit)


def number(value: float | None, within: Matrix) -> str:
    """A number of a matrix as it is to be read: with its sign where signs differ."""
    if value is None:
        return "–"
    span = within.high - within.low
    digits = 2 if span <= 4 else 1 if span <= 40 else 0
    return signed(value, digits) if within.low < 0 else rounded(value, digits)


def signed(value: float, digits: int = 2) -> str:
    """A number with its sign, where it is not nought."""
    shown = rounded(value, digits)
    return f"+{shown}" if value > 0 else shown


def rounded(value: float, digits: int = 2) -> str:
    """A number rounded as in the sentences beside it: never to a nought that it is not."""
    if value == 0:
        return "0"
    size = abs(value)
    shown = f"{size:.{digits}f}" if size >= 0.5 * 10.0**-digits else f"{size:.1g}"
    return f"−{shown}" if value < 0 else shown


def short(value: float) -> str:
    """A number at an axis or in a table of points: three figures that matter."""
    return f"{value:.3g}".replace("-", "−") if abs(value) < 1e6 else f"{value:,.0f}".replace("-", "−")


def _curve(curve: Curve, rows: int | None) -> Table:
    places = sorted({x for line in curve.lines for x, _ in line.points})
    if rows is not None and len(places) > rows:
        places = [places[round(k * (len(places) - 1) / (rows - 1))] for k in range(rows)]
    known = [dict(line.points) for line in curve.lines]
    cells = tuple((short(x), *(short(y[x]) if x in y else "–" for y in known)) for x in places)
    return Table((_number(curve.x_title), *(_number(line.label) for line in curve.lines)), cells, curve.y_title)


def _number(title: str) -> Column:
    return Column(title, "right", fixed=True)
