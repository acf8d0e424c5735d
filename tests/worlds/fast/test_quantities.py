"""The values of interests over their options are those that a scenario's words have."""

from __future__ import annotations

import numpy as np
import pytest

from detente.states.evaluate import quantity
from detente.worlds.fast.ground import Places
from detente.worlds.fast.quick import Quick
from detente.worlds.measure import Measure
from oracles.unsure_crises import fitting, ready

CASES = fitting(8)


@pytest.mark.parametrize(("measure", "found"), CASES, ids=range(len(CASES)))
def test_values_are_those_of_the_words(measure: Measure, found: Quick) -> None:
    case = ready(measure)
    places = Places(case.free, case.start)
    count = 3
    rows = found.numbers.rows(measure.worlds.values(0, count))
    worlds = [measure.worlds.world(world) for world in range(count)]
    values, known = found.quantities.values(rows, lambda: worlds)
    assert known.all()
    graph, first = places.graph, found.quantities.first
    for world, scenario in enumerate(worlds):
        interests = [
            one
            for part in (
                *(known.interests for known in scenario.preferences),
                *(view.interests for view in scenario.views),
            )
            for one in part
        ]
        for place, (one, axes) in enumerate(zip(interests, found.quantities.axes, strict=True)):
            index, stride = np.zeros(graph.states, dtype=np.int64), 1
            for axis in axes:
                index += stride * (graph.codes // graph.strides[axis] % graph.axes[axis].size)
                stride *= graph.axes[axis].size
            wanted = quantity(scenario, graph, one.quantity)
            assert values[world, first[place] + index] == pytest.approx(wanted, abs=1e-12)
