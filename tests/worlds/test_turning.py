"""Indices of functions whose indices are known, and nothing found where there is nothing."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import stats

from detente.worlds.shares import wilson
from detente.worlds.turning import enough, explained, turning

RNG = np.random.default_rng(7)


def test_ishigami() -> None:
    """First-order indices 0.3139, 0.4424 and 0 (Ishigami and Homma 1990, with a = 7 and b = 0.1)."""
    x = RNG.uniform(-np.pi, np.pi, (40_000, 3))
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    found = turning(x, y)
    # six classes see a wave through steps: what they can see of it is the variance of its means over classes
    cuts = np.linspace(-np.pi, np.pi, 7)
    seen = []
    for part in (lambda z: (1 + 0.1 * np.pi**4 / 5) * np.sin(z), lambda z: 7 * np.sin(z) ** 2):
        fine = np.linspace(-np.pi, np.pi, 60_001)
        means = [part(fine[(fine >= a) & (fine <= b)]).mean() for a, b in itertools.pairwise(cuts)]
        seen.append(np.var(means) / 13.8446)
    assert found.index == pytest.approx([*seen, 0], abs=0.01)
    assert 0.25 < found.index[0] < 0.3139
    assert found.matters.tolist() == [True, True, False]


def test_additive_function_is_taken_apart() -> None:
    """Of a sum of independent terms every index is the share of the term's variance; groups add up."""
    x = RNG.uniform(0, 1, (20_000, 6))
    weights = np.array([4, 2, 1, 0, 0, 0])
    found = turning(x, x @ weights)
    shares = weights**2 / (weights**2).sum()
    assert found.index == pytest.approx(shares * (1 - 1 / 36), abs=0.01)
    assert explained(x[:, :2], x @ weights)[0] == pytest.approx(shares[:2].sum(), abs=0.01)
    assert explained(x[:, 3:], x @ weights)[0] == pytest.approx(0, abs=0.001)
    assert found.high[0] - found.low[0] == pytest.approx(4 * 2 / 3, abs=0.02)


def test_step_of_one_number_is_found_among_many_that_do_nothing() -> None:
    x = RNG.normal(size=(200, 200))
    found = turning(x, (x[:, 17] > 0.4).astype(float))
    assert np.flatnonzero(found.matters).tolist() == [17]
    assert found.index[17] > 0.6


def test_chance_of_a_group_is_that_of_its_law() -> None:
    chances = [explained(RNG.normal(size=(80, 12)), RNG.normal(size=80))[1] for _ in range(400)]
    assert stats.kstest(chances, "uniform").pvalue > 1e-3
    assert explained(RNG.normal(size=(80, 3)) @ np.eye(3), np.arange(80.0))[1] > 1e-4


def test_chance_is_seldom_taken_for_cause() -> None:
    false = sum(
        turning(RNG.normal(size=(120, 60)), (RNG.random(120) < 0.7).astype(float)).matters.any()
        for _ in range(100)
    )
    assert false <= 12


@pytest.mark.parametrize("answer", [np.zeros(50), np.ones(50)])
def test_answer_that_is_always_the_same_turns_on_nothing(answer: np.ndarray) -> None:
    found = turning(RNG.normal(size=(50, 3)), answer)
    assert found.index.tolist() == [0, 0, 0]
    assert not found.matters.any()
    assert explained(RNG.normal(size=(50, 3)), answer) == (0, 1)


def test_index_is_never_negative_and_nan_is_refused() -> None:
    assert (turning(RNG.normal(size=(30, 40)), RNG.random(30)).index >= 0).all()
    with pytest.raises(ValueError, match="no number"):
        turning(RNG.normal(size=(3, 2)), np.array([1.0, np.nan, 0]))


def test_enough_worlds_are_enough() -> None:
    for share in (0.1, 0.5, 0.9):
        low, high = wilson(share, enough(share, 0.05))
        assert 0.09 < high - low < 0.105
