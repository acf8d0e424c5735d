"""What would fix it: the state, the kinds of change, their certificates, and what is refused."""

from __future__ import annotations

import json
from itertools import permutations

import jsonschema
import pytest

from detente.errors import RefusedError, UnknownNameError
from detente.library import builtin, open
from detente.questions.fix.answer import Fix
from detente.questions.fix.edits import Edit, revised
from detente.questions.fix.find import fix
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.stability.table import stability
from detente.states.compile import compile_graph

DAM = """
detente: 1
title: A dam
parties: {UP: {name: Upstream}, DOWN: {name: Downstream}}
options:
  UP.build: {title: Build the dam}
  DOWN.pay: {title: Pay for water}
  nature.drought: {moves: up, hazard: 0.1}
outcomes: {dry: UP.build and not DOWN.pay, deal: DOWN.pay and not UP.build, free: not UP.build and not DOWN.pay}
status_quo: {UP.build: yes}
aim: free
interests:
  UP:
    - {wants: UP.build, weight: 1}
    - {wants: DOWN.pay, weight: 3}
  DOWN:
    - {avoids: UP.build, weight: 4}
    - {avoids: DOWN.pay, weight: 2}
strategies: {wait: {sponsors: [DOWN], stages: [{}]}}
tables: {river: {members: [UP, DOWN], binding: yes}}
"""
ORDINAL = DAM[: DAM.index("interests")].replace("  nature.drought: {moves: up, hazard: 0.1}\n", "") + (
    "interests: {UP: {ranking: [4, 2, 3, 1]}, DOWN: {ranking: [1, 3, 2, 4]}}\n"
    "strategies: {wait: {sponsors: [DOWN], stages: [{}]}}\n"
)


@pytest.fixture(scope="module")
def dam() -> Scenario:
    return loads(DAM, id="dam")


def kind(answer: Fix, word: str):
    return next(seen for seen in answer.kinds if seen.kind == word)


def test_where_a_strategy_rests_is_judged_by_each_partys_own_foresight() -> None:
    border = loads(
        """
detente: 1
title: A border
parties: {N: {foresight: nash}, S: {foresight: seq}}
options: {N.troops: {}, S.troops: {}}
outcomes: {calm: not N.troops and not S.troops}
aim: calm
interests:
  N: [{wants: N.troops, weight: 2}, {avoids: S.troops, weight: 5}]
  S: [{wants: S.troops, weight: 2}, {avoids: N.troops, weight: 5}]
strategies: {pledge: {sponsors: [N, S], stages: [{commit: {N.troops: no, S.troops: no}}]}}
""",
        id="border",
    )
    target = fix(border, reach="pledge").target
    assert target is not None
    assert target.stable == ("S",)
    assert target.margins == {"N": pytest.approx(-2 / 7), "S": pytest.approx(3 / 7)}


def test_the_promise_is_the_closed_form(dam: Scenario) -> None:
    answer = fix(dam, concept="nash")
    assert answer.outcome == "free"
    assert answer.target is not None
    assert answer.target.levels == ("no", "no", "no")  # no drought: shocks stand as they do today
    promise = kind(answer, "promise")
    assert promise.searched == "formula"
    assert promise.least.size == pytest.approx(answer.target.shortfall) == pytest.approx(0.25)
    (step,) = promise.least.steps
    assert (step.party, step.other, step.amount) == ("DOWN", "UP", pytest.approx(0.25))
    assert promise.least.margins["UP"] == pytest.approx(0, abs=1e-6)
    assert promise.least.margins["DOWN"] == pytest.approx(answer.target.margins["DOWN"] - 0.25)


def test_every_certificate_is_what_the_kernel_says(dam: Scenario) -> None:
    answer = fix(dam, "free", concept="nash")
    checked = 0
    for seen in answer.kinds:
        if seen.least is None:
            continue
        assert seen.least.works
        if seen.kind == "attitude":
            edits = [
                Edit("attitude", step.party, step.other, amount=step.amount or 0) for step in seen.least.steps
            ]
            graph = compile_graph(revised(dam, edits), base=dam)
            table = stability(graph, ("nash",), per_party=True)
            assert table.margins is not None
            state = answer.target.state - 1 if answer.target else 0
            assert table.equilibria("nash")[state]
            assert list(seen.least.margins.values()) == pytest.approx(table.margins[0, :, state].tolist())
            checked += 1
    assert checked == 1
    assert kind(answer, "commitment").least.steps[0].what == "UP.build"


def test_without_a_concept_it_speaks_of_the_default_and_of_no_other(dam: Scenario) -> None:
    answer = fix(dam, "dry")
    assert (answer.concept, answer.works, answer.chosen) == ("iseq", True, False)
    assert {seen.status for seen in answer.kinds} == {"needless", "absent", "idle"}
    assert answer.concepts["nash"].holding == 2
    assert fix(dam, "free").concept == "iseq"


