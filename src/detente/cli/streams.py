"""The standard streams and the settings of the compiler, whatever the surroundings made of them."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import Any, TextIO

PIPE_CLOSED = 141
STREAMS = (0, 1, 2)
SETTINGS = ("NUMBA_CACHE_DIR", "NUMBA_DEBUG_CACHE")
"""What may be set of the compiler; the rest is meant for programs that are written for it."""


def secure() -> None:
    """Make them fit for work, before anything is opened.

    A closed stream leads nowhere, so that no other file takes its place and libraries that expect it find it;
    Python still knows that it was closed. What cannot be said on the error stream is lost, and costs no exit
    code. When the reader of a pipe goes away, the process ends.
    """
    for stream in STREAMS:
        try:
            os.fstat(stream)
        except OSError:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != stream:
                os.dup2(nowhere, stream)
                os.close(nowhere)
            os.set_inheritable(stream, True)
    for name in [name for name in os.environ if name.startswith("NUMBA_") and name not in SETTINGS]:
        del os.environ[name]
    sys.stdout = _through(sys.stdout, _Read)
    sys.stderr = _through(sys.stderr, _Heard) or io.StringIO()


def forget() -> None:
    """Drop what the standard output does not take: the exit code has said so, and Python would say 120."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except (OSError, SystemExit):
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Read(io.FileIO):
    """An output whose reader may go away."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            raise SystemExit(PIPE_CLOSED) from None


class _Heard(io.FileIO):
    """An output that need not arrive."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError:
            return len(data)


def _through(stream: TextIO | None, way: type[io.FileIO]) -> Any:
    """The same stream, written by way of another class."""
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(way(stream.fileno(), "w", closefd=False)),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
