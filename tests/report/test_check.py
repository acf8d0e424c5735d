from __future__ import annotations

import pytest

from detente.errors import Place, Problem
from detente.formats import terminal
from detente.library import builtin, check, open
from detente.report.check import page
from detente.report.scenarios import page as list_page
from detente.scenario.citations import Support, support
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


def said(citations: bool = False, everything: bool = False) -> str:
    scenario = loads(DUEL)
    told = page(scenario, report(scenario), support(scenario), citations, everything)
    return " ".join(terminal.render(told, 200).split())


def test_the_check_says_what_was_found() -> None:
    assert "The scenario has no problems: 2 parties, 2 options and no outcomes." in said()
    assert "1 judgement carries neither a reason nor a source. None cites a source." in said()
    assert said().endswith("Note: `--all` shows what interests and relations add up to.")


def test_every_quantity_is_added_up_the_largest_first() -> None:
    assert "In all" not in said()
    text = said(everything=True)
    assert "A A.fire +0.33 +0.75 +1.08" in text
    assert "A B.fire −0.67 −0.15 −0.82" in text
    assert text.index("A A.fire") < text.index("A B.fire")


def test_what_looks_unintended_is_a_warning() -> None:
    scenario = loads(DUEL)
    found = SanityReport((), (Problem(Place(), "A: counts twice.", "Is that meant?"),))
    text = " ".join(terminal.render(page(scenario, found, Support(2, 1, ()))).split())
    assert "1 warning." in text
    assert "Every judgement carries a reason or a source. 1 of 2 cite a source." in text
    assert "Warning: A: counts twice. Is that meant?" in text


def test_of_many_warnings_the_first_are_told_unless_all_are_asked_for() -> None:
    found = SanityReport((), tuple(Problem(Place(), f"{number} is odd.") for number in range(50)))
    first, every = (
        terminal.render(page(loads(DUEL), found, Support(0, 0, ()), everything=everything))
        for everything in (False, True)
    )
    assert (first.count("Warning:"), every.count("Warning:")) == (20, 50)
    assert "`--all` shows 30 further warnings." in first


def test_citations_list_only_what_nothing_supports() -> None:
    text = said(citations=True)
    assert "A avoids B.fire: weight 2" in text
    assert "Honour" not in text
    assert "In all" not in text


def test_parties_known_by_order_have_nothing_to_add_up() -> None:
    scenario = open("prisoners")
    told = page(scenario, report(scenario), support(scenario), everything=True)
    assert "nothing to add up" in " ".join(terminal.render(told).split())
    assert "It holds no numbers that would need a reason." in " ".join(terminal.render(told).split())


@pytest.mark.parametrize("name", builtin())
def test_the_check_of_a_built_in_scenario_is_short_and_warns_of_nothing(name: str) -> None:
    told = terminal.render(page(*check(name)))
    assert "No warnings." in " ".join(told.split())
    assert len(told.splitlines()) < 10


def test_the_list_of_scenarios_names_each_with_its_size() -> None:
    text = " ".join(terminal.render(list_page((open("prisoners"),)), 120).split())
    assert "prisoners Prisoners' Dilemma 2 2 0" in text


def test_numbers_without_a_spread_are_listed_when_asked() -> None:
    text = DUEL.replace("weight: 5", "weight: 5 ± 1").replace("attitude: -0.9", "attitude: -0.9 ± 0.1")
    scenario = loads(text)
    told = page(scenario, report(scenario), support(scenario), spreads=True)
    shown = " ".join(terminal.render(told, 200).split()).partition("Numbers without a spread")[2]
    assert "A wants A.fire: weight" in shown
    assert "A avoids B.fire: weight" in shown
    assert "B avoids A.fire" not in shown
    assert "attitude" not in shown
    assert "spread" not in said()
    sure = loads(text.replace("weight: 1", "weight: 1 ± 0.1").replace("weight: 2", "weight: 2 ± 1"))
    assert "There are none." in terminal.render(page(sure, report(sure), support(sure), spreads=True), 200)
