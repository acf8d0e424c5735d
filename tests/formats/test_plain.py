from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.formats.plain import encodable, visible


@given(st.text(), st.sampled_from(["ascii", "latin-1", "cp1252", "utf-8", "cp437"]))
def test_whatever_stands_there_can_be_written(text: str, encoding: str) -> None:
    encodable(visible(text), encoding).encode(encoding)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("−0.3 ± 0.1", "-0.3 +/- 0.1"), ("Zoë → Łódź…", "Zoe -> ?odz..."), ("북한", "??"), ("≥", ">=")],
)
def test_what_a_plain_terminal_lacks_is_spelt_out(text: str, plain: str) -> None:
    assert encodable(text, "ascii") == plain


def test_what_it_has_is_kept() -> None:
    assert encodable("Zoë", "latin-1") == "Zoë"


def test_letters_of_every_script_are_visible_and_controls_are_not() -> None:
    assert visible("북한 Zoë ✓") == "북한 Zoë ✓"
    assert visible("a\x1b[2Jb\u202ec\x07\x9b") == "a [2Jb c  "
