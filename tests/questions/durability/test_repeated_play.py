"""Repeated play: against the definition over all states, and a dilemma whose answer is in every textbook."""

from __future__ import annotations

import numpy as np
import pytest

from detente.play.cached_graph import CachedGraph
from detente.play.chain import Conduct
from detente.questions.durability.repeated_play import patience
from detente.states.state_graph import Axis, StateGraph
from oracles.keeping import least_discount
from oracles.random_graphs import dense, random_graph

CONCEPTS = ["nash", "gmr", "smr", "seq", "sseq", "iseq"]


@pytest.mark.parametrize("seed", range(150))
def test_it_is_the_definition(seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, 24, ordinal=False)
    count = len(graph.parties)
    conduct = Conduct(
        foresight=tuple(str(name) for name in rng.choice(CONCEPTS, count, p=[0.5, 0.1, 0.1, 0.1, 0.1, 0.1])),
        initiative=tuple(float(w) for w in rng.choice([0.0, 1.0, 2.0], count, p=[0.1, 0.6, 0.3])),
    )
    state, lag = int(rng.integers(graph.states)), int(rng.integers(1, 4))
    for party in range(count):
        found = patience(CachedGraph(graph), conduct, state, party, lag)
        expected = least_discount(graph, conduct, state, party, lag)
        assert (found.discount is None) == (expected is None)
        if expected is not None:
            assert found.discount == pytest.approx(expected)
        assert (found.verdict == "untempted") == (found.discount == 0)


def dilemma(reward: int = 3, tempted: int = 5, punished: int = 1, sucker: int = 0) -> StateGraph:
    """Two prisoners; bit 0 of a state is the first talking, bit 1 the second."""
    payoffs = np.array([[reward, tempted, sucker, punished], [reward, sucker, tempted, punished]])
    ranks = np.stack([dense(row) for row in payoffs])
    axes = (Axis("A.talk", 0, 2, "both"), Axis("B.talk", 1, 2, "both"))
    return StateGraph(("A", "B"), axes, np.arange(4), ranks, payoffs, (True, True), np.array([5.0, 5.0]))


def test_the_prisoners_keep_silent_from_one_half_on() -> None:
    """Axelrod 1984: temptation 5, reward 3, punishment 1 need (5 - 3) / (5 - 1)."""
    conduct = Conduct(("nash", "nash"), (1.0, 1.0))
    found = patience(CachedGraph(dilemma()), conduct, 0, 0)
    assert found.verdict == "deterred"
    assert found.discount == pytest.approx(0.5)
    assert (found.gain, found.loss) == (pytest.approx(0.4), pytest.approx(0.4))
    assert (found.move, found.punishment) == (1, 3)


def test_late_detection_takes_the_root() -> None:
    conduct = Conduct(("nash", "nash"), (1.0, 1.0))
    assert patience(CachedGraph(dilemma()), conduct, 0, 0, lag=4).discount == pytest.approx(0.5**0.25)


def test_who_is_not_tempted_needs_no_patience_and_who_is_not_punished_has_none() -> None:
    conduct = Conduct(("nash", "nash"), (1.0, 1.0))
    assert patience(CachedGraph(dilemma()), conduct, 3, 0).discount == 0
    lenient = patience(CachedGraph(dilemma(punished=3)), conduct, 0, 0)
    assert (lenient.verdict, lenient.discount) == ("unpunished", None)
