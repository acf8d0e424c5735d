"""Answers as people see them: as a page, in any format, on the screen, as pictures."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
import warnings
from pathlib import Path

from detente import catalogue
from detente.answers.answer import Answer, draw_html_with
from detente.answers.comparison import Comparison
from detente.errors import DetenteError, DetenteWarning
from detente.files import save_all
from detente.formats.known import Look, named
from detente.report import comparison, words
from detente.report.page import Drawing, Note, Page

LONGEST_NAME = 60
BEARING = ("misperceptions", "coalitions")
"""Unused parts that an answer could have taken up; claims and observations change none."""


def page_of(answer: Answer | Comparison) -> Page:
    """An answer as a page, with a note where a part of the scenario that bears on it played no role."""
    if isinstance(answer, Comparison):
        return comparison.page(answer)
    told: Page = catalogue.resolve(catalogue.question(answer.question).page)(answer)
    changes = (Note(words.changed(answer.changes)),) if answer.changes else ()
    notes = tuple(Note(words.unused(part)) for part in answer.unused if part in BEARING)
    return Page(told.title, (*changes, *told.blocks, *notes))


def render(
    subject: Answer | Comparison | Page,
    format: str = "terminal",
    width: int = 80,
    colour: bool = False,
    encoding: str = "utf-8",
) -> str:
    """An answer, or a page, as text.

    Parameters
    ----------
    subject : Answer or Page
    format : {"terminal", "json", "markdown", "html"}
        `json` is for answers only: it comes from the answer itself, the rest from its page.
    width, colour, encoding
        What a terminal can show; other formats use the encoding only.

    Raises
    ------
    UnknownNameError
        For another format.
    DetenteError
        For a page as JSON.
    """
    row = named(format)
    if row.draw is not None:
        page = subject if isinstance(subject, Page) else page_of(subject)
        return row.draw(page, Look(width, colour, encoding))
    if isinstance(subject, Page):
        raise DetenteError("a page has no JSON form; choose terminal, markdown or html.")
    return subject.to_json(ascii_only=not _holds_everything(encoding))


def show(answer: Answer) -> None:
    """Print an answer as a terminal shows it."""
    print(render(answer, encoding=sys.stdout.encoding or "utf-8"), end="")


def save_charts(subject: Answer | Page, folder: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Write every chart of an answer as an SVG and as a PNG: all of them, or none.

    Parameters
    ----------
    subject : Answer or Page
    folder : path
        Made where it is missing. A file is called after the question, the number of the chart on the page and
        its title, such as `relations-1-ties-and-camps.svg`; one of the same name is replaced.

    Returns
    -------
    tuple of Path
        What was written, in the order of the page; nothing, with a warning, where the answer has no chart. A
        warning too where no font on this machine has letters of a name: the PNG has boxes for them.

    Raises
    ------
    DetenteError
        When the folder is a file.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise DetenteError(f"{folder} is a file; charts are written into a folder.")
    page = subject if isinstance(subject, Page) else page_of(subject)
    blocks = [block for block in page.blocks if isinstance(block, Drawing)]
    if not blocks:
        told = f"this answer has no chart; nothing was written to {folder}."
        warnings.warn(told, DetenteWarning, stacklevel=2)
        return ()
    from detente.formats import charts

    first = "page" if isinstance(subject, Page) else subject.question
    central = isinstance(subject, Page) or subject.worlds == 0
    basis = "the scenario's central case" if central else "the scenario"
    named = page.title
    if isinstance(subject, Answer) and subject.names.scenario not in named:
        named = f"{subject.names.scenario}. {named}"
    origin = f"{named} (drawn by detente from {basis})"
    drawn = {
        folder / f"{first}-{n}-{_slug(block.title)}.{kind}": charts.draw(block, kind, origin=origin)
        for n, block in enumerate(blocks, 1)
        for kind in charts.KINDS
    }
    save_all(drawn, folder)
    told = charts.boxes(picture for path, picture in drawn.items() if path.suffix == ".svg")
    if told:
        warnings.warn(told, DetenteWarning, stacklevel=2)
    return tuple(drawn)


def export(answer: Answer, file: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Write every table of an answer for another program; in CSV numbers keep every digit.

    Parameters
    ----------
    answer : Answer
    file : path
        `.csv` (the main table there, every other one beside it as `NAME-TABLE.csv`), `.xlsx` (a sheet for
        each) or `.tex` (one after the other). Files of these names are replaced.

    Returns
    -------
    tuple of Path
        What was written.

    Raises
    ------
    DetenteError
        For another ending, or without pandas and openpyxl (`detente[frames]`).
    """
    from detente.answers.tables import tables
    from detente.formats.sheets import files_of

    written = files_of(tables(answer), Path(file))
    save_all(written)
    return tuple(written)


def prepare_notebooks() -> None:
    """Let notebooks draw answers as pages."""
    draw_html_with(_html)


def _html(answer: Answer) -> str:
    from detente.formats import html

    return html.fragment(page_of(answer))


def _slug(title: str) -> str:
    """A title as part of a file's name: short, in plain letters, without anything a file system minds."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_NAME].strip("-") or "chart"


def _holds_everything(encoding: str) -> bool:
    return encoding.lower().replace("-", "").replace("_", "").startswith("utf")
