"""The answer to roadmap as data: what is written is read back, and the table has a row per step."""

from __future__ import annotations

import json

import jsonschema

from detente.answers.answer import Names, ScenarioKey
from detente.answers.vocabulary import MoveSeen
from detente.questions.roadmap.answer import (
    Answering,
    Defection,
    EndSeen,
    Mover,
    Other,
    PromiseSeen,
    Roadmap,
    RoadSeen,
    Staged,
    StepSeen,
)

MOVE = MoveSeen(1, 4, {"A.x": "yes", "B.y": "yes"})
END = EndSeen(4, ("yes", "yes"), ("deal",), 0.2, True)
DEFECTION = Defection("A", MoveSeen(1, 2, {"A.x": "no"}), 0.1, -0.2, True, (Answering("B", MOVE),))
STEP = StepSeen(
    MOVE, ("deal",), (Mover("A", 0.1, 0.2, True), Mover("B", None, None, False)), "t", 0.0, False, (DEFECTION,)
)
ANSWER = Roadmap(
    strategy=None,
    most=None,
    staged=(Staged("s", "S", 2, 1.0, 0.5),),
    scenario=ScenarioKey("s", "0"),
    parties=("A", "B"),
    options=("A.x", "B.y"),
    names=Names("S", {}, {}, {}, {}),
    feasible=4,
    outcome="deal",
    foresight="seq",
    foresights={"A": "seq", "B": "seq"},
    tables=("t",),
    status_quo=("no", "no"),
    start=1,
    holding=1,
    considered=1,
    reached=1,
    sound=True,
    road=RoadSeen(END, 0.0, False, (STEP,), ()),
    breaks=None,
    promises=(PromiseSeen("B", "move", None),),
    others=(Other(END, None, True, 3),),
    alone=None,
)


def test_written_and_read_again_it_is_the_same() -> None:
    jsonschema.validate(json.loads(ANSWER.to_json()), Roadmap.json_schema())
    assert Roadmap.from_dict(json.loads(ANSWER.to_json())) == ANSWER


def test_a_record_per_step() -> None:
    changes = "A.x: yes; B.y: yes"
    row = {"step": 1, "movers": "A, B", "table": "t", "changes": changes, "to": 4, "exposure": 0.0}
    assert ANSWER.rows() == [row]
