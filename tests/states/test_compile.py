"""The compiled graph against the definitions, state by state; and what must not change it."""

import random
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

import detente.states.payoffs as payoffs
from detente.errors import RefusedError, ScenarioError, TooLargeError
from detente.scenario.expression import parse
from detente.scenario.model import (
    Attitude,
    Cardinal,
    Interest,
    Number,
    Option,
    Party,
    Ranking,
    Rule,
    Scenario,
    Statement,
    Statements,
)
from detente.states.compile import _Shelf, _size, compile_graph
from detente.states.names import level_names
from detente.states.ranks import by_statements, dense
from detente.states.space import Space, axes_of
from detente.states.states import feasible
from oracles import plain_graph
from oracles.random_scenarios import Shape, random_scenario

SEEDS = range(80)


def crisis(options: tuple[Option, ...], *held: object, **more: object) -> Scenario:
    """A crisis with one party per preference."""
    parties = tuple(Party(f"P{place}") for place in range(len(held)))
    status_quo = tuple(option.levels[0] for option in options)
    return Scenario(
        id="small",
        title="Small",
        parties=parties,
        options=options,
        preferences=held,
        status_quo=status_quo,
        **more,
    )  # type: ignore[arg-type]


def wants(text: str, weight: float = 1.0, **more: object) -> Interest:
    return Interest("wants", parse(text), Number(weight), **more)  # type: ignore[arg-type]


A, B = Option("P0.a", "P0", "a"), Option("P1.b", "P1", "b")


@pytest.mark.parametrize("seed", SEEDS)
def test_states_payoffs_and_ranks_are_those_of_the_definitions(seed: int) -> None:
    scenario = random_scenario(random.Random(seed))
    graph, plain = compile_graph(scenario), plain_graph.states(scenario)
    assert [dict(zip((o.id for o in scenario.options), level_names(scenario, graph, s), strict=True))
            for s in range(graph.states)] == plain  # fmt: skip
    for place, party in enumerate(scenario.parties):
        exact = [plain_graph.payoff(scenario, state, party.id) for state in plain]
        if graph.cardinal[place]:
            stored = graph.payoffs[place].tolist()
            assert all(abs(u * 10**9 - units) <= 0.63 for u, units in zip(exact, stored, strict=True))
            assert graph.spans[place] == max(1, np.ptp(graph.payoffs[place]))
        else:
            assert graph.payoffs[place].tolist() == graph.ranks[place].tolist()
        assert graph.ranks[place].tolist() == [sorted(set(exact)).index(u) for u in exact]


@pytest.mark.parametrize("seed", SEEDS)
def test_views_replace_the_interests_and_keep_the_attitudes(seed: int) -> None:
    scenario = random_scenario(random.Random(seed), Shape(views=0.8, ordinal=0.0))
    graph, plain = compile_graph(scenario), plain_graph.states(scenario)
    places = {party: place for place, party in enumerate(graph.parties)}
    assert set(graph.seen) == {(places[view.holder], places[view.other]) for view in scenario.views}
    for view in scenario.views:
        exact = [plain_graph.payoff(scenario, state, view.other, view.interests) for state in plain]
        seen = graph.seen[places[view.holder], places[view.other]]
        assert seen.tolist() == [sorted(set(exact)).index(u) for u in exact]


@pytest.mark.parametrize("seed", range(40))
def test_order_of_parties_and_options_changes_nothing(seed: int) -> None:
    rng = random.Random(seed)
    scenario = random_scenario(rng)
    new_options = rng.sample(range(len(scenario.options)), len(scenario.options))
    new_parties = rng.sample(range(len(scenario.parties)), len(scenario.parties))
    shuffled = replace(
        scenario,
        options=tuple(scenario.options[place] for place in new_options),
        status_quo=tuple(scenario.status_quo[place] for place in new_options),
        parties=tuple(scenario.parties[place] for place in new_parties),
        preferences=tuple(scenario.preferences[place] for place in new_parties),
        attitudes=tuple(rng.sample(scenario.attitudes, len(scenario.attitudes))),
        rules=scenario.rules[::-1],
    )
    graph, other = compile_graph(scenario), compile_graph(shuffled)
    image = [
        other.find(tuple(graph.levels(state)[place] for place in new_options)) for state in range(graph.states)
    ]
    assert sorted(image) == list(range(other.states))
    for place, party in enumerate(new_parties):
        assert np.array_equal(other.payoffs[place, image], graph.payoffs[party])
        assert np.array_equal(other.ranks[place, image], graph.ranks[party])


