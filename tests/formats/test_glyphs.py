"""Letters that this machine cannot draw are found."""

from __future__ import annotations

import pytest

from detente.formats import charts, glyphs
from detente.formats.glyphs import NO_CHARACTER, drawable, undrawable
from formats.drawings import named


def test_letters_that_every_machine_has_can_be_drawn() -> None:
    assert all(drawable(character) for character in "aZé0−<&")


@pytest.mark.parametrize("character", ["\U0010fffc", "\U000fabcd"])
def test_characters_that_no_font_has_cannot(character: str) -> None:
    assert not drawable(character)
    assert [script.name for script in undrawable(["x" + character])] == ["other letters and signs"]


def test_the_sign_of_a_missing_character_looks_the_same_for_each() -> None:
    assert glyphs._picture("\U0010fffc") == glyphs._picture(NO_CHARACTER)


def test_what_takes_no_ink_is_not_missed() -> None:
    assert undrawable(["a\u2003b\u200dc\u3000"]) == ()


def test_only_scripts_with_a_missing_letter_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "drawable", lambda character: character != "北")
    assert [script.name for script in undrawable(["한국 Россия 北京"])] == ["Han (Chinese characters)"]
    assert undrawable(["한국 Россия 京"]) == ()


def test_drawings_say_which_letters_are_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "drawable", lambda character: character not in "भारत")
    drawn = [charts.draw(block) for block in named("भारत")]
    assert charts.boxes(drawn).startswith("the PNG pictures show boxes for Devanagari: ")
    assert charts.boxes(charts.draw(block) for block in named("Wales")) == ""
