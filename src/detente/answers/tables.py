"""An answer as flat tables: its main one, and one for every list of records anywhere in it.

A record's plain values and those of objects within it are columns (`move.to`); a list of plain values is one
column, its values separated by semicolons, and so are texts by name (`move.changes`); a list of records is a
table of its own (`strategies.spoilers`) whose first columns say to which records it belongs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.answers.answer import Answer
from detente.answers.codec import Json, encode

Row = dict[str, Json]

COMMON = ("names", "parties", "options")
"""Lists that every answer carries, which belong to no table."""
IDENTITIES = ("id", "strategy", "party", "option", "venue", "channel", "outcome", "kind", "state", "name")
"""Which column stands for a record in the tables below it, the first that there is; else its number."""
BETWEEN = "; "


def tables(answer: Answer) -> dict[str, list[Row]]:
    """Every table of an answer by name, the main one first, called after the question; none is empty."""
    body = {key: value for key, value in answer.to_dict().items() if key not in COMMON}
    rest: dict[str, list[Row]] = {}
    single = _row(body, {}, "", rest)
    main = [{column: _joined(encode(value)) for column, value in row.items()} for row in answer.rows()]
    found: dict[str, list[Row]] = {answer.question: main, "answer": [single]}
    for name, rows in rest.items():
        found[name if name not in found else f"{name}-list"] = rows
    return {name: rows for name, rows in found.items() if rows}


def _row(record: Mapping[str, Json], above: Row, path: str, rest: dict[str, list[Row]]) -> Row:
    """The plain values of a record; what it holds in lists of records goes to their own tables."""
    row: Row = {}
    lists: list[tuple[str, list[Json]]] = []
    for column, value in _flat(record):
        if isinstance(value, list) and any(isinstance(item, dict) for item in value):
            lists.append((column, value))
        else:
            row[column] = _joined(value)
    for column, items in lists:
        name = f"{path}.{column}" if path else column
        for number, item in enumerate(items, 1):
            assert isinstance(item, dict)
            plain = _row(item, {**above, name: _identity(item, number)}, name, rest)
            rest.setdefault(name, []).append({**above, **plain})
    return row


def _flat(record: Mapping[str, Json], before: str = "") -> Iterator[tuple[str, Json]]:
    """The values of a record and of the objects in it, each with the names that lead to it."""
    for key, value in record.items():
        if isinstance(value, dict) and not (value and all(isinstance(item, str) for item in value.values())):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _joined(value: Json) -> Json:
    """A plain value; several of them, or texts by name, as one text."""
    if isinstance(value, dict):
        return BETWEEN.join(f"{key}: {_shown(item)}" for key, item in value.items())
    return BETWEEN.join(_shown(item) for item in value) if isinstance(value, list) else value


def _identity(item: Mapping[str, Json], number: int) -> Json:
    return next((item[key] for key in IDENTITIES if isinstance(item.get(key), str | int)), number)


def _shown(value: Json) -> str:
    return "" if value is None else str(value)
