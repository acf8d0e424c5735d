"""What a page about a backtest says, and when it says something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.answers.vocabulary import Part
from detente.formats import terminal
from detente.questions.backtest.answer import AnswerFeared, Backtest, WeightNeeded
from detente.questions.backtest.find import backtest
from detente.questions.backtest.tell import page
from detente.scenario.load import loads
from questions.backtest.test_find import BORDER

SMALL = Part("interest", "cost", "", -0.0001)


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
        "2002-01 to 2002-04: West did “An envoy is sent: yes”, by which it expected a loss of 0.14. Against "
        "it: word −0.14. No single weight of its own would make it break even.",
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


def test_forecasts_are_told_with_what_came_of_them(border: Backtest) -> None:
    text = said(border)
    assert (
        "Of 3 questions none came true. Mean Brier score, 0 at best and 0.25 for even odds throughout: the "
        "walk 0.354, always no 0, the share of the other questions that came true 0."
    ) in text
    assert "dry: Is there no flood at the end of 2001? 2001-12 94% no 0.88" in text
    assert "trade: nothing had been observed when the window opened" in text
    assert "dry: what is asked about held" not in text  # only its end counts
    early = replace(border.forecasts[2], already=True)
    assert "trade: what is asked about held before the window opened" in said(
        replace(border, forecasts=(early,))
    )


def test_over_worlds_both_chances_are_told(border: Backtest) -> None:
    drawn = tuple(
        replace(one, over_worlds=0.25, brier={**one.brier, "worlds": 0.0625}) for one in border.forecasts
    )
    text = said(replace(border, worlds=8, forecasts=drawn, brier={**border.brier, "worlds": 0.0625}))
    assert "its mean over worlds 0.062" in text
    assert "2001-12 94% 25% no 0.06" in text


def test_what_lies_in_worlds_that_were_not_followed_is_not_said_never_to_come(border: Backtest) -> None:
    rare = replace(border.forecasts[0], chance=0.0, left_out=0.004)
    assert "2001-09 under 1% no" in said(replace(border, forecasts=(rare,)))
    assert "2001-09 never no" in said(replace(border, forecasts=(replace(rare, left_out=0.0),)))


def test_a_page_without_a_path_tells_forecasts_alone(border: Backtest) -> None:
    text = said(replace(border, states=(), periods=(), totals={}, counted=0))
    assert "Of 3 questions" in text
    assert "parties made" not in text


def test_what_spoke_against_a_move_and_which_weight_would_do_are_told(border: Backtest) -> None:
    move = border.periods[4].moves[0]
    feared = replace(
        move,
        gain=-0.05,
        answers=(AnswerFeared("EAST", border.periods[0].moves[0].move),),
        parts=(Part("interest", "word", "", -0.1), Part("attitude", "EAST", "EAST", -0.06), SMALL),
        weights=(WeightNeeded("word", 0.5), WeightNeeded("cost", 3.0)),
    )
    text = said(replace(border, periods=(replace(border.periods[4], moves=(feared,)),)))
    assert (
        "with East answering “Guns on the hill: yes” (a loss of 0.05 by the move itself). Against it: word "
        "−0.10 and its attitude to East −0.06. It would break even if word weighed 0.50 times as much or "
        "cost weighed 3.00 times as much."
    ) in text


def test_what_tables_would_have_agreed_on_instead_is_told() -> None:
    sober = BORDER.replace("{EAST.guns: no, EAST.bridge: yes, WEST.guns: no}", "{EAST.guns: no, WEST.guns: no}")
    text = said(backtest(loads(sober)))
    assert (
        "2001-07 to 2001-10, table ford: “Guns at the river: no; The bridge is open: yes; Guns on the hill: "
        "no” (East +0.50, West +0.57). Together, what was done came to East +0.17, West +0.57."
    ) in text
    assert "they would have agreed on something else" not in said(
        backtest(loads(BORDER.replace("  2002-04: {WEST.envoy: yes}\n", "")))
    )
