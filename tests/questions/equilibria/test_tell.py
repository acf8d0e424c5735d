from __future__ import annotations

from dataclasses import replace

import pytest

from detente.formats import terminal
from detente.library import open
from detente.questions.equilibria.answer import Equilibria
from detente.questions.equilibria.find import equilibria
from detente.questions.equilibria.tell import SHOWN, page
from detente.rendering import render
from detente.report.page import Table


@pytest.fixture(scope="module")
def chicken() -> Equilibria:
    return equilibria(open("chicken-2017"))


def said(answer: Equilibria) -> str:
    return " ".join(terminal.render(page(answer), 200).split())


def test_the_summary_counts_under_the_concept_that_orders(chicken: Equilibria) -> None:
    assert "Of 4 feasible states, 2 hold under iSEQ" in said(chicken)
    assert "none holds under iSEQ: in each, some party" in said(replace(chicken, counts={"iseq": 0}, states=()))
    assert "1 within the outcome “Nobody swerves” (crash) holds" in said(
        replace(chicken, outcome="crash", counts={"iseq": 1})
    )


def test_a_state_is_told_by_what_differs_from_the_status_quo(chicken: Equilibria) -> None:
    assert "2 all kim-wins Sticks to his course (Kim.stick): yes" in said(chicken)
    assert "1 GMR, SMR draw not at all" in said(chicken)


def test_margins_without_meaning_are_no_column(chicken: Equilibria) -> None:
    titles = [
        column.title for block in page(chicken).blocks if isinstance(block, Table) for column in block.columns
    ]
    assert "Margin" not in titles
    assert "No margins" in said(chicken)


def test_margins_are_explained_where_they_stand(chicken: Equilibria) -> None:
    found = tuple(replace(one, margin=dict.fromkeys(one.margin, 0.25)) for one in chicken.states)
    text = said(replace(chicken, states=found))
    assert "2 +0.25 all" in text
    assert "by how much the state holds (+) or fails (−) under iSEQ" in text
    assert "No margins" not in text


def test_each_outcome_is_counted_under_each_concept(chicken: Equilibria) -> None:
    assert "Both swerve (draw) 0 1 1 0 0" in said(chicken)
    assert "Nobody swerves (crash) 0 0 0 0 0" in said(chicken)


def test_what_all_states_share_is_said_once(chicken: Equilibria) -> None:
    one = replace(chicken.states[0], levels=("yes", "no"), labels=("draw", "crash"))
    other = replace(one, levels=("yes", "yes"), labels=("draw",))
    text = said(replace(chicken, states=(one, other, one)))
    assert "All of these count as: Both swerve." in text
    assert "All differ from the status quo by: Sticks to his course (Kim.stick): yes." in text
    assert "2 all crash nothing else" in text
    assert "2 all – Sticks to his course (Donald.stick): yes" in text
    assert "Outcomes" not in said(replace(chicken, states=(other,) * 3))


def test_what_is_left_out_is_said(chicken: Equilibria) -> None:
    many = replace(chicken, states=chicken.states[:1] * (SHOWN + 5))
    assert f"{SHOWN} of {SHOWN + 5} states are shown, 5 are left out; --format json lists all." in said(many)
    cut = replace(many, truncated=True, counts={"iseq": 5, "gmr": 1234})
    assert f"{SHOWN} of 1,234 states are shown; --format json lists the first {SHOWN + 5}" in said(cut)
    few = replace(chicken, truncated=True, counts={"iseq": 9})
    assert "3 of more than 3 states are shown; the answer holds the first 3, and --limit" in said(few)
    loose = replace(chicken.states[0], equilibrium=())
    every = replace(chicken, truncated=True, states=(loose,), feasible=50)
    assert "1 of 50 states are shown" in said(every)


def test_a_part_that_plays_no_role_is_said() -> None:
    answer = equilibria(open("elmira"))
    assert "coalitions are kept but not used" in " ".join(render(answer).split())
