"""Games of the Gambit catalogue: a player's strategy is a level of its only option, pure
equilibria are Nash states."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from detente.stability.table import stability
from detente.states.state_graph import Axis, StateGraph

Profile = tuple[int, ...]


def game(shape: tuple[int, ...], payoffs: list[list[object]]) -> StateGraph:
    """A game in which player 1's strategy runs fastest; payoffs are turned into whole numbers."""
    exact = [[Fraction(str(value)) for value in row] for row in payoffs]
    whole = np.array([[int(value * 60) for value in row] for row in exact], dtype=np.int64)
    assert all(value * 60 == int(value * 60) for row in exact for value in row)
    ranks = np.stack([np.unique(row, return_inverse=True)[1] for row in whole]).astype(np.int32)
    players = tuple(f"player-{number + 1}" for number in range(len(shape)))
    axes = tuple(Axis(f"{player}.play", index, shape[index], "both") for index, player in enumerate(players))
    spans = np.maximum(np.ptp(whole, axis=1), 1).astype(float)
    return StateGraph(players, axes, np.arange(whole.shape[1]), ranks, whole, (True,) * len(shape), spans)


def bimatrix(first: list[list[object]], second: list[list[object]]) -> StateGraph:
    """A game of two, given by rows of player 1's strategies."""
    flat = [[row[column] for column in range(len(rows[0])) for row in rows] for rows in (first, second)]
    return game((len(first), len(first[0])), flat)


def pure(graph: StateGraph) -> set[Profile]:
    return {graph.levels(int(state)) for state in np.flatnonzero(stability(graph).equilibria("nash"))}


def cells(outcomes: list[list[int]]) -> list[list[object]]:
    """One row of payoffs per player, from the catalogue's one row per outcome."""
    return [[outcome[player] for outcome in outcomes] for player in range(len(outcomes[0]))]


MCKELVEY = [[9, 8, 12], [0, 0, 0], [0, 0, 0], [9, 8, 2], [0, 0, 0], [3, 4, 6], [3, 4, 6], [0, 0, 0]]
NAU_4 = [[3, 0, 2], [0, 1, 0], [0, 2, 0], [1, 0, 0], [1, 0, 0], [0, 3, 0], [0, 1, 0], [2, 0, 3]]
NAU_5 = [[0, 0, 2], [3, 0, 0], [0, 3, 0], [0, 0, 0], [1, 1, 0], [0, 0, 0], [0, 0, 0], [0, 0, 3]]


@pytest.mark.parametrize(
    ("outcomes", "equilibria"),
    [
        pytest.param(MCKELVEY, {(0, 0, 0), (1, 1, 0), (0, 1, 1), (1, 0, 1)}, id="McKelvey and McLennan"),
        pytest.param(NAU_4, set(), id="Nau, Gomez Canovas and Hansen 2004, section 4"),
        pytest.param(
            NAU_5, {(0, 1, 0), (1, 0, 0), (1, 1, 1)}, id="Nau, Gomez Canovas and Hansen 2004, section 5"
        ),
    ],
)
def test_pure_equilibria_of_three_players(outcomes: list[list[int]], equilibria: set[Profile]) -> None:
    assert pure(game((2, 2, 2), cells(outcomes))) == equilibria


def test_battle_of_the_sexes_has_two() -> None:
    """Nau, Gomez Canovas and Hansen 2004, section 3."""
    assert pure(bimatrix([[3, 0], [0, 2]], [[2, 0], [0, 3]])) == {(0, 0), (1, 1)}


def test_stripped_down_poker_has_none() -> None:
    """Reiley, Urbancic and Walker 2008: its only equilibrium is mixed."""
    first: list[list[object]] = [["0", "1"], ["1/2", "0"], ["-3/2", "0"], ["-1", "-1"]]
    second: list[list[object]] = [["0", "-1"], ["-1/2", "0"], ["3/2", "0"], ["1", "1"]]
    assert pure(bimatrix(first, second)) == set()


def test_von_stengels_game_has_the_pure_equilibria_that_best_replies_show() -> None:
    """Von Stengel 1997: 75 equilibria; those in pure strategies are mutual best replies."""
    first = [
        [9504, -660, 19976, -20526, 1776, -8976],
        [-111771, 31680, -130944, 168124, -8514, 52764],
        [397584, -113850, 451176, -586476, 29216, -178761],
        [171204, -45936, 208626, -263076, 14124, -84436],
        [1303104, -453420, 1227336, -1718376, 72336, -461736],
        [737154, -227040, 774576, -1039236, 48081, -300036],
    ]
    second = [
        [72336, 48081, 29216, 14124, 1776, -8514],
        [-461736, -300036, -178761, -84436, -8976, 52764],
        [1227336, 774576, 451176, 208626, 19976, -130944],
        [-1718376, -1039236, -586476, -263076, -20526, 168124],
        [1303104, 737154, 397584, 171204, 9504, -111771],
        [-453420, -227040, -113850, -45936, -660, 31680],
    ]
    mutual = {
        (row, column)
        for row, column in product(range(6), repeat=2)
        if first[row][column] == max(line[column] for line in first) and second[row][column] == max(second[row])
    }
    assert pure(bimatrix(first, second)) == mutual  # type: ignore[arg-type]
