"""Where rules or the outcome speak of trade, a closed channel changes which states there are."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from detente.concepts import named
from detente.play.case import Case, conduct_of
from detente.questions.fix.edits import Edit, channels, revised
from detente.questions.fix.find import fix
from detente.questions.fix.mending import mend
from detente.questions.fix.state_trial import StateTrial
from detente.questions.fix.strategy_trial import StrategyTrial
from detente.scenario.expression import Name
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.states.compile import compile_graph
from detente.states.evaluate import condition
from detente.states.state_graph import Bools
from oracles.stability import NAMES, Oracle

MILL = """
detente: 1
title: A mill
parties: {{MILL: {{}}, TOWN: {{}}}}
options:
  MILL.dump: {{}}
  MILL.sign: {{}}
  TOWN.fine: {{}}
  nature.flood: {{moves: up, hazard: 0.1}}
rules: [{{must: {rule}}}]
outcomes: {{clean: {clean}, dirty: MILL.dump}}
aim: clean
interests:
  MILL:
    - {{wants: MILL.dump, weight: 3}}
    - {{avoids: pressure(MILL), weight: 1}}
    - {{wants: MILL.sign, weight: 0.5}}
  TOWN: [{{avoids: MILL.dump, weight: 3}}, {{avoids: TOWN.fine, weight: 1}}]
pressure:
  MILL:
    channels:
      - {{partner: TOWN, good: paper, value: 60}}
      - {{partner: PORT, good: paper, value: 40}}
    cuts: [{{channels: TOWN, by: TOWN.fine, open: {{no: 1, yes: 0.5}}}}]
strategies: {{wait: {{sponsors: [TOWN], stages: [{{}}]}}}}
"""
STARVED = "not (MILL.dump and pressure(MILL) > 0.55)"  # a starved mill cannot run, so it cannot dump
UNSIGNED = "not (not MILL.dump and retained(MILL) < 0.6)"  # a mill that does not dump keeps most of its trade
BY_OUTCOME = "not (MILL.sign and squeezed)"
PLAIN = "not (MILL.dump and MILL.sign)"


def mill(rule: str, clean: str = "not MILL.dump") -> Scenario:
    return loads(MILL.format(rule=f'"{rule}"', clean=f'"{clean}"'), id="mill")


SCENARIOS = [
    mill(STARVED),
    mill(UNSIGNED),
    mill(PLAIN),
    mill(PLAIN, "not MILL.dump and pressure(MILL) < 0.5"),
    loads(
        MILL.format(rule=f'"{BY_OUTCOME}"', clean='"not MILL.dump", squeezed: "pressure(MILL) >= 0.6"'),
        id="mill",
    ),
]


def every_closure(scenario: Scenario) -> list[tuple[Edit, ...]]:
    each = channels(scenario)
    return [edits for many in (1, 2) for edits in itertools.combinations(each, many)]


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("concept", NAMES)
def test_a_state_is_judged_in_the_crisis_that_the_closure_leaves(scenario: Scenario, concept: str) -> None:
    graph, compared = compile_graph(scenario), 0
    for state, edits in itertools.product(np.flatnonzero(clean(scenario)), every_closure(scenario)):
        state_trial = StateTrial(scenario, graph, named(concept), int(state), "clean")
        found, variant = state_trial.effect(edits), revised(scenario, edits)
        changed = compile_graph(variant, base=scenario)
        where = np.flatnonzero(changed.codes == graph.codes[state])
        if len(where) == 0 or not clean(variant)[where[0]]:
            assert not found.holds
            assert found.margin == -np.inf
            continue
        oracle = Oracle(changed)
        assert found.stable.tolist() == [oracle.stable(concept, party, int(where[0])) for party in (0, 1)]
        if concept == "nash":
            assert state_trial.at_once(edits) == pytest.approx(found.margins)
        compared += 1
    assert compared > 3


def clean(scenario: Scenario) -> Bools:
    """Where the outcome holds, in the scenario compiled whole."""
    return condition(scenario, compile_graph(scenario), Name("clean"))


def test_a_closure_that_leaves_no_way_to_dump_makes_clean_hold() -> None:
    answer = fix(mill(STARVED), "clean", concept="nash")
    found = next(seen for seen in answer.kinds if seen.kind == "channel")
    assert found.status == "found"
    assert found.least is not None
    assert found.least.steps[0].what == "TOWN paper licit"
    assert (found.least.margin or 0.0) > 0


def test_a_closure_after_which_the_state_cannot_exist_is_no_remedy() -> None:
    scenario = mill(UNSIGNED)
    graph = compile_graph(scenario)
    for state in range(graph.states):
        state_trial = StateTrial(scenario, graph, named("nash"), state, "clean")
        found = mend(state_trial, "channel", state_trial.effect())
        for trial in (*found.singles, *((found.least,) if found.least else ())):
            changed = compile_graph(revised(scenario, trial.edits), base=scenario)
            assert graph.codes[state] in changed.codes


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("foresight", ["nash", "seq"])
def test_a_strategy_is_played_in_the_crisis_that_the_closure_leaves(scenario: Scenario, foresight: str) -> None:
    conduct = conduct_of(scenario, foresight)
    strategy_trial = StrategyTrial(scenario, scenario.strategies[0], "clean", conduct)
    for edits in every_closure(scenario):
        variant = revised(scenario, edits)
        if not stands(variant):
            assert strategy_trial.arrival(edits).success == 0.0
            continue
        case = Case(variant, conduct)
        assert case.aim is not None
        wanted = case.course(variant.strategies[0]).success(case.outcomes[case.aim])
        found = strategy_trial.arrival(edits)
        assert found.success == pytest.approx(wanted)
        if found.state is not None:
            assert compile_graph(scenario).codes[found.state] in case.free.graph.codes


def stands(scenario: Scenario) -> bool:
    """Whether the status quo is feasible."""
    return compile_graph(scenario).find((0,) * len(scenario.options)) is not None
