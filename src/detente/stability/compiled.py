"""How loops over flat arrays are compiled: on their first call, and kept for later runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from numba import njit
from numba.core import config, event

from detente.kept import keep

Loop = TypeVar("Loop", bound=Callable[..., Any])

ALONE: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""Without a door to Python a loop compiles faster."""


def native(loop: Loop) -> Loop:
    """Compile a loop on its first call and keep it; it may call others marked in one of these ways."""
    dispatcher = _compiled(loop)
    keep(dispatcher)
    return cast(Loop, dispatcher)


def step(loop: Loop) -> Loop:
    """Compile a part of native loops that only they call."""
    return cast(Loop, _compiled(loop, **ALONE))


def inlined(loop: Loop) -> Loop:
    """Compile a part of native loops in the place where it is called."""
    return cast(Loop, _compiled(loop, inline="always", **ALONE))


@contextmanager
def first_compile(tell: Callable[[], None]) -> Iterator[None]:
    """Call back when something is compiled, for the first time only."""

    class Listener(event.Listener):  # type: ignore[misc]
        told = False

        def on_start(self, event: object) -> None:
            if not self.told:
                self.told = True
                tell()

        def on_end(self, event: object) -> None:
            """Nothing to say: the answer follows."""

    with event.install_listener("numba:compile", Listener()):
        yield


def _compiled(loop: Any, **how: Any) -> Any:
    """As `numba.njit`, also where a setting leaves the loops of whoever uses this package uncompiled."""
    disabled, config.DISABLE_JIT = config.DISABLE_JIT, 0
    try:
        return njit(nogil=True, boundscheck=False, **how)(loop)
    finally:
        config.DISABLE_JIT = disabled
