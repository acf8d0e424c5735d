"""The forms of a brief, one row each: the endings of its files, what it needs, and how it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from detente.errors import DetenteError
from detente.report.brief import Brief, front, whole

INSTALL = "Install with: pip install 'detente[report]'"


@dataclass(frozen=True)
class Document:
    """One form. `needs` is the library without which it cannot be written, `package` what brings it."""

    endings: tuple[str, ...]
    draw: Callable[[Brief, bool], bytes]
    needs: str = ""
    package: str = ""


def _pdf(brief: Brief, one_page: bool) -> bytes:
    from detente.formats import pdf

    return pdf.render(brief, one_page)


def _docx(brief: Brief, one_page: bool) -> bytes:
    from detente.formats import docx

    return docx.render(brief, one_page)


def _html(brief: Brief, one_page: bool) -> bytes:
    from detente.formats import html

    return html.render(front(brief) if one_page else whole(brief)).encode("utf-8")


def _markdown(brief: Brief, one_page: bool) -> bytes:
    from detente.formats import markdown

    return markdown.render(front(brief) if one_page else whole(brief)).encode("utf-8")


DOCUMENTS: tuple[Document, ...] = (
    Document((".pdf",), _pdf, "typst", "typst"),
    Document((".docx",), _docx, "docx", "python-docx"),
    Document((".html", ".htm"), _html),
    Document((".md",), _markdown),
)
ENDINGS = tuple(ending for row in DOCUMENTS for ending in row.endings)


def of_file(path: Path) -> Document:
    """The form that a file's ending stands for.

    Raises
    ------
    DetenteError
        For an ending that stands for none, or where what the form needs is not installed.
    """
    ending = path.suffix.lower()
    for row in DOCUMENTS:
        if ending in row.endings:
            if row.needs and find_spec(row.needs) is None:
                raise DetenteError(f"a brief as {ending} needs {row.package}; nothing was written. {INSTALL}")
            return row
    shown = f"'{ending}' stands for no form of a brief" if ending else f"'{path.name}' has no ending"
    raise DetenteError(f"{shown}; nothing was written. Let the file end in one of {', '.join(ENDINGS)}.")
