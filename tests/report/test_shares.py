"""Shares over worlds, as they are read."""

from __future__ import annotations

from dataclasses import replace

from detente.answers.vocabulary import Share, Swept
from detente.report.shares import compared, drawn, interval, often, rivals

HALF = Share(0.5, 0.4, 0.6, 0.45, 0.45)
NONE = Share(0.0, 0.0, 0.04, 0.0, 1.0)
FIRST = Swept("a", "A road", {"aim": HALF}, HALF, (0.0, 0.0, 0.0), HALF, 0.1, 1.5)
LAST = replace(FIRST, strategy="c", title="", success={"aim": NONE}, behind=(0.5, 0.4, 0.6), first=NONE)
NAMES = {"a": "A road", "b": "A bridge"}


def test_share_comes_with_interval_and_word() -> None:
    assert interval(HALF) == "40% to 60%"
    assert often(HALF) == "50% (40% to 60%; roughly even chance)"
    assert often(NONE) == "0% (0% to 4%; in no world)"


def test_ties_are_ties_and_small_differences_small() -> None:
    tied, close = replace(FIRST, strategy="b"), replace(FIRST, strategy="b", behind=(0.01, -0.01, 0.03))
    assert rivals(NAMES, (FIRST, LAST)) == ""
    assert rivals(NAMES, (FIRST, tied, LAST)) == " In every world “A bridge” (b) does as well."
    assert rivals(NAMES, (FIRST, close)) == " The worlds are too few to tell it from “A bridge” (b)."


def test_table_and_chart_say_the_same() -> None:
    table, chart = compared(NAMES, (FIRST, LAST), "aim"), drawn(NAMES, "Peace", (FIRST, LAST), "aim", 20)
    assert [row[:2] for row in table.rows] == [("A road (a)", "50%"), ("c", "0%")]
    assert [(bar.label, bar.shown) for bar in chart.bars] == [("A road", "50%"), ("c", "0%")]
    assert chart.alt == "Of 20 worlds: A road 50%; c 0%."
