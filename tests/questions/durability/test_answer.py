"""The answer to durability as data: what is written is read back, and numbers without meaning are null."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema

from detente.answers.answer import Names, ScenarioKey
from detente.answers.vocabulary import Duration, MoveSeen, Part
from detente.questions.durability.answer import (
    Composed,
    Durability,
    Exit,
    Remedy,
    ShockCounted,
    StartSeen,
    Steadied,
    Temptation,
)

MOVE = MoveSeen(2, 1, {"A.x": "no"})
ANSWER = Durability(
    best=False,
    scenario=ScenarioKey("s", "0"),
    parties=("A",),
    options=("A.x", "nature.y"),
    names=Names("S", {}, {}, {}, {}),
    feasible=4,
    outcome="deal",
    strategy=None,
    foresight="seq",
    foresights={"A": "seq"},
    status_quo=("no", "no"),
    start=(StartSeen(2, ("yes", "no"), ("deal",), 1.0),),
    inside=1.0,
    margin=0.2,
    visited=1,
    lasts=Duration("ends", 4.0),
    half_life=3.0,
    never=0.0,
    survival=(1.0, 0.75),
    exits=(
        Exit(
            "A", None, 0.6, MoveSeen(2, 1, {"A.x": "no"}), 1.0, -0.2, (Part("interest", "g", "", -0.2),), None
        ),
        Exit(None, "nature.y", 0.4, None, None, None, (), 0.25),
    ),
    shocks=(
        ShockCounted("nature.y", True, "counts", 0.5, 0.25),
        ShockCounted("z", False, "unstated", None, 0.0),
    ),
    composures=(Composed("A", 5.0, False, (Steadied(2.0, 10.0, Duration("beyond", None)),)),),
    remedies=(Remedy("promise", "A", 0.1, Duration("never", None), None),),
    lag=1,
    patience=(Temptation("A", "untempted", 0.0, -0.2, None, None, False, None),),
)


def test_written_and_read_again_it_is_the_same() -> None:
    jsonschema.validate(json.loads(ANSWER.to_json()), Durability.json_schema())
    assert Durability.from_dict(json.loads(ANSWER.to_json())) == ANSWER


def test_infinite_numbers_are_null() -> None:
    endless = replace(ANSWER, half_life=float("inf"))
    assert endless.to_dict()["half_life"] is None


def test_a_record_per_round() -> None:
    assert ANSWER.rows() == [{"round": 0, "share": 1.0}, {"round": 1, "share": 0.75}]
