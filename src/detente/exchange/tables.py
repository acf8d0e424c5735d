"""Parties, options, interests, attitudes and channels as tables that people keep in spreadsheets; and back.

A row is one entry of a section of the scenario, a column one of its fields, a cell what would stand there:
plain text or a number, or a list or mapping in brackets. How they are read: `detente.exchange.table_reading`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.errors import DetenteError
from detente.scenario.dump import document, typed
from detente.scenario.model import Scenario
from detente.scenario.yaml_layout import Tree

INSTALL = "workbooks need openpyxl. Install it with: pip install 'detente[frames]'"


@dataclass(frozen=True)
class Sheet:
    """One kind of table: the columns that say which entry a row is, and the section that it belongs to.

    `key` makes the entry's key from these columns; where several rows share a key (`many`), each is one item of
    the list under it, or of its list called `inner`.
    """

    name: str
    identity: tuple[str, ...]
    section: str
    key: Callable[[Sequence[str]], str]
    many: bool = False
    inner: str = ""


def _pair(cells: Sequence[str]) -> str:
    return f"{cells[0]} {'~' if cells[2] == 'yes' else '>'} {cells[1]}"


SHEETS: tuple[Sheet, ...] = (
    Sheet("parties", ("party",), "parties", lambda cells: cells[0]),
    Sheet("options", ("option",), "options", lambda cells: cells[0]),
    Sheet("interests", ("party",), "interests", lambda cells: cells[0], many=True),
    Sheet("attitudes", ("holder", "other", "mutual"), "relations", _pair),
    Sheet("channels", ("target",), "pressure", lambda cells: cells[0], many=True, inner="channels"),
)
START = "start"
"""The column of the options' sheet that says where each stands at the status quo."""

Row = dict[str, str]


def rows_of(scenario: Scenario) -> dict[str, list[Row]]:
    """The tables of a scenario by name, rows in the order of the document; those without rows left out."""
    tree = document(scenario)
    found: dict[str, list[Row]] = {}
    for sheet in SHEETS:
        section = tree.get(sheet.section, {})
        assert isinstance(section, dict)
        rows = [row for key, entry in section.items() for row in _rows(sheet, key, entry)]
        if sheet.name == "options":
            at = dict(zip((option.id for option in scenario.options), scenario.status_quo, strict=True))
            rows = [row | {START: at[row["option"]]} for row in rows]
        if rows:
            found[sheet.name] = rows
    return found


def _rows(sheet: Sheet, key: str, entry: Tree) -> Iterator[Row]:
    if sheet.inner:
        entry = entry.get(sheet.inner, []) if isinstance(entry, dict) else []
    if sheet.name == "attitudes":
        holder, sign, other = key.split(" ")
        identity = {"holder": holder, "other": other, "mutual": "yes" if sign == "~" else "no"}
        entry = entry if isinstance(entry, dict) else {"attitude": entry}
    else:
        identity = {sheet.identity[0]: key}
    if sheet.many and not isinstance(entry, list):
        return  # a party known by order has no rows of interests
    for item in entry if isinstance(entry, list) else [entry]:
        assert isinstance(item, dict)
        yield identity | {column: _cell(value) for column, value in item.items()}


def _cell(value: Tree) -> str:
    return value if isinstance(value, str) else json.dumps(typed(value), ensure_ascii=False)


def files_of(scenario: Scenario, path: Path) -> dict[Path, bytes]:
    """A scenario's tables as a workbook, or as CSV files beside each other (`NAME-parties.csv` and so on)."""
    tables = {name: [_columns(rows), *_filled(rows)] for name, rows in rows_of(scenario).items()}
    if path.suffix.lower() == ".csv":
        return {path.with_name(f"{path.stem}-{name}.csv"): _csv(rows) for name, rows in tables.items()}
    openpyxl = workbooks()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        page = book.create_sheet(name)
        page.freeze_panes = "A2"
        for row in rows:
            page.append(row)
        for line in page.iter_rows():
            for cell in line:
                cell.data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return {path: buffer.getvalue()}


def _columns(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(column for row in rows for column in row))


def _filled(rows: Sequence[Row]) -> Iterator[list[str]]:
    columns = _columns(rows)
    return ([row.get(column, "") for column in columns] for row in rows)


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8")


def workbooks() -> Any:
    """The library for workbooks.

    Raises
    ------
    DetenteError
        Where it is not installed.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise DetenteError(INSTALL) from error
    return openpyxl
