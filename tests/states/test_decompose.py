"""A payoff difference is the sum of its parts, exactly."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from detente.errors import RefusedError
from detente.scenario.model import Attitude, Cardinal, Number, Ranking
from detente.states.compile import compile_graph
from detente.states.moves import restrict
from detente.states.payoffs import decompose
from oracles import plain_graph
from oracles.random_scenarios import Shape, random_scenario


@pytest.mark.parametrize("seed", range(60))
def test_terms_add_up_and_each_is_right(seed: int) -> None:
    rng = random.Random(seed)
    scenario = random_scenario(rng, Shape(ordinal=0.0, attitudes=0.7))
    graph, plain = compile_graph(scenario), plain_graph.states(scenario)
    held = dict(zip(graph.parties, scenario.preferences, strict=True))
    for _ in range(10):
        party = rng.randrange(len(graph.parties))
        start, end = rng.randrange(graph.states), rng.randrange(graph.states)
        terms = decompose(scenario, graph, graph.parties[party], start, end)
        assert sum(term.units for term in terms) == graph.payoffs[party, end] - graph.payoffs[party, start]
        own = held[graph.parties[party]]
        assert isinstance(own, Cardinal)
        assert [term.kind for term in terms].count("interest") == len(own.interests)
        for term in terms:
            if term.kind == "attitude":
                felt = next(
                    a for a in scenario.attitudes if (a.holder, a.other) == (graph.parties[party], term.other)
                )
                other = held[term.other]
                assert isinstance(other, Cardinal)
                change = plain_graph.own_value(scenario, plain[end], other.interests, True)
                change -= plain_graph.own_value(scenario, plain[start], other.interests, True)
                assert abs(term.units - change * Fraction(str(felt.value.central)) * 10**9) < 1.001
        interests = sum(term.units for term in terms if term.kind == "interest")
        change = plain_graph.own_value(scenario, plain[end], own.interests)
        change -= plain_graph.own_value(scenario, plain[start], own.interests)
        assert abs(interests - change * 10**9) <= len(own.interests)


@pytest.mark.parametrize("seed", range(20))
def test_terms_add_up_in_variants_and_in_restricted_graphs(seed: int) -> None:
    rng = random.Random(seed)
    base = random_scenario(rng, Shape(ordinal=0.0, parties=(3, 3)))
    changed = replace(base, attitudes=(Attitude("P0", "P1", Number(0.37)), Attitude("P0", "P2", Number(-0.61))))
    graph = compile_graph(changed, base)
    part, index = restrict(graph, {0: graph.levels(0)[0]})
    for _ in range(10):
        start, end = rng.randrange(part.states), rng.randrange(part.states)
        terms = decompose(changed, part, "P0", start, end, base)
        assert sum(term.units for term in terms) == part.payoffs[0, end] - part.payoffs[0, start]
        assert terms == decompose(changed, graph, "P0", int(index[start]), int(index[end]), base)
        assert [term.other for term in terms if term.kind == "attitude"] == ["P1", "P2"]


def test_a_party_known_by_order_has_no_terms() -> None:
    scenario = random_scenario(random.Random(1), Shape(ordinal=0.0, attitudes=0.0, views=0.0))
    count = compile_graph(scenario).states
    ordinal = replace(scenario, preferences=(Ranking((tuple(range(1, count + 1)),)), *scenario.preferences[1:]))
    with pytest.raises(RefusedError, match="by the order of states only"):
        decompose(ordinal, compile_graph(ordinal), "P0", 0, 0)
