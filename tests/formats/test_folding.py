"""Texts are broken into lines and never cut."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.formats.folding import LETTER, LINE, first_line, folded, tall, width
from detente.formats.plain import visible
from formats.lettering import measured


@given(st.text(max_size=80), st.integers(4, 40))
def test_nothing_is_cut(text: str, letters: int) -> None:
    assert "".join(folded(text, letters).split()) == "".join(visible(text).split())


@given(st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=80), st.integers(4, 40))
def test_no_line_is_wider_than_its_room(text: str, letters: int) -> None:
    assert width(folded(text, letters)) <= letters * LETTER


def test_words_stay_whole_where_they_fit() -> None:
    assert folded("a first word and a second", 12) == "a first word\nand a\nsecond"


def test_a_long_word_is_broken_after_a_joint_where_it_has_one() -> None:
    assert folded("interim-commission_of_claims", 14).split("\n")[0] == "interim-"
    assert len(folded("x" * 60, 20).split("\n")) > 2


def test_line_breaks_in_a_name_are_spaces() -> None:
    assert folded("one\ntwo\r\nthree", 40) == "one two three"


def test_a_mark_stays_with_its_letter() -> None:
    for line in folded("की" * 30, 8).split("\n"):
        assert not unicodedata.category(line[0]).startswith("M")


@pytest.mark.parametrize(
    "text", ["United States of America", "WORLD HEALTH", "illicit fishing", "+0.42 (71%)", "Ждёт ещё", "MMMM"]
)
def test_widths_are_no_less_than_those_of_the_font(text: str) -> None:
    assert measured(text, 13, False) <= width(text) + 1
    assert width(text) < 1.5 * measured(text, 13, False)


def test_han_and_hangul_take_about_two_letters() -> None:
    assert width("北京") == pytest.approx(26, abs=2)
    assert width("한국") == width("北京")


def test_an_empty_text_still_takes_a_line() -> None:
    assert folded("", 10) == " "
    assert tall(folded("", 10)) == LINE


def test_the_first_of_three_lines_stands_one_line_above_the_middle() -> None:
    assert first_line("a\nb\nc", 100) == 100 - LINE
