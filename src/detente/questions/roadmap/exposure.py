"""What others could do instead while somebody takes a step: how exposed each step from a state is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.play.cached_graph import CachedGraph
from detente.play.move_index import NOWHERE, Int32, MoveIndex, allowed, find, pattern_of
from detente.play.outlook import Foresight
from detente.stability.compiled import native
from detente.states.state_graph import Floats, Int64


@dataclass(frozen=True, eq=False)
class Exposures:
    """What somebody could gain at each state by leaving it otherwise, in spans (at least 0).

    `leaving[state]` belongs to every step from a state but one: the step to `tempting[state]` (-1: none) takes
    away the very move that tempts most, so that `aside[state]`, the most that is left, belongs to it. A gain of
    a party that is known only by an order of states counts as 1.
    """

    leaving: Floats
    aside: Floats
    tempting: Int64

    def of(self, start: int, end: int) -> float:
        """The exposure of a step."""
        return float(self.aside[start] if end == self.tempting[start] else self.leaving[start])


def exposures(cached: CachedGraph, foresight: Foresight) -> Exposures:
    """What somebody could gain at each state of a ground by leaving it otherwise.

    Parameters
    ----------
    ground : the free graph: no commitments.
    foresight : a concept's name per party.
    """
    count = cached.graph.states
    first, second = np.zeros(count), np.zeros(count)
    tempting = np.full(count, NOWHERE, dtype=np.int64)
    for party, concept in enumerate(foresight):
        best, next_best, target = _best_two(cached.move_index, party, cached.outlook.row(party, concept))
        gain, left = _gain(cached, party, best), _gain(cached, party, next_best)
        ahead = gain > first
        second = np.where(ahead, np.maximum(first, left), np.maximum(second, gain))
        tempting = np.where(ahead, target, tempting)
        first = np.where(ahead, gain, first)
    for array in (first, second, tempting):
        array.setflags(write=False)
    return Exposures(first, second, tempting)


def _gain(cached: CachedGraph, party: int, best: Int32) -> Floats:
    """What a party gains by its best alternative, per state: in spans, or 1 where it is known only by order."""
    graph, ranks = cached.graph, cached.graph.ranks[party]
    if not graph.cardinal[party]:
        counted: Floats = (best > ranks).astype(np.float64)
        return counted
    worths = cached.worths(party)
    gain: Floats = np.asarray((worths[best] - worths[ranks]) / (graph.spans[party] * graph.grid))
    gain[best <= ranks] = 0.0
    return gain


@native
def _best_two(move_index: MoveIndex, party: int, ahead: Int32) -> tuple[Int32, Int32, Int64]:
    """Ranks of a party's best and next best alternative at every state (-1: none), and the best one itself."""
    first, last = move_index.pattern_first[party], move_index.pattern_first[party + 1]
    count = move_index.codes.size
    best, second = np.full(count, NOWHERE, dtype=np.int32), np.full(count, NOWHERE, dtype=np.int32)
    target = np.full(count, NOWHERE, dtype=np.int64)
    for state in range(count):
        code = int(move_index.codes[state])
        before = pattern_of(move_index, party, code)
        base = code - int(move_index.offset[first + before])
        for after in range(last - first):
            if after == before or not allowed(move_index, party, before, after):
                continue
            end = find(move_index, base + int(move_index.offset[first + after]))
            if end < 0:
                continue
            rank = ahead[end]
            if rank > best[state]:
                second[state] = best[state]
                best[state] = rank
                target[state] = end
            elif rank > second[state]:
                second[state] = rank
    return best, second, target
