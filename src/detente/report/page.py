"""A document without a format: what is said, in which order, and nothing about how it looks.

Presenters build a `Page`; the formats (terminal, markdown, html) draw it. All text is plain: no markup, no
escapes, no colours. Whatever a format needs to escape, it escapes itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "right"]
Tone = Literal["note", "warning"]
Fate = Literal["kept", "moved", "lost"]


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

    `alt` says in a sentence what the chart shows, for those who cannot see it; `unit` what its numbers are,
    and in which unit.
    """

    kind: Literal["bars", "waterfall"]
    title: str
    bars: tuple[Bar, ...]
    alt: str
    unit: str


@dataclass(frozen=True)
class Line:
    """One line of a curve chart: its name, its points (x, y) from left to right, and the last as it is read."""

    label: str
    points: tuple[tuple[float, float], ...]
    shown: str = ""


@dataclass(frozen=True)
class Curve:
    """Quantities that change along one axis, such as the share still standing after so many rounds.

    The axis upwards always shows nought; that across does where it is `from_nought`.
    """

    title: str
    x_title: str
    y_title: str
    lines: tuple[Line, ...]
    alt: str
    from_nought: bool = False


@dataclass(frozen=True)
class Matrix:
    """A number for each pair of row and column, between `low` and `high`; `None` where there is none."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    alt: str
    unit: str
    low: float = -1.0
    high: float = 1.0

    def __post_init__(self) -> None:
        sizes = [len(row) for row in self.values]
        if sizes != [len(self.columns)] * len(self.rows):
            raise ValueError(f"{len(self.rows)} by {len(self.columns)} numbers belong here, not {sizes}")


@dataclass(frozen=True)
class Edge:
    """A signed tie from one node to another, -1 to 1; equal ties both ways are drawn as one line."""

    source: str
    target: str
    weight: float


@dataclass(frozen=True)
class Network:
    """Nodes, the signed ties between them, and the camps that they form; who is in no camp stands alone."""

    title: str
    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]
    camps: tuple[tuple[str, ...], ...]
    alt: str
    unit: str

    def __post_init__(self) -> None:
        named = [name for edge in self.edges for name in (edge.source, edge.target)]
        unknown = {name for group in (named, *self.camps) for name in group} - set(self.nodes)
        if unknown:
            raise ValueError(f"no node is called {', '.join(sorted(unknown))}")


@dataclass(frozen=True)
class Link:
    """An amount that goes from one place to another, at least 0, and what became of it."""

    source: str
    target: str
    value: float
    shown: str
    tone: Fate = "kept"


@dataclass(frozen=True)
class Flow:
    """Amounts that go from place to place and never back to one they passed (a Sankey diagram)."""

    title: str
    links: tuple[Link, ...]
    alt: str
    unit: str

    def __post_init__(self) -> None:
        if any(link.value < 0 for link in self.links):
            raise ValueError("an amount that flows is at least 0")
        left = list(self.links)
        while left:
            targets = {link.target for link in left}
            going = [link for link in left if link.source in targets]
            if len(going) == len(left):
                raise ValueError(f"a flow comes back to {left[0].source}")
            left = going


@dataclass(frozen=True)
class Step:
    """One step on a way: its name, who takes it, what happens, and a number for how much is at stake."""

    label: str
    who: str
    text: str
    value: float
    shown: str


@dataclass(frozen=True)
class Steps:
    """Steps that follow each other, such as a roadmap."""

    title: str
    steps: tuple[Step, ...]
    alt: str
    unit: str


@dataclass(frozen=True)
class Ranked:
    """One row of a ranking: its central value and the interval about it (low = high when it is exact)."""

    label: str
    value: float
    low: float
    high: float
    shown: str


@dataclass(frozen=True)
class Ranking:
    """Things in order, each a dot with its interval on one scale."""

    title: str
    rows: tuple[Ranked, ...]
    alt: str
    unit: str


@dataclass(frozen=True)
class Note:
    """Something to keep in mind beside the answer; a warning is something to act on."""

    text: str
    tone: Tone = "note"


Drawing = Chart | Curve | Matrix | Network | Flow | Steps | Ranking
"""Every block that is drawn; each has a title, an `alt` for those who cannot see it, and says its unit."""

Block = Heading | Paragraph | Listing | Table | Drawing | Note


@dataclass(frozen=True)
class Page:
    """A titled sequence of blocks."""

    title: str
    blocks: tuple[Block, ...]
