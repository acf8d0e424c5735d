"""Tables as files: their names, their endings, their sheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import DetenteError
from detente.formats.sheets import caution, files_of, require

TABLES = {"main": [{"a": 1}], "x" * 40: [{"b": 2}], "x" * 35: [{"c": 3}]}


def test_csv_files_stand_beside_each_other() -> None:
    names = [path.name for path in files_of(TABLES, Path("out.csv"))]
    assert names == ["out.csv", f"out-{'x' * 40}.csv", f"out-{'x' * 35}.csv"]


def test_sheets_have_short_names_and_none_twice(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "out.xlsx"
    path.write_bytes(files_of(TABLES, path)[path])
    names = openpyxl.load_workbook(path).sheetnames
    assert names == ["main", "x" * 31, f"{'x' * 28}~2"]


def test_an_ending_that_stands_for_nothing_is_refused() -> None:
    with pytest.raises(DetenteError, match=r"'.doc' stands for no form of a table"):
        require(Path("out.doc"))


def test_texts_that_look_like_formulas_are_texts_in_a_workbook(tmp_path: Path) -> None:
    import openpyxl

    path, texts = tmp_path / "out.xlsx", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")']
    path.write_bytes(files_of({"main": [{"=name": text} for text in texts]}, path)[path])
    cells = [row[0] for row in openpyxl.load_workbook(path)["main"].iter_rows()]
    assert [cell.value for cell in cells] == ["=name", *texts]
    assert {cell.data_type for cell in cells} == {"s"}


def test_texts_that_look_like_formulas_are_told_of_in_csv_only() -> None:
    rows = [
        {"name": text, "value": -0.5}
        for text in ("=1+1", "+1", "-1e-3", "-cmd|x", " @SUM(A1)", "a=b", "−1", "")
    ]
    assert caution(files_of({"main": rows}, Path("out.csv"))).startswith(
        "3 texts begin with =, +, - or @, which some spreadsheets take for a formula (in out.csv)."
    )
    assert caution(files_of({"main": rows[:1]}, Path("out.csv"))).startswith("one text begins with =")
    assert caution(files_of({"main": rows[1:3]}, Path("out.csv"))) == ""
    assert caution(files_of({"main": rows}, Path("out.xlsx"))) == ""
