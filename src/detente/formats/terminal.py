"""A page on a terminal: with or without colour, with or without UTF-8; 80 columns unless told otherwise."""

from __future__ import annotations

import io
from collections.abc import Iterator

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from detente.formats import chart_text
from detente.formats.chart_text import Writer
from detente.formats.plain import encodable, visible
from detente.formats.widths import widths
from detente.report.page import Block, Heading, Listing, Note, Page, Paragraph, Table


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
    lines = [line.rstrip() for line in encodable(out.getvalue(), encoding).rstrip("\n").split("\n")]
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
        case _:
            yield from chart_text.draw(block, write, width)


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
