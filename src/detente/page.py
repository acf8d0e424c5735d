"""A document without a format: what is said, in which order, and nothing about how it looks.

Presenters build a `Page`; the formats (terminal, markdown, html) draw it. All text is plain: no markup, no
escapes, no colours. Whatever a format needs to escape, it escapes itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "right"]
Tone = Literal["note", "warning"]


@dataclass(frozen=True)
class Heading:
    """The title of a section; level 2 is the first below the page's own title."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """One or more whole sentences."""

    text: str


@dataclass(frozen=True)
class Listing:
    """Several short items of one kind, one a line."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table: its title, its side, and whether it keeps its width when room is short."""

    title: str
    align: Align = "left"
    fixed: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of short texts under named columns; every row has one cell per column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row has {len(row)} cells under {len(self.columns)} columns: {row!r}")


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: what it stands for, its length, and the number as it is to be read."""

    label: str
    value: float
    shown: str


@dataclass(frozen=True)
class Chart:
    """Bars beside each other, or a waterfall: signed steps that add up to the last bar, a total.

    `alt` says in a sentence what the chart shows, for those who cannot see it.
    """

    kind: Literal["bars", "waterfall"]
    title: str
    bars: tuple[Bar, ...]
    alt: str


@dataclass(frozen=True)
class Note:
    """Something to keep in mind beside the answer; a warning is something to act on."""

    text: str
    tone: Tone = "note"


Block = Heading | Paragraph | Listing | Table | Chart | Note


@dataclass(frozen=True)
class Page:
    """A titled sequence of blocks."""

    title: str
    blocks: tuple[Block, ...]
