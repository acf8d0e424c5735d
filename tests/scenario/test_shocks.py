"""Shocks that are no options: read, written, checked, and struck."""

from __future__ import annotations

import pytest

from detente.errors import RefusedError, UnknownNameError
from detente.scenario.change import strike_shock
from detente.scenario.citations import uncited
from detente.scenario.dump import dumps
from detente.scenario.load import loads
from detente.scenario.model import Cardinal, Scenario, Spread
from detente.states.compile import compile_graph
from scenario.texts import changed, problem

SHOCKS = """\
shocks:
  clash:
    title: Shots at the border
    hazard: 0.05 + 0.1 * (A.arms == many)
    set: {A.arms: many, A.talk: no}
    attitudes: {A ~ B: -0.1, B > A: -0.2}
    weights: {A: {calm: 0.5}, B: {the quarrel: 2 ± 1}}
    because: it has happened before
    source: report p9
plans:
  hold: {after: clash, do: {B.trade: yes}}
"""
NAMED = changed("wants: peace, weight: 3 ± 1", "name: calm, wants: peace, weight: 3 ± 1").replace(
    "avoids: tension, weight: 2..4", "name: the quarrel, avoids: tension, weight: 2..4"
)
TEXT = NAMED + SHOCKS.replace("A ~ B: -0.1, B > A: -0.2", "A ~ B: -0.1")


@pytest.fixture
def scenario() -> Scenario:
    return loads(TEXT)


def changed_shock(old: str, new: str) -> str:
    return changed(old, new, TEXT)


def test_what_is_read_is_written_and_read_again(scenario: Scenario) -> None:
    (clash,) = scenario.shocks
    assert (clash.id, clash.title) == ("clash", "Shots at the border")
    assert clash.set == (("A.arms", "many"), ("A.talk", "no"))
    assert [(shift.holder, shift.other, shift.value.central) for shift in clash.attitudes] == [
        ("A", "B", -0.1),
        ("B", "A", -0.1),
    ]
    assert [(party, [(name, factor.central) for name, factor in named]) for party, named in clash.weights] == [
        ("A", [("calm", 0.5)]),
        ("B", [("the quarrel", 2.0)]),
    ]
    assert loads(dumps(scenario)) == scenario
    assert dumps(loads(dumps(scenario))) == dumps(scenario)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("set: {A.arms: many, A.talk: no}", "set: {A.arms: lots}", "no level 'lots'"),
        ("set: {A.arms: many, A.talk: no}", "set: {A.guns: many}", "no option called 'A.guns'"),
        ("attitudes: {A ~ B: -0.1}", "attitudes: {A ~ C: -0.1}", "no party called 'C'"),
        ("attitudes: {A ~ B: -0.1}", "attitudes: {A ~ B: -3}", "between -2 and 2"),
        ("{calm: 0.5}", "{calms: 0.5}", "'A' has no interest called 'calms'"),
        ("{calm: 0.5}", "{calm: -1}", "between 0 and"),
        ("hazard: 0.05 + 0.1 * (A.arms == many)", "hazard: 2", "a chance is between 0 and 1"),
        ("hazard: 0.05 + 0.1 * (A.arms == many)", "hazard: storm", "no outcome or option called 'storm'"),
        ("  clash:\n", "  peace:\n", "'peace' is an outcome already"),
        ("after: clash,", "after: clahs,", "Did you mean 'clash'?"),
    ],
)
def test_what_is_wrong_is_said(old: str, new: str, what: str) -> None:
    text = changed_shock(old, new)
    if "peace:" in new:
        text = text.replace("after: clash,", "after: nature.storm,")
    assert what in problem(text)


def test_a_shock_changes_something() -> None:
    text = NAMED + "shocks:\n  noise: {hazard: 0.1}\n"
    assert "shock 'noise' changes nothing" in problem(text)


def test_a_party_known_by_order_has_no_weights() -> None:
    wanted = "    - {name: the quarrel, avoids: tension, weight: 2..4}\n"
    feared = "    - {avoids: risk(nature.storm), weight: 1 (0..2)}\n"
    ordinal = changed(wanted + feared, "    {statements: [tension]}\n", TEXT)
    text = ordinal.replace("relations:\n  A > B: -0.2 ± 0.1\n", "")
    assert "'B' is known by the order of its states and has no weights" in problem(text)


def test_only_plans_name_shocks() -> None:
    text = changed_shock("tension: {where: A.arms >= some", "tension: {where: A.arms >= some or clash")
    assert "no outcome or option called 'clash'" in problem(text)


def test_a_shock_without_reason_is_a_judgement_to_ask_about() -> None:
    bare = TEXT.replace("    because: it has happened before\n    source: report p9\n", "")
    said = {found.what for found in uncited(loads(bare))} - {found.what for found in uncited(loads(TEXT))}
    assert "hazard of clash" in said
    assert "factor on A's calm by clash" in said
    assert "shift of A's attitude to B by clash" in said


def test_struck_it_sets_shifts_and_multiplies(scenario: Scenario) -> None:
    after = strike_shock(scenario, "clash")
    assert after.status_quo == ("many", "no", "yes", "no")
    assert [(one.holder, one.other, one.value.central) for one in after.attitudes] == [
        ("A", "B", pytest.approx(-0.3)),
        ("B", "A", pytest.approx(-0.1)),
    ]
    alpha, beta = after.preferences
    assert isinstance(alpha, Cardinal)
    assert isinstance(beta, Cardinal)
    assert [interest.weight.central for interest in alpha.interests] == [1.5, 1.0]
    assert alpha.interests[0].weight.spread == Spread("normal", 1.0, 2.0)
    assert [interest.weight.central for interest in beta.interests] == [6.0, 1.0]


def test_old_weights_keep_their_worth(scenario: Scenario) -> None:
    before, after = compile_graph(scenario), compile_graph(strike_shock(scenario, "clash"), base=scenario)
    assert after.spans.tolist() == before.spans.tolist()
    plain = loads(
        TEXT.replace("    attitudes: {A ~ B: -0.1}\n", "").replace("weights: {A: {calm: 0.5}, B", "weights: {B")
    )
    beta = compile_graph(strike_shock(plain, "clash"), base=plain).payoffs[1] - before.payoffs[1]
    tense = [before.levels(state)[0] >= 1 for state in range(before.states)]
    lost = -3.0 / (3.0 + 1.0) / before.grid
    assert beta.tolist() == [pytest.approx(lost if here else 0.0, abs=2) for here in tense]


def test_an_option_of_nature_rises_one_level(scenario: Scenario) -> None:
    assert strike_shock(scenario, "nature.storm").status_quo[-1] == "yes"
    with pytest.raises(RefusedError, match="stands at yes already"):
        strike_shock(strike_shock(scenario, "nature.storm"), "nature.storm")


def test_unknown_shocks_are_named_with_a_near_miss(scenario: Scenario) -> None:
    with pytest.raises(UnknownNameError, match="clash"):
        strike_shock(scenario, "clahs")
