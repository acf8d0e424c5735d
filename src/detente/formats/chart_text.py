"""Charts in characters: compact, without colour or UTF-8 where a terminal lacks them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from detente.formats.chart_data import FATES, number, rounded, short
from detente.formats.extent import begins, reach, scaled
from detente.report.page import Chart, Curve, Drawing, Flow, Line, Matrix, Network, Ranking, Steps

Writer = Callable[[str], str]
BAR, NARROW_BAR = 24, 12
NARROW = 60
TALL, WIDE = 9, 60
NAME = 24
FILLS = {"kept": "█", "moved": "▒", "lost": "░"}
STYLES = {"kept": "blue", "moved": "yellow", "lost": "red"}
INDENT = (0, 0, 0, 2)


def draw(block: Drawing, write: Writer, width: int) -> Iterator[RenderableType]:
    """The lines of a chart under its title, in so many columns."""
    yield Text(write(block.title))
    if not isinstance(block, Curve):
        yield Padding(Text(write(f"({block.unit})")), INDENT)
    match block:
        case Chart():
            yield Padding(_bars(block, write, width), INDENT)
        case Curve():
            for line in _curve(block, width - 2):
                yield Padding(Text(write(line)), INDENT)
        case Matrix():
            for part in _matrix(block, write, width - 2):
                yield Padding(part, INDENT)
        case Network():
            yield Padding(_network(block, write), INDENT)
        case Flow():
            yield Padding(_flow(block, write, width), INDENT)
        case Steps():
            yield Padding(_steps(block, write), INDENT)
        case Ranking():
            yield Padding(_ranking(block, write, width), INDENT)


def _grid(*justified: str) -> Grid:
    """Columns two apart: the first folds, the others keep to a line."""
    grid = Grid.grid(padding=(0, 2), pad_edge=False)
    grid.add_column(overflow="fold")
    for side in justified:
        grid.add_column(justify="right" if side == "right" else "left", no_wrap=True)
    return grid


def _bar_width(width: int) -> int:
    return BAR if width >= NARROW else NARROW_BAR


def _bars(chart: Chart, write: Writer, width: int) -> Grid:
    grid, room = _grid("right", "left"), _bar_width(width)
    shares, nought = scaled(chart)
    for bar, (left, right) in zip(chart.bars, shares, strict=True):
        style = "blue" if bar.value >= 0 else "red"
        drawn = Text(write(_bar(left, right, nought, room)), style=style)
        grid.add_row(Text(write(bar.label)), Text(write(bar.shown)), drawn)
    return grid


def _bar(left: float, right: float, nought: float, room: int) -> str:
    begin, end = round(left * room), round(right * room)
    if begin == end and right > left:
        end = begin + 1
    drawn = [" "] * (room + 1)
    drawn[min(round(nought * room), room)] = "│"
    drawn[begin:end] = ["█"] * (end - begin)
    return "".join(drawn)


def _curve(chart: Curve, width: int) -> list[str]:
    """A letter for each line at each column; the names of the letters stand below."""
    points = [point for line in chart.lines for point in line.points]
    if not points:
        return ["(no points)"]
    left, right = begins(chart), max(x for x, _ in points)
    low, high = min(0.0, *(y for _, y in points)), max(y for _, y in points)
    high = high if high > low else low + 1.0
    side = max(len(short(low)), len(short(high)))
    room = max(10, min(WIDE, width - side - 2))
    field = [[" "] * room for _ in range(TALL)]
    for n, line in enumerate(chart.lines):
        for column in range(room):
            y = height(line, left + (right - left) * column / (room - 1))
            if y is not None:
                field[round((high - y) / (high - low) * (TALL - 1))][column] = chr(ord("a") + n % 26)
    marks = {0: short(high), TALL - 1: short(low)}
    rows = [f"{marks.get(n, ''):>{side}} │{''.join(row).rstrip()}" for n, row in enumerate(field)]
    ends = f"{short(left)}{short(right):>{room - len(short(left))}}"
    names = (f"{chr(ord('a') + n % 26)}  {line.label}{_last(line)}" for n, line in enumerate(chart.lines))
    below = (f" └{'─' * room}", f"  {ends}", f"  {chart.x_title:^{room}}".rstrip())
    return [chart.y_title, *rows, *(f"{' ' * side}{line}" for line in below), *names]


def _last(line: Line) -> str:
    if not line.points:
        return ": no points"
    return f": {line.shown or short(line.points[-1][1])} at the end"


def height(line: Line, x: float) -> float | None:
    """How high a line is at a place between its points, on the straight way from one to the next."""
    for (x0, y0), (x1, y1) in pairwise(line.points):
        if x0 <= x <= x1:
            return y0 if x1 == x0 else y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    ends = [y for at, y in line.points if at == x]
    return ends[0] if ends else None


def _matrix(chart: Matrix, write: Writer, width: int) -> Iterator[RenderableType]:
    """Numbers under the names of their columns, or under numbers that stand for them where names do not fit."""
    shown = [[write(number(value, chart)) for value in row] for row in chart.values]
    cell = max((len(text) for row in shown for text in row), default=1)
    side = min(NAME, width // 2, max((cell_len(write(name)) for name in chart.rows), default=1) + 4)
    heads, sides = [write(name) for name in chart.columns], [write(name) for name in chart.rows]
    sizes = [max(cell, cell_len(head)) for head in heads]
    keys: list[str] = []
    if side + sum(sizes) + 2 * len(sizes) > width:
        keys, heads = heads, [str(n) for n in range(1, len(heads) + 1)]
        sizes = [cell] * len(heads)
        if chart.rows == chart.columns:
            keys, sides = [], [f"{n} {name}" for n, name in enumerate(sides, 1)]
    fit = max(1, (width - side) // (max(sizes, default=1) + 2))
    for first in range(0, len(heads), fit):
        chosen = range(first, min(first + fit, len(heads)))
        grid = Grid.grid(padding=(0, 2), pad_edge=False)
        grid.add_column(width=side - 2, overflow="fold")
        for m in chosen:
            grid.add_column(justify="right", width=sizes[m], no_wrap=True)
        grid.add_row("", *(Text(heads[m], style="bold") for m in chosen))
        for name, row, values in zip(sides, shown, chart.values, strict=True):
            cells = (Text(row[m], style=_sign_style(values[m])) for m in chosen)
            grid.add_row(Text(name), *cells)
        yield grid
    yield from (Text(f"{n} {name}") for n, name in enumerate(keys, 1))


def _sign_style(value: float | None) -> str:
    return "" if not value else "blue" if value > 0 else "red"


def _network(chart: Network, write: Writer) -> Grid:
    """Who stands how to whom, friends first, the strongest first; then the camps."""
    grid = Grid.grid(padding=(0, 2), pad_edge=False)
    grid.add_column(overflow="fold", max_width=NAME)
    grid.add_column(width=1)
    grid.add_column(overflow="fold")
    for name in chart.nodes:
        ties = sorted((e for e in chart.edges if e.source == name and e.weight), key=lambda e: -abs(e.weight))
        shown = name
        for sign, style, group in (
            ("+", "blue", [tie for tie in ties if tie.weight > 0]),
            ("−", "red", [tie for tie in ties if tie.weight < 0]),
        ):
            if group:
                told = ", ".join(f"{tie.target} {rounded(abs(tie.weight))}" for tie in group)
                grid.add_row(Text(write(shown)), Text(write(sign), style=style), Text(write(told)))
                shown = ""
        if shown:
            grid.add_row(Text(write(name)), "", Text(write("no ties")))
    for n, camp in enumerate(chart.camps, 1):
        grid.add_row(Text(f"camp {n}"), "", Text(write(", ".join(camp))))
    return grid


def _flow(chart: Flow, write: Writer, width: int) -> Grid:
    grid, room = _grid("right", "left"), _bar_width(width)
    most = max((link.value for link in chart.links), default=0.0) or 1.0
    for link in chart.links:
        long = max(round(link.value / most * room), 1 if link.value > 0 else 0)
        fate = "" if link.tone == "kept" else f" ({FATES[link.tone]})"
        label = f"{link.source} → {link.target}{fate}"
        drawn = Text(write(FILLS[link.tone] * long), style=STYLES[link.tone])
        grid.add_row(Text(write(label)), Text(write(link.shown)), drawn)
    return grid


def _steps(chart: Steps, write: Writer) -> Grid:
    grid = Grid.grid(padding=(0, 2), pad_edge=False)
    grid.add_column(no_wrap=True, justify="right")
    grid.add_column(overflow="fold", ratio=1)
    grid.add_column(no_wrap=True, justify="right")
    for n, step in enumerate(chart.steps, 1):
        told = Text(write(step.label), style="bold")
        told.append("\n")
        told.append(Text(write(f"{step.who}: {step.text}"), style="not bold"))
        grid.add_row(Text(f"{n}."), told, Text(write(step.shown)))
    return grid


def _ranking(chart: Ranking, write: Writer, width: int) -> Grid:
    grid, room = _grid("right", "left"), _bar_width(width)
    low, high = reach(chart)
    span = high - low
    for row in chart.rows:
        at, begin, end = (round((x - low) / span * (room - 1)) for x in (row.value, row.low, row.high))
        strip = [" "] * room
        strip[begin : end + 1] = ["├", *["─"] * (end - begin - 1), "┤"] if end > begin else ["●"]
        strip[at] = "●"
        grid.add_row(Text(write(row.label)), Text(write(row.shown)), Text(write("".join(strip)), style="blue"))
    left, right = short(low), short(high)
    grid.add_row("", "", Text(write(f"{left}{right:>{max(room - len(left), len(right) + 1)}}"), style="dim"))
    return grid
