"""Cells, moves and commitments are those of the graph."""

from __future__ import annotations

import numpy as np
import pytest

from detente.play.stages import NEVER, commit
from detente.states.moves import own_moves, restrict
from detente.worlds.fast.ground import Places
from detente.worlds.fast.quick import Quick
from detente.worlds.fast.script import commitments_of, stages_of
from detente.worlds.measure import Measure
from oracles.unsure_crises import fitting, ready

CASES = fitting(10)


@pytest.mark.parametrize(("measure", "found"), CASES, ids=range(len(CASES)))
def test_moves_are_those_of_the_graph(measure: Measure, found: Quick) -> None:
    """Under every set of commitments, at every state, for every party."""
    case, ground = ready(measure), found.ground
    places = Places(case.free, case.start)
    sets = commitments_of(stages_of(case, measure.scenario.strategies))
    for number, fixed in enumerate(sets):
        graph, kept = (
            restrict(places.graph, dict(fixed)) if fixed else (places.graph, np.arange(places.graph.states))
        )
        for state in range(graph.states):
            cell = places.cell[kept[state]]
            for party in range(len(graph.parties)):
                spot = ground.spot[cell, party]
                steps = ground.step[ground.begin[number, spot] : ground.begin[number, spot + 1]]
                reached = [there for there in (cell + steps).tolist() if ground.feasible[there]]
                wanted = places.cell[kept[own_moves(graph, party, state)]].tolist()
                assert sorted(reached) == sorted(wanted)


@pytest.mark.parametrize(("measure", "found"), CASES, ids=range(len(CASES)))
def test_commitments_lead_where_stages_begin(measure: Measure, found: Quick) -> None:
    case, ground = ready(measure), found.ground
    places = Places(case.free, case.start)
    for stages in stages_of(case, measure.scenario.strategies):
        for stage in stages:
            set_to = places.set_to(stage.fixed)
            begun = (
                commit(places.graph, np.arange(places.graph.states), stage.fixed)
                if not stage.fixed or all(places.graph.axes[axis].size > 1 for axis, _ in stage.fixed)
                else None
            )
            for state, cell in enumerate(places.cell.tolist()):
                positions = set_to[ground.spot[cell]]
                led = cell + int(((positions - (ground.spot[cell] - ground.first[:-1])) * ground.inner).sum())
                legal = bool((positions >= 0).all()) and bool(ground.feasible[led])
                if begun is not None:
                    assert (begun[state] != NEVER) == legal
                    assert not legal or places.cell[begun[state]] == led