def test_costs_weigh_kinds_against_each_other() -> None:
    dear = loads(DAM + "cost: {promise: 100, commitment: 1}\n")
    answer = fix(dear, "free", concept="nash")
    assert answer.across is not None
    assert [step.kind for step in answer.across.steps] == ["commitment"]
    assert answer.across.cost == pytest.approx(1)
    cheap = fix(loads(DAM + "cost: {promise: 1, commitment: 100}\n"), "free", concept="nash")
    assert cheap.across is not None
    assert [step.kind for step in cheap.across.steps] == ["promise"]
    assert kind(cheap, "attitude").least.cost is None
    assert fix(loads(DAM), "free", concept="nash").across is None


def test_a_strategy_is_played_with_each_change(dam: Scenario) -> None:
    answer = fix(dam, "deal", reach="wait", concept="seq")
    assert (answer.strategy, answer.success, answer.works) == ("wait", 0.0, False)
    assert answer.concepts == {}
    assert kind(answer, "table").least.steps[0].what == "river"
    assert kind(answer, "table").least.success == pytest.approx(1)
    for seen in answer.kinds:
        assert all(change.works for change in seen.singles)
    there = fix(dam, "dry", reach="wait", concept="nash")
    assert there.works
    assert there.target is not None


def test_parties_known_by_order_take_commitments_and_reorderings_only() -> None:
    answer = fix(loads(ORDINAL), "free", concept="nash")
    assert {seen.kind for seen in answer.kinds if seen.status == "refused"} >= {
        "promise",
        "attitude",
        "view",
        "channel",
    }
    assert kind(answer, "commitment").status == "found"
    assert kind(answer, "commitment").least.margins == {"UP": None, "DOWN": None}
    assert answer.reordering is not None
    assert answer.reordering.exact
    assert [change.party for change in answer.reordering.changes] == ["UP"] * len(answer.reordering.changes)
    assert answer.reordering.state == 1
    reached = fix(loads(ORDINAL), "free", reach="wait", concept="nash")
    assert kind(reached, "promise").status == "refused"


def test_bad_input_is_refused_with_what_to_do(dam: Scenario) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'deal'"):
        fix(dam, "deel")
    with pytest.raises(UnknownNameError, match="Did you mean 'nash'"):
        fix(dam, concept="nsh")
    with pytest.raises(UnknownNameError, match="wait"):
        fix(dam, reach="wiat")
    with pytest.raises(RefusedError, match="no feasible state"):
        fix(loads(DAM + "rules: [{must: not (UP.build == no and DOWN.pay == no)}]\n"), "free")
    with pytest.raises(RefusedError, match="no aim"):
        fix(loads(DAM.replace("aim: free\n", "")))


def test_the_answer_is_its_documented_json(dam: Scenario) -> None:
    for answer in (fix(dam, concept="nash"), fix(dam, "deal", reach="wait"), fix(loads(ORDINAL), "free")):
        data = json.loads(answer.to_json())
        jsonschema.validate(data, Fix.json_schema())
        assert Fix.from_dict(data) == answer
    assert len(answer.to_frame()) == len(answer.kinds)


def test_progress_is_told(dam: Scenario) -> None:
    told: list[float] = []
    fix(dam, concept="nash", progress=lambda what, share: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize("name", [name for name in builtin() if name != "korea-2017"])
def test_every_small_built_in_crisis_has_an_answer(name: str) -> None:
    scenario = open(name)
    for outcome in scenario.outcomes:
        for concept in ("nash", None):
            answer = fix(scenario, outcome.id, concept=concept)
            assert answer.works or any(seen.least for seen in answer.kinds) or answer.reordering is not None


@pytest.mark.slow
def test_korea() -> None:
    scenario = open("korea-2017")
    answer = fix(scenario, "frozen", concept="nash")
    assert answer.target is not None
    assert not answer.works
    for seen in answer.kinds:
        assert seen.least is None or seen.least.works
    assert kind(answer, "promise").least.size == pytest.approx(answer.target.shortfall, abs=1e-6)
    assert fix(scenario, "frozen", reach="step-by-step").works
    reached = fix(scenario, "frozen", reach="step-by-step", concept="seq")
    assert any(seen.least is not None for seen in reached.kinds)


TWINS = """
detente: 1
title: Twins
parties: {{A: {{}}, B: {{}}}}
options: {{{options}}}
outcomes: {{one: not (A.east == open iff A.west == open)}}
interests:
  A: [{{avoids: A.east == open, weight: 2}}, {{avoids: A.west == open, weight: 2}}, {{wants: B.pay, weight: 1}}]
  B: [{{wants: A.east == open, weight: 1}}, {{wants: A.west == open, weight: 1}}, {{avoids: B.pay, weight: 1}}]
status_quo: {{A.east: shut, A.west: shut}}
aim: one
"""


@pytest.mark.parametrize("concept", ["nash", "seq", "iseq"])
def test_which_of_two_equally_near_states_is_mended_hangs_on_no_order(concept: str) -> None:
    found = set()
    for levels in ("[shut, open]", "[open, shut]"):
        options = [f"A.east: {{levels: {levels}}}", f"A.west: {{levels: {levels}}}", "B.pay: {}"]
        for order in permutations(options):
            scenario = loads(TWINS.format(options=", ".join(order)), id="twins")
            names = [option.id for option in scenario.options]
            levels_there = fix(scenario, "one", concept=concept).target.levels
            found.add(tuple(sorted(zip(names, levels_there, strict=True))))
    assert len(found) == 1
