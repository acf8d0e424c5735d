"""Briefs as files: every form says the same, holds what a reader needs, and takes no name for markup."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from detente.errors import DetenteError
from detente.formats import documents, docx, pdf, typeset
from detente.formats.documents import of_file
from detente.report.brief import Section, bottom_line, chapters
from detente.report.page import Drawing, Paragraph
from formats.briefs import BROKEN_OUT, FULL, PROVENANCE
from formats.pages import HOSTILE

ENDINGS = ("a.pdf", "a.docx", "a.html", "a.md")
DRAWN = [block for section in chapters(FULL) for block in section.blocks if isinstance(block, Drawing)]


@pytest.mark.parametrize("name", ENDINGS)
def test_the_same_brief_makes_the_same_bytes(name: str) -> None:
    draw = of_file(Path(name)).draw
    assert draw(FULL, False) == draw(FULL, False)
    assert draw(FULL, True) != draw(FULL, False)


@pytest.mark.parametrize("name", ["a.html", "a.md", "a.docx"])
def test_every_form_holds_the_bottom_line_every_section_and_where_it_comes_from(name: str) -> None:
    told = read(of_file(Path(name)).draw(FULL, False))
    for section in chapters(FULL):
        assert section.title in told
    assert bottom_line(FULL).strip()[:40] in told
    assert "0123456789abcdef" in told
    assert "9.8.7" in told


@pytest.mark.parametrize("name", ["a.html", "a.md", "a.docx"])
def test_one_page_leaves_the_sections_out_and_keeps_their_first_sentences(name: str) -> None:
    told = read(of_file(Path(name)).draw(FULL, True))
    assert "Method" not in told
    assert FULL.sections[0].lead.strip()[:40] in told
    assert "0123456789abcdef" in told


def read(made: bytes) -> str:
    """The text of a file: of a Word document all its parts."""
    if made[:2] != b"PK":
        return made.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        return "".join(parts.read(name).decode("utf-8") for name in parts.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize("name", ENDINGS)
@pytest.mark.parametrize("one_page", [True, False])
def test_markup_in_a_name_is_text(name: str, one_page: bool) -> None:
    made = of_file(Path(name)).draw(BROKEN_OUT, one_page)
    if name != "a.pdf":
        assert "<script>" not in read(made)


def test_a_pdf_is_tagged_has_a_title_a_language_and_words_for_every_picture() -> None:
    made = pdf.render(FULL)
    assert b"/StructTreeRoot" in made
    assert b"/Lang" in made
    assert made.count(b"/Alt") >= len(DRAWN)
    assert b"pdfuaid" in made


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")
def test_every_page_of_a_pdf_says_where_it_comes_from(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf.render(FULL))
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True)
    pages = done.stdout.rstrip("\f").split("\f")
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "hash 0123456789abcdef" in page
        assert re.search(rf"\b{number} ?/ ?{len(pages)}\b", page)


def test_one_page_is_one_page() -> None:
    assert pdf.sheets(pdf.render(FULL, one_page=True)) == 1
    assert pdf.sheets(pdf.render(FULL)) > 2


def test_a_first_page_that_fits_no_sheet_is_refused_with_what_to_do() -> None:
    long = tuple(Section(f"s{n}", "Long", (Paragraph("Much is said here. " * 60),)) for n in range(12))
    with pytest.raises(DetenteError, match=r"does not fit on a sheet. Choose fewer sections"):
        pdf.render(replace(FULL, sections=long), one_page=True)
    assert pdf.render(replace(FULL, sections=long))


def test_letters_that_no_font_has_are_told_with_what_to_install() -> None:
    with pytest.raises(DetenteError, match=r"needs a font for .*Install Noto Sans"):
        pdf.render(replace(FULL, about="\U00016a40 is Mro"))


def test_a_word_document_has_styles_titles_of_tables_and_words_for_every_picture() -> None:
    made = docx.render(FULL)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        body = parts.read("word/document.xml").decode("utf-8")
        foot = "".join(parts.read(n).decode("utf-8") for n in parts.namelist() if "footer" in n)
    assert body.count("w:tblHeader") == body.count("<w:tbl>")
    assert len(re.findall(r'<wp:docPr [^>]*descr="[^"]+"', body)) == len(DRAWN)
    assert {"Heading1", "Heading2", "Caption", "ListBullet"} <= set(re.findall(r'w:pStyle w:val="(\w+)"', body))
    assert PROVENANCE.hash in foot
    assert "PAGE" in foot


def test_a_text_is_a_string_to_typst_whatever_it_holds() -> None:
    assert typeset.text('a "b" \\ #c') == '"a \\"b\\" \\\\ #c"'
    assert "\x1b" not in typeset.text(HOSTILE)


def test_an_unknown_ending_is_refused_with_those_that_are_known() -> None:
    for name, told in (("a.odt", "'.odt' stands for no form"), ("brief", "'brief' has no ending")):
        with pytest.raises(DetenteError, match=told) as caught:
            of_file(Path(name))
        assert ".pdf, .docx, .html, .htm, .md" in str(caught.value)


def test_a_form_whose_library_is_missing_says_the_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "find_spec", lambda name: None)
    with pytest.raises(
        DetenteError, match=r"needs typst; nothing was written. .*pip install 'detente\[report\]'"
    ):
        of_file(Path("a.pdf"))
    assert of_file(Path("a.md"))
