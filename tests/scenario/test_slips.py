"""Slips of the pen in the built-in scenarios are refused at their line, with what was meant."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from detente.errors import ScenarioError
from detente.scenario.load import loads
from detente.scenario.starter import starter
from scenario.slips import Slip, slips

ROOT = Path(__file__).resolve().parents[2]
MOST = 400  # of one file; korea-2017 alone has some seven thousand


def tried() -> list[Slip]:
    texts = [
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "src/detente/scenarios").glob("*.yaml"))
    ]
    found = []
    for seed, text in enumerate([*texts, starter("river")]):
        every = list(slips(text))
        found += random.Random(seed).sample(every, min(MOST, len(every)))
    return found


@pytest.mark.slow
def test_slips_are_refused_at_their_line_with_what_was_meant() -> None:
    refused: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    astray, unguessed = [], []
    for slip in tried():
        try:
            loads(slip.text, "x.yaml")
        except ScenarioError as error:
            refused[slip.kind] += 1
            if not any(slip.shown_by(problem.place.line) for problem in error.problems):
                astray.append(f"{slip.kind} of {slip.meant or slip.missing} on line {slip.lines[0]}: {error}")
            if slip.meant and f"'{slip.meant}'" not in str(error):
                unguessed.append(f"{slip.kind} of {slip.meant}: {error}")
        else:
            accepted[slip.kind] += 1
    total = sum(refused.values())
    assert total > 1400
    assert len(astray) <= 0.015 * total, "\n".join(astray)
    assert len(unguessed) <= 0.01 * total, "\n".join(unguessed)
    assert set(accepted) <= {"dropped key", "misspelt key", "misspelt partner"}, accepted
    assert accepted["misspelt key"] <= 0.1 * refused["misspelt key"]


def test_the_slips_are_what_they_say() -> None:
    text = "title: x\nparties: {A: {}}\noptions: {A.port: {levels: [open, shut]}}\nstatus_quo: {A.port: shut}\n"
    text += "interests: {A: [{wants: not A.port == open, weight: 1}]}\n"
    found = {(slip.kind, line) for slip in slips(text) for line in slip.text.splitlines() if line not in text}
    for kind, line in (
        ("swapped letters", "status_quo: {A.prot: shut}"),
        ("swapped letters", "status_quo: {A.port: suht}"),
        ("doubled letter", "interests: {A: [{wants: not A.poort == open, weight: 1}]}"),
        ("wrong level", "status_quo: {A.port: nowhere}"),
        ("misspelt not", "interests: {A: [{wants: nto A.port == open, weight: 1}]}"),
        ("wrong type", "interests: {A: [{wants: not A.port == open, weight: [[7], {a: 8}]}]}"),
        ("misspelt key", "interests: {A: [{wants: not A.port == open, weiqght: 1}]}"),
        ("dropped key", "interests: {A: [{wants: not A.port == open}]}"),
    ):
        assert (kind, line) in found


def test_a_slip_in_a_definition_is_told_where_it_was_made() -> None:
    text = starter("river").replace("  CST:", "  CTS:", 1)
    with pytest.raises(ScenarioError) as caught:
        loads(text, "x.yaml")
    [only] = caught.value.problems
    line = 1 + text[: text.index("  CTS:")].count("\n")
    assert str(only).startswith(f"x.yaml:{line}:3  party 'CTS' is named nowhere, and 'CST' is, first on line ")
    assert only.hint == "Did you mean 'CST'?"
