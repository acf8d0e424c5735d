from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from detente.formats import chart_text, terminal
from detente.report.page import Page, Ranked, Ranking
from formats.drawings import CURVE, DRAWINGS, MATRIX
from formats.pages import BREAKOUT, EVERYTHING, PICTURES


@pytest.mark.parametrize("width", [40, 60, 80, 110])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_no_line_is_wider_than_the_terminal(width: int, encoding: str) -> None:
    for page in (EVERYTHING, PICTURES):
        lines = terminal.render(page, width, encoding=encoding).splitlines()
        assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_gets_only_what_it_can_show(encoding: str) -> None:
    text = terminal.render(EVERYTHING, encoding=encoding)
    text.encode(encoding)
    assert "?" not in text
    assert "-0.20" in text
    pictures = terminal.render(PICTURES, encoding=encoding)
    pictures.encode(encoding)
    assert "?" not in pictures


def test_ascii_columns_stay_aligned() -> None:
    plain = terminal.render(EVERYTHING, encoding="ascii").splitlines()
    rich = terminal.render(EVERYTHING).splitlines()
    assert [len(line) for line in plain] == [len(line) for line in rich]


def test_nothing_is_lost() -> None:
    text = " ".join(terminal.render(EVERYTHING, 200).split())
    for told in (
        "What happens",
        "Make China do it",
        "97%",
        "+0.50",
        "Note: These",
        "Warning: One",
        "By success.",
    ):
        assert told in text


def test_without_colour_there_is_no_escape() -> None:
    assert "\x1b" not in terminal.render(EVERYTHING)
    assert "\x1b[" in terminal.render(EVERYTHING, colour=True)


def test_colour_changes_no_word() -> None:
    coloured = terminal.render(EVERYTHING, colour=True)
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == terminal.render(EVERYTHING).splitlines()


def test_names_cannot_steer_the_terminal_or_style_it() -> None:
    text = terminal.render(BREAKOUT, 200)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[bold]b[/bold]" in text


def test_a_waterfall_steps_back_where_something_is_lost() -> None:
    lines = [line for line in terminal.render(EVERYTHING).splitlines() if "█" in line]
    gain, loss, total, _ = (line.partition("0")[2] for line in lines)
    assert gain.rstrip().rindex("█") == loss.rstrip().rindex("█")
    assert gain.index("█") < loss.index("█")
    assert total.rstrip().rindex("█") == loss.index("█") - 1


def test_every_kind_of_chart_is_told_in_characters() -> None:
    text = terminal.render(PICTURES)
    for block in DRAWINGS:
        assert block.title in text
    for told in (
        "  1 United States      –  −0.90  −0.30",
        "United States  +  Japan 0.80, South Korea 0.70",
        "China → cut off (lost)                     980  ░░░",
        "  2.  Stop testing",
        "├──●────┤",
        "b  North Korea twice as composed: 0.296 at the end",
    ):
        assert told in text


def test_a_curve_falls_from_left_to_right() -> None:
    rows = [line for line in terminal.render(Page("p", (CURVE,))).splitlines() if "│" in line]
    places = [row.rindex("c") for row in rows if "c" in row.partition("│")[2]]
    assert places == sorted(places)
    assert rows[0].rstrip().endswith("d")
    assert chart_text.height(CURVE.lines[0], 0.5) == pytest.approx((1 + 0.95) / 2)
    assert chart_text.height(CURVE.lines[0], 41.0) is None


def test_names_of_columns_stand_above_them_where_there_is_room() -> None:
    (head,) = (
        line for line in terminal.render(Page("p", (MATRIX,)), 110).splitlines() if "Russia  Japan" in line
    )
    assert "North Korea  China" in head
    narrow = terminal.render(Page("p", (MATRIX,)), 40)
    assert all(f"{n} {name}" in narrow for n, name in enumerate(MATRIX.rows, 1))


def test_a_dot_stands_where_its_value_is() -> None:
    rows = (Ranked("a", 0.0, 0.0, 1.0, "0"), Ranked("b", 0.5, 0.5, 0.5, "½"), Ranked("c", 1.0, 0.9, 1.0, "1"))
    lines = terminal.render(Page("p", (Ranking("t", rows, "x", "u"),))).splitlines()
    a, b, c = (line.index("●") for line in lines if "●" in line)
    assert b - a == pytest.approx((c - a) / 2, abs=1)
    assert c - a == 23
