"""A small scenario for the tests of this folder, and what loading it in a changed form says."""

from __future__ import annotations

import pytest

from detente.errors import ScenarioError
from detente.scenario.load import loads

BASE = """\
detente: 1
title: Two neighbours
aim: peace
sources:
  report: {title: A report, year: 2020}
parties:
  A: {name: Alpha}
  B: {name: Beta}
options:
  A.arms: {levels: [few, some, many]}
  A.talk: {moves: up}
  B.trade: {title: Trade}
  nature.storm: {moves: up, hazard: 0.1}
rules:
  - {must: not (A.arms == many and A.talk), because: They exclude each other.}
status_quo: {B.trade: yes}
outcomes:
  peace: A.talk and B.trade
  tension: {where: A.arms >= some, title: Tension}
interests:
  A:
    - {wants: peace, weight: 3 ± 1, because: Calm pays., source: report p2}
    - {wants: {A.arms: {few: 0, some: 0.5, many: 1}}, weight: 1}
  B:
    - {avoids: tension, weight: 2..4}
    - {avoids: risk(nature.storm), weight: 1 (0..2)}
relations:
  A > B: -0.2 ± 0.1
pressure:
  A:
    unit: USD mn
    channels:
      - {partner: B, good: coal, value: 10}
      - {partner: C, good: coal, value: 2}
    cuts: [{channels: B coal, by: B.trade, open: {no: 0.1, yes: 1}}]
    diverts: [{from: B coal, to: C coal, spare: 3, loss: 0.2, when: tension}]
tables: {both: [A, B]}
venues:
  lake: {host: CHE, composure: {A: +0.4}, guarantors: [B], assurance: {A: 0.1}, attitudes: {A ~ B: 0.05}}
strategies:
  talk:
    sponsors: [A]
    stages:
      - {commit: {A.talk: yes}, tables: [both], venue: lake, until: peace}
"""


def changed(old: str, new: str, text: str = BASE) -> str:
    """The base scenario with one piece of text replaced."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def problems(text: str, file: str = "x.yaml") -> list[str]:
    """Every problem of a text, as it is shown."""
    with pytest.raises(ScenarioError) as caught:
        loads(text, file)
    return [str(problem) for problem in caught.value.problems]


def problem(text: str, file: str = "x.yaml") -> str:
    """The only problem of a text."""
    found = problems(text, file)
    assert len(found) == 1, "\n".join(found)
    return found[0]
