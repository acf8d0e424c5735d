"""How long the questions take on the flagship, as whole processes: from the shell to the last line.

Every question is run a number of times after one run that warms the caches; the first run of all, with nothing
compiled, is measured apart. Bounds are the project's own goals, on two idle cores.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

SCENARIO = "korea-2017"
ASSESS = ("assess", SCENARIO)
GOALS: dict[tuple[str, ...], float] = {
    ASSESS: 3.0,
    ("why", SCENARIO, "status-quo"): 3.0,
    ("durability", SCENARIO, "frozen"): 3.0,
    ("pressure", SCENARIO): 3.0,
    ("relations", SCENARIO): 20.0,
    ("fix", SCENARIO, "frozen"): 20.0,
    ("roadmap", SCENARIO, "frozen"): 20.0,
    ("venues", SCENARIO): 20.0,
    ("contingency", SCENARIO): 20.0,
}
FIRST_RUN = 20.0
VERSION = 0.3  # CPU


def main() -> None:
    """Print a line per question: wall seconds (least, middle), CPU seconds (least), and the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="*", help="questions by name")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    rows = [_first_run()] if not wanted.only else []
    rows.append(_timed(("--version",), wanted.runs, VERSION, "cpu"))
    for words, goal in GOALS.items():
        if not wanted.only or words[0] in wanted.only:
            rows.append(_timed(words, wanted.runs, goal, "wall"))
    print(json.dumps(rows, indent=2) if wanted.json else _table(rows))


def _first_run() -> dict[str, object]:
    """The main job with an empty cache of compiled loops."""
    with tempfile.TemporaryDirectory() as cache:
        wall, cpu = _run(ASSESS, {**os.environ, "NUMBA_CACHE_DIR": cache})
    return _row("assess, first run ever", [wall], [cpu], FIRST_RUN, "wall")


def _timed(words: tuple[str, ...], runs: int, goal: float, kind: str) -> dict[str, object]:
    _run(words)
    taken = [_run(words) for _ in range(runs)]
    return _row(" ".join(words), [wall for wall, _ in taken], [cpu for _, cpu in taken], goal, kind)


def _row(name: str, walls: list[float], cpus: list[float], goal: float, kind: str) -> dict[str, object]:
    least = min(walls) if kind == "wall" else min(cpus)
    return {
        "command": name,
        "wall": min(walls),
        "middle": statistics.median(walls),
        "cpu": min(cpus),
        "goal": goal,
        "of": kind,
        "met": least <= goal,
    }


def _run(words: tuple[str, ...], settings: dict[str, str] | None = None) -> tuple[float, float]:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "detente", *words]
    subprocess.run(command, check=True, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _table(rows: list[dict[str, object]]) -> str:
    lines = [f"{'command':34}{'wall s':>9}{'middle':>9}{'CPU s':>9}{'goal':>12}"]
    for row in rows:
        verdict = "met" if row["met"] else "missed"
        lines.append(
            f"{row['command']:34}{row['wall']:9.2f}{row['middle']:9.2f}{row['cpu']:9.2f}"
            f"{row['goal']:7.1f} {verdict}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
