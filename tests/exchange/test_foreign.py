"""Files of other programs are named in one sentence, with what to do."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import detente
from detente.errors import ScenarioError
from detente.exchange.foreign import foreign
from detente.library import builtin, check

FOREIGN = {
    "old.gmcr": (pickle.dumps({"options": []}, protocol=2), "GMCR+ and save it there as text"),
    "newer.gmcr": (pickle.dumps({"options": []}), "GMCR+ and save it there as text"),
    "game.nfg": (b'NFG 1 R "A game" { "One" "Two" } { 2 2 }\n\n1 1 0 2 2 0 1 1\n', "Gambit's .nfg format"),
    "tree.efg": (b'EFG 2 R "A tree" { "One" }\nt "" 1 "" { 1 }\n', "Gambit's .efg format"),
    "domain.xml": (
        b'<negotiation_template>\n<utility_space number_of_issues="1">\n</utility_space>\n',
        "the negotiation program GENIUS",
    ),
    "profile.xml": (b'<?xml version="1.0"?>\n<utility_space type="any"></utility_space>', "GENIUS"),
    "profile.json": (b'{"LinearAdditiveUtilitySpace": {"issueUtilities": {}}}', "GeniusWeb"),
    "domain.json": (b'{"name": "jobs", "issuesValues": {"car": {"values": ["no", "yes"]}}}', "GeniusWeb"),
    "actors.csv": (
        b'Sample,"Three actors",3,1,\nActor,Description,Power,Pstn1,Sal1,\nA,first,10,20,30,\n',
        "CSV file of the bargaining program KTAB",
    ),
    "model.json": (
        b'{"options": [{"name": "a", "permittedDirection": "both"}]}',
        "GMCR+. Save it in a file whose name ends in .gmcr",
    ),
    "actors.xml": (
        b'<?xml version="1.0"?>\n<Scenario noNamespaceSchemaLocation="smpSchema.xsd"></Scenario>',
        "XML file of the bargaining program KTAB",
    ),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_of_another_program_is_named(name: str, tmp_path: Path) -> None:
    content, told = FOREIGN[name]
    path = tmp_path / name
    path.write_bytes(content)
    for door in (detente.load, check):
        with pytest.raises(ScenarioError) as refused:
            door(path)
        (problem,) = refused.value.problems
        assert told in str(problem)
        assert problem.hint


@pytest.mark.parametrize("name", builtin())
def test_no_scenario_is_taken_for_one(name: str) -> None:
    text = detente.dumps(detente.load(name)).encode()
    assert foreign(text, "s.yaml") is None


def test_a_sparse_file_of_eight_gigabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "large.gmcr"
    with path.open("wb") as stream:
        stream.write(b"{")
        os.truncate(stream.fileno(), 8 << 30)
    with pytest.raises(ScenarioError, match="more than 8,000,000 bytes"):
        detente.load(path)


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    text = detente.dumps(detente.load("cuba-1962"))
    writing = threading.Thread(target=lambda: pipe.write_text(text, "utf-8"))
    writing.start()
    assert detente.load(pipe).parties == detente.load("cuba-1962").parties
    writing.join()


@pytest.mark.parametrize("name", ["newer.gmcr", "model.json", "game.nfg"])
def test_a_file_of_another_program_on_the_standard_input_is_named(name: str) -> None:
    content, told = FOREIGN[name]
    asked = [sys.executable, "-m", "detente", "check", "-"]
    done = subprocess.run(asked, input=content, capture_output=True)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.decode().split())
    assert not done.stdout
