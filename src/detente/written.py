"""Files written whole or not at all, and what was written so far.

A process may end at any moment: by an error, by a signal, for want of memory. What it had half written is
removed then, and what it says about what it wrote is true.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import IO

PREFIX = ".detente."
SHOWN = 3  # names in a message

_turn = RLock()  # held while something begins or is finished; for good once the process ends
_unfinished: list[str] = []  # files, and the folders made for them
_finished: list[str] = []
_listeners: list[int] = []  # descriptors of those who outlive this process
SEPARATOR = b"\0"


class Batch:
    """Files that appear together; what `finish` has not given its name is gone when the batch is left."""

    def __init__(self) -> None:
        self._begun: list[str] = []

    def __enter__(self) -> Batch:
        return self

    def __exit__(self, *_: object) -> None:
        with _turn:
            _remove([name for name in self._begun if name in _unfinished])

    def make(self, folder: Path) -> None:
        """Make a folder, and those above it, where they are missing."""
        folder = Path(os.path.realpath(folder))
        for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
            with _turn:
                missing.mkdir()
                self._begin(str(missing))

    def open(self, folder: str | os.PathLike[str], mode: int = 0o600) -> tuple[IO[bytes], str]:
        """A new file in a folder, to be written and closed, and its name until it gets the one it is for."""
        name = os.path.join(folder, f"{PREFIX}{secrets.token_hex(6)}")
        with _turn:
            handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
            self._begin(name)
        return os.fdopen(handle, "wb"), name

    def finish(self, names: dict[str, Path], told: bool = True) -> None:
        """Give files the names they are for; `told`: they count as written."""
        with _turn:
            for name, path in names.items():
                os.replace(name, path)
                _unfinished.remove(name)
                for folder in path.parents:
                    if str(folder) in _unfinished:
                        _unfinished.remove(str(folder))
                if told:
                    record(str(path))

    def _begin(self, name: str) -> None:
        _unfinished.append(name)
        self._begun.append(name)


def forget() -> None:
    """Count what is written from now on: another command begins."""
    _finished.clear()


def record(what: str) -> None:
    """Remember that something was written, and let whoever outlives this process know."""
    _finished.append(what)
    for descriptor in _listeners:
        with suppress(OSError):
            os.write(descriptor, os.fsencode(what) + SEPARATOR)


def report_to(descriptor: int) -> None:
    """Tell every record from now on to another process too, which may have to say what this one wrote."""
    _listeners.append(descriptor)


def take_over(reported: bytes) -> None:
    """Record what another process reported as written before it ended."""
    for name in reported.split(SEPARATOR)[:-1]:
        record(os.fsdecode(name))


def told() -> str:
    """What was written so far, as the end of a sentence."""
    if not _finished:
        return "nothing was written."
    more = len(_finished) - SHOWN
    return f"written before: {', '.join(_finished[:SHOWN])}{f' and {more} more' if more > 0 else ''}."


def end() -> None:
    """Remove what is half written and let nothing else begin: the process is about to end."""
    _turn.acquire()
    _remove(list(_unfinished))


def _remove(names: Sequence[str]) -> None:
    """Remove files before the folders made for them, and these from the innermost."""
    for name in reversed(names):
        _unfinished.remove(name)
        with suppress(OSError):
            os.rmdir(name) if os.path.isdir(name) else os.unlink(name)
