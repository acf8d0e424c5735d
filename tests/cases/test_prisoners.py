"""Prisoners' Dilemma: stable states and inverse counts stored with GMCR+ (Kinsara 2014); nonmyopic equilibria
from Brams and Ismail 2021."""

from __future__ import annotations

import pytest

from cases.published import (
    equilibria,
    inverse_counts,
    seq_or_sim_equilibria,
    sim_equilibria,
    sim_stable,
    stable,
)


@pytest.mark.parametrize(
    ("concept", "one", "two", "both"),
    [
        ("nash", [1, 3], [1, 2], [1]),
        ("gmr", [1, 3, 4], [1, 2, 4], [1, 4]),
        ("smr", [1, 3, 4], [1, 2, 4], [1, 4]),
        ("seq", [1, 3, 4], [1, 2, 4], [1, 4]),
    ],
)
def test_stable_states_are_the_published_ones(
    concept: str, one: list[int], two: list[int], both: list[int]
) -> None:
    assert stable("prisoners", concept, "one") == one
    assert stable("prisoners", concept, "two") == two
    assert equilibria("prisoners", concept) == both


def test_simultaneous_stability_is_the_published_one() -> None:
    assert sim_stable("prisoners", "one") == [1, 3, 4]
    assert sim_stable("prisoners", "two") == [1, 2, 4]
    assert sim_equilibria("prisoners") == seq_or_sim_equilibria("prisoners") == [1, 4]


def test_what_sequential_stability_keeps_is_what_the_theory_of_moves_keeps() -> None:
    """Nonmyopic equilibria of game 32: mutual defection and mutual cooperation."""
    assert equilibria("prisoners", "seq") == [1, 4]


def test_inverse_counts_over_all_strict_rankings_are_the_published_ones() -> None:
    assert inverse_counts("prisoners", {"one": 4, "two": 4}) == {
        "nash": [144] * 4,
        "gmr": [256] * 4,
        "smr": [196] * 4,
        "seq": [193] * 4,
    }
