from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from typing import ClassVar

import jsonschema
import pytest

from detente.answers.answer import Answer, common, draw_html_with, finite
from detente.errors import DetenteError
from detente.scenario.expression import Constant
from detente.scenario.fingerprint import fingerprint
from detente.scenario.model import Cardinal, Claim, Misperception, Observation, Option, Party, Scenario

SCENARIO = Scenario(
    id="harbour",
    title="A harbour",
    parties=(Party("A", name="Alpha"), Party("B")),
    options=(Option("A.stay", "A", "stay", title="Stay"),),
    preferences=(Cardinal(()), Cardinal(())),
    status_quo=("no",),
)


@dataclass(frozen=True, kw_only=True)
class Depth(Answer):
    """How deep the harbour is."""

    question: ClassVar[str] = "depth"

    metres: float | None

    def rows(self) -> list[dict[str, object]]:
        return [{"metres": self.metres}]


DEPTH = Depth(**common(SCENARIO, 2), metres=7.5)


def test_every_answer_begins_with_the_common_keys() -> None:
    data = DEPTH.to_dict()
    assert list(data)[:3] == ["question", "version", "scenario"]
    assert data["question"] == "depth"
    assert data["version"] == 1
    assert data["scenario"] == {"id": "harbour", "hash": fingerprint(SCENARIO)}
    assert data["parties"] == ["A", "B"]
    assert data["options"] == ["A.stay"]
    assert data["feasible"] == 2
    assert data["worlds"] == 0
    assert data["names"] == {
        "scenario": "A harbour",
        "parties": {"A": "Alpha"},
        "options": {"A.stay": "Stay"},
        "outcomes": {},
        "shocks": {},
        "strategies": {},
    }


def test_an_answer_reads_back_from_its_own_json() -> None:
    assert Depth.from_dict(json.loads(DEPTH.to_json())) == DEPTH


def test_the_json_meets_its_schema() -> None:
    jsonschema.validate(DEPTH.to_dict(), Depth.json_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**DEPTH.to_dict(), "version": 2}, Depth.json_schema())


@pytest.mark.parametrize(
    "change", [{"question": "width"}, {"version": 2}, {"metres": "deep"}, {"parties": None}]
)
def test_another_answer_is_refused_with_a_sentence(change: dict[str, object]) -> None:
    with pytest.raises(DetenteError, match="depth"):
        Depth.from_dict({**DEPTH.to_dict(), **change})


def test_json_can_be_confined_to_ascii() -> None:
    answer = replace(DEPTH, parties=("Österreich",))
    assert "Österreich" in answer.to_json()
    assert answer.to_json(ascii_only=True).isascii()
    assert json.loads(answer.to_json(ascii_only=True)) == answer.to_dict()


def test_the_frame_holds_the_main_table() -> None:
    assert list(DEPTH.to_frame()["metres"]) == [7.5]


def test_without_pandas_the_frame_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(DetenteError, match=r"pip install 'detente\[frames\]'"):
        DEPTH.to_frame()


def test_notebooks_draw_what_they_are_told_to() -> None:
    draw_html_with(lambda answer: f"<p>{answer.question}</p>")
    assert DEPTH._repr_html_() == "<p>depth</p>"


def test_parts_that_no_question_uses_are_named() -> None:
    assert common(SCENARIO, 2)["unused"] == ()
    blurred = replace(SCENARIO, misperceptions=(Misperception("A", Constant(1)),), coalitions=(("A", "B"),))
    assert common(blurred, 2)["unused"] == ("misperceptions", "coalitions")
    noted = replace(SCENARIO, claims=(Claim("c", "x", untestable="y"),), observed=(Observation("2018", ()),))
    assert common(noted, 2)["unused"] == ("claims", "observed")


def test_the_hash_changes_with_the_content_and_not_with_the_name() -> None:
    assert fingerprint(replace(SCENARIO, id="port")) == fingerprint(SCENARIO)
    assert fingerprint(replace(SCENARIO, status_quo=("yes",))) != fingerprint(SCENARIO)
    assert fingerprint(replace(SCENARIO, parties=SCENARIO.parties[::-1])) != fingerprint(SCENARIO)


def test_the_hash_is_the_same_on_every_machine() -> None:
    assert fingerprint(SCENARIO) == "4fc5a2a721be823f"


@pytest.mark.parametrize(
    ("value", "kept"), [(0.5, 0.5), (float("inf"), None), (float("-inf"), None), (float("nan"), None)]
)
def test_only_finite_numbers_are_kept(value: float, kept: float | None) -> None:
    assert finite(value) == kept
