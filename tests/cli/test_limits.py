"""Work under a limit of memory ends with an answer or with a sentence, never with a dump."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from detente.cli import limits

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems limit otherwise")

STARVING = """
import os, sys
from pathlib import Path
from detente.cli import limits
from detente.files import save_all

limits.guard()
save_all({Path(name): b"<svg/>" for name in sys.argv[1:]})
os.abort()
"""


def under(megabytes: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command whose process may use so much memory."""
    command = f'ulimit -v {megabytes * 1024}; exec "$@"'
    whole = ["sh", "-c", command, "sh", sys.executable, "-m", "detente", *arguments]
    return subprocess.run(whole, capture_output=True, text=True, timeout=300)


def starved(done: subprocess.CompletedProcess[str]) -> bool:
    """Whether it ended with the exit code and the one sentence for want of memory."""
    one = done.stderr.count("\n") == 1 and "not enough memory" in done.stderr
    return done.returncode == 3 and done.stdout == "" and one


@linux_only
@pytest.mark.slow
@pytest.mark.parametrize("megabytes", [200, 600, 1_000, 2_000, 8_000])
def test_charts_that_cannot_be_drawn_end_with_3_and_a_sentence(megabytes: int) -> None:
    assert starved(under(megabytes, "pressure", "korea-2017", "--format", "html"))


@linux_only
@pytest.mark.slow
@pytest.mark.parametrize("megabytes", [100, 300, 450, 600, 800])
def test_a_question_ends_with_an_answer_or_with_3_and_a_sentence(megabytes: int) -> None:
    done = under(megabytes, "assess", "prisoners")
    assert starved(done) or (done.returncode, done.stderr) == (0, "")


@linux_only
@pytest.mark.parametrize("names", [(), ("one.svg",), ("one.svg", "two \udcff.png")])
def test_what_was_written_before_memory_ran_out_is_told(names: tuple[str, ...], tmp_path: Path) -> None:
    paths = [str(tmp_path / name) for name in names]
    command = 'ulimit -v 4000000; exec "$@"'
    whole = ["sh", "-c", command, "sh", sys.executable, "-c", STARVING, *paths]
    done = subprocess.run(whole, capture_output=True, timeout=60)
    told = f"written before: {', '.join(paths)}." if paths else "nothing was written."
    assert done.returncode == 3
    assert os.fsencode(f"(ulimit -v); {told} Raise the limit;") in done.stderr


@linux_only
def test_other_ends_pass_the_limit_as_they_are() -> None:
    done = under(4_000, "overview", "no-such-crisis")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no scenario file" in done.stderr


@linux_only
def test_without_a_limit_nothing_is_guarded() -> None:
    soft = [resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA)]
    assert (limits._limit() is None) == all(each == resource.RLIM_INFINITY for each in soft)


@pytest.mark.parametrize(
    ("code", "said", "starved"),
    [
        (-signal.SIGABRT, b"", True),
        (1, b"OpenBLAS error: Memory allocation still failed", True),
        (1, b"this is a fault in detente", False),
        (3, b"not enough memory; written before: a.svg.", False),
        (2, b"there is no memory of that", False),
        (130, b"interrupted", False),
    ],
)
def test_want_of_memory_is_told_from_other_ends(code: int, said: bytes, starved: bool) -> None:
    assert limits._starved(code, said) == starved
