"""What each of a few players adds to a whole: exact Shapley values."""

from __future__ import annotations

from collections.abc import Callable
from math import factorial

from detente.errors import TooLargeError

MOST_PLAYERS = 10

Worth = Callable[[int], float]


def shapley(players: int, worth: Worth) -> tuple[float, ...]:
    """The value of each player: what it adds, averaged over every order in which all could join (Shapley 1953).

    The values add up to what all are worth together less what nobody is worth. Every set is asked for once.

    Parameters
    ----------
    players : int
        How many; at most `MOST_PLAYERS`.
    worth : callable
        What a set of players is worth; the set is a number whose bit k says whether player k is in it.

    Returns
    -------
    tuple of float
        One value per player, in the unit of `worth`.

    Raises
    ------
    TooLargeError
        More players than can be looked through exactly.
    """
    if players > MOST_PLAYERS:
        raise TooLargeError(
            f"exact Shapley values of {players} players need {2**players:,} sets; at most {MOST_PLAYERS} "
            "players are admitted. Merge some of them."
        )
    known = [worth(members) for members in range(1 << players)]
    chance = [factorial(size) * factorial(players - size - 1) / factorial(players) for size in range(players)]
    return tuple(
        sum(
            chance[members.bit_count()] * (known[members | 1 << player] - known[members])
            for members in range(1 << players)
            if not members >> player & 1
        )
        for player in range(players)
    )
