"""Tables of parties, options, interests, attitudes and channels, read as the tree of a scenario's document.

Every cell has its own place, so that all checks of a scenario speak of sheet, row and column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.errors import DetenteError, Place, Problem, ScenarioError
from detente.exchange.tables import SHEETS, START, Sheet, workbooks
from detente.scenario import nodes
from detente.scenario.near import near_miss
from detente.scenario.nodes import Node, Scalar
from detente.scenario.yaml_text import parse_yaml

MOST_BYTES = 20_000_000
MOST_ROWS = 20_000


def sections(paths: Sequence[Path]) -> tuple[dict[str, Node], list[Problem]]:
    """The sections of a scenario that some tables hold, every cell with its place; and rows that are too many.

    Of rows that say the same thing's name twice the first stands in the section; the others are problems, to be
    told with those of the document.

    Raises
    ------
    ScenarioError
        With every table that is none of these, and every column that says no field of its identity.
    """
    problems: list[Problem] = []
    twice: list[Problem] = []
    found: dict[str, dict[str, tuple[Scalar, list[Node]]]] = {}
    starts: list[tuple[Scalar, Node]] = []
    for table in [table for path in paths for table in _read(path)]:
        sheet = _sheet(table, problems)
        if sheet is not None:
            _gather(sheet, table, found.setdefault(sheet.name, {}), starts, problems, twice)
    if problems:
        raise ScenarioError(sorted(problems))
    return _assembled(found, starts), twice


@dataclass(frozen=True)
class _Table:
    """A sheet as read: its file and name, and rows of cells from the header on, each with its line."""

    file: str
    name: str
    rows: list[tuple[int, list[str]]]

    def place(self, line: int, column: int) -> Place:
        return Place(self.file, line, column + 1)


def _read(path: Path) -> Iterator[_Table]:
    if path.suffix.lower() == ".xlsx":
        yield from _read_workbook(path)
        return
    if path.suffix.lower() not in (".csv", ".tsv", ".txt"):
        raise DetenteError(f"{path}: a table is a .csv or an .xlsx file; nothing was written.")
    with path.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ScenarioError([Problem(Place(str(path)), f"more than {MOST_BYTES:,} bytes; no more are read.")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"this is not UTF-8 text (byte {error.start})."
        raise ScenarioError([Problem(Place(str(path)), what, "Save it as CSV UTF-8.")]) from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    yield _Table(str(path), "", _kept((lines.line_num, cells) for cells in lines))


def _read_workbook(path: Path) -> Iterator[_Table]:
    openpyxl = workbooks()
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except OSError:
        raise
    except Exception as error:
        what = f"this is no workbook: {error}."
        raise ScenarioError([Problem(Place(str(path)), what, "Save it as .xlsx.")]) from None
    for page in book.worksheets:
        lines = (
            (n, [_text(cell) for cell in row]) for n, row in enumerate(page.iter_rows(values_only=True), 1)
        )
        yield _Table(f"{path}[{page.title}]", page.title, _kept(lines))


def _kept(lines: Iterable[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Rows that hold something, up to a limit."""
    found = []
    for number, cells in lines:
        if any(cell.strip() for cell in cells):
            found.append((number, [cell.strip() for cell in cells]))
        if len(found) > MOST_ROWS:
            raise DetenteError(f"a table has more than {MOST_ROWS:,} rows; no more are read.")
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _sheet(table: _Table, problems: list[Problem]) -> Sheet | None:
    """Which kind of table this is: by the name of the sheet, else by its columns."""
    known = {sheet.name: sheet for sheet in SHEETS}
    if table.name.lower() in known:
        return known[table.name.lower()]
    header = table.rows[0][1] if table.rows else []
    senses = "wants" in header or "avoids" in header
    for sheet in SHEETS:
        if set(sheet.identity) <= set(header) and (sheet.name == "interests") == senses:
            return sheet
    near = near_miss(table.name.lower(), known) if table.name else None
    hint = f"Did you mean '{near}'?" if near else "Tables are: " + "; ".join(_told(sheet) for sheet in SHEETS)
    problems.append(Problem(table.place(1, 0), "this is none of the tables that are read.", hint))
    return None


def _told(sheet: Sheet) -> str:
    wants = ", wants or avoids" if sheet.name == "interests" else ""
    return f"{sheet.name} (columns {', '.join(sheet.identity)}{wants}, …)"


