"""A gain is told with the terms of which it is the sum; what a move changes is told by names."""

from __future__ import annotations

import detente
from detente.answers.vocabulary import MoveSeen, Part
from detente.report import moves, sums

ANSWER = detente.overview(detente.load("cuba-1962"))
PARTS = (
    Part("interest", "honour", "", 0.4),
    Part("interest", "risk", "", -0.15),
    Part("interest", "cost", "", -0.1),
)


def test_what_is_shown_adds_up() -> None:
    assert sums.gained(ANSWER, PARTS, 0.15) == "+0.15 (honour +0.40, risk −0.15, cost −0.10)"
    assert sums.total(ANSWER, PARTS, 0.15) == "0.15 (honour +0.40, risk −0.15, cost −0.10)"


def test_no_parts_leave_the_figure_alone() -> None:
    assert sums.gained(ANSWER, (), -0.15) == "−0.15"


def test_a_waterfall_ends_in_the_total() -> None:
    chart = sums.waterfall(ANSWER, ANSWER.parties[0], MoveSeen(1, 2, {}), 0.15, PARTS)
    assert [bar.value for bar in chart.bars] == [0.4, -0.15, -0.1, 0.15]


def test_a_move_is_told_by_the_titles_of_options() -> None:
    option = ANSWER.options[0]
    told = moves.changes(ANSWER, MoveSeen(1, 2, {option: "yes"}))
    assert told == f"“{ANSWER.names.options.get(option, option)}: yes”"
