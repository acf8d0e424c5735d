"""`detente why`: a subject of several words, its options, its refusals."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from detente.cli.main import app

run = CliRunner()


def test_a_subject_may_be_left_out_or_be_of_several_words() -> None:
    today = run.invoke(app, ["why", "elmira", "--format", "json"])
    assert today.exit_code == 0
    assert json.loads(today.stdout)["subject"] == "status-quo"
    levels = run.invoke(app, ["why", "elmira", "MoE.modify=yes", "LG.insist=yes", "--format", "json"])
    assert json.loads(levels.stdout)["subject"] == "MoE.modify=yes, LG.insist=yes"


def test_concept_and_party_are_taken() -> None:
    done = run.invoke(
        app, ["why", "elmira", "accepted", "--concept", "gmr", "--party", "LG", "--format", "json"]
    )
    data = json.loads(done.stdout)
    assert (data["kind"], data["foresight"], data["party"]) == ("outcome", "gmr", "LG")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["acepted"], "Did you mean 'accepted'"),
        (["13"], "states are numbered from 1 to 12"),
        (["accepted", "closed"], "one at a time"),
        (["MoE"], "is a party"),
        (["status-quo", "--party", "Lg"], "Did you mean 'LG'"),
        (["status-quo", "--concept", "sec"], "Did you mean 'seq'"),
    ],
)
def test_bad_words_end_with_2_and_a_next_step(words: list[str], said: str) -> None:
    done = run.invoke(app, ["why", "elmira", *words])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert said in done.stderr
