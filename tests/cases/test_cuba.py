"""Cuban missile crisis: inputs shipped with GMCR+ (Kinsara 2014); answers recalled from
Fraser and Hipel 1984."""

from __future__ import annotations

from cases.published import equilibria, improvements, order, seq_or_sim_equilibria


def test_the_soviet_order_is_the_recalled_one() -> None:
    assert order("cuba-1962", "USSR") == [1, 5, 7, 3, 6, 2, 8, 4, 12, 10, 11, 9]


def test_the_american_order_puts_the_status_quo_eighth_and_not_last() -> None:
    """The recalled vector ends 3 2 4 12 10 11 9 1; the shipped statements put state 1 before 12."""
    assert order("cuba-1962", "USA") == [5, 7, 6, 8, 3, 2, 4, 1, 12, 10, 11, 9]


def test_the_recalled_equilibria_are_sequentially_stable() -> None:
    """States 5, 6 and 7; the last is what happened."""
    assert equilibria("cuba-1962", "seq") == [5, 6, 7]
    assert seq_or_sim_equilibria("cuba-1962") == [5, 6, 7]


def test_bombs_once_dropped_stay_dropped() -> None:
    """At 6 the United States would rather not have struck, and can no longer choose so."""
    assert improvements("cuba-1962", "USA", 6) == []
    assert improvements("cuba-1962", "USSR", 6) == []
