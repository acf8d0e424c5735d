from __future__ import annotations

import json

import jsonschema
import pytest

from detente.errors import DetenteError
from detente.library import open
from detente.questions.pressure.answer import Pressure
from detente.questions.pressure.find import pressure


def test_json_and_back() -> None:
    answer = pressure(open("korea-2017"), at=["KOR.engagement=yes"])
    data = json.loads(answer.to_json())
    jsonschema.validate(data, Pressure.json_schema())
    assert Pressure.from_dict(data) == answer
    assert list(data)[:3] == ["question", "version", "scenario"]
    assert len(answer.to_frame()) == len(answer.channels)


def test_what_is_missing_is_named() -> None:
    data = pressure(open("korea-2017")).to_dict()
    del data["closure"]
    with pytest.raises(DetenteError, match="Pressure lacks 'closure'"):
        Pressure.from_dict(data)
