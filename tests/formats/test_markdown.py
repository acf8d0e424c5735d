from __future__ import annotations

import re

import pytest

from detente.formats import markdown
from formats.pages import BREAKOUT, EVERYTHING

CELLS = re.compile(r"(?<!\\)\|")


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    for page in (EVERYTHING, BREAKOUT):
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
