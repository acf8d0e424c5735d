"""Every answer survives the way through its own JSON, from every small built-in scenario."""

from __future__ import annotations

import json

import jsonschema
import pytest

from detente.answers.answer import Answer
from detente.ask import ask
from detente.library import open
from detente.questions.equilibria.answer import Equilibria
from detente.questions.fix.answer import Fix
from detente.questions.overview.answer import Overview
from detente.questions.why.answer import Why

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
