"""A brief as a PDF: tagged for those who hear it (PDF/UA-1), the same bytes for the same brief.

typst sets it, without a network and without a browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from detente.errors import DetenteError
from detente.formats import typeset
from detente.formats.scripts import by_script, families
from detente.formats.typeset import STYLE
from detente.report import brief as bound
from detente.report.brief import Brief, chapters, lowered
from detente.report.page import Drawing

STANDARDS: Any = ["ua-1"]
SHEET = re.compile(rb"/Type */Page\b")
MADE = 0  # seconds since 1970: the time is not part of a brief
BODY = "Libertinus Serif"  # comes with typst
Fit = tuple[float, float, bool]
FITS: tuple[Fit, ...] = (
    (10.4, 1.0, True),
    (9.6, 0.85, True),
    (9.6, 0.85, False),
    (8.8, 0.8, False),
    (8.2, 0.8, False),
)
"""How the first page is tried, until it fits: the size of its type, of its chart, and whether it has one."""


def render(brief: Brief, one_page: bool = False) -> bytes:
    """Typeset a brief.

    Raises
    ------
    DetenteError
        Where no font on this machine has some letters; the message names the script and what to install.
    """
    for size, scale, drawn in FITS:
        made = _compiled(brief, (size, scale, drawn), whole=False)
        if sheets(made) == 1:
            break
    else:
        if one_page:
            raise DetenteError("the first page does not fit on a sheet. Choose fewer sections with --section.")
    return made if one_page else _compiled(brief, (size, scale, drawn), whole=True)


def _compiled(brief: Brief, fit: Fit, whole: bool) -> bytes:
    import typst

    pictures: dict[str, str] = {}
    source = "\n".join(_document(brief, fit, whole, pictures))
    files: Any = {"main": source.encode("utf-8")}
    files |= {name: svg.encode("utf-8") for name, svg in pictures.items()}
    try:
        made: bytes = typst.compile(files, format="pdf", pdf_standards=STANDARDS, timestamp=MADE)
    except typst.TypstError as error:
        raise DetenteError(_fault(str(error), source)) from None
    return made


def _document(brief: Brief, fit: Fit, whole: bool, pictures: dict[str, str]) -> Iterator[str]:
    size, scale, drawn = fit
    text = typeset.text
    fonts = ", ".join(text(one) for one in (BODY, *families([repr(brief)]).split(", ")[:-1]))
    yield f'#set document(title: {text(brief.title)}, author: "detente", date: none)'
    yield f'#set text(font: ({fonts},), lang: "en", size: {size}pt)'
    yield f"#let provenance = {text(brief.provenance.line)}"
    yield STYLE
    yield f"#heading(level: 1, {text(brief.title)})"
    if brief.about:
        yield f"#par[#{text(brief.about)}]"
    yield '#heading(level: 2, "Bottom line")'
    yield f"#lead[#{text(bound.bottom_line(brief))}]"
    seen = [block for block in brief.glance if drawn or not isinstance(block, Drawing)]
    yield from typeset.blocks(seen, pictures, scale)
    for title, lead in bound.points(brief):
        yield f"#par[#strong({text(title + '. ')})#{text(lead)}]"
    yield from typeset.blocks(bound.changed(brief), pictures)
    if whole:
        yield "#pagebreak()"
        yield "#set text(size: 10.2pt)"
        yield "#outline(target: <section>, title: [Contents])"
        for section in chapters(brief):
            yield f"#[#heading(level: 2, {text(section.title)}) <section>]"
            yield from typeset.blocks(lowered(section.blocks), pictures)


def sheets(made: bytes) -> int:
    """How many pages a PDF of typst's has: it writes their dictionaries uncompressed."""
    return len(SHEET.findall(made))


def _fault(told: str, source: str) -> str:
    """What went wrong in words that help: the letters that no font has, else what typst says."""
    scripts = by_script([source])
    first = told.strip().splitlines()[0]
    if "glyph" in told or "font" in told:
        named = ", ".join(script.name for script in scripts) or "some letters"
        install = ", ".join(dict.fromkeys(script.install for script in scripts))
        return f"the PDF needs a font for {named}, and this machine has none. Install {install} and try again."
    return f"the PDF could not be typeset: {first}"
