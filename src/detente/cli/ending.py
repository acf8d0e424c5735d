"""How a command ends: with a plain message and the right exit code, whatever happened."""

from __future__ import annotations

import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer

from detente import __version__, written
from detente.errors import DetenteError, DetenteWarning, on_one_line

FAULT, BAD_INPUT, NO_MEANS, INTERRUPTED = 1, 2, 3, 130


@contextmanager
def plainly() -> Iterator[None]:
    """End with a plain message and the right exit code, whatever happens inside."""
    written.forget()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", DetenteWarning)
            warnings.showwarning = _noted
            yield
    except typer.Exit:
        raise
    except DetenteError as error:
        fail(str(error), BAD_INPUT)
    except KeyboardInterrupt:
        fail(f"interrupted; {written.told()}", INTERRUPTED)
    except MemoryError:
        fail(f"not enough memory for this scenario; {written.told()}", NO_MEANS)
    except OSError as error:
        what = f"{error.filename or 'output'}: {error.strerror or error}; {written.told()}"
        fail(on_one_line(what), NO_MEANS)
    except Exception as error:
        traceback.print_exc()
        fail(f"this is a fault in detente {__version__}, please report it: {error!r}", FAULT)


def _noted(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
    """Tell a warning of ours as a note; others say where they come from."""
    if issubclass(category, DetenteWarning):
        say(f"note: {message}")
    else:
        say(warnings.formatwarning(message, category, place[0], place[1]).strip())


def fail(message: str, code: int) -> NoReturn:
    """End with a message and an exit code."""
    say(message)
    raise typer.Exit(code)


def say(message: str) -> None:
    """Tell something on the error stream."""
    if sys.stderr is None:
        return
    from detente.formats.plain import encodable, visible

    lines = (visible(line) for line in message.split("\n"))
    print(encodable("\n".join(lines), sys.stderr.encoding or "utf-8"), file=sys.stderr)
