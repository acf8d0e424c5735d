"""Numbers with spreads: what they mean, and that they are written as they were read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.scenario.model import Number, Spread
from detente.scenario.numbers import NumberError, number_text, parse_number


@pytest.mark.parametrize(
    ("text", "central", "spread"),
    [
        ("3", 3, None),
        ("+0.4", 0.4, None),
        ("-.5", -0.5, None),
        ("1e3", 1000, None),
        ("3 ± 1", 3, Spread("normal", 2, 4)),
        ("3±1", 3, Spread("normal", 2, 4)),
        ("3 +- 1", 3, Spread("normal", 2, 4)),
        ("3 +/- 1", 3, Spread("normal", 2, 4)),
        ("3 (2..5)", 3, Spread("triangular", 2, 5)),
        ("-0.1 (-0.4..0.1)", -0.1, Spread("triangular", -0.4, 0.1)),
        ("2..5", 3.5, Spread("uniform", 2, 5)),
        ("0.5..1.5", 1, Spread("uniform", 0.5, 1.5)),
        (" 2 .. 5 ", 3.5, Spread("uniform", 2, 5)),
    ],
)
def test_central_values_and_spreads(text: str, central: float, spread: Spread | None) -> None:
    assert parse_number(text) == Number(central, spread)


WRONG = ["", "three", "3 ±", "± 1", "3 (5..2)", "6 (2..5)", "5..2", "3 ± -1", "nan", "1e999", "3%", "1,5", "0x"]


@pytest.mark.parametrize("text", WRONG)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(NumberError):
        parse_number(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_plain_numbers_are_written_exactly(value: float) -> None:
    assert parse_number(str(number_text(Number(value)))) == Number(value)


@given(st.tuples(*[st.floats(-1e9, 1e9)] * 3).map(sorted))
def test_triangles_are_written_exactly(values: list[float]) -> None:
    number = Number(values[1], Spread("triangular", values[0], values[2]))
    assert parse_number(str(number_text(number))) == number


@given(st.integers(-1000, 1000), st.integers(0, 1000))
def test_short_normals_are_written_short(tenths: int, half: int) -> None:
    number = parse_number(f"{tenths / 10} ± {half / 100}")
    written = number_text(number)
    assert written is not None
    assert parse_number(written) == number
    assert len(written) <= len(f"{tenths / 10} ± {half / 100}")


def test_a_skewed_normal_has_no_short_text() -> None:
    assert number_text(Number(3, Spread("normal", 2, 9))) is None
