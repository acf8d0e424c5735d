"""The aquifer at Elmira: twelve states as in Kinsara 2014 (figures 29 to 33),
nine as in Kilgour and others 2001."""

from __future__ import annotations

import pytest

from cases.published import (
    equilibria,
    graph,
    improvements,
    joint_improvements,
    numbers,
    scenario,
    seq_or_sim_equilibria,
    sim_equilibria,
    with_rankings,
)
from detente.stability.coalitions import coalition_equilibria, coalition_improvements
from detente.stability.table import stability

SHOWN = {7, 8, 9, 10, 11, 12}


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr", "seq"])
def test_equilibria_among_the_states_shown_are_the_published_ones(concept: str) -> None:
    assert [state for state in equilibria("elmira", concept) if state in SHOWN] == [7, 10, 11, 12]


def test_simultaneous_stability_among_the_states_shown_is_the_published_one() -> None:
    assert [state for state in sim_equilibria("elmira") if state in SHOWN] == [7, 10, 11, 12]
    assert [state for state in seq_or_sim_equilibria("elmira") if state in SHOWN] == [7, 10, 11, 12]


def test_no_state_from_which_the_coalition_moves_on_holds() -> None:
    """States 5 to 12 are legible in the figure."""
    assert [state for state in together("nash") if state >= 5] == [5, 6, 9, 10, 11, 12]


@pytest.mark.parametrize("concept", ["gmr", "smr", "seq"])
def test_answers_to_the_coalition_change_nothing(concept: str) -> None:
    """States 7 and 9 to 12 are legible in the figure."""
    assert [state for state in together(concept) if state in {7, 9, 10, 11, 12}] == [9, 10, 11, 12]


def together(concept: str) -> list[int]:
    """Equilibria when the Ministry and Uniroyal act as one."""
    return numbers(coalition_equilibria(graph("elmira"), [(0, 1)], concept))


def test_local_government_moves_first() -> None:
    assert improvements("elmira", "LG", 1) == [7]


def test_the_ministry_and_the_company_then_agree() -> None:
    assert joint_improvements("elmira", ("MoE", "Uniroyal"), 7) == [10]
    assert coalition_improvements(graph("elmira"), (0, 1), 7 - 1) == (10 - 1,)
    assert scenario("elmira").coalitions == (("MoE", "Uniroyal"),)


@pytest.mark.parametrize(
    "company", [(1, 4, 8, 5, 9, 3, 7, 2, 6), (1, 4, 8, 5, 9, 2, 3, 7, 6)], ids=["literature", "as in GMCR+"]
)
def test_the_classic_nine_states_have_the_commonly_cited_answers(company: tuple[int, ...]) -> None:
    """Recalled, not read: Nash and SEQ 5, 8, 9; GMR and SMR 1, 4, 5, 8, 9. State 9 is any closed one."""
    classic = {1: (1,), 2: (2,), 3: (3,), 4: (4,), 5: (7,), 6: (8,), 7: (9,), 8: (10,), 9: (5, 6, 11, 12)}
    rankings = {"MoE": (7, 3, 4, 8, 5, 1, 2, 6, 9), "Uniroyal": company, "LG": (7, 3, 5, 1, 8, 6, 4, 2, 9)}
    groups = {party: [classic[state] for state in ranking] for party, ranking in rankings.items()}
    found = stability(with_rankings(graph("elmira"), groups))
    named = {twelve: nine for nine, group in classic.items() for twelve in group}

    def classic_equilibria(concept: str) -> set[int]:
        return {named[state] for state in numbers(found.equilibria(concept))}

    assert classic_equilibria("nash") == classic_equilibria("seq") == {5, 8, 9}
    assert classic_equilibria("gmr") == classic_equilibria("smr") == {1, 4, 5, 8, 9}
