"""What a page about a backtest says, and when it says something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.formats import terminal
from detente.questions.backtest.answer import Backtest
from detente.questions.backtest.find import backtest
from detente.questions.backtest.tell import page
from detente.scenario.load import loads
from questions.backtest.test_find import BORDER


@pytest.fixture(scope="module")
def border() -> Backtest:
    return backtest(loads(BORDER, id="border"))


def said(answer: Backtest) -> str:
    return " ".join(terminal.render(page(answer), 240).split())


@pytest.mark.parametrize(
    "sentence",
    [
        "From 2001-01 to 2002-04 parties made 4 moves; 2 of them were open to whoever made them.",
        "the walk is better by 15.4 bits than that nothing ever changes, and worse by 5.4 bits than that every "
        "feasible move is alike.",
        "the same with every table open 14.4 2.9 every feasible move alike 16.3 3.3 the walk, all parties by "
        "iSEQ",
        "likeliest with a share of 61%, which is known only afterwards; the comparison gives it 99%.",
        "2001-04 West: “Guns on the hill: yes” yes +0.29 –",
        "2002-04 West: “An envoy is sent: yes” no −0.14 0.14",
        "would have agreed at once on: - 2001-07 to 2001-10: East and West at the table ford: “Guns at the "
        "river: no; The bridge is open: yes; Guns on the hill: no”.",
        "2002-01 to 2002-04: West did “An envoy is sent: yes”, by which it expected a loss of 0.14. It would "
        "have to value where that leads by 0.14 more.",
        "2001-01 – −0.33 East: “Guns at the river: no; The bridge is open: yes”; West: “Guns on the hill: yes”",
        "2001-04 to 2001-07 all +0.14 nobody",
        "2001-10 to 2002-01, taken as given: A flood: yes.",
        "Rounds come at random, on average as many as the scenario's clock says.",
    ],
)
def test_what_is_said(border: Backtest, sentence: str) -> None:
    assert sentence in said(border)


def test_an_open_move_that_nobody_made_is_told() -> None:
    """Nothing changed in the first quarter though both sides had something to gain."""
    lazy = BORDER.replace("  2001-04: {WEST.guns: yes}", "  2001-04: {}\n  2001-05: {WEST.guns: yes}")
    text = said(backtest(loads(lazy)))
    assert (
        "Nothing changed over 1.0 rounds in which somebody had an open move. The largest gain left lying: "
        "East at 2001-01, “Guns at the river: no; The bridge is open: yes”, +0.33."
    ) in text


def test_a_move_that_its_mover_would_rather_not_have_made_is_told_with_what_it_would_have() -> None:
    other = BORDER.replace(
        "  2001-04: {WEST.guns: yes}", "  2001-02: {EAST.guns: no}\n  2001-04: {WEST.guns: yes}"
    )
    text = said(backtest(loads(other)))
    assert "it would rather have done “Guns at the river: no; The bridge is open: yes”." in text


def test_what_is_left_out_and_a_missing_clock_are_told(border: Backtest) -> None:
    assert "left out of the sums" not in said(border)
    assert "1 period is left out of the sums" in said(replace(border, counted=4))
    assert "The scenario has no clock (`round`)" in said(replace(border, round_years=None))
    assert "no chances are compared" in said(replace(border, counted=0, totals={}))


def test_even_scores_are_called_so(border: Backtest) -> None:
    even = replace(border, totals={**border.totals, "alike": border.totals["walk"]})
    assert "no better or worse than that every feasible move is alike" in said(even)
