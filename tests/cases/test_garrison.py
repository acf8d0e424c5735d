"""Garrison Diversion: Hipel and Fraser 1980, with the answers stored with GMCR+ (Kinsara 2014)."""

from __future__ import annotations

import pytest

from cases.published import (
    equilibria,
    graph,
    seq_or_sim_equilibria,
    sim_equilibria,
    sim_stable,
    stable,
)

EVERY = list(range(1, 24))
NASH = {
    "US-Support": [1, 2, 3, 5, 6, 7, 9, 11, 12, 15, 17, 18, 21, 22],
    "US-Opposition": [2, 3, 4, 6, 7, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22, 23],
    "Canadian-Opposition": [1, 2, 3, 4, 9, 10, 11, 14, 16, 17, 18, 19, 20, 21, 22, 23],
    "IJC": EVERY,
}
SIM = NASH | {"Canadian-Opposition": [1, 2, 3, 4, 8, 9, 10, 11, 14, 16, 17, 18, 19, 20, 21, 22, 23]}
DETERRED = [2, 3, 4, 6, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22]


def test_twenty_three_states_are_feasible() -> None:
    assert graph("garrison").states == 23


@pytest.mark.parametrize("party", NASH)
def test_each_party_stays_where_the_source_says(party: str) -> None:
    assert stable("garrison", "nash", party) == NASH[party]


@pytest.mark.parametrize("party", SIM)
def test_moves_at_the_same_moment_deter_as_the_source_says(party: str) -> None:
    assert sim_stable("garrison", party) == SIM[party]


def test_equilibria_with_simultaneous_moves_are_the_published_ones() -> None:
    assert sim_equilibria("garrison") == [2, 3, 11, 17, 18, 21, 22]
    assert seq_or_sim_equilibria("garrison") == [2, 3, 11, 17, 18, 21, 22]


@pytest.mark.parametrize("concept", ["nash", "seq"])
def test_equilibria_are_the_published_ones(concept: str) -> None:
    assert equilibria("garrison", concept) == [2, 3, 11, 17, 18, 21, 22]


@pytest.mark.parametrize("concept", ["gmr", "smr"])
def test_any_answer_deters_more(concept: str) -> None:
    """Recomputed from the published definition; the stored answers allow a single reply and differ."""
    assert equilibria("garrison", concept) == DETERRED
