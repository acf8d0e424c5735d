"""A brief as a Word document: headings, tables and captions in styles, pictures with their descriptions."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from detente.formats.plain import visible
from detente.report import brief as bound
from detente.report.brief import Brief, chapters, lowered
from detente.report.page import Block, Drawing, Heading, Listing, Note, Paragraph, Table

WIDEST = 166  # millimetres between the margins
MILLIMETRES = 0.23  # for a pixel of a chart
SHARPNESS = 3.0
LONGEST = 255  # letters of what a file says of itself
MADE = datetime(2000, 1, 1)  # the time is not part of a brief
TABLE = "Light List Accent 1"
SMALL = Pt(9)


def render(brief: Brief, one_page: bool = False) -> bytes:
    """Write a brief as a Word document."""
    made = Document()
    _prepared(made, brief)
    _add(made, Heading(brief.title, 1))
    if brief.about:
        made.add_paragraph(visible(brief.about))
    _add(made, Heading("Bottom line"))
    made.add_paragraph(visible(bound.bottom_line(brief)), style="Intense Quote")
    _each(made, [block for block in brief.glance if not (one_page and isinstance(block, Drawing))])
    for title, lead in bound.points(brief):
        paragraph = made.add_paragraph()
        paragraph.add_run(f"{visible(title)}. ").bold = True
        paragraph.add_run(visible(lead))
    _each(made, bound.changed(brief))
    if not one_page:
        made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for section in chapters(brief):
            _add(made, Heading(section.title))
            _each(made, lowered(section.blocks))
    return _without_times(made)


def _without_times(made: Any) -> bytes:
    """The file, its parts without the time at which they were packed."""
    packed, buffer = io.BytesIO(), io.BytesIO()
    made.save(packed)
    with zipfile.ZipFile(packed) as given, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as taken:
        for name in given.namelist():
            taken.writestr(zipfile.ZipInfo(name), given.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _prepared(made: Any, brief: Brief) -> None:
    """The sheet, its styles, what the file says of itself, and the foot of every page."""
    sheet = made.sections[0]
    sheet.page_width, sheet.page_height = Mm(210), Mm(297)
    sheet.left_margin = sheet.right_margin = Mm(22)
    sheet.top_margin = sheet.bottom_margin = Mm(20)
    made.styles["Normal"].font.name, made.styles["Normal"].font.size = "Calibri", Pt(10.5)
    made.styles["Caption"].font.color.rgb, made.styles["Caption"].font.size = (
        RGBColor(0x1B, 0x1B, 0x1B),
        Pt(9.5),
    )
    told = made.core_properties
    told.title, told.author, told.language = visible(brief.title)[:LONGEST], "detente", "en"
    told.comments = visible(brief.provenance.line)[:LONGEST]
    told.created = told.modified = MADE
    foot = sheet.footer.paragraphs[0]
    foot.add_run(f"{visible(brief.provenance.line)} · page ").font.size = Pt(8)
    _field(foot, "PAGE")


def _field(paragraph: Any, code: str) -> None:
    """A field that Word fills in, such as the number of the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)


def _each(made: Any, blocks: Iterable[Block]) -> None:
    for block in blocks:
        _add(made, block)


def _add(made: Any, block: Block) -> None:
    match block:
        case Heading():
            made.add_heading(visible(block.text), level=max(1, block.level))
        case Paragraph():
            made.add_paragraph(visible(block.text))
        case Listing():
            for item in block.items:
                made.add_paragraph(visible(item), style="List Bullet")
        case Note():
            paragraph = made.add_paragraph(style="Quote")
            paragraph.add_run("Warning: " if block.tone == "warning" else "Note: ").bold = True
            paragraph.add_run(visible(block.text))
        case Table():
            _table(made, block)
        case _:
            _picture(made, block)


def _table(made: Any, table: Table) -> None:
    if table.caption:
        _caption(made, table.caption)
    grid = made.add_table(rows=1, cols=len(table.columns), style=TABLE)
    rows = [tuple(column.title for column in table.columns), *table.rows]
    for place, row in enumerate(rows):
        cells = grid.rows[0].cells if place == 0 else grid.add_row().cells
        for cell, text, column in zip(cells, row, table.columns, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.add_run(visible(text)).font.size = SMALL
            if column.align == "right":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _repeated(grid.rows[0])
    made.add_paragraph()


def _repeated(row: Any) -> None:
    """Let a table's titles stand on every page that it goes on to; to whoever hears it they then are titles."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _caption(made: Any, title: str) -> None:
    made.add_paragraph(visible(title), style="Caption").paragraph_format.keep_with_next = True


def _picture(made: Any, block: Drawing) -> None:
    from detente.formats import charts

    svg = charts.captioned(block)
    width = min(charts.size(svg)[0] * MILLIMETRES, WIDEST)
    _caption(made, block.title)
    picture = made.add_picture(io.BytesIO(charts.raster(svg, SHARPNESS)), width=Mm(width))
    told = picture._inline.docPr
    told.set("title", visible(block.title))
    told.set("descr", visible(block.alt))
