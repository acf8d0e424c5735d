"""What others could do instead of a step, against moves enumerated one by one."""

from __future__ import annotations

import pytest

from detente.questions.roadmap.exposure import exposures
from oracles.roads import given

SEEDS = range(60)
CLOSE = 1e-9


@pytest.mark.parametrize("seed", SEEDS)
def test_exposures_of_all_steps(seed: int) -> None:
    cached, literal, _, _ = given(seed)
    exposed = exposures(cached, literal.foresight)
    for start in range(cached.graph.states):
        for end in range(cached.graph.states):
            if end != start:
                assert exposed.of(start, end) == pytest.approx(literal.exposure(start, end), abs=CLOSE)
