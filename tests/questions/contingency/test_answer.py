"""The answer to contingency as data: what is written is read back, and numbers without meaning are null."""

from __future__ import annotations

import json

import jsonschema

from detente.answers.answer import Names, ScenarioKey
from detente.answers.vocabulary import Keeps, MoveSeen
from detente.questions.contingency.answer import (
    Aftermath,
    Contingency,
    Lever,
    Obstacle,
    PlanSeen,
    Regret,
    ShockSeen,
    Stand,
    Worth,
)

HERE = Stand(1, ("no", "no"), (), 1.0)
END = Aftermath(
    rests=(HERE,),
    cycles=(),
    clashes={"war": 0.25},
    clash=0.25,
    brings={"war": 0.0},
    settles={"war": 0.0},
    aim=None,
    payoffs={"A": Worth(0.5, float("nan"), None)},
)
PLAN = PlanSeen(
    id="p",
    title="A plan",
    sets={"A.x": "yes"},
    fits=1.0,
    carried_out=0.5,
    obstacles=(Obstacle("rule", "not A.x", "It breaks."),),
    kept=END,
    lapsed=END,
    credible=False,
    credibility=(Keeps("A", 0.0, MoveSeen(2, 1, {"A.x": "no"}), 0.1),),
    gains={"A": None},
    clash_saved=0.0,
)
SHOCK = ShockSeen(
    id="nature.y",
    title="A flood",
    natural=True,
    because="",
    sets={"nature.y": "yes"},
    hazard=0.1,
    within=0.3,
    least=0.0,
    greatest=None,
    levers=(Lever("A.x", {"no": 0.1, "yes": None}),),
    possible=1.0,
    at_once={"A": -0.2},
    unplanned=END,
    plans=(PLAN,),
    regrets=(Regret(None, 0.0, None), Regret("A", None, None)),
    advised="p",
)
ANSWER = Contingency(
    best=False,
    scenario=ScenarioKey("s", "0"),
    parties=("A",),
    options=("A.x", "nature.y"),
    names=Names("S", {}, {}, {}, {}),
    feasible=4,
    strategy=None,
    start=(HERE,),
    status_quo=("no", "no"),
    foresight="seq",
    foresights={"A": "seq"},
    rounds=3,
    clash_outcomes=("war",),
    aim=None,
    all=False,
    calm=END,
    shocks=(SHOCK,),
)


def test_written_and_read_again_it_says_the_same() -> None:
    jsonschema.validate(json.loads(ANSWER.to_json()), Contingency.json_schema())
    assert Contingency.from_dict(json.loads(ANSWER.to_json())).to_dict() == ANSWER.to_dict()


def test_numbers_without_meaning_are_null() -> None:
    text = json.loads(ANSWER.to_json())
    assert text["calm"]["payoffs"]["A"] == {"best": 0.5, "expected": None, "worst": None}


def test_a_record_per_shock_and_plan() -> None:
    plain, planned = ANSWER.rows()
    assert (plain["plan"], plain["credible"], plain["clash"]) == (None, None, 0.25)
    assert (planned["plan"], planned["credible"], planned["shock"]) == ("p", False, "nature.y")
