"""Every table of an answer, written for other programs and read back."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pandas
import pytest
from typer.testing import CliRunner

import detente
from detente.answers.answer import Answer
from detente.answers.tables import tables
from detente.ask import ask
from detente.catalogue import QUESTIONS
from detente.cli.main import app
from detente.errors import DetenteError
from detente.formats.sheets import files_of

CRISIS = """
detente: 1
title: "A river, 100% shared & =quoted"
parties: {UP: {name: "Upper_land"}, LOW: {}}
options:
  UP.release: {levels: [none, half, full]}
  LOW.troops: {}
  nature.drought: {moves: up, hazard: 0.1}
outcomes: {calm: UP.release >= half and not LOW.troops, war: LOW.troops}
aim: calm
clashes: [war]
interests:
  UP: [{avoids: UP.release >= half, weight: 1}, {avoids: LOW.troops, weight: 4 ± 1}]
  LOW: [{wants: UP.release >= half, weight: 2}, {avoids: LOW.troops, weight: 1}]
relations: {UP ~ LOW: 0.1}
tables: {talks: [UP, LOW]}
venues: {city: {host: UP, composure: {LOW: 0.2}}}
strategies: {talk: {sponsors: [UP], stages: [{venue: city, tables: [talks], commit: {UP.release: half}}]}}
pressure:
  LOW:
    channels: [{partner: UP, good: grain, value: 60}]
    cuts: [{channels: UP, by: UP.release, open: {none: 0, half: 0.5, full: 1}}]
claims:
  peace: {says: Talks bring calm., test: "success(talk, calm) > 0.5", fact: {verdict: they did}}
  taste: {says: It is fine., untestable: A judgement of taste.}
observed: {2001: {LOW.troops: yes}, 2002: {LOW.troops: no, UP.release: half}}
"""


def answers() -> dict[str, Answer]:
    scenario = detente.loads(CRISIS)
    return {row.word: ask(row.word, scenario) for row in QUESTIONS}


ANSWERS = answers()


@pytest.mark.parametrize("word", ANSWERS)
def test_a_workbook_holds_every_number_to_sixteen_digits(word: str, tmp_path: Path) -> None:
    detente.export(ANSWERS[word], tmp_path / "out.xlsx")
    sheets = list(pandas.read_excel(tmp_path / "out.xlsx", sheet_name=None, keep_default_na=False).values())
    same(list(tables(ANSWERS[word]).values()), [sheet.to_dict("records") for sheet in sheets], 1e-15)


@pytest.mark.parametrize("word", ANSWERS)
def test_csv_holds_every_number_exactly(word: str, tmp_path: Path) -> None:
    written = detente.export(ANSWERS[word], tmp_path / "out.csv")
    assert written[0].name == "out.csv"
    frames = [pandas.read_csv(path, keep_default_na=False) for path in written]
    same(list(tables(ANSWERS[word]).values()), [frame.to_dict("records") for frame in frames])


def same(expected: list[list[dict[str, Any]]], found: list[list[dict[Any, Any]]], close: float = 0.0) -> None:
    assert [len(rows) for rows in expected] == [len(rows) for rows in found]
    for rows, read in zip(expected, found, strict=True):
        for row, other in zip(rows, read, strict=True):
            for column, value in row.items():
                seen = other[column]
                if value is None:
                    assert seen == "" or math.isnan(seen)
                elif isinstance(value, int | float) and not isinstance(value, bool):
                    assert float(seen) == pytest.approx(value, rel=close, abs=0)
                else:
                    assert str(seen) == str(value)


@pytest.mark.parametrize("word", ANSWERS)
def test_latex_escapes_what_it_must(word: str, tmp_path: Path) -> None:
    detente.export(ANSWERS[word], tmp_path / "out.tex")
    text = (tmp_path / "out.tex").read_text("utf-8")
    assert text.count(r"\begin{tabular}") == text.count(r"\end{tabular}") == len(tables(ANSWERS[word]))
    bodies = [line for line in text.splitlines() if not line.startswith("%")]
    assert not any("_" in line.replace(r"\_", "") for line in bodies)


def test_a_text_is_no_formula(tmp_path: Path) -> None:
    written = files_of({"t": [{"text": "=1+1"}]}, tmp_path / "t.xlsx")
    (tmp_path / "t.xlsx").write_bytes(written[tmp_path / "t.xlsx"])
    import openpyxl

    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert sheet is not None
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == "=1+1"


def test_no_list_of_records_is_left_out() -> None:
    """Every list of records anywhere in an answer has its table."""

    def lists(value: Any) -> int:
        if isinstance(value, dict):
            return sum(lists(item) for key, item in value.items() if key != "names")
        if isinstance(value, list):
            return sum(lists(item) for item in value) + any(isinstance(item, dict) for item in value)
        return 0

    for answer in ANSWERS.values():
        rows = sum(len(part) for part in tables(answer).values())
        assert rows >= lists(answer.to_dict())


def test_at_the_command_line(tmp_path: Path) -> None:
    def asked(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["equilibria", "prisoners", *words])
        return result.exit_code, " ".join(result.stderr.split())

    code, told = asked("--export", str(tmp_path / "out.csv"))
    assert code == 0
    assert "out.csv written" in told
    assert pandas.read_csv(tmp_path / "out.csv")["state"].tolist() == [1, 4]
    code, told = asked("--export", str(tmp_path / "out.ods"))
    assert code == 2
    assert "'.ods' stands for no form of a table; nothing was written." in told
    assert not (tmp_path / "out.ods").exists()


def test_without_the_libraries_one_command_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("detente.formats.sheets.find_spec", lambda name: None)
    with pytest.raises(DetenteError, match=r"pip install 'detente\[frames\]'"):
        detente.export(ANSWERS["assess"], tmp_path / "out.csv")
    assert not list(tmp_path.iterdir())
