"""Loops that are compiled on their first run and kept on disk; the one place that decides how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., Any])


def native(loop: Loop) -> Loop:
    """Compile a loop over flat arrays to machine code; it may call others marked the same way."""
    return cast(Loop, njit(cache=True)(loop))


def inlined(step: Loop) -> Loop:
    """Compile a step of such loops, written into each of them: no array is handed over on every call."""
    return cast(Loop, njit(cache=True, inline="always")(step))
