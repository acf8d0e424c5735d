"""Planted boxes are found, and none where nothing was planted."""

from __future__ import annotations

import numpy as np
import pytest

from detente.worlds.boxes import boxes, inside

RNG = np.random.default_rng(3)


@pytest.mark.parametrize("seed", range(4))
def test_planted_box_is_found(seed: int) -> None:
    """2,000 worlds of seven numbers: inside the box the answer holds in 95 %, outside in 10 %."""
    rng = np.random.default_rng(seed)
    x = rng.random((2000, 7))
    planted = inside(x, {1: (0.3, 0.8), 4: (0.5, 2.0)})
    holds = np.where(planted, rng.random(2000) < 0.95, rng.random(2000) < 0.10)
    best = boxes(x, holds)[0]
    assert sorted(best.limits) == [1, 4]
    assert best.density > 0.85
    assert best.coverage > 0.70
    found = inside(x, best.limits)
    assert (found & planted).sum() / (found | planted).sum() > 0.75
    assert best.density == pytest.approx(holds[found].mean())
    assert best.coverage == pytest.approx(holds[found].sum() / holds.sum())
    assert best.mass == pytest.approx(found.mean())


def test_two_planted_boxes_are_found_one_after_another() -> None:
    x = RNG.random((3000, 5))
    one, other = inside(x, {0: (0.7, 2.0)}), inside(x, {3: (-1.0, 0.2)})
    holds = np.where(one | other, RNG.random(3000) < 0.97, RNG.random(3000) < 0.05)
    first, second = boxes(x, holds)
    assert {place for box in (first, second) for place in box.limits} == {0, 3}
    assert first.coverage + second.coverage > 0.75


def test_nothing_is_found_where_nothing_is() -> None:
    x = RNG.random((400, 30))
    found = [boxes(x, RNG.random(400) < 0.5) for _ in range(10)]
    assert sum(len(box) > 0 and box[0].density > 0.8 for box in found) <= 2
    assert boxes(x, np.ones(400, dtype=bool)) == ()
    assert boxes(x, np.zeros(400, dtype=bool)) == ()


def test_sharp_limit_is_one_limit() -> None:
    x = RNG.normal(size=(500, 12))
    (best,) = boxes(x, x[:, 5] > 0.3, most=1)
    assert [*best.limits] == [5]
    assert best.density > 0.98
    assert best.coverage > 0.98
    assert best.limits[5][0] == pytest.approx(0.3, abs=0.1)
    assert best.limits[5][1] == np.inf
