"""Mass is carried to the ends of a walk as `play.absorption` carries it."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit

from detente.play.absorption import endings
from detente.play.chain import Walk
from detente.worlds.fast.walk import carry, path_for


@njit
def carried(path, size):  # type: ignore[no-untyped-def]
    return carry(path, size)


def random_walk(rng: np.random.Generator) -> Walk:
    """A walk with cycles, rests and classes that play leaves."""
    size = int(rng.integers(1, 14))
    rows = []
    for state in range(size):
        count = int(rng.integers(0, 4))
        near = (state + rng.integers(-3, 4, size=count)) % size
        rows.append([there for there in dict.fromkeys(near.tolist()) if there != state])
    first = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    chances = [rng.random(len(row)) + 0.1 for row in rows]
    chance = np.concatenate([*(row / row.sum() for row in chances), np.zeros(0)])
    target = np.array([there for row in rows for there in row], dtype=np.int64)
    return Walk(np.arange(size), first, target, np.zeros_like(target), chance, 1.0 + rng.random(size))


@pytest.mark.parametrize("seed", range(200))
def test_mass_and_shares_are_those_of_play(seed: int) -> None:
    rng = np.random.default_rng(seed)
    walk = random_walk(rng)
    size, start = len(walk.states), rng.random(len(walk.states))
    ends = endings(walk)
    path = path_for(1, 1)
    path.first[: size + 1], path.lasts[:size], path.mass[:size] = walk.first, walk.lasts, start
    path.target[: len(walk.target)], path.chance[: len(walk.target)] = walk.target, walk.chance
    component, closed = carried(path, size)
    assert np.array_equal(component, ends.component)
    assert np.array_equal(closed, ends.closed)
    inside = ends.closed[ends.component]
    assert path.mass[:size][inside] == pytest.approx(ends.visits(start)[inside])
    assert path.share[:size] == pytest.approx(ends.stationary)
