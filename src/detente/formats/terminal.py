"""A page on a terminal: with or without colour, with or without UTF-8; 80 columns unless told otherwise."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from detente.formats.extent import scaled
from detente.formats.plain import encodable, visible
from detente.formats.widths import widths
from detente.page import Block, Chart, Heading, Listing, Note, Page, Paragraph, Table

BAR_WIDTH = 24
Writer = Callable[[str], str]


def render(page: Page, width: int = 80, colour: bool = False, encoding: str = "utf-8") -> str:
    """Draw a page as text for a terminal.

    Parameters
    ----------
    page : Page
    width : int
        Columns; nothing is drawn beyond them.
    colour : bool
        Whether to use bold type and colour; nothing is said by colour alone.
    encoding : str
        What the terminal can show; other characters are spelt out.
    """
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )

    def write(text: str) -> str:
        return encodable(visible(text), encoding)

    console.print(Text(write(page.title), style="bold"))
    console.print(Text("═" * min(len(write(page.title)), width)))
    for block in page.blocks:
        for part in _draw(block, write, width):
            console.print(part)
    lines = [line.rstrip() for line in encodable(out.getvalue(), encoding).splitlines()]
    return "\n".join(lines) + "\n"


def _draw(block: Block, write: Writer, width: int) -> Iterator[RenderableType]:
    yield ""
    match block:
        case Heading():
            yield Text(write(block.text), style="bold" if block.level <= 2 else "italic")
        case Paragraph():
            yield Text(write(block.text))
        case Listing():
            yield from (_hanging("- ", write(item)) for item in block.items)
        case Note():
            word, style = ("Warning: ", "yellow") if block.tone == "warning" else ("Note: ", "dim")
            yield _hanging(word, write(block.text), style)
        case Table():
            yield from _table(block, write, width)
        case Chart():
            yield from _chart(block, write)


def _hanging(lead: str, text: str, style: str = "") -> Grid:
    grid = Grid.grid(padding=0)
    grid.add_column(no_wrap=True, width=len(lead))
    grid.add_column(overflow="fold")
    grid.add_row(Text(lead, style=style), Text(text))
    return grid


def _table(table: Table, write: Writer, width: int) -> Iterator[RenderableType]:
    if table.caption:
        yield Text(write(table.caption))
    rows = [tuple(write(cell) for cell in row) for row in table.rows]
    titles = tuple(write(column.title) for column in table.columns)
    fixed = tuple(column.fixed for column in table.columns)
    sizes = widths([titles, *rows], fixed, width)
    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1), header_style="bold")
    for column, title, size in zip(table.columns, titles, sizes, strict=True):
        grid.add_column(Text(title), justify=column.align, width=size, overflow="fold")
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    yield grid


def _chart(chart: Chart, write: Writer) -> Iterator[RenderableType]:
    yield Text(write(chart.title))
    grid = Grid.grid(padding=(0, 2), pad_edge=False)
    grid.add_column(overflow="fold")
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(no_wrap=True, width=BAR_WIDTH + 1)
    shares, nought = scaled(chart)
    for bar, (left, right) in zip(chart.bars, shares, strict=True):
        style = "blue" if bar.value >= 0 else "red"
        grid.add_row(
            Text(write(bar.label)), Text(write(bar.shown)), Text(_bar(left, right, nought), style=style)
        )
    yield Padding(grid, (0, 0, 0, 2))


def _bar(left: float, right: float, nought: float) -> str:
    begin, end = round(left * BAR_WIDTH), round(right * BAR_WIDTH)
    if begin == end and right > left:
        end = begin + 1
    drawn = [" "] * (BAR_WIDTH + 1)
    drawn[min(round(nought * BAR_WIDTH), BAR_WIDTH)] = "│"
    drawn[begin:end] = ["█"] * (end - begin)
    return "".join(drawn)
