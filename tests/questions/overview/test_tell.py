from __future__ import annotations

import pytest

from detente.formats import terminal
from detente.questions.overview.find import overview
from detente.questions.overview.tell import page
from detente.report.page import Matrix, Page
from detente.scenario.load import loads

ISLAND = """
detente: 1
title: An island
aim: shared
parties: {A: {name: Alpha}, B: {name: Beta}}
options:
  A.fleet: {title: The fleet, levels: [home, near, there]}
  B.fleet: {title: The fleet, moves: down}
status_quo: {A.fleet: near, B.fleet: yes}
outcomes: {shared: {where: A.fleet == home, title: The island is shared}}
relations: {A ~ B: -0.25}
interests:
  A: [{wants: B.fleet == no, weight: 3}, {avoids: A.fleet == there, weight: 1}]
  B:
    - {wants: shared, weight: 1}
    - {wants: B.fleet, weight: 1}
    - {avoids: A.fleet == near, weight: 1}
    - {wants: A.fleet == home, weight: 1}
tables: {talks: [A, B]}
strategies: {ask: {title: Ask nicely, sponsors: [A], stages: [{tables: [talks]}]}}
venues: {inn: {title: The inn, host: B, guarantors: [A]}}
shocks: {storm: {title: A storm, hazard: 0.25, set: {A.fleet: home}}}
plans: {still: {title: Hold still, after: storm, do: {A.fleet: home}}}
sources: {gazette: {title: The gazette}}
claims: {c: {says: It will hold, test: "success(ask, shared) > 0", source: [gazette p1]}}
observed: {2001-01: {A.fleet: near}, 2001-03: {A.fleet: home}}
round: {length: 1 year}
forecasts: {f: {asks: Away?, from: 2001, until: 2002, where: A.fleet == there, resolved: no}}
"""


@pytest.fixture(scope="module")
def told() -> Page:
    return page(overview(loads(ISLAND)))


@pytest.fixture(scope="module")
def text(told: Page) -> str:
    return " ".join(terminal.render(told, 200).split())


@pytest.mark.parametrize(
    "sentence",
    [
        "2 parties hold 2 options. All 6 combinations of levels are feasible states.",
        "Alpha The fleet (A.fleet) home [near] there",
        "no [yes] (only down)",
        "it belongs to no named outcome.",
        "B.fleet == no (75%); to avoid A.fleet == there (25%)",
        "1 more interest",
        "The island is shared (shared) 2 33%",
        "The aim is “The island is shared”",
        "talks: Alpha and Beta",
        "Ask nicely (ask) Alpha 1",
        "The inn (inn) Beta Alpha",
        "A storm (storm) 25%",
        "Hold still (still), after storm: The fleet: home",
        "1 claim of gazette, 1 with a test.",
        "What was observed is kept at 2 dates, from 2001-01 to 2001-03.",
        "1 question about the future was asked beforehand; none came true.",
    ],
)
def test_what_is_said(text: str, sentence: str) -> None:
    assert sentence in text


def test_attitudes_stand_in_a_square(told: Page) -> None:
    (square,) = (block for block in told.blocks if isinstance(block, Matrix))
    assert square.rows == square.columns == ("Alpha", "Beta")
    assert square.values == ((None, -0.25), (-0.25, None))
    assert "the coldest is that of Alpha towards Beta (−0.25)" in square.alt


def test_parts_that_are_not_there_are_not_spoken_of() -> None:
    gone = ("rel", "tab", "str", "aim", "out", "ven", "sho", "pla", "cla", "obs")
    bare = "\n".join(line for line in ISLAND.splitlines() if not line.startswith(gone))
    bare = bare.replace("wants: shared", "wants: A.fleet == home")
    text = terminal.render(page(overview(loads(bare))))
    for heading in (
        "Outcomes",
        "Tables",
        "Strategies",
        "How each takes",
        "aim",
        "Places",
        "may happen",
        "Plans",
    ):
        assert heading not in text
