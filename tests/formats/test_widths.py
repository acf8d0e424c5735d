from __future__ import annotations

from detente.formats.widths import GAP, widths

WIDE = ["state", "a text that is much longer than the others and wraps", "short"]


def test_columns_are_as_wide_as_they_need_where_there_is_room() -> None:
    assert widths([WIDE], [False] * 3, 200) == tuple(map(len, WIDE))


def test_columns_fit_the_room() -> None:
    for room in range(30, 90):
        assert sum(widths([WIDE] * 5, [False] * 3, room)) + 2 * GAP <= room


def test_a_fixed_column_keeps_its_longest_cell() -> None:
    assert widths([["a fixed cell", "x " * 200]], [True, False], 40)[0] == len("a fixed cell")


def test_room_goes_where_rows_are_tall() -> None:
    first, second = widths([["two words", "many words " * 9]] * 3, [False, False], 60)
    assert first <= len("two words")
    assert second >= 60 - GAP - len("two words")


def test_an_empty_table_is_drawn() -> None:
    assert widths([["", ""]], [False, True], 80) == (1, 1)
