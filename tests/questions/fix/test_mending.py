"""What makes a state hold, kind by kind, against every combination tried by the literal definitions."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import numpy as np
import pytest

from detente.concepts import named
from detente.questions.fix.across import across
from detente.questions.fix.edits import Edit, bound_options, channels, revised
from detente.questions.fix.mending import Mended, mend
from detente.questions.fix.search import search
from detente.questions.fix.state_trial import StateTrial
from detente.scenario.load import loads
from detente.states.compile import compile_graph
from detente.states.moves import restrict
from oracles.random_scenarios import Shape, random_scenario
from oracles.stability import NAMES, Oracle

SHAPE = Shape(parties=(2, 3), options=(3, 5), combinations=32, ordinal=0.2)

MARKET = """
detente: 1
title: A market
parties: {SELLER: {}, BUYER: {}}
options:
  SELLER.arm: {}
  BUYER.ban: {}
status_quo: {SELLER.arm: yes}
outcomes: {calm: not SELLER.arm}
aim: calm
interests:
  SELLER: [{wants: SELLER.arm, weight: 1}, {avoids: pressure(SELLER) * (SELLER.arm == yes), weight: 1.5}]
  BUYER: [{avoids: SELLER.arm, weight: 3}, {avoids: BUYER.ban, weight: 1}]
relations: {SELLER > BUYER: 0.1}
pressure:
  SELLER:
    channels:
      - {partner: BUYER, good: grain, value: 60}
      - {partner: OTHER, good: oil, value: 40}
    cuts: [{channels: BUYER, by: BUYER.ban, open: {no: 1, yes: 0}}]
