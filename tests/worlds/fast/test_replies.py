"""What is to be expected of a move is what sequential foresight says, at every cell."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit

from detente.play.cached_graph import CachedGraph
from detente.worlds.fast.ground import Places
from detente.worlds.fast.quick import Quick
from detente.worlds.fast.replies import (
    ALWAYS,
    LOWEST,
    NOTHING,
    Worth,
    best_moves,
    desk_for,
    is_open,
    least_reply,
)
from detente.worlds.measure import Measure
from oracles.unsure_crises import fitting, ready
from worlds.fast.test_worth import keys_of

CASES = fitting(8)


@njit
def least(ground, worth, desk, who, cell):  # type: ignore[no-untyped-def]
    return least_reply(ground, worth, desk, who, cell, LOWEST, ALWAYS, NOTHING)[0]


@njit
def best(ground, worth, desk, who, cell, found):  # type: ignore[no-untyped-def]
    return best_moves(ground, worth, desk, who, cell, NOTHING, found, NOTHING)


@njit
def opened(ground, worth, desk, who, cell):  # type: ignore[no-untyped-def]
    return is_open(ground, worth, desk, who, cell, NOTHING)


@pytest.mark.parametrize(("measure", "found"), CASES, ids=range(len(CASES)))
def test_least_replies_and_best_moves_are_those_of_play(measure: Measure, found: Quick) -> None:
    case, ground = ready(measure), found.ground
    places, initiative = Places(case.free, case.start), np.ones(len(case.scenario.parties))
    for world in (0, 1, 2):
        graph = measure.worlds.calm.changed(measure.worlds.world(world)).graph
        cached = CachedGraph(graph).around(np.array([case.start]))
        foresight = ("seq",) * len(graph.parties)
        moves = cached.of_parties(foresight, tuple(initiative), best=True)
        many, targets = moves.moves(np.arange(cached.graph.states))
        worth = Worth(keys_of(found, measure, world).astype(np.int32), found.reader, found.spans)
        desk, out, end = desk_for(places.cells, 64), np.empty(64, dtype=np.int64), 0
        for state, cell in enumerate(places.cell.tolist()):
            for party in range(len(graph.parties)):
                ahead = cached.outlook.row(party, "seq")
                expected = cached.graph.payoffs[party][cached.graph.ranks[party] == ahead[state]][0]
                own = cached.graph.payoffs[party][state] - expected
                key = int(worth.key[party, cell]) - least(ground, worth, desk, party, cell)
                assert key == own
                wanted = sorted(places.cell[targets[end : end + many[state, party]]].tolist())
                end += int(many[state, party])
                assert sorted(out[: best(ground, worth, desk, party, cell, out)].tolist()) == wanted
                assert opened(ground, worth, desk, party, cell) == bool(wanted)
