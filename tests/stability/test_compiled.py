"""Compiled loops are kept where that is possible, and run where it is not."""

from __future__ import annotations

import subprocess
import sys

import pytest
from numba.core import caching

from detente.stability.compiled import kept

NOWHERE = """
import sys
from numba.core import caching

caching.CacheImpl._locator_classes = []  # as in a read-only installation without a home
sys.argv = ["detente", "equilibria", "prisoners"]
from detente.__main__ import main

main()
"""


def double(number: int) -> int:
    return 2 * number


def test_a_loop_runs_where_no_folder_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching.CacheImpl, "_locator_classes", [])
    assert kept(nogil=True)(double)(21) == 42


def test_a_loop_is_kept_where_a_folder_takes_it(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    monkeypatch.setattr("numba.core.config.CACHE_DIR", str(folder))
    assert kept(nogil=True)(double)(21) == 42
    assert list(folder.rglob("*.nbi"))


@pytest.mark.slow
def test_a_question_is_answered_where_nothing_can_be_kept() -> None:
    done = subprocess.run([sys.executable, "-c", NOWHERE], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Prisoners" in done.stdout