"""


def judged() -> list[tuple[StateTrial, str]]:
    """States that do not hold, on benches."""
    found = []
    for seed in range(30):
        scenario = random_scenario(random.Random(seed), SHAPE)
        graph = compile_graph(scenario)
        for concept in NAMES:
            state_trial = StateTrial(scenario, graph, named(concept), seed % graph.states)
            if not state_trial.effect().holds:
                found.append((state_trial, concept))
    return found


BENCHES = judged()


@pytest.mark.parametrize("concept", NAMES)
def test_no_fewer_commitments_do(concept: str) -> None:
    several = 0
    for state_trial, name in BENCHES:
        if name != concept:
            continue
        found = mend(state_trial, "commitment", state_trial.effect())
        axes = [state_trial.options.index(option) for option in bound_options(state_trial.scenario)]
        levels = state_trial.graph.levels(state_trial.state)
        least = None
        for many in range(1, len(axes) + 1):
            for chosen in itertools.combinations(axes, many):
                graph, home = restrict(state_trial.graph, {axis: levels[axis] for axis in chosen})
                oracle, state = Oracle(graph), int(np.searchsorted(home, state_trial.state))
                if all(oracle.stable(concept, party, state) for party in range(len(graph.parties))):
                    least = many
                    break
            if least is not None:
                break
        if found.searched == "some" and found.least is None:
            continue
        assert found.least is not None
        assert least == len(found.least.edits)
        several += 1
    assert several > 2


def test_the_bench_judges_as_the_whole_crisis_does() -> None:
    for state_trial, concept in BENCHES[:20]:
        oracle = Oracle(compile_graph(state_trial.scenario))
        state = state_trial.number - 1
        stable = [oracle.stable(concept, party, state) for party in range(len(state_trial.graph.parties))]
        assert state_trial.effect().stable.tolist() == stable


def test_every_change_that_is_offered_does() -> None:
    offered = 0
    for state_trial, _ in BENCHES:
        if not all(state_trial.graph.cardinal):
            continue
        for kind in ("promise", "attitude", "view"):
            found = mend(state_trial, kind, state_trial.effect())
            for trial in (*found.singles, *((found.least,) if found.least else ())):
                assert state_trial.effect(trial.edits).holds
                offered += 1
    assert offered > 5


def market() -> StateTrial:
    scenario = loads(MARKET)
    graph = compile_graph(scenario)
    return StateTrial(scenario, graph, named("nash"), 2)  # no arms, and the ban stands


def test_the_fewest_channels_are_found_and_judged_alike_at_once_and_whole() -> None:
    state_trial = market()
    before = state_trial.effect()
    for edit in channels(state_trial.scenario):
        assert state_trial.at_once((edit,)) == pytest.approx(state_trial.effect((edit,)).margins)
    found = mend(state_trial, "channel", before)
    works = [
        edits
        for many in (1, 2)
        for edits in itertools.combinations(channels(state_trial.scenario), many)
        if holds_under_nash(state_trial, edits)
    ]
    assert (found.least is None) == (not works)
    assert found.least is None or len(found.least.edits) == len(works[0])


def holds_under_nash(state_trial: StateTrial, edits: tuple[Edit, ...]) -> bool:
    oracle = Oracle(compile_graph(revised(state_trial.scenario, edits), base=state_trial.scenario))
    return all(oracle.stable("nash", party, state_trial.state) for party in (0, 1))


def test_views_matter_only_where_replies_are_improvements() -> None:
    found = mend(market(), "view", market().effect())
    assert (found.searched, found.least) == ("nothing", None)


def test_kinds_are_weighed_by_their_costs() -> None:
    state_trial = market()
    before = state_trial.effect()
    kinds = [mend(state_trial, kind, before) for kind in ("promise", "attitude", "commitment", "channel")]
    bonds = across(state_trial, before, kinds, {"promise": 100, "commitment": 1})
    assert bonds is not None
    assert {edit.kind for edit in bonds.edits} == {"commitment"}
    money = across(state_trial, before, kinds, {"promise": 0.01, "commitment": 100})
    promise: Mended = kinds[0]
    assert (money is not None and {edit.kind for edit in money.edits} == {"promise"}) == (
        promise.least is not None
    )
    assert across(state_trial, before, kinds, {}) is None


def test_mixtures_cost_no_more_than_either_kind() -> None:
    for state_trial, concept in BENCHES:
        if concept != "nash" or not all(state_trial.graph.cardinal):
            continue
        before, costs = state_trial.effect(), {"promise": 1.0, "commitment": 0.05}
        kinds = [mend(state_trial, kind, before) for kind in ("promise", "commitment")]
        mixed = across(state_trial, before, kinds, costs)
        pure = [sum(costs[edit.kind] * edit.size for edit in kind.least.edits) for kind in kinds if kind.least]
        assert mixed is not None
        assert mixed.price <= min(pure) + 1e-9
        assert mixed.result.holds


def test_a_search_finds_the_cheapest_and_says_when_it_stopped() -> None:
    edits = [(Edit("commitment", what=name),) for name in "abcd"]

    def result(chosen: tuple[Edit, ...]) -> bool:
        return {edit.what for edit in chosen} >= {"b", "d"}

    found = search(edits, result, bool, float, lambda e: float(len(e)), 100)
    assert found.least is not None
    assert {edit.what for edit in found.least.edits} == {"b", "d"}
    assert found.exact
    assert found.singles == ()
    assert found.nearest is None
    stuck = search(edits, lambda e: len(e), lambda many: many > 9, float, lambda e: float(len(e)), 100)
    assert stuck.least is None
    assert stuck.nearest is not None
    assert len(stuck.nearest.edits) == 3
    assert not stuck.exact  # all four together were not tried
    short = search(edits, result, bool, float, lambda e: float(len(e)), 5)
    assert not short.exact
    assert short.tried <= 5


def test_edits_make_the_scenario_that_they_say() -> None:
    scenario = loads(MARKET)
    changed = revised(
        scenario, (Edit("attitude", "SELLER", "BUYER", amount=0.2), Edit("table", "SELLER", "BUYER", "talks"))
    )
    assert changed.attitudes[0].value.central == pytest.approx(0.3)
    assert changed.tables[0].members == ("SELLER", "BUYER")
    assert replace(changed, attitudes=scenario.attitudes, tables=()) == scenario


@pytest.mark.parametrize("budget", range(3, 40, 4))
def test_the_order_of_the_candidates_decides_nothing_where_a_search_is_cut_short(budget: int) -> None:
    """Alone none does; b with d does, and of the rest some come nearer than others."""
    near = {"a": 1.0, "b": 1.0, "c": 0.0, "d": 1.0, "e": 1.0, "f": 0.0}

    def outcome(chosen: tuple[Edit, ...]) -> frozenset[str]:
        return frozenset(edit.what for edit in chosen)

    def found(names: tuple[str, ...]) -> object:
        edits = [(Edit("commitment", what=name),) for name in names]
        done = search(
            edits,
            outcome,
            lambda names: names >= {"b", "d"},
            lambda names: sum(near[name] for name in names),
            lambda e: float(len(e)),
            budget,
        )
        return None if done.least is None else done.least.price, done.exact, done.tried

    orders = list(itertools.permutations("abcdef"))
    assert len({found(order) for order in orders[::37]}) == 1


@pytest.mark.parametrize("concept", NAMES)
def test_of_equally_few_commitments_the_first_by_name_are_shown_whatever_the_order(concept: str) -> None:
    """Each gains by two options at once, so that each bound in either of its own is enough."""
    shown = set()
    for order in itertools.permutations(["A.a", "A.b", "B.c", "B.d"]):
        options = "".join(f"\n  {option}: {{}}" for option in order)
        scenario = loads(f"""
detente: 1
title: Ties
parties: {{A: {{}}, B: {{}}}}
options:{options}
interests:
  A: [{{wants: A.a and A.b, weight: 1}}]
  B: [{{wants: B.c and B.d, weight: 1}}]
""")
        state_trial = StateTrial(scenario, compile_graph(scenario), named(concept), 0)
        found = mend(state_trial, "commitment", state_trial.effect())
        assert found.least is not None
        assert found.singles == ()
        shown.add(frozenset(edit.what for edit in found.least.edits))
    assert shown == {frozenset({"A.a", "B.c"})}


def test_of_single_commitments_that_do_as_well_the_first_by_name_is_shown() -> None:
    for order in (["A.a", "A.b"], ["A.b", "A.a"]):
        options = "".join(f"\n  {option}: {{}}" for option in order)
        scenario = loads(f"""
detente: 1
title: Ties
parties: {{A: {{}}}}
options:{options}
interests:
  A: [{{wants: A.a and A.b, weight: 1}}]
""")
        for concept in NAMES:
            state_trial = StateTrial(scenario, compile_graph(scenario), named(concept), 0)
            found = mend(state_trial, "commitment", state_trial.effect())
            assert [trial.edits[0].what for trial in found.singles] == ["A.a", "A.b"]
            assert found.least is found.singles[0]
