"""How the loops of play are compiled: on their first run, with or without a door to Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

from detente.stability.compiled import kept

Loop = TypeVar("Loop", bound=Callable[..., Any])


def native(loop: Loop) -> Loop:
    """Compile a loop over flat arrays to machine code; it may call others marked the same way."""
    return cast(Loop, kept(nogil=True)(loop))


def step(loop: Loop) -> Loop:
    """Compile a part of native loops that only they call: without a door to Python it compiles faster."""
    return cast(Loop, njit(nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)(loop))