def test_equal_sums_of_different_terms_are_ties() -> None:
    options = tuple(Option(f"P0.{name}", "P0", name) for name in "abcd")
    sixths = Cardinal((wants("P0.a"), wants("P0.b"), wants("P0.c", 2), wants("P0.d", 2)))
    graph = compile_graph(crisis(options, sixths))
    assert graph.ranks[0, graph.find((1, 1, 0, 0))] == graph.ranks[0, graph.find((0, 0, 1, 0))]
    assert sorted(set(graph.ranks[0].tolist())) == list(range(7))


def test_a_variant_keeps_the_scale_of_its_base() -> None:
    base = crisis((A, B), Cardinal((wants("P0.a"), wants("P1.b"))), Cardinal((wants("P1.b"),)))
    heavier = replace(base, preferences=(Cardinal((wants("P0.a", 3.0), wants("P1.b"))), base.preferences[1]))
    graph = compile_graph(heavier, base)
    assert graph.payoffs[0].tolist() == [0, 1_500_000_000, 500_000_000, 2_000_000_000]
    assert graph.spans.tolist() == [1e9, 1e9]
    assert compile_graph(heavier).payoffs[0].max() == 1e9


@pytest.mark.parametrize("seed", range(10))
def test_tables_and_state_by_state_evaluation_agree(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = random_scenario(random.Random(seed), Shape(ordinal=0.0))
    space, codes = Space(axes_of(scenario)), feasible(scenario)
    by_table, pictured = payoffs.payoffs(scenario, scenario, space, codes)
    monkeypatch.setattr(payoffs, "NARROW", 1)
    monkeypatch.setattr(payoffs, "_WIDE", 1)
    by_state, seen = payoffs.payoffs(scenario, scenario, space, codes)
    assert np.array_equal(by_table, by_state)
    assert all(np.array_equal(pictured[pair], seen[pair]) for pair in pictured)


def test_compiling_again_gives_the_same_object() -> None:
    scenario = crisis((A,), Cardinal((wants("P0.a"),)))
    assert compile_graph(scenario) is compile_graph(replace(scenario), replace(scenario))


def test_the_shelf_keeps_what_was_used_last_and_fits() -> None:
    scenarios = [crisis((A, B), Cardinal((wants("P0.a", weight),)), Cardinal(())) for weight in (1.0, 2.0, 3.0)]
    graphs = [compile_graph(scenario) for scenario in scenarios]
    shelf = _Shelf(most=2 * _size(graphs[0]))
    shelf.keep((scenarios[0], None), graphs[0])
    shelf.keep((scenarios[1], None), graphs[1])
    assert shelf.find((scenarios[0], None)) is graphs[0]
    shelf.keep((scenarios[2], None), graphs[2])
    assert [shelf.find((scenario, None)) for scenario in scenarios] == [graphs[0], None, graphs[2]]


def test_an_interest_can_be_nobody_elses_business() -> None:
    held = (Cardinal((wants("P0.a"),)), Cardinal((wants("P1.b", relational=False), wants("P0.a"))))
    graph = compile_graph(crisis((A, B), *held, attitudes=(Attitude("P0", "P1", Number(-0.5)),)))
    assert graph.payoffs[0].tolist() == [0, 750_000_000, 0, 750_000_000]


def test_published_rankings_keep_their_groups() -> None:
    graph = compile_graph(crisis((A, B), Ranking(((2,), (1, 4), (3,))), Cardinal((wants("P1.b"),))))
    assert graph.ranks[0].tolist() == [1, 2, 0, 1]
    assert graph.cardinal == (False, True)
    with pytest.raises(ScenarioError, match=r"state 4 is missing"):
        compile_graph(crisis((A, B), Ranking(((2,), (1, 3))), Cardinal((wants("P1.b"),))))
    with pytest.raises(ScenarioError, match=r"state 5 does not exist.*\n.*state 2 stands there more than once"):
        compile_graph(crisis((A, B), Ranking(((2,), (2, 1, 3, 4, 5))), Cardinal((wants("P1.b"),))))


def test_more_than_sixty_statements_are_compared_exactly() -> None:
    rng = np.random.default_rng(1)
    holds = rng.random((100, 500)) < 0.5
    holds[:70, :250] = holds[:70, 250:]
    ranks = by_statements(iter(holds), 500)
    worth = [int("".join("1" if bit else "0" for bit in column), 2) for column in holds.T]
    assert ranks.tolist() == [sorted(set(worth)).index(one) for one in worth]


def test_statements_say_if() -> None:
    statements = (Statement(parse("P0.a if P1.b", statement=True)), Statement(parse("P1.b")))
    graph = compile_graph(crisis((A, B), Statements(statements), Cardinal((wants("P1.b"),))))
    assert graph.ranks[0].tolist() == [1, 1, 0, 2]


@pytest.mark.parametrize("high", [5, 10**6, 2**40, 2**62])
def test_ranks_are_dense_and_ordered(high: int) -> None:
    values = np.random.default_rng(2).integers(-high, high, 3000)
    ranks = dense(values)
    assert sorted(set(ranks.tolist())) == list(range(len(set(values.tolist()))))
    for one, other in pairwise(range(len(values))):
        assert np.sign(int(values[one]) - int(values[other])) == np.sign(int(ranks[one]) - int(ranks[other]))


def many(count: int) -> tuple[Option, ...]:
    return tuple(Option(f"P0.o{place}", "P0", f"o{place}") for place in range(count))


def test_sixty_options_are_refused_before_anything_is_allocated() -> None:
    with pytest.raises(TooLargeError) as caught:
        compile_graph(crisis(many(60), Cardinal((wants("P0.o1"),))))
    assert "60 options" in str(caught.value)
    assert "1.2e+18" in str(caught.value)
    assert "268,435,456" in str(caught.value)
    assert "EiB" in str(caught.value) or "PiB" in str(caught.value)


def test_too_many_feasible_states_are_refused_with_their_number() -> None:
    with pytest.raises(TooLargeError, match=r"1,024 of 2,048 combinations.*At most 1,000 states"):
        compile_graph(crisis(many(11), Cardinal((wants("P0.o1"),)), rules=(Rule(parse("P0.o3")),), limit=1000))


def test_rules_that_leave_nothing_are_named() -> None:
    rules = tuple(Rule(parse(text)) for text in ("P0.o1", "P0.o2 or P0.o3", "P0.o1 implies P0.o4", "not P0.o4"))
    with pytest.raises(ScenarioError) as caught:
        compile_graph(crisis(many(5), Cardinal((wants("P0.o1"),)), rules=rules))
    assert "'P0.o1'; 'P0.o1 implies P0.o4'; 'not P0.o4'" in str(caught.value)
    assert "o2" not in str(caught.value)


def test_states_are_found_across_blocks() -> None:
    options = (*many(11), Option("P0.x", "P0", "x", levels=("a", "b", "c")), *(
        Option(f"P0.y{place}", "P0", f"y{place}") for place in range(10)))  # fmt: skip
    three, other = "count(P0.o1; P0.y9; P0.y8; P0.o10) == 3", "P0.x == b or P0.y7 and P0.o0"
    rules = (Rule(parse(three)), Rule(parse(other)))
    codes = feasible(crisis(options, Cardinal((wants("P0.o1"),)), rules=rules))
    assert len(codes) == 4 * (2**17 + 2 * 2**15)
    assert (np.diff(codes) > 0).all()
    level = {name: codes // stride % 2 for name, stride in
             {"o1": 2, "o10": 1024, "y7": 3 << 18, "y8": 3 << 19, "y9": 3 << 20, "o0": 1}.items()}  # fmt: skip
    assert (level["o1"] + level["o10"] + level["y8"] + level["y9"] == 3).all()
    assert ((codes // 2048 % 3 == 1) | (level["y7"] & level["o0"]).astype(bool)).all()


def test_quantities_outside_their_bounds_are_refused_with_their_range() -> None:
    with pytest.raises(RefusedError, match=r"runs from 0 to 2"):
        compile_graph(crisis((A, B), Cardinal((wants("P0.a + P1.b"),)), Cardinal((wants("P1.b"),))))
    with pytest.raises(RefusedError, match=r"divides by zero"):
        compile_graph(crisis((A, B), Cardinal((wants("1 / P0.a"),)), Cardinal((wants("P1.b"),))))


def test_only_feasible_states_have_to_keep_the_bounds() -> None:
    rules = (Rule(parse("not P0.a or not P1.b")),)
    held = (Cardinal((wants("P0.a + P1.b"),)), Cardinal((wants("P1.b"),)))
    assert compile_graph(crisis((A, B), *held, rules=rules)).payoffs[0].tolist() == [0, 10**9, 10**9]


def test_attitudes_need_interests_on_both_sides() -> None:
    held = (Cardinal((wants("P0.a"),)), Ranking(((1, 2, 3, 4),)))
    with pytest.raises(RefusedError, match=r"P1 is known by the order of states only"):
        compile_graph(crisis((A, B), *held, attitudes=(Attitude("P0", "P1", Number(0.5)),)))


def test_nothing_can_be_written() -> None:
    graph = compile_graph(crisis((A, B), Cardinal((wants("P0.a"),)), Cardinal((wants("P1.b"),))))
    for array in (graph.codes, graph.ranks, graph.payoffs, graph.spans):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    assert graph.grid == payoffs.GRID
