"""Ctrl-C, a hang-up and a request to end: at any moment, whole, and with the right exit code.

`DETENTE_INTERRUPTS=60` tries every question at sixty moments instead of a few, and all of `korea-2017`.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from cases.korea import flags
from detente import catalogue

TIMES = int(os.environ.get("DETENTE_INTERRUPTS", "3"))
FEW = "DETENTE_INTERRUPTS" not in os.environ
SLOW = {"assess", "fix", "roadmap", "durability", "relations"}
"""Questions of the largest crisis that take long: at a few moments they are asked of a middling one."""
RIDGE = Path(__file__).parents[1] / "crises" / "ridge.yaml"
WORDS = {signal.SIGINT: "interrupted", signal.SIGTERM: "told to end", signal.SIGHUP: "the terminal is gone"}

pytestmark = pytest.mark.skipif(not hasattr(signal, "sigwait"), reason="signals are not waited for there")

WRITING = """
import os, signal, sys, time
from pathlib import Path
from detente.cli import signals
from detente.written import Batch

signals.watch()
with Batch() as batch:
    file, name = batch.open(Path(sys.argv[1]))
    file.write(b"half")
    os.kill(os.getpid(), int(sys.argv[2]))
    time.sleep(60)
"""

STUBBORN = """
import os, signal, threading
from detente.cli import signals

signals.watch()
try:
    os.kill(os.getpid(), signal.SIGINT)
    while True:
        try:
            sum(range(1000))
        except BaseException:
            print("an exception in the midst of it", flush=True)
finally:
    print("an exception in the midst of it", flush=True)
"""


class Ended(NamedTuple):
    code: int
    out: str
    err: str


def listening(process: subprocess.Popen[str]) -> None:
    """Wait until a process has taken charge of its signals; before, Python starts and nothing of ours runs."""
    status = Path(f"/proc/{process.pid}/status")
    for _ in range(500):
        if not status.exists():
            time.sleep(1)
            return
        blocked = re.search(r"^SigBlk:\s*(\w+)", status.read_text(), re.MULTILINE)
        if process.poll() is not None or (blocked and int(blocked[1], 16) >> (signal.SIGINT - 1) & 1):
            return
        time.sleep(0.01)


def ended(number: signal.Signals, after: float, folder: Path, *arguments: str) -> Ended:
    """A question that gets a signal so many seconds after it began to listen."""
    command = [sys.executable, "-m", "detente", *arguments]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=folder, text=True, **streams) as process:  # type: ignore[call-overload]
        listening(process)
        time.sleep(after)
        process.send_signal(number)
        out, err = process.communicate(timeout=120)
    return Ended(process.returncode, out, err)


def seconds(folder: Path, *arguments: str) -> float:
    """How long a question takes; the first time also while its loops are compiled."""
    command = [sys.executable, "-m", "detente", *arguments]
    began = time.monotonic()
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    took = time.monotonic() - began
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    return took


@pytest.mark.slow
@pytest.mark.parametrize("question", [row.word for row in catalogue.QUESTIONS])
def test_a_question_is_interrupted_at_any_moment(question: str, tmp_path: Path) -> None:
    crisis = [str(RIDGE)] if question in SLOW and FEW else ["korea-2017", *flags(question)]
    asked = (question, *crisis, "--charts", "charts", "-o", "answer.html")
    whole, chance = seconds(tmp_path, *asked), random.Random()
    for n in range(TIMES):
        folder = tmp_path / str(n)
        folder.mkdir()
        after = chance.uniform(0, whole)
        done = ended(signal.SIGINT, after, folder, *asked)
        found = {path.name for path in folder.rglob("*") if path.is_file()}
        assert done.code in (130, 0), (after, done)
        assert not [name for name in found if name.startswith(".")], (after, found)
        assert "answer.html" in found or done.code == 130, (after, done)
        if done.code == 130:
            last = done.err.splitlines()[-1]
            assert last.startswith("interrupted; "), (after, done)
            assert (last == "interrupted; nothing was written.") == (not found), (after, done, found)
        assert "Traceback" not in done.err, (after, done)
        assert done.out == "", (after, done)


@pytest.mark.slow
def test_a_question_is_interrupted_while_its_loops_are_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(TIMES):
        cache, folder = tmp_path / f"cache-{n}", tmp_path / str(n)
        cache.mkdir()
        folder.mkdir()
        monkeypatch.setenv("NUMBA_CACHE_DIR", str(cache))
        done = ended(signal.SIGINT, random.uniform(1, 4), folder, "assess", "prisoners")
        assert done in (Ended(130, "", "interrupted; nothing was written.\n"), Ended(0, done.out, ""))
        assert not [path for path in cache.rglob("*") if ".tmp." in path.name or path.name.startswith(".")]


@pytest.mark.parametrize("number", WORDS)
def test_what_is_half_written_goes_with_the_process(number: signal.Signals, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WRITING, str(tmp_path), str(int(number))],
        capture_output=True,
        text=True,
        timeout=50,
    )
    assert done.returncode == 128 + number
    assert done.stderr == f"{WORDS[number]}; nothing was written.\n"
    assert list(tmp_path.iterdir()) == []


def test_no_exception_comes_into_the_midst_of_anything() -> None:
    done = subprocess.run([sys.executable, "-c", STUBBORN], capture_output=True, text=True, timeout=50)
    assert (done.returncode, done.stdout) == (130, "")


def test_what_is_ignored_from_the_start_stays_ignored() -> None:
    ask = 'trap "" HUP; exec "$@"'
    command = ["sh", "-c", ask, "sh", sys.executable, "-m", "detente", "scenarios"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        listening(process)
        process.send_signal(signal.SIGHUP)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert "korea-2017" in out
