"""A scenario written in another form is the same scenario; what cannot be written says so."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

import detente
from detente.cli.main import app
from detente.errors import DetenteError
from detente.exchange.writers import WRITERS, writer
from detente.library import builtin
from detente.scenario.dump import dumps_json
from detente.scenario.load import loads
from oracles.random_scenarios import Shape, random_scenario


def converted(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["convert", *words])
    return result.exit_code, " ".join((result.stdout + result.stderr).split())


@pytest.mark.parametrize("name", builtin())
def test_every_built_in_scenario_survives_json(name: str, tmp_path: Path) -> None:
    code, told = converted(name, str(tmp_path / f"{name}.json"))
    assert (code, "written: a scenario as programs read it." in told) == (0, True)
    assert detente.load(tmp_path / f"{name}.json") == detente.load(name)


@pytest.mark.parametrize("seed", range(40))
def test_random_scenarios_survive_json(seed: int, tmp_path: Path) -> None:
    scenario = random_scenario(random.Random(seed), Shape(nature=0.0))
    path = tmp_path / "random.json"
    path.write_text(dumps_json(scenario), "utf-8")
    assert detente.load(path) == loads(detente.dumps(scenario), id="random")


def test_a_game_for_gambit_is_written(tmp_path: Path) -> None:
    code, _ = converted("prisoners", str(tmp_path / "game.nfg"))
    assert code == 0
    assert (tmp_path / "game.nfg").read_text("utf-8").startswith("NFG 1 R ")


def test_a_gmcr_file_becomes_a_scenario(tmp_path: Path) -> None:
    source = tmp_path / "m.gmcr"
    source.write_text(
        '{"options": [{"name": "a", "permittedDirection": "both"}], "infeasibles": [], '
        '"useManualPreferenceRanking": false, '
        '"decisionMakers": [{"name": "P", "options": [0], "preferences": [[[0, "Y"]]]}]}'
    )
    code, told = converted(str(source), str(tmp_path / "m.yaml"))
    assert code == 0
    assert "note: the file names no status quo" in told
    with pytest.warns(UserWarning, match="no status quo"):
        assert detente.load(tmp_path / "m.yaml").options == detente.load(source).options


def test_what_is_there_stays_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "kept.yaml"
    path.write_text("kept")
    code, told = converted("prisoners", str(path))
    assert (code, path.read_text()) == (2, "kept")
    assert "exists already; nothing was written. Choose another name, or add --force." in told
    assert converted("prisoners", str(path), "--force")[0] == 0
    assert path.read_text() != "kept"


def test_an_unknown_ending_names_those_that_can_be_written(tmp_path: Path) -> None:
    code, told = converted("prisoners", str(tmp_path / "a.yalm"))
    assert code == 2
    assert "'.yalm' stands for no form of a scenario; nothing was written. Did you mean '.yaml'?" in told
    assert not list(tmp_path.iterdir())
    with pytest.raises(DetenteError, match="has no ending"):
        writer(Path("bare"))
    assert {each for row in WRITERS for each in row.endings} == {
        ".yaml",
        ".yml",
        ".json",
        ".nfg",
        ".xlsx",
        ".csv",
    }


def test_what_is_no_strategic_game_leaves_nothing(tmp_path: Path) -> None:
    code, told = converted("cuba-1962", str(tmp_path / "cuba.nfg"))
    assert code == 2
    assert "a strategic game" in told
    assert not list(tmp_path.iterdir())
