"""The solver says nothing, whatever its version would like to say; and is not loaded before it is needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import highspy
import numpy as np
import pytest

from detente.catalogue import QUESTIONS
from detente.optimiser import EXACT, optimal, optimiser

CRISES = Path(__file__).parent / "crises"
LOUD = """
import atexit, os, sys, highspy
asked = []
atexit.register(lambda: print("asked" if asked else "never asked", file=sys.stderr))
class Loud(highspy.Highs):
    def __init__(self, *given):
        asked.append(self)
        os.write(1, b"HiGHS greets you\\n")
        super().__init__(*given)
highspy.Highs = Loud
from detente.__main__ import main
sys.argv = ["detente", *sys.argv[1:]]
main()
"""


def test_a_greeting_goes_nowhere(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Loud(highspy.Highs):
        def __init__(self) -> None:
            os.write(1, b"HiGHS greets you\n")
            super().__init__()

    monkeypatch.setattr(highspy, "Highs", Loud)
    optimiser(**EXACT)
    print("heard")
    assert capfd.readouterr().out == "heard\n"


def test_a_program_is_solved_in_silence(capfd: pytest.CaptureFixture[str]) -> None:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = 1, 0
    model.col_cost_, model.col_lower_, model.col_upper_ = np.ones(1), np.full(1, 2.0), np.full(1, 3.0)
    model.row_lower_ = model.row_upper_ = np.zeros(0)
    model.a_matrix_.start_ = np.zeros(2, dtype=np.int32)
    found = optimiser(**EXACT)
    found.passModel(model)
    found.run()
    assert optimal(found)
    assert found.getSolution().col_value == [2.0]
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize(("word", "crisis"), [("pressure", "strait"), ("relations", "strait"), ("fix", "farm")])
def test_the_standard_output_holds_the_answer_alone(word: str, crisis: str) -> None:
    command = [sys.executable, "-c", LOUD, word, str(CRISES / f"{crisis}.yaml"), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "asked"
    assert json.loads(done.stdout)["question"] == word


def test_what_numba_tells_of_its_cache_is_no_part_of_an_answer() -> None:
    command = [sys.executable, "-m", "detente", "equilibria", "prisoners", "--format", "json"]
    loud = {**os.environ, "NUMBA_DEBUG_CACHE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=loud)
    assert json.loads(done.stdout)["question"] == "equilibria"


@pytest.mark.parametrize(
    "word", [row.word for row in QUESTIONS if row.word not in ("pressure", "fix", "relations")]
)
def test_questions_that_solve_nothing_load_no_solver(word: str) -> None:
    code = (
        "import sys\nfrom detente.catalogue import question, resolve\n"
        f"resolve(question({word!r}).function)\nprint('highspy' in sys.modules, 'scipy.sparse' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


ELSEWHERE = """
import highspy
other = highspy.Highs()
other.silent()
other.setOptionValue("threads", THREADS)
other.maximize(other.addVariable(0, 1))
import detente
kinds = detente.fix(detente.loads('''DAM'''), "calm", concept="nash").kinds
print(detente.pressure(detente.loads('''DAM''')).target, [kind.status for kind in kinds][:2])
"""
DAM = """
detente: 1
title: Grain
parties: {A: {}, B: {}}
options: {A.x: {}, B.ban: {}}
outcomes: {calm: not A.x}
interests: {A: [{wants: A.x, weight: 1}], B: [{avoids: A.x, weight: 3}, {avoids: B.ban, weight: 1}]}
pressure:
  A:
    channels: [{partner: B, good: grain, value: 60}]
    cuts: [{channels: B, by: B.ban, open: {no: 1, yes: 0}}]
"""


@pytest.mark.parametrize("threads", [0, 2])
def test_it_works_where_others_have_settled_the_number_of_threads(threads: int) -> None:
    code = ELSEWHERE.replace("THREADS", str(threads)).replace("DAM", DAM)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("A ")
