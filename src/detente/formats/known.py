"""The formats, one row each: its name, the endings of files in it, and how it draws a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from detente.errors import DetenteError, UnknownNameError
from detente.report.page import Page


@dataclass(frozen=True)
class Look:
    """What the place where text will be seen can show: its width in columns, colours, and letters."""

    width: int = 80
    colour: bool = False
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Format:
    """One format. `draw` is None where the answer itself is written instead of its page."""

    name: str
    endings: tuple[str, ...]
    draw: Callable[[Page, Look], str] | None


def _terminal(page: Page, look: Look) -> str:
    from detente.formats import terminal

    return terminal.render(page, look.width, look.colour, look.encoding)


def _markdown(page: Page, look: Look) -> str:
    from detente.formats import markdown
    from detente.formats.plain import encodable

    return encodable(markdown.render(page), look.encoding)


def _html(page: Page, look: Look) -> str:
    from detente.formats import html

    return html.render(page).encode(look.encoding, "xmlcharrefreplace").decode(look.encoding)


FORMATS: tuple[Format, ...] = (
    Format("terminal", ("", ".txt"), _terminal),
    Format("json", (".json",), None),
    Format("markdown", (".md",), _markdown),
    Format("html", (".html", ".htm"), _html),
)
NAMES = tuple(row.name for row in FORMATS)


def named(name: str) -> Format:
    """The format of a name.

    Raises
    ------
    UnknownNameError
        When there is none.
    """
    for row in FORMATS:
        if row.name == name:
            return row
    raise UnknownNameError("format", name, NAMES)


def of_ending(ending: str) -> Format:
    """The format that a file's ending stands for; without an ending, what a terminal shows.

    Raises
    ------
    DetenteError
        For an ending that stands for none.
    """
    for row in FORMATS:
        if ending.lower() in row.endings:
            return row
    known = ", ".join(each for row in FORMATS for each in row.endings if each)
    advice = f"Let the file end in one of {known}, or add --format."
    raise DetenteError(f"'{ending.lower()}' stands for no format; nothing was written. {advice}")
