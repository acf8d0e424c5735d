"""Where an answer goes: the screen as it is, or a file, whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import IO

from detente import files, library, written
from detente.answers.answer import Answer
from detente.answers.comparison import Comparison
from detente.cli.ending import say
from detente.errors import DetenteError
from detente.formats import known
from detente.rendering import render
from detente.report.page import Page
from detente.scenario.model import Scenario

WIDEST = 110
STDOUT, STDERR = 1, 2


@contextmanager
def apart() -> Iterator[None]:
    """Send whatever is printed meanwhile to the error stream: the standard output holds the answer alone.

    Both ways are turned: what Python prints, and what compiled code writes to the descriptor.
    """
    with redirect_stdout(sys.stderr or io.StringIO()):
        try:
            kept = os.dup(STDOUT)
        except OSError:  # it is closed
            yield
            return
        try:
            try:
                os.dup2(STDERR, STDOUT)
            except OSError:
                os.dup2(os.open(os.devnull, os.O_WRONLY), STDOUT)
            yield
        finally:
            os.dup2(kept, STDOUT)
            os.close(kept)


def opened(source: str) -> Scenario:
    """A scenario, with a note on the error stream for whatever its reader should know about how it was read."""
    scenario, notices = library.open_with_notices(source)
    for notice in notices:
        say(f"note: {notice}")
    return scenario


def deliver(subject: Answer | Comparison | Page, form: str, output: Path | None) -> None:
    """Write an answer, or a page, to a file or to the screen as it is."""
    width = min(shutil.get_terminal_size((80, 24)).columns, WIDEST)
    look = () if output is not None else (width, colour(), encoding())
    with apart():
        text = render(subject, form, *look)
    write(text, output)


def form_of(chosen: str | None, output: Path | None) -> str:
    """The format that was asked for; else the one that the output file's ending stands for."""
    return chosen if chosen is not None else known.of_ending(output.suffix if output else "").name


def write(text: str, output: Path | None) -> None:
    """Write text to a file, or to the standard output."""
    if output is None:
        printed(text)
    else:
        files.save(text, output)


def printed(text: str) -> None:
    """Print text at once."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "closed", "standard output")
    begun = _place()
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        if _place() != begun:
            written.record("part of the answer")
        raise


def _place() -> int | None:
    """How far the standard output has come, where it is a file."""
    try:
        return os.lseek(STDOUT, 0, os.SEEK_CUR)
    except OSError:
        return None


def keep_input(scenario: str, output: Path | None) -> None:
    """Refuse to write an answer over the scenario that was asked about."""
    if output is not None and output.exists() and os.path.exists(scenario) and output.samefile(scenario):
        raise DetenteError(f"{output} is the scenario itself; nothing was written. Choose another file.")


def encoding() -> str:
    """What the terminal can show: Python writes UTF-8 in the C locale too, whose terminals may have none."""
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "")
    if locale in ("C", "POSIX"):
        return "ascii"
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def colour() -> bool:
    """Whether colours can be shown."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") == "dumb"
    return is_terminal(sys.stdout) and not plain


def is_terminal(stream: IO[str] | None) -> bool:
    """Whether somebody watches; a stream may be closed."""
    return stream is not None and stream.isatty()
