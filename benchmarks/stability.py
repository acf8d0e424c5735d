"""How long the analysis of stability takes and how much memory, from a thousand states to sixteen million.

    python -m benchmarks --most 20 --parties 6 --json results.json

Every line is measured in a process of its own, kernels compiled and warm, best of three runs or more; beside it
stand the speed of memory in the same run, the least time in which that memory could be touched at all, and the
ceilings that prototypes of the same algorithm reached.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

COLUMNS = (
    ("log2 n", "log2", "d"),
    ("parties", "parties", "d"),
    ("payoffs", "kind", "s"),
    ("threads", "threads", "d"),
    ("compile s", "compile_seconds", ".3f"),
    ("analysis s", "seconds", ".4f"),
    ("ns/(state·party)", "ns", ".1f"),
    ("peak MiB", "peak_mib", ".0f"),
    ("memory GB/s", "bandwidth", ".0f"),
    ("× memory floor", "times_floor", ".0f"),
    ("× ceiling", "times_ceiling", ".1f"),
)
AT_ONCE = ("nash", "gmr", "smr", "seq", "sseq")
"""Concepts that one sweep each decides; what iterated foresight takes is measured by `benchmarks foresight`."""
# Prototype ceilings, six parties, five concepts: log2 n -> ns per state and party on 1 and on 2 threads.
CEILINGS = {10: (5.0, 5.0), 14: (5.0, 2.5), 18: (5.0, 2.5), 20: (15.9, 7.95), 24: (24.8, 14.9)}


def main() -> None:
    """Print the ladder as a table, and as JSON where asked for."""
    wishes = _arguments()
    if wishes.one:
        print(json.dumps(_measure(**json.loads(wishes.one))))
        return
    first = _first_call()
    print(
        f"first call, nothing compiled: {first['cold']:.1f} s; from the cache in a new process: "
        f"{first['cached']:.2f} s (imports included, {first['imports']:.2f} s of it numpy and numba)"
    )
    print("  ".join(f"{title:>{len(title)}}" for title, _, _ in COLUMNS))
    lines = []
    for kind in wishes.payoffs:
        for parties in wishes.parties:
            for log2 in range(wishes.least, wishes.most + 1, wishes.step):
                for threads in wishes.threads:
                    line = _in_own_process(log2=log2, parties=parties, kind=kind, threads=threads)
                    lines.append(line)
                    print(_row(line), flush=True)
    if wishes.json:
        Path(wishes.json).write_text(json.dumps({"first_call": first, "lines": lines}, indent=1))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--least", type=int, default=10, help="smallest size, as a power of two")
    parser.add_argument("--most", type=int, default=24, help="largest size, as a power of two")
    parser.add_argument("--step", type=int, default=2)
    parser.add_argument("--parties", type=int, nargs="+", default=[3, 6])
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--payoffs", nargs="+", choices=["sums", "random"], default=["sums", "random"])
    parser.add_argument("--json", help="file to write the figures to")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    return parser.parse_args()


def _row(line: dict[str, Any]) -> str:
    cells = []
    for title, key, form in COLUMNS:
        value = line[key]
        cells.append(f"{'-' if value is None else format(value, form):>{len(title)}}")
    return "  ".join(cells)


def _in_own_process(**case: Any) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks", "--one", json.dumps(case)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _measure(log2: int, parties: int, kind: str, threads: int) -> dict[str, Any]:
    """One line: build (and, for sums, compile) the crisis, warm up, analyse, and probe the memory."""
    from detente.stability.table import stability

    stability(random_rankings(8, parties))
    start = time.perf_counter()
    graph = compiled_sums(log2, parties) if kind == "sums" else random_rankings(log2, parties)
    compiling = time.perf_counter() - start
    _forget_peak()
    runs, spent = [], 0.0
    while len(runs) < 3 or (len(runs) < 50 and spent < 1.5):
        start = time.perf_counter()
        stability(graph, AT_ONCE, threads=threads)
        runs.append(time.perf_counter() - start)
        spent += runs[-1]
    peak = _peak_mib()
    cells = graph.states * parties
    ns = min(runs) / cells * 1e9
    bandwidth = _bandwidth(threads)
    floor = (4 + 1 + 5 * 8 / parties) / bandwidth  # read every rank once, write flags and least margins once
    return {
        "log2": log2,
        "parties": parties,
        "kind": kind,
        "threads": threads,
        "states": graph.states,
        "compile_seconds": compiling if kind == "sums" else None,
        "seconds": min(runs),
        "ns": ns,
        "peak_mib": peak,
        "bandwidth": bandwidth,
        "times_floor": ns / floor,
        "times_ceiling": ns / _ceiling(log2, parties, kind, threads),
    }


def _ceiling(log2: int, parties: int, kind: str, threads: int) -> float:
    """Prototype ceiling in ns per state and party; between the sizes given, in proportion on a log scale."""
    sizes = sorted(CEILINGS)
    column = 0 if threads == 1 else 1
    below = max((size for size in sizes if size <= log2), default=sizes[0])
    above = min((size for size in sizes if size >= log2), default=sizes[-1])
    share = 0.0 if above == below else (log2 - below) / (above - below)
    low, high = CEILINGS[below][column], CEILINGS[above][column]
    ns = math.exp(math.log(low) * (1 - share) + math.log(high) * share)
    if kind == "sums" and log2 <= 18:
        ns *= 2
    return ns * (2 if parties <= 3 else 1)


def _axes(log2: int, parties: int) -> Any:
    from detente.states.state_graph import Axis

    shares = [log2 // parties + (party < log2 % parties) for party in range(parties)]
    return tuple(
        Axis(f"P{party}.o{option}", party, 2, "both")
        for party, share in enumerate(shares)
        for option in range(share)
    )


def random_rankings(log2: int, parties: int) -> Any:
    """Every party ranks all states at random: no structure at all, no ties, cardinal."""
    import numpy as np

    from detente.states.state_graph import StateGraph

    rng = np.random.default_rng(log2)
    ranks = np.empty((parties, 1 << log2), np.int32)
    for row in ranks:
        row[:] = np.arange(1 << log2, dtype=np.int32)
        rng.shuffle(row)
    return StateGraph(
        tuple(f"P{party}" for party in range(parties)),
        _axes(log2, parties),
        np.arange(1 << log2),
        ranks,
        ranks.astype(np.int64),
        (True,) * parties,
        np.full(parties, float(1 << log2)),
    )


def compiled_sums(log2: int, parties: int) -> Any:
    """A scenario whose interests are single options and pairs of options with random weights, compiled."""
    import numpy as np

    from detente.scenario.expression import parse
    from detente.scenario.model import Cardinal, Interest, Number, Option, Party, Scenario
    from detente.states.compile import compile_graph

    rng = np.random.default_rng(log2)
    names = [axis.option for axis in _axes(log2, parties)]

    def interests() -> Cardinal:
        wanted = [
            *names,
            *(f"{a} and {b}" for a, b in zip(names, rng.permutation(names), strict=True) if a != b),
        ]
        return Cardinal(
            tuple(
                Interest(str(rng.choice(["wants", "avoids"])), parse(text), Number(float(rng.random())))  # type: ignore[arg-type]
                for text in wanted
            )
        )

    scenario = Scenario(
        id=f"ladder-{log2}",
        title="A ladder of sizes",
        parties=tuple(Party(f"P{party}") for party in range(parties)),
        options=tuple(Option(name, name.split(".")[0], name.split(".")[1]) for name in names),
        preferences=tuple(interests() for _ in range(parties)),
        status_quo=("no",) * len(names),
    )
    return compile_graph(scenario)


def _first_call() -> dict[str, float]:
    """Seconds of a whole process that analyses a small crisis: nothing compiled yet, then from the cache."""
    code = (
        "from benchmarks.stability import random_rankings; from detente.stability.table import stability; "
        "stability(random_rankings(8, 6))"
    )
    with tempfile.TemporaryDirectory() as cache:
        settings = {**os.environ, "NUMBA_CACHE_DIR": cache}
        return {
            "cold": _seconds(code, settings),
            "cached": _seconds(code, settings),
            "imports": _seconds("import numpy, numba", settings),
        }


def _seconds(code: str, settings: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, env=settings, cwd=Path(__file__).parents[1])
    return time.perf_counter() - start


def _bandwidth(threads: int) -> float:
    """GB/s of copying between two arrays far larger than the caches, reads and writes counted."""
    import numpy as np

    source, target = np.ones(1 << 24, np.int64), np.zeros(1 << 24, np.int64)
    cuts = [len(source) * cut // threads for cut in range(threads + 1)]
    best = math.inf
    with ThreadPoolExecutor(threads) as crew:
        for _ in range(5):
            start = time.perf_counter()
            list(crew.map(lambda a, b: np.copyto(target[a:b], source[a:b]), cuts[:-1], cuts[1:]))
            best = min(best, time.perf_counter() - start)
    return 2 * source.nbytes / best / 1e9


def _forget_peak() -> None:
    """Let the peak of memory count from now on, where the system can (Linux)."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return


def _peak_mib() -> float:
    """Most memory that this process has held at once."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
