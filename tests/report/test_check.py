from __future__ import annotations

from detente.errors import Place, Problem
from detente.formats import terminal
from detente.library import open
from detente.report.check import page
from detente.report.scenarios import page as list_page
from detente.scenario.citations import uncited
from detente.scenario.load import loads
from detente.scenario.sanity import SanityReport, report

DUEL = """
detente: 1
title: A duel
parties: {A: {name: Alpha}, B: {name: Beta}}
options: {A.fire: {}, B.fire: {}}
status_quo: {}
relations: {A > B: {attitude: -0.9, because: An old feud.}}
interests:
  A: [{wants: A.fire, weight: 1, because: Honour.}, {avoids: B.fire, weight: 2}]
  B: [{avoids: A.fire, weight: 5, because: Life.}, {wants: B.fire, weight: 1, because: Honour.}]
"""


def said(citations: bool = False) -> str:
    scenario = loads(DUEL)
    told = page(scenario, report(scenario), uncited(scenario), citations)
    return " ".join(terminal.render(told, 200).split())


def test_the_check_says_what_was_found() -> None:
    assert "The scenario has no problems: 2 parties, 2 options and no outcomes." in said()
    assert "1 judgement carries neither a reason nor a source." in said()


def test_every_quantity_is_added_up_the_largest_first() -> None:
    text = said()
    assert "A A.fire +0.33 +0.75 +1.08" in text
    assert "A B.fire −0.67 −0.15 −0.82" in text
    assert text.index("A A.fire") < text.index("A B.fire")


def test_what_looks_unintended_is_a_warning() -> None:
    scenario = loads(DUEL)
    found = SanityReport((), (Problem(Place(), "A: counts twice.", "Is that meant?"),))
    text = " ".join(terminal.render(page(scenario, found, ())).split())
    assert "1 warning." in text
    assert "Warning: A: counts twice. Is that meant?" in text


def test_citations_list_only_what_nothing_supports() -> None:
    text = said(citations=True)
    assert "A avoids B.fire: weight 2" in text
    assert "Honour" not in text
    assert "In all" not in text


def test_parties_known_by_order_have_nothing_to_add_up() -> None:
    scenario = open("prisoners")
    told = page(scenario, report(scenario), ())
    assert "nothing to add up" in " ".join(terminal.render(told).split())
    assert "Every judgement carries a reason or a source." in " ".join(terminal.render(told).split())


def test_the_list_of_scenarios_names_each_with_its_size() -> None:
    text = " ".join(terminal.render(list_page((open("prisoners"),)), 120).split())
    assert "prisoners Prisoners' Dilemma 2 2 0" in text