def _gather(
    sheet: Sheet,
    table: _Table,
    found: dict[str, tuple[Scalar, list[Node]]],
    starts: list[tuple[Scalar, Node]],
    problems: list[Problem],
    twice: list[Problem],
) -> None:
    """The rows of a table as entries by key."""
    line, header = table.rows[0] if table.rows else (1, [])
    missing = [column for column in sheet.identity if column not in header]
    if missing:
        near = {column: near_miss(column, header) for column in missing}
        hints = [f"write '{column}' instead of '{other}'" for column, other in near.items() if other]
        hint = f"{'; '.join(hints).capitalize()}." if hints else f"A table of {_told(sheet)}."
        problems.append(Problem(table.place(line, 0), f"the column '{missing[0]}' is missing.", hint))
        return
    named = {column: table.place(line, number) for number, column in enumerate(header)}
    for line, cells in table.rows[1:]:
        row = dict(zip(header, cells, strict=False))
        places = {column: table.place(line, number) for number, column in enumerate(header)}
        key = sheet.key([row[column] for column in sheet.identity])
        first = places[sheet.identity[0]]
        entries = [
            (Scalar(named[column], column), _node(text, places[column]))
            for column, text in row.items()
            if column and text and column not in sheet.identity and column != START
        ]
        if row.get(START):
            starts.append((Scalar(first, key), Scalar(places[START], row[START])))
        _, items = found.setdefault(key, (Scalar(first, key), []))
        if items and not sheet.many:
            twice.append(Problem(first, f"'{key}' stands there twice.", "Remove one of the rows."))
        items.append(nodes.Mapping(first, entries))


def _assembled(
    found: Mapping[str, Mapping[str, tuple[Scalar, list[Node]]]], starts: Sequence[tuple[Scalar, Node]]
) -> dict[str, Node]:
    built: dict[str, Node] = {}
    for sheet in SHEETS:
        entries: list[tuple[Scalar, Node]] = []
        for key, items in found.get(sheet.name, {}).values():
            value: Node = nodes.Sequence(key.place, items) if sheet.many else items[0]
            if sheet.inner:
                value = nodes.Mapping(key.place, [(Scalar(key.place, sheet.inner), value)])
            entries.append((key, value))
        if entries:
            built[sheet.section] = nodes.Mapping(entries[0][0].place, entries)
    if starts:
        built["status_quo"] = nodes.Mapping(starts[0][0].place, list(starts))
    return built


def _node(text: str, place: Place) -> Node:
    """A cell: a list or mapping where it is in brackets, else a text that means what it means in a file."""
    if text[0] in "[{":
        try:
            return _placed(parse_yaml(text, place.file), place)
        except ScenarioError:
            pass  # a text that only begins like one
    return Scalar(place, text, offset=-1)


def _placed(node: Node, place: Place) -> Node:
    match node:
        case Scalar():
            return Scalar(place, node.text, node.plain, offset=-1)
        case nodes.Sequence():
            return nodes.Sequence(place, [_placed(item, place) for item in node.items])
        case nodes.Mapping():
            entries = [
                (Scalar(place, key.text, key.plain), _placed(value, place)) for key, value in node.entries
            ]
            return nodes.Mapping(place, entries, node.flow)


def combined(base: Node, tables: Mapping[str, Node]) -> Node:
    """A document in which the sections that tables hold stand instead of its own; of pressure, its channels."""
    assert isinstance(base, nodes.Mapping)
    rest = dict(tables)
    entries: list[tuple[Scalar, Node]] = []
    for key, value in base.entries:
        new = rest.pop(key.text, None)
        merges = key.text in ("pressure", "interests") and new is not None
        entries.append((key, _merged(value, new) if merges and new is not None else new or value))
    entries += [(Scalar(node.place, name), node) for name, node in rest.items()]
    return nodes.Mapping(base.place, entries)


def _merged(base: Node, new: Node) -> Node:
    """Mappings laid over each other; of two that both hold a key, the new one's value, entry by entry."""
    if not isinstance(base, nodes.Mapping) or not isinstance(new, nodes.Mapping):
        return new
    fresh = {key.text: (key, value) for key, value in new.entries}
    kept = []
    for key, value in base.entries:
        over = fresh.pop(key.text, None)
        kept.append((key, value) if over is None else (over[0], _merged(value, over[1])))
    return nodes.Mapping(base.place, [*kept, *fresh.values()])
