"""Draws hang on seed, name and number alone, and follow the spreads that the scenario states."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from detente.scenario.model import Spread
from detente.worlds.draws import Stream, quantile

MANY = 20_000


def test_draws_are_the_same_however_many_are_drawn_and_from_where() -> None:
    stream = Stream(1, "interests.A.1.weight")
    whole = stream.uniform(1, 1000)
    for first, count in ((1, 1), (1, 7), (2, 3), (5, 4), (997, 4), (1000, 1)):
        assert np.array_equal(stream.uniform(first, count), whole[first - 1 : first - 1 + count])


def test_other_names_and_other_seeds_have_other_draws() -> None:
    streams = [Stream(1, "a"), Stream(1, "b"), Stream(2, "a")]
    drawn = np.array([stream.uniform(1, MANY) for stream in streams])
    assert np.abs(np.corrcoef(drawn) - np.eye(3)).max() < 0.03
    assert all(stats.kstest(row, "uniform").pvalue > 1e-4 for row in drawn)


@pytest.mark.parametrize(
    ("spread", "central", "low", "high", "law"),
    [
        (Spread("uniform", 2, 5), 3.5, -np.inf, np.inf, stats.uniform(2, 3)),
        (Spread("triangular", 0, 0.3), 0.1, 0, 1, stats.triang(1 / 3, 0, 0.3)),
        (Spread("triangular", 1, 3), 1, 0, np.inf, stats.triang(0, 1, 2)),
        (Spread("triangular", 1, 3), 3, 0, np.inf, stats.triang(1, 1, 2)),
        (Spread("normal", 1, 3), 2, -np.inf, np.inf, stats.norm(2, 0.5)),
        (Spread("normal", -0.6, 0.6), 0, -1, 1, stats.truncnorm(-1 / 0.3, 1 / 0.3, 0, 0.3)),
        (Spread("normal", 0.1, 1.7), 0.9, 0, 1, stats.truncnorm(-0.9 / 0.4, 0.1 / 0.4, 0.9, 0.4)),
        (Spread("normal", -3, 5), 1, 0, np.inf, stats.truncnorm(-0.5, np.inf, 1, 2)),
    ],
)
def test_quantiles_are_those_of_the_law(spread: Spread, central: float, low: float, high: float, law) -> None:  # type: ignore[no-untyped-def]
    chances = np.concatenate([[1e-12, 1e-6], np.linspace(0.001, 0.999, 99), [1 - 1e-6, 1 - 1e-12]])
    found = quantile(spread, central, low, high, chances)
    assert np.allclose(found, law.ppf(chances), rtol=1e-7, atol=1e-9)
    assert low <= found.min() <= found.max() <= high


def test_spread_of_no_width_is_a_number() -> None:
    assert quantile(Spread("normal", 2, 2), 2, 0, 9, np.array([0.1, 0.9])).tolist() == [2, 2]
