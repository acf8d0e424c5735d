"""Durations in sentences and cells."""

from __future__ import annotations

import pytest

from detente.answers.vocabulary import Duration
from detente.report import durations


@pytest.mark.parametrize(
    ("duration", "sentence", "cell"),
    [
        (Duration("ends", 1.0), "1 round", "1"),
        (Duration("ends", 2.26), "2.3 rounds", "2.3"),
        (Duration("ends", 9.96), "10 rounds", "10"),
        (Duration("ends", 12345.6), "12,346 rounds", "12,346"),
        (Duration("beyond", None), "more than a billion rounds", "over 1e9"),
        (Duration("never", None), "for ever", "no end"),
        (Duration("partly", None), "for ever in part of all plays", "in part no end"),
    ],
)
def test_a_duration_is_told(duration: Duration, sentence: str, cell: str) -> None:
    assert durations.lasts(duration) == sentence
    assert durations.cell(duration) == cell


@pytest.mark.parametrize(
    ("years", "told"),
    [
        (10.5, "10 years"),
        (2.55, "2.5 years"),
        (1.5, "18 months"),
        (1 / 12, "4.3 weeks"),
        (8 / 365.25, "8 days"),
        (1 / 365.25, "1 day"),
    ],
)
def test_time_is_told_in_the_largest_unit_of_which_there_are_two(years: float, told: str) -> None:
    assert durations.time(years) == told


def test_rounds_are_told_in_time_where_a_round_has_one() -> None:
    five = Duration("ends", 5.1)
    assert durations.lasts(five, 0.5) == "5.1 rounds (2.5 years)"
    assert durations.lasts(five) == "5.1 rounds"
    assert durations.lasts(Duration("never", None), 0.5) == "for ever"
    assert durations.clock(0.5) == " A round takes 6 months."
    assert durations.clock(None) == ""
