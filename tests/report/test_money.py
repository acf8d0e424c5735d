"""Money is told with as many digits as it needs, and the year once."""

from __future__ import annotations

import pytest

from detente.report.money import money, yearly


@pytest.mark.parametrize(
    ("value", "told"), [(0.0, "0"), (1e-9, "0"), (0.8, "0.8"), (9.0, "9"), (6965.4, "6,965"), (0.04, "0.04")]
)
def test_an_amount(value: float, told: str) -> None:
    assert money(value) == told


@pytest.mark.parametrize(
    ("unit", "told"),
    [("", " a year"), ("mn", " a year (mn)"), ("USD mn a year, 2016", " (USD mn a year, 2016)")],
)
def test_a_unit_names_the_year_once(unit: str, told: str) -> None:
    assert yearly(unit) == told
