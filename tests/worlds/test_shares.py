"""Intervals hold what they promise."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from detente.worlds.shares import paired, wilson


@pytest.mark.parametrize(("yes", "many"), [(0, 10), (3, 10), (10, 10), (50, 60), (1, 1000)])
def test_wilson_is_that_of_the_textbook(yes: int, many: int) -> None:
    known = stats.binomtest(yes, many).proportion_ci(0.95, method="wilson")
    assert wilson(yes / many, many) == pytest.approx((known.low, known.high), abs=1e-12)


def test_nothing_seen_says_nothing() -> None:
    assert wilson(0.0, 0) == (0.0, 1.0)


def test_pairs_cancel_what_both_owe_to_their_world() -> None:
    rng = np.random.default_rng(1)
    shared = rng.random(400)
    mean, low, high = paired(shared + 0.01, shared)
    assert (mean, low, high) == pytest.approx((0.01, 0.01, 0.01))
    covered = [
        low <= 0.5 <= high
        for _, low, high in (paired(rng.random(100) + 0.5, rng.random(100)) for _ in range(400))
    ]
    assert 0.92 <= np.mean(covered) <= 0.98
