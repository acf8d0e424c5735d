"""On crises wide enough for full rows of lanes the table keeps to the definitions, on one thread and on two."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.concepts import CONCEPTS
from detente.stability.closure import closures
from detente.stability.closure.grid import grid_of
from detente.stability.closure.simd import LANES
from detente.stability.table import stability
from detente.states.state_graph import StateGraph
from oracles.random_graphs import level_table, random_graph

NEVER = 2**60


def allowed(graph: StateGraph, party: int) -> np.ndarray:
    """Bool[from, to]: what the party can bring about alone."""
    moves = ~np.eye(graph.states, dtype=bool)
    for axis, level in zip(graph.axes, level_table(graph.axes, graph.codes), strict=True):
        rise = level[None, :] - level[:, None]
        mine = axis.owner == party and axis.moves != "fixed"
        moves &= (rise <= 0) | (mine and axis.moves != "down")
        moves &= (rise >= 0) | (mine and axis.moves != "up")
    return moves


def dared(graph: StateGraph, moves: list[np.ndarray], party: int) -> np.ndarray:
    """Bool[from, to]: what the others may dare in the party's eyes, by even levels of everybody's picture."""
    parties, viewers = range(len(graph.parties)), {viewer for viewer, _ in graph.seen}
    pictures = {one: one if one in viewers else -1 for one in parties}
    worth = {
        (picture, one): graph.seen.get((picture, one), graph.ranks[one]).astype(np.int64)
        for picture in {*pictures.values(), -1}
        for one in parties
    }

    def answers(level: dict, picture: int, one: int) -> np.ndarray:
        open_moves = [
            moves[other] & (level[picture, other][None, :] > worth[picture, other][:, None])
            for other in parties
            if other != one
        ]
        return np.any(open_moves, axis=0)

    def following(level: dict) -> dict:
        found = {}
        for picture, one in worth:
            own = pictures[one] if picture < 0 else picture
            arrows, end = answers(level, own, one), worth[picture, one]
            while True:
                least = np.minimum(end, np.where(arrows, end, NEVER).min(axis=1))
                if np.array_equal(least, end):
                    break
                end = least
            found[picture, one] = end
        return found

    level, before = worth, None
    while before is None or any(not np.array_equal(level[key], before[key]) for key in worth):
        before, level = level, following(following(level))
    return answers(level, pictures[party], party)


def best_alternatives(graph: StateGraph, party: int) -> np.ndarray:
    """Int64[concept, state]: the best anticipated payoff among the party's moves, far below all without any."""
    moves, own = [allowed(graph, one) for one in range(len(graph.parties))], graph.payoffs[party]
    others = [one for one in range(len(graph.parties)) if one != party]
    believed = {one: graph.seen.get((party, one), graph.ranks[one]) for one in others}
    answers = {"none": np.zeros_like(moves[party]), "moves": np.zeros_like(moves[party])}
    answers["improvements"] = np.zeros_like(moves[party])
    answers["dared"] = dared(graph, moves, party)
    for one in others:
        answers["moves"] |= moves[one]
        answers["improvements"] |= moves[one] & (believed[one][None, :] > believed[one][:, None])
    escape = np.maximum(own, np.where(moves[party], own, -NEVER).max(axis=1))
    rows = []
    for concept in CONCEPTS:
        end = escape if concept.escapes else own
        while True:
            least = np.minimum(end, np.where(answers[concept.replies], end, NEVER).min(axis=1))
            if np.array_equal(least, end):
                break
            end = least
        rows.append(np.where(moves[party], np.minimum(own, end), -NEVER).max(axis=1))
    return np.array(rows)


def wide_graph(seed: int) -> StateGraph:
    """Hundreds of states, and an axis with neighbours enough for full lanes; ranks may have gaps.

    For odd seeds cells are numbered as states are, for even ones not.
    """
    for attempt in range(1000):
        graph = random_graph(np.random.default_rng([seed, attempt]), largest=900, parties=2 + seed % 3)
        grid = grid_of(graph)
        inner = [block.inner for block in grid.blocks if block is not None]
        if len(inner) > 1 and max(inner) >= LANES and (grid.place is None) == bool(seed % 2):
            return replace(graph, ranks=graph.ranks * (1 + seed % 9) + seed % 4)
    raise AssertionError("no wide crisis among a thousand")


@pytest.mark.parametrize("seed", range(12))
def test_wide_tables_agree_with_the_definitions(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closures, "_WORTH_THREADS", 1)
    graph = wide_graph(seed)
    best = np.stack([best_alternatives(graph, party) for party in range(len(graph.parties))], axis=1)
    gaps = np.where(best > -NEVER, (graph.payoffs - best) / graph.spans[:, None], np.inf)
    for threads in (1, 2):
        table = stability(graph, per_party=True, threads=threads)
        for row, concept in enumerate(CONCEPTS):
            assert np.array_equal(table.stable(concept.name), best[row] <= graph.payoffs)
        if all(graph.cardinal):
            assert np.array_equal(table.margins, gaps)
