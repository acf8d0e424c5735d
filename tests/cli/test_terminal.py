"""What a person at a terminal sees: colour where it helps, news while kernels compile; neither in a pipe."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")


def at_a_terminal(*arguments: str, **environment: str) -> str:
    """Everything that appears on a terminal while the command runs."""
    command = [sys.executable, "-m", "detente", *arguments]
    process, screen = pty.fork()
    if process == 0:
        os.execve(command[0], command, {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", **environment})
    shown = bytearray()
    while True:
        try:
            part = os.read(screen, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(screen)
    os.waitpid(process, 0)
    return shown.decode("utf-8", "replace").replace("\r\n", "\n")


def test_a_terminal_gets_bold_titles() -> None:
    assert "\x1b[1mGlossary\x1b[0m" in at_a_terminal("glossary")


@pytest.mark.parametrize("plain", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_plain_terminal_gets_plain_text(plain: dict[str, str]) -> None:
    shown = at_a_terminal("glossary", **plain)
    assert shown.startswith("Glossary\n")
    assert "\x1b" not in shown


@pytest.mark.slow
def test_a_first_run_says_that_kernels_are_compiled_and_a_second_does_not(tmp_path: Path) -> None:
    first, second = (at_a_terminal("equilibria", "prisoners", NUMBA_CACHE_DIR=str(tmp_path)) for _ in range(2))
    news = "compiling kernels (first run only)…\n"
    assert first == news + second
    assert news not in second
