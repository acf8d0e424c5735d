"""Strategies fare as `play.verdict` has them fare, at the central numbers."""

from __future__ import annotations

import pytest

import detente
from detente.worlds.measure import Measure
from oracles.unsure_crises import fast, fitting, ready

CASES = [case for case in fitting(20) if ready(case[0]).outcomes[0].any()]  # the aim can be reached


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_world_0_is_what_assess_says(case: tuple[Measure, object]) -> None:
    measure, _ = case
    found = dict(zip(measure.columns, measure.several([0])[0].values, strict=True))
    answer = detente.assess(measure.scenario, foresight="seq")
    for strategy in answer.strategies:
        assert found[f"{strategy.id}.success.zaim"] == pytest.approx(strategy.success["zaim"], abs=1e-12)
        assert found[f"{strategy.id}.lasting"] == pytest.approx(strategy.lasting, abs=1e-12)
        assert found[f"{strategy.id}.rank"] == strategy.rank
        if strategy.margin is not None:
            assert found[f"{strategy.id}.margin"] == pytest.approx(strategy.margin, abs=1e-12)


def test_where_nobody_can_move_the_margin_is_infinite() -> None:
    scenario = detente.loads(
        """
        detente: 1
        title: Still
        parties: {A: {}, B: {}}
        options: {A.x: {moves: up}, B.y: {moves: up}}
        status_quo: {A.x: "yes", B.y: "yes"}
        outcomes: {both: A.x and B.y}
        aim: both
        interests: {A: [{wants: B.y, weight: 1..2}], B: [{wants: A.x, weight: 1}]}
        """,
    )
    measure = Measure(scenario, foresight="seq")
    assert not isinstance(fast(measure), str)
    assert measure.several([1])[0].values[2] == float("inf")
    assert measure.of(1) == measure.several([1])[0]
