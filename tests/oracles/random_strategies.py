"""Random strategies on random graphs, for tests that compare the engine with literal definitions."""

from __future__ import annotations

import numpy as np

from detente.play.cached_graph import CachedGraph
from detente.play.chain import Conduct
from detente.play.stages import Stage
from detente.play.table_deals import Table
from detente.states.state_graph import StateGraph
from oracles.random_graphs import random_graph

CONCEPTS = ["nash", "gmr", "smr", "seq", "sseq", "iseq"]


def random_conduct(rng: np.random.Generator, graph: StateGraph) -> Conduct:
    count = len(graph.parties)
    choice = str(rng.choice(["best", "any", "noisy"], p=[0.6, 0.2, 0.2]))
    return Conduct(
        foresight=tuple(str(name) for name in rng.choice(CONCEPTS, count, p=[0.5, 0.1, 0.1, 0.1, 0.1, 0.1])),
        initiative=tuple(float(w) for w in rng.choice([0.0, 0.5, 1.0, 2.0], count, p=[0.05, 0.15, 0.6, 0.2])),
        composure=tuple(float(k) for k in rng.uniform(0, 6, count)),
        choice=choice if all(graph.cardinal) else "best",  # type: ignore[arg-type]
    )


def random_tables(rng: np.random.Generator, graph: StateGraph, most: int = 2) -> tuple[Table, ...]:
    cardinal = [party for party, known in enumerate(graph.cardinal) if known]
    tables = []
    for number in range(int(rng.integers(0, most + 1))):
        if len(cardinal) >= 2:
            size = int(rng.integers(2, len(cardinal) + 1))
            members = tuple(sorted(int(p) for p in rng.choice(cardinal, size, replace=False)))
            tables.append(
                Table(f"T{number}", members, bool(rng.random() < 0.3), float(rng.choice([0.5, 1, 3])))
            )
    return tuple(tables)


def random_stages(rng: np.random.Generator, cached: CachedGraph, conduct: Conduct) -> tuple[Stage, ...]:
    """One to three stages; their commitments can be met by some state, though perhaps not from every state."""
    graph = cached.graph
    stages = []
    for _ in range(int(rng.integers(1, 4))):
        model = graph.levels(int(rng.integers(graph.states)))
        held = [axis for axis in range(len(graph.axes)) if rng.random() < 0.25]
        until = rng.random(graph.states) < 0.15 if rng.random() < 0.6 else None
        stages.append(
            Stage(
                cached=cached,
                conduct=conduct,
                fixed=tuple((axis, model[axis]) for axis in held),
                tables=random_tables(rng, graph, most=1),
                until=until,
                require=bool(rng.random() < 0.4),
            )
        )
    return tuple(stages)


def random_case(
    seed: int, largest: int = 36
) -> tuple[StateGraph, CachedGraph, Conduct, tuple[Stage, ...], int]:
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, largest)
    cached, conduct = CachedGraph(graph), random_conduct(rng, graph)
    return graph, cached, conduct, random_stages(rng, cached, conduct), int(rng.integers(graph.states))
