from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from detente.errors import TooLargeError
from detente.trade.game import MOST_PLAYERS, shapley


@pytest.mark.parametrize("players", range(6))
def test_it_is_the_mean_over_all_orders(players: int) -> None:
    worth = np.random.default_rng(players).random(1 << players)
    literal = [0.0] * players
    orders = list(permutations(range(players)))
    for order in orders:
        inside = 0
        for player in order:
            literal[player] += (worth[inside | 1 << player] - worth[inside]) / len(orders)
            inside |= 1 << player
    assert shapley(players, lambda members: float(worth[members])) == pytest.approx(literal)


def test_values_add_up_to_the_whole() -> None:
    worth = np.random.default_rng(1).random(1 << 10)
    values = shapley(10, lambda members: float(worth[members]))
    assert sum(values) == pytest.approx(worth[-1] - worth[0])


def test_gloves() -> None:
    """One left glove and two right ones: the left one is worth 2/3 (a textbook example)."""
    values = shapley(3, lambda members: float(bool(members & 1 and members & 6)))
    assert values == pytest.approx((2 / 3, 1 / 6, 1 / 6))


def test_too_many_players_are_refused() -> None:
    with pytest.raises(TooLargeError, match="11 players need 2,048 sets"):
        shapley(MOST_PLAYERS + 1, lambda members: 0.0)
