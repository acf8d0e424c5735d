"""Two leaders on one road: inputs and Nash equilibria from the Etonomics article of 2017."""

from __future__ import annotations

from cases.published import equilibria, order


def test_each_wins_best_draws_next_and_crashes_last() -> None:
    assert order("chicken-2017", "Kim") == [2, 1, 3, 4]
    assert order("chicken-2017", "Donald") == [3, 1, 2, 4]


def test_somebody_wins_in_every_nash_equilibrium() -> None:
    assert equilibria("chicken-2017", "nash") == [2, 3]


def test_the_draw_holds_only_where_any_answer_deters() -> None:
    """Not in the source: its author asks for Nash only."""
    assert equilibria("chicken-2017", "gmr") == [1, 2, 3]
    assert equilibria("chicken-2017", "smr") == [1, 2, 3]
    assert equilibria("chicken-2017", "seq") == [2, 3]
