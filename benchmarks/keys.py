"""What judging on keys saves beside sorted ranks: the same crisis twice in one process, in turns.

The second time every payoff and span is 2^31 times as large, so that payoffs no longer fit into keys and
everything else, margins included, stays as it is. What the machine does meanwhile slows both, so the ratio says
more than the seconds.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

import numpy as np

from benchmarks.stability import AT_ONCE, compiled_sums, random_rankings
from detente.library import open as open_scenario
from detente.stability.table import Stability, stability
from detente.states.compile import compile_graph
from detente.states.state_graph import StateGraph

KINDS = {"random": random_rankings, "sums": compiled_sums}


def main() -> None:
    """Print for each crisis the least seconds of both, of CPU too, and the middle ratio of the turns."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks keys", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[16, 20], help="powers of two")
    parser.add_argument("--payoffs", nargs="+", choices=sorted(KINDS), default=["random"])
    parser.add_argument("--parties", type=int, default=6)
    parser.add_argument("--scenarios", nargs="*", default=["korea-2017"])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--runs", type=int, default=7)
    wanted = parser.parse_args()
    for size in wanted.sizes:
        for kind in wanted.payoffs:
            _tell(f"2^{size} {kind}", KINDS[kind](size, wanted.parties), wanted.threads, wanted.runs)
    for scenario in wanted.scenarios:
        _tell(scenario, compile_graph(open_scenario(scenario)), wanted.threads, wanted.runs)


def _tell(what: str, graph: StateGraph, threads: int, runs: int) -> None:
    pair = (graph, replace(graph, payoffs=graph.payoffs << 31, spans=graph.spans * 2.0**31))
    keys, ranks = (stability(each, AT_ONCE, threads=threads) for each in pair)
    assert _same(keys, ranks), f"{what}: keys and ranks disagree"
    del keys, ranks
    seconds = np.array([[_seconds(each, threads) for each in pair] for _ in range(runs)])
    (keys_wall, keys_cpu), (ranks_wall, ranks_cpu) = seconds.min(axis=0)
    wall, cpu = np.median(seconds[:, 0] / seconds[:, 1], axis=0)
    print(
        f"{what}, threads {threads}: ranks {ranks_wall:.3f} s, keys {keys_wall:.3f} s, ratio {wall:.2f}; "
        f"of CPU {ranks_cpu:.3f} s, {keys_cpu:.3f} s, {cpu:.2f}",
        flush=True,
    )


def _same(one: Stability, other: Stability) -> bool:
    return np.array_equal(one.flags, other.flags) and np.array_equal(one.margin, other.margin, equal_nan=True)


def _seconds(graph: StateGraph, threads: int) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    stability(graph, AT_ONCE, threads=threads)
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    main()
