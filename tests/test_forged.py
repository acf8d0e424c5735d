"""Names that hold line breaks, or marks that turn the reading direction, forge no line anywhere."""

from __future__ import annotations

import json

import pytest

import detente
from detente.errors import HIDDEN, DetenteError, Place, Problem, ScenarioError, UnknownNameError
from detente.formats import terminal
from detente.library import check
from detente.report.check import page
from detente.scenario.dump import dumps
from detente.scenario.load import loads

FORGED = "x\r\nFAKE: 0 problems\u2028\u2029\x85\u202e\u2066\u200f\u061c\u200b\ufeff"

CRISIS = """
detente: 1
title: "T NAME"
aim: calm
parties: {A: {name: "A NAME"}, B: {name: "B NAME"}}
options: {A.x: {title: "X NAME"}, B.y: {title: "Y NAME"}}
outcomes: {calm: {where: A.x and B.y, title: "O NAME"}}
interests:
  A: [{wants: calm, weight: 3, name: "I NAME"}, {avoids: A.x, weight: 1, because: "R NAME"}]
  B: [{wants: B.y, weight: 1, name: "J NAME"}]
tables: {talks: {members: [A, B], title: "Q NAME"}}
strategies: {s: {title: "S NAME", sponsors: [A], stages: [{tables: [talks], title: "Z NAME"}]}}
shocks: {quake: {title: "K NAME", hazard: 0.1, weights: {A: {"I NAME": 2}}}}
"""


def crisis() -> detente.Scenario:
    return loads(CRISIS.replace("NAME", json.dumps(FORGED)[1:-1]))


def test_a_problem_is_told_on_one_line() -> None:
    told = str(
        Problem(Place(f"{FORGED}.yaml", 1, 2), f"no party called '{FORGED}'.", "Did you mean 'x\u202ey'?")
    )
    assert not HIDDEN.search(told)
    assert "'x\\r\\nFAKE: 0 problems\\u2028\\u2029\\x85\\u202e" in told
    assert len(str(ScenarioError([Problem(Place(), FORGED)])).split("\n")) == 2


@pytest.mark.parametrize("error", [DetenteError(FORGED), UnknownNameError("party", FORGED, ["A"])])
def test_every_error_is_told_on_one_line(error: DetenteError) -> None:
    assert not HIDDEN.search(str(error))


@pytest.mark.parametrize("question", ["overview", "equilibria", "assess", "contingency"])
def test_answers_in_json_hold_nothing_hidden_and_read_back_the_same(question: str) -> None:
    answer = getattr(detente, question)(crisis())
    text = answer.to_json()
    assert not HIDDEN.search(text.replace("\n", ""))
    assert json.loads(text) == answer.to_dict()
    assert answer.names.scenario == f"T {FORGED}"


@pytest.mark.parametrize("question", ["overview", "equilibria", "assess", "contingency"])
@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_answers_on_a_page_hold_no_line_that_a_name_forged(question: str, form: str) -> None:
    text = detente.render(getattr(detente, question)(crisis()), form)
    assert not HIDDEN.search(text.replace("\n", "").replace("\u200b", ""))
    assert not any(line.strip().startswith("FAKE") for line in text.splitlines() if form != "terminal")


def test_the_check_warns_of_them_in_plain_letters(tmp_path: object) -> None:
    path = f"{tmp_path}/forged.yaml"
    with open(path, "w", encoding="utf-8") as file:
        file.write(dumps(crisis()))
    told = terminal.render(page(*check(path)))
    assert "a name holds what nobody sees: U+000D, U+000A, U+2028" in " ".join(told.split())
    assert not HIDDEN.search(told.replace("\n", ""))


def test_what_is_written_to_a_file_hides_nothing() -> None:
    text = dumps(crisis())
    assert not HIDDEN.search(text.replace("\n", ""))
    assert loads(text) == crisis()
