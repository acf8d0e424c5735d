"""What the witness shows can be followed by hand, and decides the cell as the table does."""

from __future__ import annotations

import numpy as np
import pytest

from detente.concepts import CONCEPTS
from detente.stability.anticipate import anticipated, anticipations
from detente.stability.table import stability
from detente.stability.witness import punished, witness, witness_of_move
from detente.states.moves import own_moves
from oracles.iseq import TRUTH, Iterated
from oracles.random_graphs import random_graph
from oracles.stability import Oracle


@pytest.mark.parametrize("batch", range(10))
def test_witness_agrees_with_the_table_on_every_cell_of_random_crises(batch):
    for number in range(20):
        graph = random_graph(np.random.default_rng([7, batch, number]), largest=(24, 36)[number % 2])
        oracle = Oracle(graph)
        table = stability(graph)
        for concept in CONCEPTS:
            stable = table.stable(concept.name)
            for party in oracle.parties:
                values = anticipated(graph, party, concept)
                for state in range(graph.states):
                    found = witness(graph, concept, party, state, values)
                    assert found.stable == stable[party, state]
                    _follow(oracle, concept, found)


def test_witness_without_given_values_is_the_same():
    graph = random_graph(np.random.default_rng(3))
    given = witness(graph, "smr", 0, 1, anticipated(graph, 0, "smr"))
    assert witness(graph, "smr", 0, 1) == given


def _follow(oracle, concept, found):
    """Check a witness step by step against the definitions."""
    party, here = found.party, oracle.payoff(found.party, found.state)
    better = {there for there in oracle.moves[party][found.state] if oracle.payoff(party, there) > here}
    assert found.improvements == len(better)
    if found.improvement is None:
        assert not better
        return
    assert found.improvement in better
    at, last = found.improvement, party
    for step in found.replies:
        assert step.start == at
        assert step.mover not in (last, party)
        if concept.replies == "improvements":
            assert step.end in oracle.improvements(party, step.mover, at)
        elif concept.replies == "dared":
            assert step.end in oracle.moves[step.mover][at]
            assert oracle.iterated.may_dare(party, step.mover, at, step.end)
        else:
            assert step.end in oracle.moves[step.mover][at]
        at, last = step.end, step.mover
    worth = [oracle.payoff(party, at)]
    if concept.escapes and found.replies:
        assert set(found.escapes) == oracle.moves[party][at]
        worth += [oracle.payoff(party, escape) for escape in found.escapes]
    if found.stable:
        assert found.replies
        assert max(worth) <= here
        assert oracle.deterred(concept.name, party, found.state, found.improvement)
    else:
        assert not oracle.deterred(concept.name, party, found.state, found.improvement)
        assert min(max(worth), oracle.payoff(party, found.improvement)) == oracle.anticipated(
            concept.name, party, found.improvement
        )


def test_anticipations_under_all_concepts_at_once_are_those_of_each():
    for number in range(20):
        graph = random_graph(np.random.default_rng([11, number]))
        for party in range(len(graph.parties)):
            together = anticipations(graph, party)
            assert set(together) == {concept.name for concept in CONCEPTS}
            for concept in CONCEPTS:
                assert np.array_equal(together[concept.name], anticipated(graph, party, concept))


def test_any_move_can_be_looked_at():
    for number in range(20):
        graph = random_graph(np.random.default_rng([13, number]))
        for concept in CONCEPTS:
            for party in range(len(graph.parties)):
                values = anticipated(graph, party, concept)
                for state in range(graph.states):
                    found = witness(graph, concept, party, state, values)
                    for move in own_moves(graph, party, state).tolist():
                        other = witness_of_move(graph, concept, party, state, move, values)
                        assert other.improvements == found.improvements
                        assert other.stable == (values[move] <= graph.ranks[party, state])
                        if move == found.improvement:
                            assert other == found


@pytest.mark.parametrize("batch", range(4))
def test_answers_that_nobody_would_dare_are_punished_by_answers_that_are_dared(batch):
    empty = 0
    for number in range(12):
        graph = random_graph(np.random.default_rng([17, batch, number]), largest=24)
        iterated, expects = Iterated(graph), {}
        for party in range(len(graph.parties)):
            ahead, expects[party] = anticipated(graph, party, "seq"), anticipated(graph, party, "iseq")
            for state in range(graph.states):
                better = [
                    move
                    for move in own_moves(graph, party, state).tolist()
                    if graph.ranks[party, move] > graph.ranks[party, state] >= ahead[move]
                ]
                for move in better:
                    replies = witness_of_move(graph, "seq", party, state, move, ahead).replies
                    answers = [punished(graph, party, step) for step in replies]
                    for step, found in zip(replies, answers, strict=True):
                        assert (not found) == iterated.may_dare(party, step.mover, step.start, step.end)
                        _follow_punishment(iterated, party, step, found)
                    if expects[party][move] > graph.ranks[party, state]:
                        assert any(answers), "without an empty threat nothing but dared answers would deter"
                        empty += 1
    assert empty > 0


def _follow_punishment(iterated, viewer, step, found):
    """Every step of it is surely dared, by the ranks of the picture, and in the end the answer does not pay."""
    own = step.mover if step.mover in iterated.viewers else TRUTH
    picture = viewer if viewer in iterated.viewers else own
    least, worth = iterated.level(2 * len(iterated.levels) + 1), iterated.worth
    at, last = step.end, step.mover
    for answer in found:
        assert answer.start == at
        assert answer.mover not in (last, step.mover)
        assert answer.end in iterated.oracle.moves[answer.mover][at]
        assert least[picture, answer.mover][answer.end] > worth[picture, answer.mover][at]
        at, last = answer.end, answer.mover
    if found:
        assert worth[picture, step.mover][at] <= worth[picture, step.mover][step.start]
