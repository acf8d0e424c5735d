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
