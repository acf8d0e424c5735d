"""HiGHS, loaded when it is first needed and silent: some versions greet on the standard output.

What a program prints belongs to whoever runs it: a greeting before an answer in JSON makes it unreadable.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import highspy

STDOUT = 1
EXACT: dict[str, int | float] = {
    "threads": 1,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
}
"""Options of programs that are solved to the end, the same for any number of cores."""

_hushing = Lock()


def optimiser(**options: bool | int | float | str) -> highspy.Highs:
    """A new, silent HiGHS of one thread with some of its options set."""
    import highspy

    with _hushed():
        found = highspy.Highs()
        found.silent()
    for option, value in {"threads": 1, **options}.items():
        found.setOptionValue(option, value)
    return found


def optimal(found: highspy.Highs) -> bool:
    """Whether the last run ended in an optimum.

    HiGHS settles the number of its threads once in a process, and does not run a program that asks for another
    number. Where somebody else in the process has settled it, the program is run again as it has been settled.
    """
    import highspy

    if found.getModelStatus() == highspy.HighsModelStatus.kNotset:
        found.setOptionValue("threads", 0)
        found.run()
    return bool(found.getModelStatus() == highspy.HighsModelStatus.kOptimal)


@contextmanager
def _hushed() -> Iterator[None]:
    """Nothing that compiled code writes reaches the standard output meanwhile."""
    with _hushing:
        try:
            kept = os.dup(STDOUT)
        except OSError:  # there is none
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, STDOUT)
            yield
            _flush()
        finally:
            os.dup2(kept, STDOUT)
            os.close(kept)
            os.close(nowhere)


def _flush() -> None:
    """Let go of what the C library still holds back."""
    import ctypes

    with suppress(OSError, AttributeError, TypeError):  # a system whose C library goes by a name
        ctypes.CDLL(None).fflush(None)
