"""A world's record is what assess says of it."""

from __future__ import annotations

import gc
import math
from dataclasses import replace

import detente
from detente.play.cached_graph import CachedGraph
from detente.play.case import BY_ITSELF
from detente.scenario.model import Scenario
from detente.worlds.measure import Measure, Record


def test_record_of_the_central_world_is_what_assess_says(dam: Scenario) -> None:
    measure = Measure(dam)
    found = dict(zip(measure.columns, measure.of(0).values, strict=True))
    answer = detente.assess(dam)
    assert len(found) == 3 * 5
    for strategy in answer.strategies:
        assert found[f"{strategy.id}.success.treaty"] == strategy.success["treaty"]
        assert found[f"{strategy.id}.success.clash"] == strategy.success["clash"]
        assert found[f"{strategy.id}.lasting"] == strategy.lasting
        assert found[f"{strategy.id}.margin"] == strategy.margin
        assert found[f"{strategy.id}.rank"] == strategy.rank


def test_world_that_only_rescales_nothing_is_what_assess_says_of_its_scenario(dam: Scenario) -> None:
    """Success hangs on no span, so that a world's own scenario says the same, weights being the same in sum."""
    measure = Measure(dam, foresight="seq")
    for world in range(1, 25):
        scenario = measure.worlds.world(world)
        plain = replace(scenario, attitudes=())
        found = dict(zip(measure.columns, Measure(plain, foresight="seq").of(0).values, strict=True))
        for strategy in detente.assess(plain, foresight="seq").strategies:
            assert found[f"{strategy.id}.success.treaty"] == strategy.success["treaty"]


def test_without_strategies_or_aim_the_course_of_events_is_measured(dam: Scenario) -> None:
    bare = replace(dam, strategies=(), aim="")
    measure = Measure(bare)
    assert measure.strategies == (BY_ITSELF.id,)
    assert measure.columns == ("by-itself.success.treaty", "by-itself.success.clash")
    assert len(measure.of(3).values) == 2


def test_world_that_breaks_is_a_record_with_its_reason(dam: Scenario) -> None:
    class Broken(Measure):
        def _values(self, world: int) -> tuple[float, ...]:
            raise ZeroDivisionError(world)

    assert Broken(dam).of(7) == Record(7, reason="ZeroDivisionError: 7")
    assert Broken(dam).of(7).failed
    assert not Measure(dam).of(7).failed
    assert not any(math.isinf(value) for value in Measure(dam).of(7).values)


def test_a_world_leaves_nothing_behind(dam: Scenario) -> None:
    """Nothing that is made of it speaks of itself: memory is free again without a search for such rings."""
    measure, left = Measure(dam), []
    gc.collect()
    gc.disable()
    try:
        for world in range(1, 6):
            measure.of(world)
            left.append(sum(isinstance(one, CachedGraph) for one in gc.get_objects()))
    finally:
        gc.enable()
    assert left == left[:1] * 5
