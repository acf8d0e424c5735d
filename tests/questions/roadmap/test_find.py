"""The order of steps: small crises worked out by hand, random ones against all roads, and what is refused."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from detente.errors import RefusedError, UnknownNameError
from detente.library import open as load
from detente.questions.roadmap.answer import Roadmap, RoadSeen
from detente.questions.roadmap.find import roadmap
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.stability.table import stability
from detente.states.compile import compile_graph
from oracles.random_scenarios import Shape, random_scenario

HERE = Path(__file__).parents[2] / "crises"
CLOSE = 1e-9


def scenario(name: str) -> Scenario:
    return loads((HERE / f"{name}.yaml").read_text("utf-8"), id=name)


def road(answer: Roadmap) -> RoadSeen:
    assert answer.road is not None
    return answer.road


def test_the_ferryman_goes_first_and_could_go_back() -> None:
    answer = roadmap(scenario("ferry"))
    assert answer.sound
    assert [[mover.party for mover in step.movers] for step in road(answer).steps] == [["F"], ["N", "S"]]
    assert [step.table for step in road(answer).steps] == [None, "banks"]
    assert [step.exposure for step in road(answer).steps] == pytest.approx([0.0, 0.25])
    assert road(answer).worst == pytest.approx(0.25)
    first = road(answer).steps[0].movers[0]
    assert (first.now, first.end, first.willing) == (pytest.approx(-0.25), pytest.approx(0.5), True)
    back = road(answer).steps[1].defections[0]
    assert (back.party, back.move.changes, back.deterred) == ("F", {"F.landing": "kept"}, False)
    assert (back.gain, back.expects) == (pytest.approx(0.25), pytest.approx(0.25))
    assert answer.alone is not None
    assert len(answer.alone.steps) == 3


@pytest.mark.parametrize("tables", [["none"], "none"])
def test_without_a_table_the_towns_need_a_promise(tables: list[str] | str) -> None:
    answer = roadmap(scenario("canal"), tables=tables)
    assert not answer.sound
    assert (answer.tables, answer.reached, answer.breaks) == ((), 0, 2)
    assert [(one.party, one.purpose) for one in answer.promises] == [("DOWN", "move")]
    assert answer.promises[0].amount == pytest.approx(0.25)
    assert not road(answer).steps[1].movers[0].willing


def test_more_than_was_asked_for_mends_it() -> None:
    """What DOWN is promised, put into its interest, makes the road a sound one."""
    text = (HERE / "canal.yaml").read_text("utf-8")
    cost = "    - {name: cost, avoids: DOWN.pay, weight: 1}"
    assert cost in text
    for extra, sound in ((1.0, False), (1.01, True)):  # of a range of 4: 0.25 is 1
        kept = f"    - {{name: promise, wants: UP.release and DOWN.pay, weight: {extra}}}"
        promised = loads(text.replace(cost, f"{cost}\n{kept}"), id="canal")
        assert roadmap(promised, "deal", tables=["none"]).sound is sound


def test_an_end_that_does_not_hold_says_who_would_leave() -> None:
    answer = roadmap(scenario("canal"), foresight="nash")
    assert (answer.sound, answer.holding, road(answer).end.holds) == (False, 0, False)
    assert {one.party: one.purpose for one in answer.promises} == {"UP": "stay", "DOWN": "stay"}
    assert -(road(answer).end.margin or 0) == pytest.approx(max(one.amount or 0 for one in answer.promises))


SQUEEZE = """
detente: 1
title: A squeeze
aim: stopped
parties: {A: {name: Alm}, B: {name: Brook}}
options: {A.squeeze: {}, B.build: {}}
status_quo: {B.build: yes}
outcomes: {stopped: {where: not B.build and not A.squeeze}}
interests:
  A: [{avoids: B.build, weight: 4}, {wants: A.squeeze and B.build, weight: 1}, {avoids: A.squeeze, weight: 0.5}]
  B: [{wants: B.build, weight: 2}, {avoids: A.squeeze, weight: 3}]
