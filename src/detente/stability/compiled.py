"""Compiled loops, kept on disk for later runs where a folder for them can be written."""

from __future__ import annotations

from typing import Any

from numba import njit


def kept(**how: bool) -> Any:
    """Compile as `numba.njit` does and keep the result on disk; in memory alone where no folder takes it.

    A read-only installation without a home is such a place: every run compiles anew there, and answers.
    """

    def compiled(loop: Any) -> Any:
        try:
            return njit(cache=True, **how)(loop)
        except RuntimeError:  # numba: no locator available
            return njit(**how)(loop)

    return compiled
