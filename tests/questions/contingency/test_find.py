"""What shocks bring to two farms, by hand; regrets recomputed; refusals; and the Korean crisis as a whole."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from detente.answers.answer import Answer
from detente.errors import RefusedError, UnknownNameError
from detente.library import open as load
from detente.questions.contingency.answer import Aftermath, Contingency, ShockSeen
from detente.questions.contingency.find import contingency
from detente.scenario.expression import parse
from detente.scenario.load import loads
from detente.scenario.model import NATURE, Plan, Scenario
from detente.states.compile import compile_graph
from detente.states.names import status_quo
from detente.states.state_graph import StateGraph
from oracles.random_scenarios import Shape, random_scenario

FARM = (Path(__file__).parents[2] / "crises" / "farm.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def farm() -> Scenario:
    return loads(FARM, id="farm")


@pytest.fixture(scope="module")
def korea(korea_answers: Callable[[str], Answer]) -> Contingency:
    answer = korea_answers("contingency")
    assert isinstance(answer, Contingency)
    return answer


def shock(answer: Contingency, id: str) -> ShockSeen:
    return next(one for one in answer.shocks if one.id == id)


def test_hazards_are_those_of_the_start_and_move_with_it(farm: Scenario) -> None:
    answer = contingency(farm, rounds=3)
    drought, raid = answer.shocks
    assert (drought.hazard, raid.hazard) == (pytest.approx(0.04), pytest.approx(0.2))
    assert drought.within == pytest.approx(1 - 0.96**3)
    assert (drought.least, drought.greatest) == (pytest.approx(0.04), pytest.approx(0.1))
    (lever,) = raid.levers
    assert lever.option == "DALE.guard"
    assert lever.hazards == {"no": pytest.approx(0.2), "yes": pytest.approx(0.05)}
    dug = contingency(farm, start="HILL.dig=yes")
    assert shock(dug, "nature.drought").hazard == pytest.approx(0.1)
    assert shock(dug, "raid").levers == (), "a guard and a deeper well exclude each other"


def test_a_drought_without_a_plan_and_with_one(farm: Scenario) -> None:
    drought = shock(contingency(farm), "nature.drought")
    assert drought.natural
    assert drought.sets == {"nature.drought": "yes"}
    assert drought.unplanned is not None
    (rest,) = drought.unplanned.rests
    assert rest.levels == ("yes", "no", "no", "yes")
    assert (drought.unplanned.clash, drought.unplanned.settles) == (1.0, {"feud": 1.0})
    assert drought.unplanned.brings == {"feud": 1.0}, "sharing would end it, and nobody shares"
    assert drought.unplanned.aim == 0.0
    hill = drought.unplanned.payoffs["HILL"]
    assert (hill.worst, hill.expected, hill.best) == (pytest.approx(1 / 3),) * 3  # 1/5 of 3/5: dig, own water
    (plan,) = drought.plans
    assert (plan.id, plan.fits, plan.carried_out, plan.obstacles) == ("share-in-need", 1.0, 1.0, ())
    assert plan.kept is not None
    assert plan.kept.rests[0].levels == ("no", "no", "yes", "yes")
    assert (plan.kept.clash, plan.kept.brings, plan.kept.aim) == (0.0, {"feud": 0.0}, 1.0)
    assert drought.advised == "share-in-need"
    assert plan.gains["HILL"] == pytest.approx(1 / 3)
    assert plan.gains["DALE"] == pytest.approx(-0.5)


def test_what_only_says_the_shock_again_is_brought_by_no_shock(farm: Scenario) -> None:
    dry = loads(FARM.replace("where: nature.drought and not DALE.share", "where: nature.drought"))
    drought = shock(contingency(dry), "nature.drought").unplanned
    assert drought is not None
    assert (drought.clashes, drought.brings) == ({"feud": 1.0}, {"feud": 0.0})
    thirsty = loads(FARM.replace("where: nature.drought and not DALE.share", "where: not DALE.share"))
    raid = shock(contingency(thirsty), "raid").unplanned
    assert raid is not None
    assert (raid.clashes, raid.brings) == ({"feud": 1.0}, {"feud": 0.0}), "it was so before"


def test_no_plan_is_advised_that_helps_fewer_than_it_hurts(farm: Scenario) -> None:
    aimless = loads(FARM.replace("aim: shared\n", ""))
    (watch,) = shock(contingency(aimless), "raid").plans
    assert watch.gains["HILL"] > 0 > watch.gains["DALE"]
    assert shock(contingency(aimless), "raid").advised is None
    assert shock(contingency(farm), "raid").advised == "watch", "the aim comes before the count of parties"


def test_who_leaves_a_plan_and_where_it_lapses_to(farm: Scenario) -> None:
    (plan,) = shock(contingency(farm), "nature.drought").plans
    assert plan.credible is False
    hill, dale = plan.credibility
    assert (hill.party, hill.keeps, hill.move) == ("HILL", 1.0, None)
    assert dale.move is not None
    assert (dale.party, dale.keeps, dale.move.changes) == ("DALE", 0.0, {"DALE.share": "no"})
    assert dale.gain == pytest.approx(0.5)
    assert plan.lapsed is not None
    assert plan.lapsed.rests[0].levels == ("yes", "no", "no", "yes")


def test_a_shock_that_is_no_option_changes_wants_and_answers_to_its_own_plan(farm: Scenario) -> None:
    raid = shock(contingency(farm), "raid")
    assert not raid.natural
    assert (raid.sets, raid.because) == ({}, "raids came in every fifth year")
    assert raid.unplanned is not None
    assert raid.unplanned.rests[0].levels == ("no", "yes", "no", "no"), "thieves now weigh more than wages"
    assert [plan.id for plan in raid.plans] == ["watch"]
    wary = loads(FARM.replace("{thieves: 4}", "{thieves: 1}"))
    calm = shock(contingency(wary), "raid").unplanned
    assert calm is not None
    assert calm.rests[0].levels == ("no", "no", "no", "no")


def test_a_plan_that_cannot_be_carried_out_says_what_stands_in_the_way(farm: Scenario) -> None:
    answer = contingency(farm, start="HILL.dig=yes")
    (turned,) = shock(answer, "nature.drought").plans
    assert (turned.carried_out, turned.kept, turned.credible) == (0.0, None, None)
    assert [(one.kind, one.what) for one in turned.obstacles] == [("direction", "HILL.dig")]
    (broken,) = shock(answer, "raid").plans
    (rule,) = broken.obstacles
    assert (rule.kind, rule.because) == ("rule", "A guard keeps diggers out.")
    assert rule.what == "not (HILL.dig and DALE.guard)"
    assert shock(answer, "raid").regrets == ()


def test_a_shock_that_has_happened_cannot_happen_again(farm: Scenario) -> None:
    answer = contingency(farm, start="nature.drought=yes")
    drought = shock(answer, "nature.drought")
    assert (drought.possible, drought.hazard, drought.unplanned, drought.plans) == (0.0, 0.0, None, ())
    assert shock(answer, "raid").unplanned is not None


def test_a_shock_that_would_change_nothing_cannot_happen() -> None:
    text = """
