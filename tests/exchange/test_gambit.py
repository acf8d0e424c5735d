"""Crises as strategic games: the same pure equilibria, and refusals where a game would say something else."""

from __future__ import annotations

import re
from itertools import product

import numpy as np
import pytest

from detente.errors import RefusedError
from detente.exchange.gambit import write_nfg
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.stability.table import stability
from detente.states.compile import compile_graph

THREE = """
detente: 1
title: 'A "quoted" \\ title'
parties: {A: {}, B: {}, C: {}}
options:
  A.x: {levels: [low, mid, high]}
  A.y: {}
  B.z: {}
  nature.storm: {moves: up, hazard: 0.1}
rules: [{must: not (A.y and A.x == high)}]
interests:
  A: [{wants: A.x >= mid and B.z, weight: 0.3}, {avoids: A.y, weight: 1}]
  B: [{wants: B.z iff A.y, weight: 2}]
  C: {statements: [B.z, A.y]}
"""


def payoffs(text: str, players: int) -> list[list[float]]:
    """The numbers of the body, a row per outcome."""
    body = text.rsplit('""', 1)[1].split()
    return [
        [float(number) for number in body[start : start + players]] for start in range(0, len(body), players)
    ]


def strategies(text: str) -> list[list[str]]:
    head = text.rsplit('""', 1)[0].splitlines()[1:]
    return [re.findall(r'"([^"]*)"', line) for line in head if line.strip()]


def pure(text: str) -> list[tuple[str, ...]]:
    """Pure equilibria by trying every deviation, from the text alone."""
    named = strategies(text)
    sizes = [len(names) for names in named]
    profiles = [profile[::-1] for profile in product(*(range(size) for size in reversed(sizes)))]
    table = dict(zip(profiles, payoffs(text, len(sizes)), strict=True))

    def content(profile: tuple[int, ...], player: int) -> bool:
        others = ((*profile[:player], choice, *profile[player + 1 :]) for choice in range(sizes[player]))
        return all(table[other][player] <= table[profile][player] for other in others)

    return [
        tuple(named[player][choice] for player, choice in enumerate(profile))
        for profile in profiles
        if all(content(profile, player) for player in range(len(sizes)))
    ]


def scenario(text: str = THREE) -> Scenario:
    return loads(text)


def test_pure_equilibria_of_the_game_are_the_nash_states() -> None:
    graph = compile_graph(scenario())
    calm = [
        state
        for state in np.flatnonzero(stability(graph).equilibria("nash"))
        if not graph.levels(int(state))[3]
    ]
    expected = {
        (f"x {('low', 'mid', 'high')[x]}; y {('no', 'yes')[y]}", f"z {('no', 'yes')[z]}", "-")
        for x, y, z, _ in (graph.levels(int(state)) for state in calm)
    }
    assert set(pure(write_nfg(scenario()))) == expected


def test_the_heading_names_the_game_and_its_players() -> None:
    assert write_nfg(scenario()).splitlines()[0] == 'NFG 1 R "A \\"quoted\\" / title" { "A" "B" "C" }'


def test_settings_that_a_party_cannot_choose_are_no_strategies() -> None:
    assert strategies(write_nfg(scenario()))[0] == [
        "x low; y no",
        "x mid; y no",
        "x high; y no",
        "x low; y yes",
        "x mid; y yes",
    ]


def test_outcomes_run_with_the_first_players_strategy_fastest() -> None:
    """B's payoff (z as y is) over A's five settings with z no, then with z yes."""
    assert [row[1] for row in payoffs(write_nfg(scenario()), 3)] == [1, 1, 1, 0, 0, 0, 0, 0, 1, 1]


def test_payoffs_are_written_exactly() -> None:
    """W = 1.3: nothing, or 0.3 of it with x and z, or minus 1 of it with y; on the grid of a billionth."""
    assert {row[0] for row in payoffs(write_nfg(scenario()), 3)} == {
        0.0,
        0.230769231,
        -0.769230769,
        -0.538461538,
    }


def test_parties_known_by_order_get_ranks() -> None:
    assert {row[2] for row in payoffs(write_nfg(scenario()), 3)} == {0, 1, 2, 3}


def test_one_way_options_are_refused() -> None:
    with pytest.raises(RefusedError, match=r"A\.y cannot be taken back"):
        write_nfg(scenario(THREE.replace("A.y: {}", "A.y: {moves: up}")))


def test_settings_that_exclude_each_other_are_refused() -> None:
    with pytest.raises(RefusedError, match="exclude settings of another"):
        write_nfg(scenario(THREE.replace("not (A.y and A.x == high)", "not (A.y and B.z)")))
