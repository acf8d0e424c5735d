"""Keys differ as payoffs do, to the last unit, in every world and for every reader."""

from __future__ import annotations

import numpy as np
import pytest

from detente.states.state_graph import Int64
from detente.states.variant import Variant
from detente.worlds.fast.ground import Places
from detente.worlds.fast.quick import Quick
from detente.worlds.fast.worth import add_up, sums_for
from detente.worlds.measure import Measure
from oracles.unsure_crises import fitting, ready

CASES = fitting(12)


def keys_of(found: Quick, measure: Measure, world: int) -> Int64:
    """(reader, cell) the keys of a world."""
    rows = found.numbers.rows(measure.worlds.of([world]))
    values, known = found.quantities.values(rows, lambda: [measure.worlds.world(world)])
    parties = len(found.spans)
    sums = sums_for(found.terms, parties)
    weights = rows["weight"][0] / found.whole * found.sign
    assert known.all()
    assert add_up(found.terms, weights, rows["attitude"].reshape(parties, parties), values[0], sums)
    return sums.key.astype(np.int64)


@pytest.mark.parametrize(("measure", "found"), CASES, ids=range(len(CASES)))
def test_keys_differ_as_payoffs_do(measure: Measure, found: Quick) -> None:
    case = ready(measure)
    places = Places(case.free, case.start)
    for world in range(4):
        variant: Variant = measure.worlds.calm.changed(measure.worlds.world(world))
        keys = keys_of(found, measure, world)[:, places.cell]
        payoffs = variant.graph.payoffs[:, places.home]
        own = keys[: len(payoffs)]
        assert np.array_equal(own - own[:, :1], payoffs - payoffs[:, :1])
        for number, view in enumerate(measure.scenario.views):
            pair = tuple(variant.graph.parties.index(one) for one in (view.holder, view.other))
            seen = variant.graph.seen[pair][places.home]
            pictured = keys[len(payoffs) + number]
            assert np.array_equal(
                np.unique(pictured, return_inverse=True)[1], np.unique(seen, return_inverse=True)[1]
            )


def test_payoffs_too_far_apart_are_no_keys() -> None:
    measure, found = CASES[0]
    rows = found.numbers.rows(measure.worlds.of([0]))
    values, _ = found.quantities.values(rows, list)
    parties = len(found.spans)
    weights = rows["weight"][0] / found.whole * found.sign * 1e4
    sums = sums_for(found.terms, parties)
    assert not add_up(found.terms, weights, rows["attitude"].reshape(parties, parties), values[0], sums)
