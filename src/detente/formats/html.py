"""A page as one HTML file that needs nothing from outside: no script, no font, no request.

Every text is escaped; a content security policy in the page refuses whatever an escape might have missed.
Light and dark follow the reader's system. Tables have captions and column scopes for screen readers.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from detente.formats import chart_data
from detente.formats.palette import DARK, LIGHT, style
from detente.formats.plain import visible
from detente.report.page import Block, Drawing, Heading, Listing, Note, Page, Paragraph, Table

STYLE = (
    """
:root { color-scheme: light dark; LIGHT }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem;
       color: #1b1b1b; background: #fff; }
h1 { font-size: 1.6rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin-top: 2rem; }
p, li { max-width: 44rem; }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: .4rem; }
th, td { padding: .35rem 1rem .35rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #ccc; }
th { border-bottom: 2px solid #888; } .right { text-align: right; } .fixed { white-space: nowrap; }
.note { border-left: .3rem solid #888; padding: .3rem .8rem; } .warning { border-color: #D55E00; }
figure { margin: 1.5rem 0; overflow-x: auto; } figcaption { font-weight: bold; }
summary { cursor: pointer; }
@media (prefers-color-scheme: dark) {
  :root { DARK }
  body { color: #e8e8e8; background: #161616; } th, td { border-color: #555; }
}
@media print { body { margin: 0; max-width: none; } .scroll { overflow: visible; } }
""".strip()
    .replace("LIGHT", style(LIGHT))
    .replace("DARK", style(DARK))
)

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def render(page: Page) -> str:
    """Write a page as a complete, self-contained HTML document."""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            f"<title>{_text(page.title)}</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            fragment(page),
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def fragment(page: Page) -> str:
    """The page without the document around it, as a notebook shows it."""
    return f"<h1>{_text(page.title)}</h1>\n{body(page)}"


def body(page: Page) -> str:
    """What stands below the page's title."""
    return "\n".join(line for block in page.blocks for line in _draw(block))


def _draw(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"<h{block.level}>{_text(block.text)}</h{block.level}>"
        case Paragraph():
            yield f"<p>{_text(block.text)}</p>"
        case Listing():
            items = "".join(f"<li>{_text(item)}</li>" for item in block.items)
            yield f"<ul>{items}</ul>"
        case Note():
            word = "Warning" if block.tone == "warning" else "Note"
            yield f'<p class="note {block.tone}"><strong>{word}:</strong> {_text(block.text)}</p>'
        case Table():
            yield from _table(block)
        case _:
            yield from _figure(block)


def _figure(block: Drawing) -> Iterator[str]:
    """A chart with its title, and its numbers as a table that opens on demand."""
    from detente.formats import charts  # loads what draws, which pages without a chart do without

    yield f"<figure><figcaption>{_text(block.title)}</figcaption>"
    yield charts.inline(block)
    yield "<details><summary>The numbers of this chart</summary>"
    yield from _table(chart_data.table(block))
    yield "</details></figure>"


def _table(table: Table) -> Iterator[str]:
    kinds = tuple(_class(column.align == "right", column.fixed) for column in table.columns)
    yield '<div class="scroll"><table>'
    if table.caption:
        yield f"<caption>{_text(table.caption)}</caption>"
    titles = (
        f'<th scope="col"{kind}>{_text(column.title)}</th>'
        for kind, column in zip(kinds, table.columns, strict=True)
    )
    yield f"<thead><tr>{''.join(titles)}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        cells = (f"<td{kind}>{_text(cell)}</td>" for kind, cell in zip(kinds, row, strict=True))
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _class(right: bool, fixed: bool) -> str:
    words = [word for word, holds in (("right", right), ("fixed", fixed)) if holds]
    return f' class="{" ".join(words)}"' if words else ""


def _text(text: str) -> str:
    return escape(visible(text))
