"""Tables from spreadsheets and back: the same scenario, and problems with their sheet, row and column."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

import detente
from detente.cli.main import app
from detente.errors import ScenarioError
from detente.exchange.table_reading import sections
from detente.exchange.tables import files_of, rows_of
from detente.library import builtin, text_from_tables
from detente.scenario.load import loads

PARTIES = "party,name\nUP,Upper land\nLOW,\n"
OPTIONS = 'option,levels,start\nUP.release,"[none, half, full]",half\nLOW.troops,,\n'
INTERESTS = """party,wants,avoids,weight
UP,,UP.release >= half,1
UP,,LOW.troops,4 ± 1
LOW,UP.release >= half,,2
"""
ATTITUDES = "holder,other,mutual,attitude\nUP,LOW,yes,0.1\n"
ALL = {"parties": PARTIES, "options": OPTIONS, "interests": INTERESTS, "attitudes": ATTITUDES}


def written(folder: Path, **changed: str) -> list[Path]:
    paths = []
    for name, text in (ALL | changed).items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
        paths.append(folder / f"{name}.csv")
    return paths


def problems(folder: Path, **changed: str) -> str:
    with pytest.raises(ScenarioError) as refused:
        loads(text_from_tables("river", written(folder, **changed)))
    return str(refused.value)


@pytest.mark.parametrize("name", builtin())
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_every_built_in_scenario_comes_back_as_it_was(name: str, ending: str, tmp_path: Path) -> None:
    scenario = detente.load(name)
    tables = files_of(scenario, tmp_path / f"t{ending}")
    for path, content in tables.items():
        path.write_bytes(content)
    assert loads(text_from_tables(name, list(tables), name), id=name) == scenario


def test_a_scenario_can_begin_with_tables_alone(tmp_path: Path) -> None:
    river = loads(text_from_tables("river", written(tmp_path)))
    assert river.title == "river"
    assert [party.name for party in river.parties] == ["Upper land", ""]
    assert river.options[0].levels == ("none", "half", "full")
    assert river.status_quo == ("half", "no")
    assert [len(held.interests) for held in river.preferences] == [2, 1]
    assert {(one.holder, one.other) for one in river.attitudes} == {("UP", "LOW"), ("LOW", "UP")}


def test_semicolons_do_as_well(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(ATTITUDES.replace(",", ";"), "utf-8")
    assert list(sections([tmp_path / "p.csv"])[0]) == ["relations"]


def test_a_problem_has_its_row_and_column(tmp_path: Path) -> None:
    told = problems(tmp_path, interests=INTERESTS.replace("LOW.troops", "LOW.troop"))
    assert "interests.csv:3:3" in told
    assert "'LOW.troops'" in told  # the near miss


def test_a_column_that_is_no_field_has_a_near_miss(tmp_path: Path) -> None:
    told = problems(tmp_path, interests=INTERESTS.replace("weight", "wieght"))
    assert "interests.csv:1:4" in told
    assert "weight" in told


def test_a_misspelt_identity_names_the_column(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "attitudes"
    page.append(["holder", "othr", "mutual", "attitude"])
    page.append(["UP", "LOW", "yes", 0.1])
    book.save(path)
    with pytest.raises(ScenarioError, match=r"book.xlsx\[attitudes\]:1:1  the column 'other' is missing"):
        sections([path])


def test_tables_of_no_kind_are_refused_all_at_once(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("x,y\n1,2\n", "utf-8")
    with pytest.raises(ScenarioError) as refused:
        sections([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert len(refused.value.problems) == 2
    assert "this is none of the tables that are read" in str(refused.value)


def test_one_party_twice_is_a_problem(tmp_path: Path) -> None:
    assert "parties.csv:4:1  'UP' stands there twice." in problems(tmp_path, parties=PARTIES + "UP,again\n")


def test_a_row_twice_hides_no_other_problem(tmp_path: Path) -> None:
    told = problems(tmp_path, parties=PARTIES + "UP,again\n", interests="party,wants,weight\nUP,LOW.dma,-1\n")
    assert "'UP' stands there twice." in told
    assert "-1" in told


def test_latin_1_is_named(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_bytes("party,name\nA,Östland\n".encode("latin-1"))
    with pytest.raises(ScenarioError, match="not UTF-8"):
        sections([tmp_path / "l.csv"])


def test_what_is_no_workbook_is_named(tmp_path: Path) -> None:
    (tmp_path / "l.xlsx").write_bytes(b"PK no")
    with pytest.raises(ScenarioError, match="this is no workbook"):
        sections([tmp_path / "l.xlsx"])


def test_at_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> int:
        return CliRunner().invoke(app, list(words)).exit_code

    assert run("convert", "chicken-2017", "tables.csv") == 0
    with (tmp_path / "tables-parties.csv").open() as stream:
        assert [row["party"] for row in csv.DictReader(stream)] == [
            party.id for party in detente.load("chicken-2017").parties
        ]
    assert run("new", "again", "--from", "chicken-2017", "--table", "tables-parties.csv") == 0
    assert detente.load("again.yaml").parties == detente.load("chicken-2017").parties
    (tmp_path / "tables-parties.csv").write_text("party,nam\nA,x\n")
    assert run("new", "bad", "--from", "chicken-2017", "--table", "tables-parties.csv") == 2
    assert not (tmp_path / "bad.yaml").exists()
    assert rows_of(detente.load("chicken-2017"))["options"][0]["start"]
