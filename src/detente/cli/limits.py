"""Work under a limit of memory (`ulimit -v`).

Where such a limit is reached inside a compiler, a solver or what draws charts, these end the whole process
with a dump. Under a limit the work is therefore done by a child process, and its end is told in a sentence.
"""

from __future__ import annotations

import mmap
import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn

from detente import written

FAULT, NO_MEANS = 1, 3
MEGABYTE = 1 << 20
NEEDED = 640 * MEGABYTE
"""Less than any question needs that runs compiled loops (measured: between 600 and 900)."""
LIMITS = ("RLIMIT_AS", "RLIMIT_DATA")
FATAL = ("SIGABRT", "SIGTRAP", "SIGSEGV", "SIGBUS", "SIGILL")
FORWARDED = ("SIGINT", "SIGTERM", "SIGHUP")
WORDS = (b"alloc", b"memory", b"start new thread", b"failed to map", b"shared object")
"""What libraries say when they end a process, or Python when a library cannot be loaded, for want of memory."""
TOLD = (
    "not enough memory: this process may use {:,} MB (ulimit -v); {} "
    "Raise the limit; drawing charts for HTML or --charts takes most.\n"
)


def guard() -> None:
    """Go on in a child where memory is limited; the parent waits, and ends as it does or with a sentence."""
    limit = _limit()
    if limit is None:
        return
    said, done = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(said[1], sys.__stderr__.fileno() if sys.__stderr__ else 2)
        written.report_to(done[1])
        for descriptor in (*said, done[0]):
            os.close(descriptor)
        _spare()
        return
    os.close(said[1])
    os.close(done[1])
    _forward(child)
    _end(child, said[0], done[0], limit)


def _forward(child: int) -> None:
    """Hand signals on to the child; one that comes again ends it at once, whatever it is stuck in."""
    handed: list[int] = []

    def hand(number: int, _: object) -> None:
        os.kill(child, signal.SIGKILL if handed else number)
        handed.append(number)

    for name in FORWARDED:
        number = getattr(signal, name)
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, hand)


def _end(child: int, saying: int, doing: int, limit: int) -> NoReturn:
    with os.fdopen(saying, "rb") as stream:
        said = stream.read()
    with os.fdopen(doing, "rb") as stream:
        written.take_over(stream.read())
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if _starved(code, said):
        code, said = NO_MEANS, TOLD.format(limit // MEGABYTE, written.told()).encode("utf-8", "surrogateescape")
    with suppress(OSError):
        os.write(2, said)
    os._exit(code if code >= 0 else 128 - code)


def room() -> None:
    """Refuse to begin a question where memory is too short to load what it needs.

    The linear algebra library tries for ever to get what it needs while it is loaded.

    Raises
    ------
    MemoryError
        Where less than `NEEDED` is left.
    """
    if _limit() is None:
        return
    try:
        mmap.mmap(-1, NEEDED).close()
    except OSError:
        raise MemoryError from None


def _starved(code: int, said: bytes) -> bool:
    """Whether a child ended for want of memory, outside of what Python knows or in it."""
    if -code in {getattr(signal, name) for name in FATAL}:
        return True
    return code in (FAULT, NO_MEANS) and any(word in said for word in WORDS) and b"written before" not in said


def _limit() -> int | None:
    """The bytes that this process may use; None where nothing limits it."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    soft = [resource.getrlimit(getattr(resource, name))[0] for name in LIMITS if hasattr(resource, name)]
    return min((each for each in soft if each != resource.RLIM_INFINITY), default=None)


def _spare() -> None:
    """Leave no dump behind, and let linear algebra do with one thread: each of them reserves memory."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
