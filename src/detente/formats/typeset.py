"""Blocks of a page in the language of typst: every text a string of its own, so that none is read as markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.formats.plain import visible
from detente.report.page import Block, Drawing, Heading, Listing, Note, Paragraph, Table

POINTS = 0.66  # of type for a pixel of a chart: its lettering becomes a little smaller than the text
SHORT, FIXED = 12, 24  # letters of a column that takes what it needs
WIDEST = 481.0  # points between the margins

STYLE = """
#set page(paper: "a4", margin: (x: 20mm, top: 19mm, bottom: 22mm), footer-descent: 9mm, footer: context {
  set text(7.2pt, fill: luma(90))
  grid(columns: (1fr, auto), column-gutter: 8mm, provenance,
    [#counter(page).display() / #counter(page).final().first()])
})
#set par(justify: false, leading: 0.62em, spacing: 0.95em)
#set list(indent: 0.4em, body-indent: 0.6em, spacing: 0.7em)
#show heading: set text(fill: rgb("#12344d"), hyphenate: false)
#show heading.where(level: 1): set text(17pt)
#show heading.where(level: 1): set block(above: 0pt, below: 11pt)
#show heading.where(level: 2): set text(12pt)
#show heading.where(level: 2): set block(above: 17pt, below: 8pt)
#show heading.where(level: 3): set text(10.5pt)
#show heading.where(level: 3): set block(above: 14pt, below: 7pt)
#set table(stroke: (_, y) => (bottom: if y == 0 { 0.7pt + luma(70) } else { 0.3pt + luma(205) }),
  inset: (left: 0pt, right: 10pt, y: 3.6pt))
#show table: set text(8.8pt)
#show table: set par(leading: 0.5em)
#show table.cell.where(y: 0): set text(weight: "semibold")
#show figure: set align(left)
#show figure: set block(above: 15pt, below: 15pt)
#show figure.where(kind: table): set block(breakable: true)
#show figure.caption: set text(9.4pt, weight: "semibold")
#show figure.caption: it => block(width: 100%, it.body)
#set figure(numbering: none, supplement: none, gap: 6pt)
#set figure.caption(position: top)
#let aside(colour, body) = block(width: 100%, inset: (left: 9pt, y: 2pt), stroke: (left: 2pt + colour),
  above: 12pt, below: 12pt, { set text(8.8pt); body })
#let lead(body) = block(width: 100%, fill: rgb("#eaf1f6"), inset: 10pt, radius: 2pt,
  above: 9pt, below: 12pt, body)
"""


def text(content: str) -> str:
    """A text as typst's string: nothing in it is markup."""
    plain = visible(content).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def blocks(given: Sequence[Block], pictures: dict[str, str], scale: float = 1.0) -> Iterator[str]:
    """The lines of typst for blocks; what they draw is added to `pictures`, file names to SVG.

    `scale` is how large charts are beside their usual size.
    """
    for block in given:
        match block:
            case Heading():
                yield f"#heading(level: {block.level - 1}, {text(block.text)})"
            case Paragraph():
                yield f"#par[#{text(block.text)}]"
            case Listing():
                yield f"#list({', '.join(f'[#{text(item)}]' for item in block.items)})"
            case Note():
                word = "Warning: " if block.tone == "warning" else "Note: "
                colour = 'rgb("#D55E00")' if block.tone == "warning" else "luma(160)"
                yield f"#aside({colour})[#strong({text(word)})#{text(block.text)}]"
            case Table():
                yield from _table(block)
            case _:
                yield _drawing(block, pictures, scale)


def _table(table: Table) -> Iterator[str]:
    sides = ", ".join(column.align for column in table.columns)
    titles = ", ".join(f"[#{text(column.title)}]" for column in table.columns)
    cells = ",\n".join(", ".join(f"[#{text(cell)}]" for cell in row) for row in table.rows)
    widths = ", ".join(_widths(table))
    drawn = f"table(columns: ({widths},), align: ({sides},), table.header({titles}),\n{cells})"
    if table.caption:
        yield f"#figure(kind: table, caption: [#{text(table.caption)}], {drawn})"
    else:
        yield f"#block(above: 10pt, below: 13pt, {drawn})"


def _widths(table: Table) -> list[str]:
    """Columns of short texts take what they need; the others share what is left by how much they hold."""
    found = []
    for place, column in enumerate(table.columns):
        cells = [column.title, *(row[place] for row in table.rows)]
        longest = max(map(len, cells))
        if longest <= (FIXED if column.fixed else SHORT):
            found.append("auto")
        else:
            found.append(f"{min(max(sum(map(len, cells)) / len(cells), 12), 60):.0f}fr")
    return found


def _drawing(block: Drawing, pictures: dict[str, str], scale: float) -> str:
    from detente.formats import charts

    svg = charts.captioned(block)
    name = f"chart-{len(pictures) + 1}.svg"
    pictures[name] = svg
    width = min(charts.size(svg)[0] * POINTS * scale, WIDEST)
    picture = f"image({text(name)}, alt: {text(block.alt)}, width: {width:.1f}pt)"
    return f"#figure(kind: image, caption: [#{text(block.title)}], align(left, {picture}))"