"""


def test_a_road_that_turns_aside_says_who_would_not_go_straight() -> None:
    """Brook stops for an end of the squeeze, which is better than being squeezed and worse than today."""
    answer = roadmap(loads(SQUEEZE, id="squeeze"))
    assert [dict(step.move.changes) for step in road(answer).steps] == [
        {"A.squeeze": "yes"},
        {"B.build": "no"},
        {"A.squeeze": "no"},
    ]
    assert road(answer).detours == ("A.squeeze",)
    assert answer.direct is not None
    assert (answer.direct.outcome, answer.direct.worst) == ("none", None)
    assert [(one.party, one.gain) for one in answer.direct.unwilling] == [("B", pytest.approx(-2 / 5))]
    assert roadmap(loads(SQUEEZE, id="squeeze"), steps=1).direct is None
    assert roadmap(scenario("ferry")).direct is None


def test_already_there() -> None:
    answer = roadmap(load("prisoners"))
    assert answer.sound
    assert road(answer).steps == ()
    assert answer.alone is None


def test_known_only_by_order_there_are_roads_without_numbers() -> None:
    answer = roadmap(load("cuba-1962"))
    assert answer.sound
    assert road(answer).worst is None
    assert road(answer).exposed
    steps = road(answer).steps
    assert all(step.exposure is None and step.movers[0].end is None for step in steps)
    assert all(step.movers[0].willing for step in steps)
    unsound = roadmap(load("garrison"))
    assert all(one.amount is None for one in unsound.promises)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_said_of_random_crises_is_so(seed: int) -> None:
    crisis = random_scenario(random.Random(seed), Shape(combinations=64, ordinal=0.05))
    try:
        answer = roadmap(crisis, "out0", "seq")
    except RefusedError as refused:
        assert "no feasible state" in str(refused)  # noqa: PT017
        return
    graph = compile_graph(crisis)
    flags = stability(graph).equilibria("seq")
    assert (answer.reached > 0) is answer.sound
    assert answer.reached <= answer.considered <= 50
    if answer.road is None:
        return
    assert bool(flags[road(answer).end.state - 1]) is road(answer).end.holds
    at = answer.start
    for number, step in enumerate(road(answer).steps, 1):
        assert step.move.state == at
        at = step.move.to
        unwilling = [mover for mover in step.movers if not mover.willing]
        assert not (answer.sound and unwilling)
        assert not unwilling or number >= (answer.breaks or 0) > 0
        for mover in step.movers:
            party = graph.parties.index(mover.party)
            here, end = graph.ranks[party, [step.move.state - 1, road(answer).end.state - 1]]
            assert bool(end > here) == mover.willing
        best = max((one.expects or 0.0 for one in step.defections), default=0.0)
        if step.exposure is not None:
            assert step.exposure == pytest.approx(max(best, 0.0), abs=CLOSE)
        assert step.exposed == any(not one.deterred for one in step.defections)
    assert at == road(answer).end.state


def test_other_names_are_refused_with_a_near_miss() -> None:
    with pytest.raises(UnknownNameError, match="bridge"):
        roadmap(scenario("ferry"), "brige")
    with pytest.raises(UnknownNameError, match="banks"):
        roadmap(scenario("ferry"), tables=["bank"])
    with pytest.raises(UnknownNameError, match="seq"):
        roadmap(scenario("ferry"), foresight="sek")


def test_what_only_nature_could_bring_about_is_refused() -> None:
    with pytest.raises(RefusedError, match="nature stands as at the status quo"):
        roadmap(scenario("ferry"), "never")


def test_without_aim_and_outcome_it_is_refused() -> None:
    text = (HERE / "ferry.yaml").read_text("utf-8").replace("aim: bridge\n", "")
    with pytest.raises(RefusedError, match="names no aim"):
        roadmap(loads(text, id="ferry"))


def test_tables_may_be_named_together_and_stand_in_the_scenario_s_order() -> None:
    answer = roadmap(scenario("ferry"), tables=["banks,banks"])
    assert answer.tables == ("banks",)


def test_progress_is_told() -> None:
    heard: list[float] = []
    roadmap(scenario("ferry"), progress=lambda what, share: heard.append(share))
    assert heard == sorted(heard)
    assert heard[-1] == 0.9


@pytest.mark.slow
def test_korea() -> None:
    answer = roadmap(load("korea-2017"), "frozen")
    assert answer.sound
    assert "frozen" in road(answer).end.labels
    assert [step.table for step in road(answer).steps] == ["six-party"]
    assert road(answer).worst == 0
    assert answer.alone is not None
    assert len(answer.alone.steps) > 3


def test_a_gradual_road_changes_one_thing_at_a_time() -> None:
    whole, gradual = roadmap(scenario("canal")), roadmap(scenario("canal"), steps=1)
    assert [len(step.move.changes) for step in road(whole).steps] == [2]
    assert (gradual.most, gradual.sound, gradual.road) == (1, False, None)
    assert (gradual.promises, gradual.breaks) == ((), None)
    assert roadmap(scenario("canal"), steps=2).road == whole.road
    steps = road(roadmap(scenario("ferry"), steps=2)).steps
    assert max(len(step.move.changes) for step in steps) <= 2
    with pytest.raises(RefusedError, match="at least one option"):
        roadmap(scenario("canal"), steps=0)


def test_the_scenario_s_own_stages_stand_beside_the_road() -> None:
    answer = roadmap(scenario("quarry"), foresight="seq")
    assert [(one.id, one.stages) for one in answer.staged] == [("anywhere", 2), ("talks", 2)]
    assert roadmap(scenario("quarry"), "deal", foresight="seq").staged == ()
