"""Ctrl-C, a hang-up and a request to end, obeyed at any moment.

Compiled loops and the libraries around them cannot bear an exception in their midst. So nothing that computes
is ever interrupted: one thread waits for signals and does nothing else, and all others leave them to it. When
one comes, it removes what is half written and ends the process.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

from detente import written

STDERR = 2
TOLD = {"SIGINT": "interrupted", "SIGTERM": "told to end", "SIGHUP": "the terminal is gone"}
"""The signals that end a command, and how it says so; the exit code is 128 and the signal's number."""


_before: list[Callable[[], object]] = []


def before_end(act: Callable[[], object]) -> None:
    """Do something first when a signal ends the process, such as ending processes that it began."""
    _before.append(act)


def watch() -> None:
    """Wait for signals from now on, apart from those ignored from the start (as `nohup` has it)."""
    if not hasattr(signal, "sigwait"):  # Windows: Ctrl-C raises an exception there
        return
    known = (getattr(signal, name) for name in TOLD)
    wanted = {number for number in known if signal.getsignal(number) is not signal.SIG_IGN}
    signal.pthread_sigmask(signal.SIG_BLOCK, wanted)
    try:
        threading.Thread(target=_wait, args=(wanted,), daemon=True).start()
    except RuntimeError:  # no room for a thread
        signal.pthread_sigmask(signal.SIG_UNBLOCK, wanted)


def _wait(wanted: set[signal.Signals]) -> None:
    number = signal.Signals(signal.sigwait(wanted))
    written.end()
    for act in _before:
        with suppress(Exception):
            act()
    _say(f"{TOLD[number.name]}; {written.told()}")
    os._exit(128 + number)


def _say(message: str) -> None:
    """Write to the error stream itself: another thread may be at work on what Python makes of it."""
    line = f"\r\x1b[K{message}\n" if os.isatty(STDERR) else f"{message}\n"
    with suppress(OSError):
        os.write(STDERR, line.encode(getattr(sys.stderr, "encoding", None) or "utf-8", "backslashreplace"))
