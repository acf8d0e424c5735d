"""The keys of an answer's JSON as tables in Markdown, from the same declarations as its schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from detente.answers.answer import Answer
from detente.answers.meanings import about, meanings

WORDS = {str: "text", bool: "true or false", int: "whole number", float: "number", NoneType: "null"}


def own_keys(answer: type[Answer]) -> str:
    """A table of the keys that this answer has besides those of every answer, and one per record in them."""
    common = meanings(Answer)
    return _tables(answer, [name for name in meanings(answer) if name not in common])


def common_keys() -> str:
    """The same of what every answer carries."""
    return _tables(Answer, meanings(Answer))


def _tables(record: Any, keys: Iterable[str]) -> str:
    hints = get_type_hints(record)
    names = list(keys)
    found: list[Any] = []
    for name in names:
        _records(hints[name], found)
    sections = [f"### {each.__name__}\n\n{about(each)}\n\n{_table(each, meanings(each))}" for each in found]
    return "\n\n".join([_table(record, names), *sections])


def _table(record: Any, names: Iterable[str]) -> str:
    hints, said = get_type_hints(record), meanings(record)
    rows = [f"| `{name}` | {_kind(hints[name])} | {said[name].replace('|', chr(92) + '|')} |" for name in names]
    return "\n".join(["| key | holds | is |", "|---|---|---|", *rows])


def _records(kind: Any, found: list[Any]) -> None:
    """Add the records within a type, the outer before the inner, each once."""
    if is_dataclass(kind):
        if kind not in found:
            found.append(kind)
            hints = get_type_hints(kind)
            for field in fields(kind):
                _records(hints[field.name], found)
        return
    for part in get_args(kind):
        _records(part, found)


def _kind(kind: Any) -> str:
    """What a field holds, in a few words; a record by its name, which leads to its table."""
    parts = get_args(kind)
    if get_origin(kind) is Literal:
        return ", ".join(f"`{word}`" if word else "empty" for word in parts)
    if get_origin(kind) is tuple:
        return (
            f"list of {_many(parts[0])}" if parts[-1] is Ellipsis else f"list of {len(parts)} {_many(parts[0])}"
        )
    if isinstance(get_origin(kind), type) and issubclass(get_origin(kind), Mapping):
        return f"by name: {_kind(parts[1])}"
    if parts:
        return ", or ".join(_kind(part) for part in parts)
    return WORDS.get(kind) or f"[{kind.__name__}](#{kind.__name__.lower()})"


def _many(kind: Any) -> str:
    said = _kind(kind)
    if said.startswith("list of"):
        return said.replace("list", "lists", 1)
    return f"{said}s" if kind in (str, int, float) else said
