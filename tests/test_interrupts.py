"""An interrupt of a question asked in Python is a `KeyboardInterrupt`, whenever it comes.

`DETENTE_INTERRUPTS=60` tries six hundred moments instead of thirty, and asks everything of `korea-2017`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import namedtuple
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from detente.interrupts import at_safe_places, safe

TIMES = int(os.environ.get("DETENTE_INTERRUPTS", "3"))
RIDGE = str(Path(__file__).parent / "crises" / "ridge.yaml")
FEW = "DETENTE_INTERRUPTS" not in os.environ

ASKING = """
import os, random, signal, sys, threading, time
import detente

crisis = detente.load(sys.argv[3])
ask = getattr(detente, sys.argv[1])
ask(crisis, foresight="seq")
began = time.monotonic()
ask(crisis, foresight="seq")
whole = time.monotonic() - began
taken = 0
for _ in range(int(sys.argv[2])):
    timer = threading.Timer(random.uniform(0, whole), os.kill, (os.getpid(), signal.SIGINT))
    try:
        timer.start()
        ask(crisis, foresight="seq")
        timer.join()
        time.sleep(0.2)
    except KeyboardInterrupt:
        taken += 1
    except BaseException as error:
        print(f"not a KeyboardInterrupt but {error!r}")
print(f"{taken} taken")
"""


def test_a_frame_beneath_compiled_code_is_no_safe_place() -> None:
    seen: list[bool] = []

    def note(frame: FrameType) -> Any:
        seen.append(safe(frame))

    numbas = {"__name__": "numba.core.dispatcher", "note": note, "frame": sys._getframe}
    exec("def inside(): note(frame())", numbas)
    ours = {
        "__name__": "detente.play.choices",
        "inside": numbas["inside"],
        "note": note,
        "frame": sys._getframe,
    }
    exec("def outside(): inside(); note(frame())", ours)
    ours["outside"]()  # type: ignore[operator]
    assert seen == [False, True]


def test_a_named_tuple_that_leaves_a_loop_is_no_safe_place() -> None:
    pair = namedtuple("pair", "one other")  # type: ignore[name-match]
    assert pair.__new__.__globals__["__name__"].startswith("namedtuple_")


def test_pythons_own_way_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with at_safe_places():
            assert signal.getsignal(signal.SIGINT) is not signal.default_int_handler
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_another_way_is_left_alone() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with at_safe_places():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.slow
@pytest.mark.parametrize("question", ["roadmap", "durability"])
def test_a_question_asked_in_python_is_interrupted_at_any_moment(question: str) -> None:
    crisis = RIDGE if FEW and question == "roadmap" else "korea-2017"
    command = [sys.executable, "-c", ASKING, question, str(10 * TIMES), crisis]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert (done.returncode, done.stderr) == (0, "")
    assert "not a KeyboardInterrupt" not in done.stdout
    assert done.stdout.endswith(" taken\n")
