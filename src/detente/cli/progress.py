"""Telling somebody who waits at a terminal what is being done."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from detente.ask import tells_progress
from detente.catalogue import Question
from detente.cli.ending import say
from detente.cli.output import is_terminal

PATIENCE = 1.0  # seconds before progress is worth telling


@contextmanager
def progress(question: Question) -> Iterator[Callable[[str, float], None] | None]:
    """Show how far a long question has come; nothing where the question does not say."""
    if not tells_progress(question):
        yield None
        return
    with telling() as tell:
        yield tell


@contextmanager
def telling() -> Iterator[Callable[[str, float], None] | None]:
    """Show how far something has come, on a terminal that can take it back afterwards."""
    if not (is_terminal(sys.stderr) and os.environ.get("TERM", "dumb") != "dumb"):
        yield None
        return
    began = time.monotonic()

    def tell(what: str, share: float) -> None:
        if time.monotonic() - began > PATIENCE:
            _erase(f"{share:4.0%}  {what}"[:70])

    try:
        yield tell
    finally:
        _erase("")


def _erase(instead: str) -> None:
    """Replace the last line of the terminal."""
    from detente.formats.plain import encodable, visible

    sys.stderr.write(f"\r\x1b[K{encodable(visible(instead), sys.stderr.encoding or 'utf-8')}")
    sys.stderr.flush()


@contextmanager
def news_of_compiling(question: Question) -> Iterator[None]:
    """Say on a terminal when kernels are compiled, which takes a while and happens on a first run only."""
    if not (question.kernels and is_terminal(sys.stderr)):
        yield
        return
    from detente.stability.compiled import first_compile

    with first_compile(lambda: say("compiling kernels (first run only)…")):
        yield
