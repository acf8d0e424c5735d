"""Moves, joint moves and restrictions against filtering all states by the definition."""

import random

import numpy as np
import pytest

from detente.errors import RefusedError
from detente.scenario.expression import parse
from detente.scenario.model import Cardinal, Interest, Number, Option, Party, Rule, Scenario
from detente.states.compile import compile_graph
from detente.states.evaluate import condition
from detente.states.moves import _filtered, _looked_up, free_axes, joint_moves, own_moves, restrict
from detente.states.names import level_names
from oracles import plain_graph
from oracles.random_scenarios import Shape, random_scenario

SHAPE = Shape(one_way=0.5, nature=0.6, combinations=150)


@pytest.mark.parametrize("seed", range(40))
def test_moves_are_those_of_the_definition(seed: int) -> None:
    rng = random.Random(seed)
    scenario = random_scenario(rng, SHAPE)
    graph, plain = compile_graph(scenario), plain_graph.states(scenario)
    groups = [(place,) for place in range(len(graph.parties))]
    groups += [(0, 1), tuple(range(len(graph.parties)))]
    for members in groups:
        names = frozenset(graph.parties[place] for place in members)
        for state in rng.sample(range(graph.states), min(12, graph.states)):
            expected = [
                end
                for end in range(graph.states)
                if plain_graph.reaches(scenario, names, plain[state], plain[end])
            ]
            assert joint_moves(graph, members, state).tolist() == expected
            if len(members) == 1:
                assert own_moves(graph, members[0], state).tolist() == expected


@pytest.mark.parametrize("seed", range(40))
def test_both_ways_of_finding_states_agree(seed: int) -> None:
    rng = random.Random(seed)
    graph = compile_graph(random_scenario(rng, SHAPE))
    for _ in range(10):
        allowed = {
            place: sorted(rng.sample(range(axis.size), rng.randint(1, axis.size)))
            for place, axis in enumerate(graph.axes)
        }
        assert _looked_up(graph, allowed).tolist() == _filtered(graph, allowed).tolist()


@pytest.mark.parametrize("seed", range(60))
def test_a_restriction_keeps_just_the_states_with_these_levels(seed: int) -> None:
    rng = random.Random(seed)
    scenario = random_scenario(rng, SHAPE)
    graph = compile_graph(scenario)
    here = graph.levels(rng.randrange(graph.states))
    held = rng.sample(range(len(here)), rng.randint(0, len(here)))
    part, index = restrict(graph, {axis: here[axis] for axis in held})
    kept = [s for s in range(graph.states) if all(graph.levels(s)[axis] == here[axis] for axis in held)]
    assert index.tolist() == kept
    assert np.array_equal(part.ranks, graph.ranks[:, kept])
    assert np.array_equal(part.payoffs, graph.payoffs[:, kept])
    assert all(np.array_equal(part.seen[pair], ranks[kept]) for pair, ranks in graph.seen.items())
    for state, whole in enumerate(kept):
        assert level_names(scenario, part, state) == level_names(scenario, graph, whole)
        assert part.find(part.levels(state)) == state
    for outcome in scenario.outcomes:
        whole_truth = condition(scenario, graph, outcome.where)
        assert np.array_equal(condition(scenario, part, outcome.where), whole_truth[kept])
    for party in range(len(graph.parties)):
        assert not set(free_axes(part, party)) & set(held)
        state = rng.randrange(part.states)
        free = set(own_moves(graph, party, kept[state]).tolist()) & set(kept)
        assert {kept[end] for end in own_moves(part, party, state)} == free
    with pytest.raises(ValueError, match="read-only"):
        part.ranks[...] = 0


def one_way() -> Scenario:
    """One party with an option that only rises, one that only falls, one that stands still, and a shock."""
    options = tuple(
        Option(f"{owner}.{name}", owner, name, levels=("no", "half", "yes"), moves=moves)
        for owner, name, moves in [
            ("A", "up", "up"),
            ("A", "down", "down"),
            ("A", "still", "fixed"),
            ("nature", "shock", "up"),
            ("B", "free", "both"),
        ]
    )
    wanted = (f"{option.id} == yes" for option in options)
    held = (Cardinal(tuple(Interest("wants", parse(text), Number(1.0)) for text in wanted)), Cardinal(()))
    parties = (Party("A"), Party("B"))
    return Scenario(
        id="s", title="S", parties=parties, options=options, preferences=held, status_quo=("half",) * 5
    )


def test_one_way_options_go_one_way_and_nature_never_moves() -> None:
    scenario = one_way()
    graph = compile_graph(scenario)
    middle = graph.find((1, 1, 1, 1, 1))
    assert middle is not None
    reached = [level_names(scenario, graph, state) for state in own_moves(graph, 0, middle)]
    assert reached == [
        ("half", "no", "half", "half", "half"),
        ("yes", "no", "half", "half", "half"),
        ("yes", "half", "half", "half", "half"),
    ]
    assert free_axes(graph, 0) == (0, 1)
    assert free_axes(graph, 1) == (4,)
    assert free_axes(graph, -1) == ()
    assert joint_moves(graph, (-1,), middle).size == 0


def test_a_restriction_that_nothing_meets_is_refused() -> None:
    options = (Option("A.a", "A", "a"), Option("B.b", "B", "b"))
    held = (Cardinal(()), Cardinal(()))
    scenario = Scenario(
        id="s",
        title="S",
        parties=(Party("A"), Party("B")),
        options=options,
        preferences=held,
        status_quo=("no", "no"),
        rules=(Rule(parse("not A.a")),),
    )
    with pytest.raises(RefusedError, match=r"no feasible state has A\.a"):
        restrict(compile_graph(scenario), {0: 1})
