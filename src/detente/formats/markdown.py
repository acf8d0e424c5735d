"""A page as Markdown (CommonMark with tables), safe against markup in names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.formats import chart_data
from detente.formats.plain import visible
from detente.report.page import Block, Heading, Listing, Note, Page, Paragraph, Table

SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&!$])")
LINE_START = re.compile(r"^()(-|=|\+(?=\s)|\d+[.)](?=\s))")


def render(page: Page) -> str:
    """Write a page as Markdown."""
    parts = [f"# {escape(page.title)}"]
    for block in page.blocks:
        parts.append("\n".join(_lines(block)))
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """The text with every character that Markdown or HTML could take for markup made harmless."""
    flat = " ".join(visible(text).split())
    return LINE_START.sub(_guard, SPECIAL.sub(r"\\\1", flat))


def _guard(found: re.Match[str]) -> str:
    mark = found.group(2)
    return f"{found.group(1)}{mark[:-1]}\\{mark[-1]}"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {escape(block.text)}"
        case Paragraph():
            yield escape(block.text)
        case Listing():
            yield from (f"- {escape(item)}" for item in block.items)
        case Note():
            word = "Warning" if block.tone == "warning" else "Note"
            yield f"> **{word}:** {escape(block.text)}"
        case Table():
            yield from _table(block)
        case _:
            yield from (f"**{escape(block.title)}**", "")
            yield from _table(chart_data.table(block, chart_data.ROWS))
            yield from ("", escape(block.alt))


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield from (escape(table.caption), "")
    titles = tuple(column.title for column in table.columns)
    yield from _rows(titles, tuple(column.align for column in table.columns), table.rows)


def _rows(titles: tuple[str, ...], sides: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    yield f"| {' | '.join(escape(title) for title in titles)} |"
    yield f"|{'|'.join('---:' if side == 'right' else ':---' for side in sides)}|"
    for row in rows:
        yield f"| {' | '.join(escape(cell) for cell in row)} |"
