"""A comparison as data."""

from __future__ import annotations

import json

from detente.answers.answer import ScenarioKey
from detente.answers.comparison import AnswerSeen, Comparison, FigureSeen, JudgementSeen

FOUND = Comparison(
    scenarios=(ScenarioKey("a", "1"), ScenarioKey("b", "2")),
    titles=("A", "B"),
    judgements=(JudgementSeen("interests.A.x.weight", "1", None),),
    answers=(AnswerSeen("assess", (FigureSeen("wait", "margin", 0.5, float("inf")),), 3, {"first": "no"}),),
)


def test_it_is_written_as_json() -> None:
    data = json.loads(FOUND.to_json())
    assert (data["question"], data["version"]) == ("compare", 1)
    assert data["scenarios"][1] == {"id": "b", "hash": "2"}
    assert data["judgements"] == [{"address": "interests.A.x.weight", "before": "1", "after": None}]
    assert data["answers"][0]["figures"][0]["after"] is None
