"""What a world costs under SEQ, the fast way and the general way side by side, and a sweep as a whole process.

Both ways look at the same worlds in one process, in turns, so that the ratio says more than the seconds.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from detente.library import open as open_scenario
from detente.worlds.measure import Measure

SCENARIO = "korea-2017"
GOALS = {2_000: 15.0, 10_000: 60.0}  # seconds on two idle cores, the larger one stored


def main() -> None:
    """Print CPU milliseconds a world of both ways, their ratio, and how long whole sweeps take."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks worlds", description=__doc__)
    parser.add_argument("scenario", nargs="?", default=SCENARIO)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sweeps", type=int, nargs="*", default=list(GOALS), help="numbers of worlds")
    wanted = parser.parse_args()
    measure = Measure(open_scenario(wanted.scenario), foresight="seq")
    if measure.quick is None:
        sys.exit(f"the worlds of {wanted.scenario} are looked at in the general way alone")
    measure.several([0])
    measure.of(0)
    fast, general = [], []
    for run in range(wanted.runs):
        begin = 1 + 100 * run
        fast.append(_cpu(lambda begin=begin: measure.several(range(begin, begin + 100))) / 100)
        general.append(_cpu(lambda begin=begin: [measure.of(world) for world in range(begin, begin + 3)]) / 3)
    one, other = min(fast), min(general)
    costs = f"fast {1e3 * one:.1f} ms, general {1e3 * other:.0f} ms of CPU a world"
    print(f"{wanted.scenario}: {costs}: 1 to {other / one:.0f}")
    for many in wanted.sweeps:
        goal = f", goal {GOALS[many]:.0f} s" if many in GOALS else ""
        print(f"sweep of {many:,}: {_swept(wanted.scenario, many):.1f} s{goal}")


def _swept(scenario: str, many: int) -> float:
    """Seconds of a whole process, from the shell to the last line, kept in a file."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "detente", "sweep", scenario, "--foresight", "seq"]
        command += ["-n", str(many), "--store", str(Path(folder, "worlds.db"))]
        began = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        return time.monotonic() - began


def _cpu(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin
