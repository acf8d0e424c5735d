from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from detente.formats import terminal
from formats.pages import BREAKOUT, EVERYTHING


@pytest.mark.parametrize("width", [40, 60, 80, 110])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_no_line_is_wider_than_the_terminal(width: int, encoding: str) -> None:
    lines = terminal.render(EVERYTHING, width, encoding=encoding).splitlines()
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_gets_only_what_it_can_show(encoding: str) -> None:
    text = terminal.render(EVERYTHING, encoding=encoding)
    text.encode(encoding)
    assert "?" not in text
    assert "-0.20" in text


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
