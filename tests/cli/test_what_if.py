"""What-if at the command line: changes before any question, comparison, copies, standard input, completion."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import detente
from detente.catalogue import QUESTIONS
from detente.cli.main import app
from detente.scenario.load import load

CRISIS = """\
detente: 1
title: Toll
aim: open
parties: {A: {}, B: {}}
options: {A.toll: {levels: [none, low, high]}, B.ferry: {}}
outcomes: {open: A.toll == none}
tables: {quay: [A, B]}
strategies:
  wait: {stages: [{}]}
interests:
  A: [{name: money, wants: A.toll == high, weight: 1}, {name: trade, avoids: B.ferry, weight: 2}]
  B: [{name: cost, avoids: A.toll == high, weight: 2}, {name: effort, avoids: B.ferry, weight: 1 ± 0.2}]
claims: {dear: {says: It pays., test: "weight(A, money) > 2 and prefers(A; A.toll = high; status-quo)"}}
observed: {2001: {}, 2002: {A.toll: high}, 2003: {B.ferry: yes}}
"""
RUN = CliRunner()


@pytest.fixture
def toll(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "toll.yaml").write_text(CRISIS, encoding="utf-8")
    return tmp_path / "toll.yaml"


def told(*arguments: str, code: int = 0, input: str | None = None) -> str:
    done = RUN.invoke(app, arguments, prog_name="detente", env={"COLUMNS": "80"}, input=input)
    assert done.exit_code == code, done.stderr
    return done.stdout if code == 0 else done.stderr


@pytest.mark.parametrize(
    "row", [row for row in QUESTIONS if row.word not in ("venues", "pressure", "contingency")]
)
def test_every_question_can_be_asked_of_a_changed_crisis(toll: Path, row) -> None:
    changes = ("--set", "interests.A.money.weight=5", "--open", "quay", "--start", "A.toll=low")
    data = json.loads(told(row.word, "toll.yaml", *changes, "--format", "json"))
    assert data["changes"] == [
        "interests.A.money.weight = 5 (was 1)",
        "status_quo.A.toll = low (was none)",
        "the table quay is open in every stage",
    ]
    text = CRISIS.replace("A.toll == high, weight: 1", "A.toll == high, weight: 5")
    text = text.replace("tables:", "status_quo: {A.toll: low}\ntables:")
    text = text.replace("stages: [{}]", "stages: [{tables: [quay]}]")
    Path("changed.yaml").write_text(text, encoding="utf-8")
    direct = json.loads(told(row.word, "changed.yaml", "--format", "json"))
    for answer in (data, direct):
        answer.pop("scenario")
        answer.pop("changes")
    assert data == direct


def test_what_was_changed_stands_on_the_page(toll: Path) -> None:
    page = told("equilibria", "toll.yaml", "--set", "interests.A.money.weight=5")
    assert "Asked of the scenario with 1 change: interests.A.money.weight = 5 (was 1)." in page.replace(
        "\n      ", " "
    )


def test_changes_that_cannot_be_made_end_with_2(toll: Path) -> None:
    assert "Did you mean 'interests.A.money.weight'" in told(
        "assess", "toll.yaml", "--set", "interests.A.mony.weight=1", code=2
    )
    assert "an attitude is between -1 and 1" in told("assess", "toll.yaml", "--set", "relations.A>B=3", code=2)


def test_comparing_with_and_without_a_change(toll: Path) -> None:
    page = told("compare", "toll.yaml", "--set", "interests.A.money.weight=5")
    assert "They differ in 1 judgement" in page
    data = json.loads(told("compare", "toll.yaml", "--set", "interests.A.money.weight=5", "--format", "json"))
    assert data["changes"] == ["interests.A.money.weight = 5 (was 1)"]
    assert [seen["question"] for seen in data["answers"]] == ["assess", "equilibria"]


def test_comparing_two_files(toll: Path) -> None:
    Path("other.yaml").write_text(CRISIS.replace("weight: 2}", "weight: 3}"), encoding="utf-8")
    data = json.loads(told("compare", "toll.yaml", "other.yaml", "--question", "overview", "--format", "json"))
    assert [one["address"] for one in data["judgements"]] == [
        "interests.A.trade.weight",
        "interests.B.cost.weight",
    ]
    assert "compare what with what?" in told("compare", "toll.yaml", code=2)


def test_a_copy_of_a_scenario_is_a_start(toll: Path) -> None:
    told("new", "mine", "--from", "toll.yaml")
    copy = Path("mine.yaml").read_text("utf-8")
    assert copy.partition("\n")[2] == CRISIS
    assert load("mine.yaml") == load("toll.yaml")
    told("new", "korea", "--from", "korea-2017")
    assert load("korea.yaml") == detente.load("korea-2017")
    assert "no scenario file" in told("new", "lake", "--from", "nothing", code=2)
    assert not Path("lake.yaml").exists()


def test_what_is_written_names_its_schema(toll: Path) -> None:
    path = told("schema", "--path").strip()
    assert json.loads(Path(path).read_text("utf-8")) == json.loads(told("schema"))
    told("new", "lake")
    assert Path("lake.yaml").read_text("utf-8").startswith(f"# yaml-language-server: $schema={path}\n")
    told("check", "lake.yaml")
    assert "leave the question out" in told("schema", "assess", "--path", code=2)


def test_a_scenario_comes_by_standard_input(toll: Path) -> None:
    assert told("overview", "-", input=CRISIS) == told("overview", "toll.yaml")
    assert "standard input:2:1" in told("overview", "-", input="detente: 1\nnonsense: 3\n", code=2)
    assert "no scenario" not in told("check", "-", input=CRISIS)
    big = told("overview", "-", input="#" * 6_000_000, code=2)
    assert "at most 5 MB are read" in big


def test_a_closed_standard_input_is_said(toll: Path) -> None:
    command = f"{sys.executable} -m detente overview - <&-"
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "standard input is closed" in done.stderr


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("detente assess ko", ["korea-2017"]),
        ("detente overview to", ["toll.yaml"]),
        ("detente assess toll.yaml --strategy w", ["wait"]),
        ("detente why toll.yaml A.", ["A.toll=none", "A.toll=low", "A.toll=high"]),
        ("detente assess toll.yaml --open q", ["quay"]),
        (
            "detente assess toll.yaml --set interests.A.m",
            ["interests.A.money.wants=", "interests.A.money.weight="],
        ),
        ("detente assess toll.yaml --foresight g", ["gmr"]),
        ("detente assess nothing.yaml --strategy w", []),
    ],
)
def test_tab_offers_names(toll: Path, line: str, offered: list[str]) -> None:
    asked = {"_DETENTE_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)}
    done = subprocess.run(
        [sys.executable, "-m", "detente"], env={**os.environ, **asked}, capture_output=True, text=True
    )
    found = done.stdout.split()
    assert [name for name in found if not name.endswith("relational=")] == offered


def test_numbers_are_read_before_any_file(toll: Path) -> None:
    assert "--limit: 'x' is no whole number" in told("equilibria", "nowhere.yaml", "--limit", "x", code=2)
