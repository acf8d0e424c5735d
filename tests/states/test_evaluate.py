"""Conditions and quantities over states: every route gives what a reading of one state gives."""

import random
from dataclasses import replace

import numpy as np
import pytest

import detente.states.evaluate as evaluate
import detente.trade.economy as economy
from detente.errors import RefusedError, ScenarioError, UnknownNameError
from detente.scenario.expression import parse
from detente.scenario.model import (
    Aid,
    Cardinal,
    Channel,
    Cut,
    Diversion,
    Interest,
    Number,
    Option,
    Outcome,
    Party,
    Pressure,
    Rule,
    Scenario,
)
from detente.states.compile import compile_graph
from detente.states.dependencies import dependencies
from detente.states.evaluate import condition, quantity, trade_at
from detente.states.moves import restrict
from detente.states.names import labels, level_names, state_of, status_quo
from oracles import plain_graph
from oracles.random_scenarios import random_condition, random_scenario


@pytest.mark.parametrize("widest", [1, 1 << 22])
@pytest.mark.parametrize("seed", range(30))
def test_conditions_hold_where_they_hold(seed: int, widest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(seed)
    scenario = random_scenario(rng)
    graph, plain = compile_graph(scenario), plain_graph.states(scenario)
    monkeypatch.setattr(evaluate, "_WIDEST", widest)
    wheres = [random_condition(rng, scenario.options, 3) for _ in range(8)]
    for where in [*wheres, *(outcome.where for outcome in scenario.outcomes)]:
        expected = [plain_graph.holds(scenario.options, scenario.outcomes, state, where) for state in plain]
        assert condition(scenario, graph, where).tolist() == expected
    first = scenario.options[0].id
    number = parse(f"min(count(out0; not out1) / 2; 0.75) + 2 * level({first}) - max(0.1; 0.2)")
    expected_numbers = [float(plain_graph.value(scenario.options, scenario.outcomes, s, number)) for s in plain]
    assert quantity(scenario, graph, number) == pytest.approx(expected_numbers, abs=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_names_go_both_ways(seed: int) -> None:
    scenario = random_scenario(random.Random(seed))
    graph, plain = compile_graph(scenario), plain_graph.states(scenario)
    for state, levels in enumerate(plain):
        assert level_names(scenario, graph, state) == tuple(levels.values())
        assert state_of(scenario, graph, levels) == state
        assert labels(scenario, graph, state) == tuple(
            outcome.id
            for outcome in scenario.outcomes
            if plain_graph.holds(scenario.options, scenario.outcomes, levels, outcome.where)
        )
    assert level_names(scenario, graph, status_quo(scenario, graph)) == scenario.status_quo


def embargo() -> Scenario:
    """A target that sells coal to a neighbour, who may close the border, and a friend who may help."""
    options = (
        Option("N.border", "N", "border", levels=("open", "partial", "closed")),
        Option("F.help", "F", "help"),
        Option("F.gift", "F", "gift"),
        Option("N.other", "N", "other"),
        Option("nature.fall", "nature", "fall", moves="up", hazard=parse("0.1 + 2 * pressure(T)")),
    )
    shares = (("open", Number(1.0)), ("partial", Number(0.5)), ("closed", Number(0.0)))
    pressure = Pressure(
        "T",
        channels=(
            Channel("N", "coal", "licit", Number(80.0)),
            Channel("F", "coal", "licit", Number(20.0)),
        ),
        cuts=(Cut("N", "N.border", shares),),
        diverts=(Diversion("N coal", "F coal", Number(30.0), Number(0.2), parse("helping")),),
        aids=(Aid("F", Number(10.0), parse("F.gift")),),
    )
    parties = (Party("N"), Party("F"), Party("T"))
    held = (
        Cardinal((Interest("wants", parse("pressure(T)"), Number(1.0)),)),
        Cardinal((Interest("avoids", parse("risk(nature.fall)"), Number(1.0)),)),
        Cardinal((Interest("wants", parse("min(retained(T); 1)"), Number(1.0)),)),
    )
    outcomes = (Outcome("helping", parse("F.help")), Outcome("squeezed", parse("pressure(T) > 0.5")))
    return Scenario(id="e", title="E", parties=parties, options=options, preferences=held,
                    status_quo=("open", "no", "no", "no", "no"), outcomes=outcomes,
                    pressures=(pressure,))  # fmt: skip


def test_pressure_follows_the_options_that_matter() -> None:
    scenario = embargo()
    graph = compile_graph(scenario)
    assert dependencies(scenario, parse("pressure(T)")) == (0, 1, 2)
    assert dependencies(scenario, parse("risk(nature.fall)")) == (0, 1, 2, 4)
    expected = {  # border, help, gift: kept, plus what moves at a loss, plus aid
        ("open", "no", "no"): 0.0,
        ("partial", "no", "no"): 0.4,
        ("closed", "no", "no"): 0.8,
        ("closed", "yes", "no"): 0.8 - 0.24,
        ("closed", "no", "yes"): 0.7,
        ("closed", "yes", "yes"): 0.7 - 0.24,
        ("partial", "yes", "no"): 0.4 - 0.24,
    }
    pressed = quantity(scenario, graph, parse("pressure(T)"))
    retained = quantity(scenario, graph, parse("retained(T)"))
    risk = quantity(scenario, graph, parse("risk(nature.fall)"))
    for (border, help_, gift), amount in expected.items():
        for other in ("no", "yes"):
            levels = {"N.border": border, "F.help": help_, "F.gift": gift, "N.other": other}
            state = state_of(scenario, graph, levels)
            assert pressed[state] == pytest.approx(amount, abs=1e-9)
            assert risk[state] == pytest.approx(min(1.0, 0.1 + 2 * amount), abs=1e-8)
            assert risk[state_of(scenario, graph, levels | {"nature.fall": "yes"})] == 1.0
            if (border, gift) != ("open", "yes"):
                assert retained[state] == pytest.approx(1 - amount, abs=1e-9)
            assert ("squeezed" in labels(scenario, graph, state)) == (amount > 0.5)
    given = state_of(scenario, graph, {"F.gift": "yes"})
    assert retained[given] == pytest.approx(1.1)
    assert pressed[given] == 0.0
    assert graph.payoffs[0].tolist() == np.rint(pressed * 1e9).tolist()


def test_how_trade_stands_in_a_state() -> None:
    scenario = embargo()
    graph = compile_graph(scenario)
    state = state_of(scenario, graph, {"N.border": "partial", "F.help": "yes"})
    assert trade_at(scenario, graph, "T", state) == ((0.5, 1.0), (True,), (False,))
    part, index = restrict(graph, {0: 1, 1: 1})
    assert trade_at(scenario, part, "T", index.tolist().index(state)) == ((0.5, 1.0), (True,), (False,))
    assert economy.solve(scenario.pressures[0], *trade_at(scenario, graph, "T", state)).pressure < 0.2


def test_a_rule_may_speak_of_pressure() -> None:
    scenario = replace(embargo(), rules=(Rule(parse("pressure(T) <= 0.6")),))
    graph = compile_graph(scenario)
    assert quantity(scenario, graph, parse("pressure(T)")).max() <= 0.6
    assert graph.states == graph.combinations - 2 * 2 * 2


def test_circles_are_named() -> None:
    scenario = replace(embargo(), outcomes=(Outcome("helping", parse("pressure(T) < 0.5")),))
    with pytest.raises(ScenarioError, match=r"pressure\(T\) → helping → pressure\(T\)"):
        compile_graph(scenario)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("N.bordr == open", r"Did you mean 'N\.border'"),
        ("N.border == opn", r"Did you mean 'open'"),
        ("pressure(X)", r"no pressure called 'X'"),
        ("helpng", r"Did you mean 'helping'"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(text: str, message: str) -> None:
    scenario = embargo()
    with pytest.raises(UnknownNameError, match=message):
        condition(scenario, compile_graph(scenario), parse(text))


def test_what_is_no_number_is_refused() -> None:
    scenario = embargo()
    graph = compile_graph(scenario)
    with pytest.raises(RefusedError, match="more than two levels"):
        condition(scenario, graph, parse("N.border"))
    with pytest.raises(RefusedError, match="divides by zero"):
        quantity(scenario, graph, parse("1 / F.help"))


def test_outcomes_that_double_do_not_take_for_ever() -> None:
    doubled = [Outcome("o0", parse("F.help"))]
    doubled += [Outcome(f"o{k}", parse(f"o{k - 1} and o{k - 1}")) for k in range(1, 40)]
    scenario = replace(embargo(), outcomes=(*embargo().outcomes, *doubled))
    graph = compile_graph(scenario)
    assert np.array_equal(condition(scenario, graph, parse("o39")), condition(scenario, graph, parse("F.help")))


def test_states_that_are_not_there_say_which_rule_they_break() -> None:
    scenario = replace(embargo(), rules=(Rule(parse("not (F.help and F.gift)")),))
    graph = compile_graph(scenario)
    with pytest.raises(RefusedError, match=r"breaks the rule 'not \(F\.help and F\.gift\)'"):
        state_of(scenario, graph, {"F.help": "yes", "F.gift": "yes"})
    with pytest.raises(UnknownNameError, match=r"Did you mean 'F\.help'"):
        state_of(scenario, graph, {"F.hlp": "yes"})
    with pytest.raises(UnknownNameError, match=r"no level of F\.help called 'maybe'"):
        state_of(scenario, graph, {"F.help": "maybe"})
