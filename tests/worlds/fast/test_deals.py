"""Tables agree on what tables agree on, at every cell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numba import njit

from detente.play.cached_graph import CachedGraph
from detente.worlds.fast.deals import agree, find_peaks, peaks_for, tray_for
from detente.worlds.fast.ground import Places
from detente.worlds.fast.quick import Quick
from detente.worlds.fast.replies import NOTHING, Worth, desk_for
from detente.worlds.measure import Measure
from oracles.unsure_crises import fitting, ready
from worlds.fast.test_worth import keys_of

CASES = fitting(8)


@njit
def agreed(ground, worth, peaks, desk, tray, members, binding, cell, found):  # type: ignore[no-untyped-def]
    find_peaks(ground, worth, peaks)
    return agree(ground, worth, peaks, desk, tray, members, binding, cell, NOTHING, found, NOTHING)


@pytest.mark.parametrize(("measure", "found"), CASES, ids=range(len(CASES)))
@pytest.mark.parametrize("binding", [False, True])
def test_agreements_are_those_of_play(measure: Measure, found: Quick, binding: bool) -> None:
    case, ground = ready(measure), found.ground
    places = Places(case.free, case.start)
    tables = {
        table.id: table for stage in case.plan(measure.scenario.strategies[1]).stages for table in stage.tables
    }
    tables |= {table.id: table for table in case.plan(measure.scenario.strategies[0]).stages[0].tables}
    for world in (0, 1):
        graph = measure.worlds.calm.changed(measure.worlds.world(world)).graph
        cached = CachedGraph(graph).around(np.array([case.start]))
        worth = Worth(keys_of(found, measure, world).astype(np.int32), found.reader, found.spans)
        peaks, desk, tray = peaks_for(ground, len(graph.parties)), desk_for(places.cells, 64), tray_for(1 << 12)
        out = np.empty(1 << 12, dtype=np.int64)
        for table in tables.values():
            choices = cached.of_table(replace(table, binding=binding), ("seq",) * len(graph.parties))
            many, targets = choices.moves(np.arange(cached.graph.states))
            members = np.isin(np.arange(len(graph.parties)), table.members)
            end = 0
            for state, cell in enumerate(places.cell.tolist()):
                wanted = sorted(places.cell[targets[end : end + many[state, 0]]].tolist())
                end += int(many[state, 0])
                count = agreed(ground, worth, peaks, desk, tray, members, binding, cell, out)
                assert sorted(out[:count].tolist()) == wanted


def test_tray_that_is_full_is_told() -> None:
    measure, found = CASES[0]
    case = ready(measure)
    places = Places(case.free, case.start)
    worth = Worth(keys_of(found, measure, 0).astype(np.int32), found.reader, found.spans)
    peaks, desk, out = peaks_for(found.ground, 3), desk_for(places.cells, 64), np.empty(64, dtype=np.int64)
    every = np.ones(3, dtype=np.bool_)
    counts = [
        agreed(found.ground, worth, peaks, desk, tray_for(0), every, True, cell, out)
        for cell in places.cell.tolist()
    ]
    assert set(counts) == {-1, 0}
