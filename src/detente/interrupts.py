"""Ctrl-C in a notebook or a program: taken where this package's own Python code runs.

An exception in the midst of a compiled loop, or of what hands arrays and tuples to it, is lost, turned into a
`SystemError` or ends the process. There an interrupt waits until the loop is left.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 0.01  # seconds until an interrupt that came in a bad place is tried again
UNSAFE = ("numba.", "llvmlite.", "namedtuple_", "weakref")
"""Modules whose code runs on the way into compiled loops and out of them, or whose exceptions are lost."""


@contextmanager
def at_safe_places() -> Iterator[None]:
    """Raise `KeyboardInterrupt` only in safe places; elsewhere it comes as soon as one is reached.

    Another way to take interrupts than Python's own is left alone.
    """
    if (
        threading.current_thread() is not threading.main_thread()
        or signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    ):
        yield
        return
    signal.signal(signal.SIGINT, _take)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _take(number: int, frame: FrameType | None) -> None:
    if safe(frame):
        raise KeyboardInterrupt
    again = threading.Timer(AGAIN, signal.raise_signal, (number,))
    again.daemon = True
    again.start()


def safe(frame: FrameType | None) -> bool:
    """Whether nothing compiled stands between a frame and the code of this package that led to it."""
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if name.startswith("detente."):
            return True
        if name.startswith(UNSAFE):
            return False
        frame = frame.f_back
    return True
