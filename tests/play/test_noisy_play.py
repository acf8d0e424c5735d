"""The one measure of success under noisy movers: that of the literal chain, whatever the stages' own choice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.play import noisy_play
from detente.play.stages import Mixture, play
from oracles.chains import play_literally, success
from oracles.random_strategies import random_case


@pytest.mark.parametrize("seed", range(30))
def test_success_is_that_of_noisy_movers(seed: int) -> None:
    graph, _, _, stages, start = random_case(seed)
    if not all(graph.cardinal):
        return
    inside = np.arange(graph.states) % 2 == 0
    begin = Mixture(np.array([start], dtype=np.int64), np.ones(1))
    noisy = tuple(replace(stage, conduct=replace(stage.conduct, choice="noisy")) for stage in stages)
    found = noisy_play.success(stages, begin, inside)
    assert found == play(noisy, begin).success(inside)
    ends = play_literally(graph, list(noisy), {start: 1.0})
    assert found == pytest.approx(success(ends, set(np.flatnonzero(inside).tolist())), abs=1e-9)
