"""Payoffs put together from worth and attitudes are, to the last unit, those of the compiled crisis."""

from __future__ import annotations

import random

import numpy as np
import pytest

from detente.library import open
from detente.scenario.change import shift_attitude
from detente.states.compile import compile_graph
from detente.states.payoffs import attitude_matrix, payoffs, worth
from detente.states.space import Space
from oracles.random_scenarios import Shape, random_scenario

CARDINAL = Shape(ordinal=0.0, views=0.6, attitudes=0.7)


@pytest.mark.parametrize("seed", range(25))
def test_worth_and_attitudes_make_the_payoffs(seed: int) -> None:
    rng = random.Random(seed)
    scenario = random_scenario(rng, CARDINAL)
    holder, other = rng.sample([party.id for party in scenario.parties], 2)
    variant = shift_attitude(scenario, holder, other, rng.uniform(-1, 1))
    graph = compile_graph(scenario)
    found = worth(scenario, scenario, Space(graph.axes), graph.codes)
    attitudes = attitude_matrix(variant)
    known, pictured = payoffs(variant, scenario, Space(graph.axes), graph.codes)
    for party in range(len(graph.parties)):
        assert (found.payoff(party, party, attitudes[party]) == known[party]).all()
    assert set(found.pictured) == set(pictured)
    for pair, row in pictured.items():
        assert (found.payoff(*pair, attitudes[pair[1]]) == row).all()


def test_korea_to_the_last_unit() -> None:
    korea = open("korea-2017")
    graph = compile_graph(korea)
    some = graph.codes[::37]
    found, attitudes = worth(korea, korea, Space(graph.axes), some), attitude_matrix(korea)
    for party in range(len(graph.parties)):
        assert (found.payoff(party, party, attitudes[party]) == graph.payoffs[party, ::37]).all()
    assert np.abs(attitudes).max() == 1.0
