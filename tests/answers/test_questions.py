"""Every answer survives the way through its own JSON, from every small built-in scenario."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from detente.answers.answer import Answer
from detente.ask import ask
from detente.catalogue import QUESTIONS, Question, resolve
from detente.library import open
from detente.questions.equilibria.answer import Equilibria
from detente.questions.fix.answer import Fix
from detente.questions.overview.answer import Overview
from detente.questions.why.answer import Why

CRISES = Path(__file__).parents[1] / "crises"
SMALL = ("chicken-2017", "cuba-1962", "elmira", "euphrates-1975", "garrison", "prisoners")
CLASSES: tuple[type[Answer], ...] = (Overview, Equilibria, Fix, Why)


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("kind", CLASSES)
def test_json_and_back(kind: type[Answer], name: str) -> None:
    answer = ask(kind.question, open(name))
    data = json.loads(answer.to_json())
    jsonschema.validate(data, kind.json_schema())
    assert kind.from_dict(data) == answer
    assert list(data)[:3] == ["question", "version", "scenario"]


@pytest.mark.parametrize("name", SMALL)
def test_frames_have_a_row_for_everything_listed(name: str) -> None:
    scenario = open(name)
    found = ask("equilibria", scenario, all=True, limit=1000)
    assert isinstance(found, Equilibria)
    assert len(found.to_frame()) == len(found.states) == found.feasible
    assert len(ask("overview", scenario).to_frame()) == len(scenario.options)


def closed(schema: Any) -> Any:
    """The same JSON Schema, which knows no other keys than those that it names."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {word: closed(value) for word, value in schema.items()}
    return {**inner, "additionalProperties": False} if "required" in schema else inner


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=row.word, marks=pytest.mark.slow if row.word == "relations" else ())
        for row in QUESTIONS
    ],
)
def test_the_schema_names_every_key_of_a_large_answer(
    row: Question, korea_answers: Callable[[str], Answer]
) -> None:
    answer = korea_answers(row.word)
    data = json.loads(answer.to_json())
    jsonschema.validate(data, closed(resolve(row.answer).json_schema()))
    assert type(answer).from_dict(data) == answer


@pytest.mark.parametrize(
    ("word", "name"),
    [
        *(
            (word, "ridge")
            for word in ("overview", "equilibria", "assess", "why", "fix", "roadmap", "durability")
        ),
        ("relations", "ridge"),
        ("pressure", "strait"),
    ],
)
def test_the_schema_names_every_key_of_a_small_answer(word: str, name: str) -> None:
    answer = ask(word, open(f"{CRISES}/{name}.yaml"))
    data = json.loads(answer.to_json())
    jsonschema.validate(data, closed(type(answer).json_schema()))
    assert type(answer).from_dict(data) == answer


def test_a_key_that_the_schema_does_not_name_is_noticed() -> None:
    data = ask("overview", open("prisoners")).to_dict()
    with pytest.raises(jsonschema.ValidationError, match="unexpected"):
        jsonschema.validate({**data, "more": 1}, closed(Overview.json_schema()))
