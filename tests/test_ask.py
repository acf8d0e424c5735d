"""Questions as the package offers them: a scenario by name, one name for many, and plain refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

import detente
from detente.ask import ask
from detente.catalogue import QUESTIONS
from detente.errors import DetenteError, UnknownNameError

CRISIS = """\
detente: 1
title: Toll
aim: open
parties: {A: {}, B: {}}
options: {A.toll: {levels: [none, low, high]}, B.ferry: {}}
outcomes: {open: A.toll == none}
strategies:
  wait: {stages: [{}]}
  promise: {sponsors: [A], stages: [{commit: {A.toll: none}}]}
interests:
  A: [{wants: A.toll == high, weight: 1}, {avoids: B.ferry, weight: 2}]
  B: [{avoids: A.toll == high, weight: 2}, {avoids: B.ferry, weight: 1}]
"""


@pytest.fixture
def toll(tmp_path: Path) -> Path:
    (tmp_path / "toll.yaml").write_text(CRISIS, encoding="utf-8")
    return tmp_path / "toll.yaml"


def test_a_scenario_may_be_named(toll: Path) -> None:
    scenario = detente.load(toll)
    assert detente.overview(str(toll)) == detente.overview(toll) == detente.overview(scenario)
    assert detente.overview("prisoners") == detente.overview(detente.load("prisoners"))
    with pytest.raises(UnknownNameError, match="Did you mean 'prisoners'"):
        detente.assess("prisonrs")


def test_one_name_stands_where_there_may_be_several(toll: Path) -> None:
    scenario = detente.load(toll)
    assert detente.assess(scenario, "wait") == detente.assess(scenario, ("wait",))
    assert [seen.id for seen in detente.assess(scenario, strategies="wait").strategies] == ["wait"]
    assert detente.equilibria(scenario, "nash") == detente.equilibria(scenario, ["nash"])
    assert detente.why(scenario, "wait") == detente.why(scenario, ["wait"])
    with pytest.raises(UnknownNameError, match=r"no strategy called 'waits'\. Did you mean 'wait'"):
        detente.assess(scenario, "waits")


@pytest.mark.parametrize("word", ["why", "fix", "roadmap", "durability"])
def test_a_state_may_be_given_by_its_number(word: str, toll: Path) -> None:
    scenario, ask = detente.load(toll), getattr(detente, word)
    assert ask(scenario, 2) == ask(scenario, "2")
    for wrong in (2.5, True, {"state": 2}, [["2"]]):
        with pytest.raises(DetenteError, match=r"is no name\. Give it as a text\."):
            ask(scenario, wrong)


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row.word)
@pytest.mark.parametrize("given", [7, None, {"title": "x"}, ["korea-2017"]], ids=repr)
def test_what_is_no_scenario_is_refused(row, given: object) -> None:
    with pytest.raises(
        DetenteError, match=f"{row.word} is asked of a scenario, not of a {type(given).__name__}"
    ):
        getattr(detente, row.word)(given)


def test_values_that_cannot_be_meant_are_refused_like_at_the_command_line(toll: Path) -> None:
    with pytest.raises(DetenteError, match="--limit: 'many' is no whole number"):
        detente.equilibria(toll, limit="many")
    with pytest.raises(DetenteError, match="--outcome is empty"):
        detente.equilibria(toll, outcome=" ")
    with pytest.raises(TypeError, match="unexpected keyword"):
        detente.equilibria(toll, outcomes="open")
    with pytest.raises(
        UnknownNameError, match=r"no parameter of equilibria called 'outcomes'\. Did you mean 'outcome'"
    ):
        ask("equilibria", detente.load(toll), outcomes="open")
