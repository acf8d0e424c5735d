"""What follows from the definition of iterated sequential foresight, on the literal oracle alone."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from detente.states.state_graph import Axis, StateGraph
from oracles.iseq import TRUTH, Iterated
from oracles.random_graphs import dense, random_graph


def crisis(sizes: tuple[int, ...], payoffs: list[list[int]]) -> StateGraph:
    """One reversible option a party, everything feasible."""
    worth = np.array(payoffs, np.int64)
    count = len(sizes)
    axes = tuple(Axis(f"o{party}", party, size, "both") for party, size in enumerate(sizes))
    ranks = np.stack([dense(row) for row in worth])
    names = tuple(f"P{party}" for party in range(count))
    return StateGraph(names, axes, np.arange(worth.shape[1]), ranks, worth, (True,) * count, np.ones(count))


def pennies() -> StateGraph:
    """One wants to match, the other to differ; nobody is ever content."""
    return crisis((2, 2), [[1, 0, 0, 1], [0, 1, 1, 0]])


def restless() -> StateGraph:
    """Three parties whose expectations never fit each other."""
    return crisis((2, 2, 2), [[1, 2, 1, 1, 2, 0, 0, 2], [0, 0, 0, 2, 2, 2, 1, 0], [1, 0, 2, 1, 0, 1, 1, 2]])


def random_crises(seed: int, count: int, **wishes: object) -> list[StateGraph]:
    return [random_graph(np.random.default_rng([seed, number]), **wishes) for number in range(count)]


@pytest.mark.parametrize("batch", range(4))
def test_level_one_is_sequential_foresight(batch: int) -> None:
    for graph in random_crises(batch, 60, largest=24):
        found = Iterated(graph)
        for party in found.parties:
            expected = [found.oracle.anticipated("seq", party, state) for state in found.states]
            assert list(found.level(1)[TRUTH, party]) == expected


@pytest.mark.parametrize("batch", range(4))
def test_even_levels_fall_odd_levels_rise_and_the_end_alternates_at_most(batch: int) -> None:
    for graph in random_crises(10 + batch, 60, largest=24):
        found = Iterated(graph)
        assert found.period <= 2
        for number in range(2, len(found.levels) + 2):
            for who, values in found.level(number).items():
                before = found.level(number - 2)[who]
                pairs = list(zip(values, before, strict=True))
                assert all(now <= then if number % 2 == 0 else now >= then for now, then in pairs)
        for party in found.parties:
            assert all(found.lo(party, state) <= found.hi(party, state) for state in found.states)


@pytest.mark.parametrize("batch", range(4))
def test_stable_states_are_nested_from_nash_up_and_from_seq_down(batch: int) -> None:
    """Nash = level 0, then even levels up to hi, lo, then odd levels up to level 1 = SEQ."""
    for graph in random_crises(20 + batch, 40, largest=24):
        found = Iterated(graph)
        last = len(found.levels) + 2
        numbers = [*range(0, last, 2), *reversed(range(1, last, 2))]
        for party in found.parties:
            for state in found.states:
                stable = [found.stable_at(number, party, state) for number in numbers]
                assert stable == sorted(stable)
                assert stable[0] == found.oracle.stable("nash", party, state)
                assert stable[-1] == found.oracle.stable("seq", party, state)


def test_two_parties_without_ties_leave_nothing_undetermined() -> None:
    rng = np.random.default_rng(3)
    for _ in range(300):
        sizes = tuple(int(size) for size in rng.integers(2, 5, 2))
        states = sizes[0] * sizes[1]
        found = Iterated(crisis(sizes, [rng.permutation(states).tolist() for _ in sizes]))
        assert found.undetermined() == 0


def test_matching_pennies_leave_their_four_improvements_undetermined() -> None:
    found = Iterated(pennies())
    assert found.period == 2
    assert found.undetermined() == 4
    for party in found.parties:
        for state in found.states:
            assert found.surely_open(party, state) == set()
            assert found.stable_at(1, party, state)


def test_there_are_crises_in_which_no_expectations_confirm_themselves() -> None:
    """Every fixpoint of F would lie between lo and hi; none of the expectations there is one."""
    found = Iterated(restless())
    cells = [(party, state) for party in found.parties for state in found.states]
    between = [
        sorted({worth for worth in found.worth[TRUTH, cell[0]] if found.lo(*cell) <= worth <= found.hi(*cell)})
        for cell in cells
    ]
    count = 0
    for values in itertools.product(*between):
        rows = {
            (TRUTH, party): values[party * len(found.states) : (party + 1) * len(found.states)]
            for party in found.parties
        }
        assert found.following(rows) != rows
        count += 1
    assert count > 1
