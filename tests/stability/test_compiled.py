"""Loops are compiled whatever the settings for others say, and a first compile is told once."""

from __future__ import annotations

import numpy as np
import pytest
from numba.core import config

from detente.stability.compiled import first_compile, inlined, native, step


def double(number: int) -> int:
    return 2 * number


def test_a_setting_that_compiles_nothing_leaves_our_loops_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "DISABLE_JIT", 1)
    for way in (native, step, inlined):
        assert way(double) is not double
    assert config.DISABLE_JIT == 1


def test_a_loop_calls_parts_that_only_loops_call() -> None:
    part, whole = step(double), inlined(double)

    def both(number):  # type: ignore[no-untyped-def]
        return part(number) + whole(number)

    assert native(both)(np.int64(21)) == 84


def test_a_first_compile_is_told_once() -> None:
    told: list[str] = []
    with first_compile(lambda: told.append("compiling")):
        assert step(double).compile("int64(int64)") is not None  # type: ignore[attr-defined]
        assert step(double).compile("int64(int64)") is not None  # type: ignore[attr-defined]
    assert told == ["compiling"]
