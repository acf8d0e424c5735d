"""What foresight without empty threats costs beside sequential foresight, on the flagship and in one process.

Both judge every state for every party; what the machine does meanwhile slows both, so the ratio says more than
the seconds.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from detente.concepts import named
from detente.library import open as open_scenario
from detente.stability.anticipate import foreseen
from detente.stability.closure.closures import Field, open_field
from detente.stability.iterated import Bounds, start, tighten
from detente.states.compile import compile_graph

SCENARIO = "korea-2017"


def main() -> None:
    """Print the CPU seconds of both in turns, the least of each, and their ratio; then the rounds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks foresight", description=__doc__)
    parser.add_argument("scenario", nargs="?", default=SCENARIO)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    wanted = parser.parse_args()
    graph = compile_graph(open_scenario(wanted.scenario))
    with open_field(graph, wanted.threads) as field:
        _sequential(field)
        bounds = _iterated(field)
        seconds = [(_cpu(_sequential, field), _cpu(_iterated, field)) for _ in range(wanted.runs)]
        one, all_levels = (min(column) for column in zip(*seconds, strict=True))
        print(f"{wanted.scenario}: {graph.states:,} states, {len(graph.parties)} parties")
        print(f"sequential {one:.2f} s, iterated {all_levels:.2f} s of CPU: {all_levels / one:.1f} times")
        print(f"{len(bounds.minds)} minds; by round, where their bounds still lie apart:")
        _rounds(field)


def _rounds(field: Field) -> None:
    bounds = start(field)
    while not bounds.settled:
        seconds = _cpu(lambda field: tighten(field, bounds, rounds=1), field)
        apart = sum(int(part.sum()) for part in bounds.unsure) / sum(len(part) for part in bounds.unsure)
        print(f"  {max(bounds.rounds):3} {seconds:6.2f} s {apart:7.2%}")


def _sequential(field: Field) -> None:
    for party in range(len(field.graph.parties)):
        foreseen(field, party, named("seq"))


def _iterated(field: Field) -> Bounds:
    bounds = start(field)
    tighten(field, bounds)
    return bounds


def _cpu(work: Callable[[Field], object], field: Field) -> float:
    begin = time.process_time()
    work(field)
    return time.process_time() - begin


if __name__ == "__main__":
    main()