title: A road
parties: {A: {}}
options: {A.road: {}}
interests: {A: [{wants: A.road, weight: 1}]}
shocks: {landslide: {hazard: 0.2, set: {A.road: no}}}
"""
    (idle,) = contingency(loads(text)).shocks
    assert (idle.possible, idle.unplanned) == (0.0, None)
    (real,) = contingency(loads(text + "status_quo: {A.road: yes}\n")).shocks
    assert real.possible == 1.0


def test_only_the_shocks_asked_for(farm: Scenario) -> None:
    assert [one.id for one in contingency(farm, shocks=["raid"]).shocks] == ["raid"]


def test_a_shock_without_a_stated_chance_is_still_played(farm: Scenario) -> None:
    silent = replace(farm, options=tuple(replace(option, hazard=None) for option in farm.options))
    drought = shock(contingency(silent), "nature.drought")
    assert (drought.hazard, drought.within, drought.least, drought.levers) == (None, None, None, ())
    assert drought.unplanned is not None


def test_seen_from_the_end_of_a_strategy(farm: Scenario) -> None:
    text = FARM + "strategies: {guarded: {sponsors: [DALE], stages: [{commit: {DALE.guard: yes}}]}}\n"
    answer = contingency(loads(text), strategy="guarded")
    assert answer.strategy == "guarded"
    assert [stand.levels for stand in answer.start] == [("no", "yes", "no", "no")]
    assert answer.calm.rests[0].levels == ("no", "no", "no", "no")
    assert shock(answer, "raid").hazard == pytest.approx(0.05)


def test_regrets_are_the_best_plan_less_none() -> None:
    seen = 0
    for seed in range(120):
        scenario = planned(random.Random(seed))
        if scenario is None:
            continue
        graph = compile_graph(scenario)
        for one in contingency(scenario).shocks:
            known = [plan for plan in one.plans if plan.kept is not None]
            if not known:
                assert one.regrets == ()
                continue
            assert one.unplanned is not None
            for regret in one.regrets[1:]:
                ways = {plan.id: expected(scenario, graph, plan.kept, regret.party) for plan in known}
                least = expected(scenario, graph, one.unplanned, regret.party)
                best = max(least, *ways.values())
                assert regret.amount == pytest.approx(best - least, abs=1e-9)
                assert regret.plan is None or ways[regret.plan] == pytest.approx(best)
                seen += regret.plan is not None
            clash = one.regrets[0]
            saved = max(0.0, *(one.unplanned.clash - (plan.kept.clash if plan.kept else 0) for plan in known))
            assert (clash.party, clash.amount) == (None, pytest.approx(saved, abs=1e-9))
    assert seen > 10


def expected(scenario: Scenario, graph: StateGraph, end: Aftermath | None, party: str | None) -> float:
    """Expected payoff less that at the status quo, by hand from the rests; as told where play goes round."""
    assert end is not None
    place = graph.parties.index(party or "")
    told = end.payoffs[party or ""].expected
    assert told is not None
    if end.cycles:
        return told
    here = graph.payoffs[place, status_quo(scenario, graph)]
    gains = [(graph.payoffs[place, rest.state - 1] - here) * rest.probability for rest in end.rests]
    assert told == pytest.approx(sum(gains) / graph.spans[place])
    return float(sum(gains) / graph.spans[place])


def planned(rng: random.Random) -> Scenario | None:
    """A random crisis with two plans for any shock."""
    shape = Shape(parties=(2, 3), options=(3, 5), combinations=60, nature=1.5, ordinal=0.0)
    scenario = random_scenario(rng, shape)
    mine = [option for option in scenario.options if option.owner != NATURE]
    if len(mine) == len(scenario.options) or not mine:
        return None
    plans = tuple(
        Plan(f"p{place}", parse("true"), ((option.id, rng.choice(option.levels)),))
        for place, option in enumerate(rng.choices(mine, k=2))
    )
    return replace(scenario, plans=plans, clashes=("out0", "out1"))


def test_payoffs_by_hand_from_the_rests() -> None:
    for seed in range(25):
        scenario = planned(random.Random(seed))
        if scenario is None:
            continue
        graph = compile_graph(scenario)
        here = graph.payoffs[:, status_quo(scenario, graph)]
        for one in contingency(scenario).shocks:
            if one.unplanned is None or one.unplanned.cycles:
                continue
            states = [rest.state - 1 for rest in one.unplanned.rests]
            chances = np.array([rest.probability for rest in one.unplanned.rests])
            gains = (graph.payoffs[:, states] - here[:, None]) / graph.spans[:, None]
            for place, party in enumerate(graph.parties):
                worth = one.unplanned.payoffs[party]
                assert worth.expected == pytest.approx(gains[place] @ chances)
                assert (worth.worst, worth.best) == (
                    pytest.approx(gains[place].min()),
                    pytest.approx(gains[place].max()),
                )


def test_parties_known_by_order_have_no_payoffs(farm: Scenario) -> None:
    ordinal = "  DALE: {statements: [not DALE.share]}\nshocks"
    head, tail = FARM.split("  DALE:\n    - {name: peace")
    text = head + ordinal + tail.split("\nshocks")[1]
    text = text.replace("    attitudes: {HILL ~ DALE: 0.1}\n    weights: {DALE: {thieves: 4}}\n", "")
    drought = shock(contingency(loads(text)), "nature.drought")
    assert drought.unplanned is not None
    assert drought.unplanned.payoffs["DALE"].expected is None
    assert drought.unplanned.payoffs["HILL"].expected == pytest.approx(1 / 3)
    assert [regret.amount for regret in drought.regrets if regret.party == "DALE"] == [None]


def test_refusals(farm: Scenario) -> None:
    with pytest.raises(RefusedError, match="the scenario has no shocks"):
        contingency(load("prisoners"))
    with pytest.raises(RefusedError, match="'shared' is no state but an outcome"):
        contingency(farm, start="shared")
    with pytest.raises(RefusedError, match="Keep one of the two"):
        contingency(farm, start="status-quo", strategy="x")
    with pytest.raises(RefusedError, match="chances are given over 1 to 10,000 rounds"):
        contingency(farm, rounds=0)
    with pytest.raises(UnknownNameError, match=r"nature\.drought"):
        contingency(farm, shocks=["nature.drouht"])
    with pytest.raises(UnknownNameError, match="strategy"):
        contingency(farm, strategy="x")


def test_progress_is_told(farm: Scenario) -> None:
    told: list[tuple[str, float]] = []
    contingency(farm, progress=lambda what, share: told.append((what, share)))
    assert "A drought" in dict(told)
    assert [share for _, share in told] == sorted(share for _, share in told)
    assert told[-1] == ("done", 1.0)


def test_written_and_read_again_it_is_the_same(farm: Scenario) -> None:
    answer = contingency(farm)
    text = answer.to_json()
    jsonschema.validate(json.loads(text), Contingency.json_schema())
    assert Contingency.from_dict(json.loads(text)) == answer
    assert [(row["shock"], row["plan"]) for row in answer.rows()] == [
        ("nature.drought", None),
        ("nature.drought", "share-in-need"),
        ("raid", None),
        ("raid", "watch"),
    ]


def test_korea_has_the_shocks_that_matter(korea: Contingency) -> None:
    assert [one.id for one in korea.shocks] == [
        "nature.collapse",
        "nature.maturity",
        "nuclear-test",
        "border-clash",
        "seoul-changes",
        "washington-changes",
    ]
    for one in korea.shocks:
        assert one.unplanned is not None
        assert sum(rest.probability for rest in one.unplanned.rests) == pytest.approx(1.0)
        assert one.because
        assert 0 < (one.hazard or 0) < 1


def test_korea_collapse_is_likelier_under_pressure_and_a_plan_averts_the_scramble(korea: Contingency) -> None:
    collapse = shock(korea, "nature.collapse")
    border = next(lever for lever in collapse.levers if lever.option == "CHN.enforcement").hazards
    chances = [border[level] or 0.0 for level in ("lax", "partial", "full", "embargo")]
    assert chances == sorted(chances)
    assert chances[-1] > 10 * chances[1]
    assert collapse.unplanned is not None
    assert collapse.unplanned.clashes["scramble"] == pytest.approx(1)
    assert collapse.unplanned.settles["scramble"] == 0
    assert collapse.unplanned.brings["scramble"] == 0.0, "it says again that the regime fell without a plan"
    assert collapse.advised == "agreed-collapse-plan"
    agreed, each_alone = collapse.plans
    assert (agreed.id, agreed.clash_saved) == ("agreed-collapse-plan", pytest.approx(1))
    assert (each_alone.id, each_alone.clash_saved) == ("race-to-the-weapons", 0.0)


def test_korea_after_a_strategy(korea: Contingency) -> None:
    answer = contingency(load("korea-2017"), strategy="step-by-step")
    assert answer.start[0].levels != korea.status_quo
    over = shock(answer, "nuclear-test")
    assert over.sets == {"PRK.programme": "expand"}, "a test ends what had been agreed"
    before = shock(contingency(load("korea-2017"), start="status-quo"), "nuclear-test")
    assert (over.hazard or 1) < (before.hazard or 0)
    assert (korea.strategy, korea.best, korea.start) == ("step-by-step", True, answer.start)
    assert not answer.best
