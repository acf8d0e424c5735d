from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from detente.errors import DetenteError
from detente.questions.relations.answer import Relations
from detente.questions.relations.find import relations
from detente.scenario.load import load

RIDGE = Path(__file__).parents[2] / "crises" / "ridge.yaml"


def test_json_and_back() -> None:
    answer = relations(load(RIDGE))
    data = json.loads(answer.to_json())
    jsonschema.validate(data, Relations.json_schema())
    assert Relations.from_dict(data) == answer
    assert list(data)[:3] == ["question", "version", "scenario"]
    assert [row["shapley"] for row in answer.rows()] == pytest.approx([0.5, 0.5, 0.0])


def test_what_is_missing_is_named() -> None:
    data = relations(load(RIDGE)).to_dict()
    del data["network"]
    with pytest.raises(DetenteError, match="Relations lacks 'network'"):
        Relations.from_dict(data)
