"""Published conflicts, typed in by hand: what their authors found is what the table, SIM and coalitions give.

Inputs and answers as in R. A. Kinsara, A Simple Guide to GMCR+ (2014) and the examples shipped with it:
Prisoners' Dilemma; Euphrates conflict of Syria and Iraq 1975 (Hipel, Kilgour and Kinsara 2014); Garrison
diversion (Hipel and Fraser 1980); Elmira (Kilgour, Hipel, Fang and Peng 2001, in twelve states). States are
numbered from 1 by ascending code, first option fastest. GMR and SMR of Garrison follow the definition with
sequences of replies; the answers stored with that example allow the opponents one reply only and differ.
"""

from __future__ import annotations

import numpy as np
import pytest

from detente.stability.coalitions import coalition_equilibria, coalition_improvements
from detente.stability.sim import simultaneous
from detente.stability.table import stability
from detente.states.state_graph import Axis, StateGraph


def crisis(options: str, forbidden: list[str], rankings: list[list[int | list[int]]]) -> StateGraph:
    """Options as owner digits with a direction; forbidden patterns of Y, N and -; rankings best first."""
    axes = tuple(
        Axis(f"o{place}", int(word[0]), 2, {"": "both", "+": "up", "-": "down"}[word[1:]])
        for place, word in enumerate(options.split())
    )
    codes = [code for code in range(1 << len(axes)) if not any(_fits(code, pattern) for pattern in forbidden)]
    ranks = np.empty((len(rankings), len(codes)), np.int32)
    for party, ranking in enumerate(rankings):
        for place, group in enumerate(reversed(ranking)):
            ranks[party, np.atleast_1d(group) - 1] = place
    names = tuple(f"P{party}" for party in range(len(rankings)))
    return StateGraph(
        names, axes, np.array(codes), ranks, ranks.astype(np.int64), (False,) * len(names), np.ones(len(names))
    )


def _fits(code: int, pattern: str) -> bool:
    return all(sign in ("-", "YN"[code >> place & 1 == 0]) for place, sign in enumerate(pattern))


PRISONERS = crisis("0 1", [], [[3, 4, 1, 2], [2, 4, 1, 3]])
EUPHRATES = crisis("0 0 1", ["YY-"], [[1, 3, 6, 2, 4, 5], [2, 4, 6, 1, 5, 3]])
GARRISON = crisis(
    "0 0 0 1 2 3 3 3 3",
    [
        "YY-------",
        "Y-Y------",
        "-YY------",
        "-----YY--",
        "-----Y-Y-",
        "-----Y--Y",
        "------YY-",
        "------Y-Y",
        "-------YY",
        "NNN------",
        "-----NNNN",
        "Y--N-----",
        "--YY-----",
        "Y---NN---",
        "-Y--N--Y-",
        "-Y--N---Y",
        "--Y-N--Y-",
        "--Y-N---Y",
    ],
    [
        [3, 7, [1, 2], 4, [5, 6], 8, 9, 12, 11, 15, 10, 13, 14, 17, 16, 18, 19, 21, 20, 22, 23],
        [[21, 17, 13, 10, 6, 2], [23, 19], 15, 11, 8, 4, 22, 18, 14, 7, 3, 20, 16, 12, 9, 5, 1],
        [23, [20, 21], 19, [16, 17], 11, [9, 10], 15, [12, 13], 2, 4, 1, 8, [5, 6], 22, 18, 14, 3, 7],
        [list(range(1, 24))],
    ],
)
ELMIRA = crisis(
    "0+ 1- 1 1+ 2",
    ["-YY--", "-Y-Y-", "--YY-", "-NNN-"],
    [
        [9, 3, 4, 10, 7, 1, 2, 8, [11, 5, 6, 12]],
        [1, 4, 10, 7, [5, 11, 6, 12], 2, 3, 9, 8],
        [9, 3, 7, 1, 10, 8, 4, 2, [11, 5, 12, 6]],
    ],
)


def numbers(states: np.ndarray) -> list[int]:
    return (np.flatnonzero(states) + 1).tolist()


@pytest.mark.parametrize(
    ("graph", "concept", "party", "published"),
    [
        (PRISONERS, "nash", 0, [1, 3]),
        (PRISONERS, "seq", 0, [1, 3, 4]),
        (PRISONERS, "gmr", 1, [1, 2, 4]),
        (PRISONERS, "smr", 1, [1, 2, 4]),
        (EUPHRATES, "nash", 0, [1, 6]),
        (EUPHRATES, "seq", 0, [1, 3, 6]),
        (EUPHRATES, "smr", 0, [1, 3, 6]),
        (EUPHRATES, "nash", 1, [2, 4, 6]),
        (EUPHRATES, "seq", 1, [2, 4, 5, 6]),
        (EUPHRATES, "gmr", 1, [1, 2, 4, 5, 6]),
        (EUPHRATES, "smr", 1, [2, 4, 6]),
        (GARRISON, "nash", 0, [1, 2, 3, 5, 6, 7, 9, 11, 12, 15, 17, 18, 21, 22]),
        (GARRISON, "nash", 2, [1, 2, 3, 4, 9, 10, 11, 14, 16, 17, 18, 19, 20, 21, 22, 23]),
    ],
)
def test_what_holds_for_one_party(graph, concept, party, published):
    assert numbers(stability(graph).stable(concept)[party]) == published


@pytest.mark.parametrize(
    ("graph", "concept", "published"),
    [
        (PRISONERS, "nash", [1]),
        (PRISONERS, "seq", [1, 4]),
        (EUPHRATES, "nash", [6]),
        (EUPHRATES, "gmr", [1, 6]),
        (EUPHRATES, "smr", [6]),
        (GARRISON, "nash", [2, 3, 11, 17, 18, 21, 22]),
        (GARRISON, "seq", [2, 3, 11, 17, 18, 21, 22]),
        (GARRISON, "gmr", [2, 3, 4, 6, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22]),
        (GARRISON, "smr", [2, 3, 4, 6, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22]),
    ],
)
def test_what_holds_for_all(graph, concept, published):
    assert numbers(stability(graph).equilibria(concept)) == published


def test_simultaneous_moves():
    assert [numbers(row) for row in simultaneous(PRISONERS)] == [[1, 3, 4], [1, 2, 4]]
    assert [numbers(row) for row in simultaneous(EUPHRATES)] == [[1, 3, 6], [2, 4, 5, 6]]
    assert numbers(simultaneous(GARRISON)[2]) == [1, 2, 3, 4, 8, 9, 10, 11, 14, 16, 17, 18, 19, 20, 21, 22, 23]
    assert numbers(simultaneous(GARRISON).all(axis=0)) == [2, 3, 11, 17, 18, 21, 22]
    assert numbers(simultaneous(ELMIRA, range(6, 12)).all(axis=0)) == [1, 4, 5, 6]


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr", "seq"])
def test_elmira_with_and_without_the_coalition_of_ministry_and_company(concept):
    """The guide shows states 7 to 12; of the game with the coalition also 5 and 6 under Nash."""
    shown = np.arange(12) >= 6
    assert numbers(stability(ELMIRA).equilibria(concept) & shown) == [7, 10, 11, 12]
    together = coalition_equilibria(ELMIRA, [(0, 1)], concept)
    assert numbers(together & shown) == [9, 10, 11, 12]
    if concept == "nash":
        assert numbers(together)[-6:] == [5, 6, 9, 10, 11, 12]


def test_elmira_is_settled_by_a_move_that_only_the_coalition_can_make():
    assert [state + 1 for state in coalition_improvements(ELMIRA, (0, 1), 6)] == [10]
