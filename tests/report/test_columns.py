"""A column in which no row says anything is left out, and its cells with it."""

from __future__ import annotations

from detente.report import words
from detente.report.columns import telling
from detente.report.page import Column, Table

COLUMNS = (Column("Who"), Column("Gain"), Column("Why"))


def test_a_column_of_dashes_is_left_out() -> None:
    rows = (("A", words.NOTHING, "fear"), ("B", words.NOTHING, words.NOTHING))
    kept = telling(Table(COLUMNS, rows, "caption"))
    assert [column.title for column in kept.columns] == ["Who", "Why"]
    assert kept.rows == (("A", "fear"), ("B", words.NOTHING))
    assert kept.caption == "caption"


def test_a_table_without_rows_keeps_its_columns() -> None:
    assert telling(Table(COLUMNS, ())).columns == COLUMNS
