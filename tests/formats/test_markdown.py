from __future__ import annotations

import re

import pytest

from detente.formats import chart_data, markdown
from formats.drawings import CURVE, DRAWINGS
from formats.pages import BREAKOUT, EVERYTHING, PICTURES

CELLS = re.compile(r"(?<!\\)\|")


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    for page in (EVERYTHING, BREAKOUT, PICTURES):
        for table in re.findall(r"(?:^\|.*\n)+", markdown.render(page), re.M):
            assert len({len(CELLS.findall(row)) for row in table.splitlines()}) == 1


def test_nothing_is_lost() -> None:
    text = markdown.render(EVERYTHING)
    assert text.startswith("# Korea, spring 2017\n")
    for told in (
        "## What happens",
        "- One thing.",
        "| Make China do it | never |",
        "> **Warning:** One",
        "0.30",
    ):
        assert told in text


def test_every_chart_is_told_in_a_table_and_a_sentence() -> None:
    text = markdown.render(PICTURES)
    for block in DRAWINGS:
        assert f"**{block.title}**" in text
        assert f"\n\n{block.alt}\n" in text
    assert len(re.findall(r"^\|:?-", text, re.M)) == len(DRAWINGS)
    for told in (
        "| North Korea | −1.00 | – |",
        "| China | cut off | 980 | lost |",
        "| 40 | 0.129 |",
        "| Geneva | 60% |",
    ):
        assert told in text


def test_a_long_curve_is_told_at_some_of_its_places_both_ends_among_them() -> None:
    rows = chart_data.table(CURVE, 5).rows
    assert [row[0] for row in rows] == ["0", "10", "20", "30", "40"]
    assert len(chart_data.table(CURVE).rows) == 41


def test_no_name_brings_markup() -> None:
    text = markdown.render(BREAKOUT)
    assert not re.search(r"(?<!\\)<", text)
    assert not re.search(r"(?<!\\)`", text)
    assert "\x1b" not in text
    assert len(re.findall(r"^#+ ", text, re.M)) == 2


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a | b", r"a \| b"),
        ("- not a list", r"\- not a list"),
        ("1. not a list", r"1\. not a list"),
        ("1.5 is a number", "1.5 is a number"),
        ("+0.5", "+0.5"),
        ("snake_case", r"snake\_case"),
        ("two\nlines", "two lines"),
    ],
)
def test_escapes(text: str, written: str) -> None:
    assert markdown.escape(text) == written
