"""Declared fields as a JSON Schema and as a reference page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from detente.scenario.clock import LENGTH_PATTERN
from detente.scenario.fields import (
    Amount,
    Choice,
    Citations,
    Date,
    Defines,
    Either,
    Field,
    Flag,
    Formula,
    Kind,
    Length,
    Levels,
    ListOf,
    MapOf,
    Pair,
    Record,
    Refers,
    Tested,
    Text,
    Whole,
)
from detente.scenario.numbers import NUMBER_PATTERN

Schema = dict[str, Any]

_TEXT = {"type": ["string", "number", "boolean"]}
_DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


def json_schema(record: Record, number: Callable[[str], Record]) -> Schema:
    """Return the JSON Schema of a record; `number` gives the mapping form of numbers by their key."""
    writer = _Writer(number)
    top = writer.record(record)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"detente {record.name}",
        **top,
        "$defs": dict(sorted(writer.definitions.items())),
    }


class _Writer:
    def __init__(self, number: Callable[[str], Record]) -> None:
        self.number = number
        self.definitions: dict[str, Schema] = {}

    def of(self, kind: Kind) -> Schema:
        match kind:
            case Text(most):
                return {**_TEXT, "maxLength": most}
            case Refers():
                return dict(_TEXT)
            case Flag():
                return {"enum": [True, False, "yes", "no"]}
            case Whole(low):
                return {"type": "integer", "minimum": low}
            case Date():
                return {"anyOf": [{"type": "string", "pattern": _DATE}, {"type": "integer"}]}
            case Length():
                return {"type": "string", "pattern": f"^{LENGTH_PATTERN}$"}
            case Amount():
                return self.amount(kind)
            case Choice(values):
                return {"enum": list(values)}
            case Defines(_, pattern):
                return {"type": "string", "pattern": f"^{pattern}$"}
            case Formula():
                return {"type": ["string", "number", "boolean"], "description": _formula_name(kind)}
            case Citations():
                return {"anyOf": [dict(_TEXT), {"type": "array", "items": dict(_TEXT)}]}
            case Levels():
                return {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}}
            case ListOf(item, least):
                return {"type": "array", "items": self.of(item), **({"minItems": least} if least else {})}
            case MapOf():
                return self.map(kind)
            case Either():
                return {"anyOf": [self.of(part) for _, part in kind.forms]}
            case Record():
                return self.reference(kind)
        return {"type": "string"}

    def amount(self, kind: Amount) -> Schema:
        plain: Schema = {"type": "number"}
        if kind.low is not None:
            plain["minimum"] = kind.low
        if kind.high is not None:
            plain["maximum"] = kind.high
        if kind.least:
            plain["anyOf"] = [{"const": 0}, {"minimum": kind.least}]
        forms = [plain, {"type": "string", "pattern": NUMBER_PATTERN}]
        if not kind.bare:
            words = dict.fromkeys(("value", kind.word))
            forms += [self.reference(self.number(word)) for word in words]
        return {"anyOf": forms}

    def map(self, kind: MapOf) -> Schema:
        value = self.of(kind.value)
        if isinstance(kind.value, Record) and not any(field.required for field in kind.value.fields):
            value = {"anyOf": [value, {"type": "null"}]}
        names = {"pattern": _key_pattern(kind.key)}
        return {"type": "object", "propertyNames": names, "additionalProperties": value}

    def reference(self, record: Record) -> Schema:
        if record.name not in self.definitions:
            self.definitions[record.name] = {}
            self.definitions[record.name] = self.record(record)
        return {"$ref": f"#/$defs/{record.name}"}

    def record(self, record: Record) -> Schema:
        schema: Schema = {
            "type": "object",
            "additionalProperties": False,
            "properties": {field.name: self.field(field) for field in record.fields},
        }
        required = [field.name for field in record.fields if field.required]
        if required:
            schema["required"] = required
        if record.one_of:
            schema["oneOf"] = [{"required": [name]} for name in record.one_of]
        return schema

    def field(self, field: Field) -> Schema:
        meaning = field.meaning
        if field.unit:
            meaning += f" Unit: {field.unit}."
        if field.default:
            meaning += f" Default: {field.default}."
        return {**self.of(field.kind), "description": meaning}


def _key_pattern(key: Defines | Refers | Pair | Date) -> str:
    match key:
        case Defines(_, pattern):
            return f"^{pattern}$"
        case Pair(signs):
            return rf"^\s*\S+\s+({'|'.join(signs)})\s+\S+\s*$"
        case Date():
            return _DATE
    return r"\S"


def reference(record: Record, number: Record) -> str:
    """Return a page section per record: every field with its kind, unit, default and meaning."""
    sections = [_section(part, top=part is record) for part in records(record, [])]
    return "\n".join([*sections, _section(number, top=False)])


def records(kind: Kind, found: list[Record]) -> list[Record]:
    """Return the records within a kind, the outer before the inner, each once, after those found already."""
    match kind:
        case Record():
            if kind not in found:
                found.append(kind)
                for field in kind.fields:
                    records(field.kind, found)
        case ListOf(item):
            records(item, found)
        case MapOf(_, value):
            records(value, found)
        case Either():
            for _, part in kind.forms:
                records(part, found)
    return found


def _section(record: Record, top: bool) -> str:
    heading = "The document" if top else f"A{'n' if record.name[0] in 'aeiou' else ''} {record.name}"
    lines = [f"## {heading}", ""]
    if record.one_of:
        lines += [f"Exactly one of {' and '.join(f'`{name}`' for name in record.one_of)} is given.", ""]
    lines += ["| field | is | unit | default | meaning |", "|---|---|---|---|---|"]
    for field in record.fields:
        default = "**required**" if field.required else field.default
        cells = (f"`{field.name}`", kind_name(field.kind), field.unit, default, field.meaning)
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join([*lines, ""])


def kind_name(kind: Kind) -> str:
    """Return what a field holds, in a few words."""
    match kind:
        case Whole(low):
            return f"a whole number from {low}"
        case Amount(low, high):
            return "a number" + _range(low, high)
        case Choice(values):
            return " or ".join(f"`{value}`" for value in values)
        case Defines(what):
            return f"a new {what}"
        case Refers(what):
            return f"a{'n' if what[0] in 'aeiou' else ''} {what}"
        case Formula():
            return _formula_name(kind)
        case ListOf(item):
            return f"a list of {_plural(item)}"
        case MapOf(key, value):
            return f"{_key_name(key)}: {kind_name(value)}"
        case Either():
            return ", or ".join(kind_name(part) for _, part in kind.forms)
        case Record(name):
            return (
                f"[{'an' if name[0] in 'aeiou' else 'a'} {name}](#a{'n' if name[0] in 'aeiou' else ''}-{name})"
            )
    words: dict[type, str] = {
        Text: "text",
        Flag: "`yes` or `no`",
        Citations: "a source, or a list",
        Levels: "`OWNER.option: level`, …",
        Pair: "two parties",
        Date: "a date",
        Length: "a length of time: `6 months`",
        Tested: "a test: an expression over questions",
    }
    return words[type(kind)]


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return ""
    return f" from {low:g}" if high is None else f" from {low:,.10g} to {high:,.10g}"


def _formula_name(kind: Formula) -> str:
    if kind.statement:
        return "a condition; `A if B` may stand in it"
    return "a condition" if kind.condition else "an expression"


def _key_name(key: Defines | Refers | Pair | Date) -> str:
    match key:
        case Defines(kind) | Refers(kind):
            return f"by {kind}"
        case Pair(signs):
            return "by pair of parties (" + ", ".join(f"`A {sign} B`" for sign in signs) + ")"
    return "by date"


def _plural(kind: Kind) -> str:
    match kind:
        case Refers(what) | Defines(what):
            return "parties" if what == "party" else f"{what}s"
        case ListOf(item):
            return f"lists of {_plural(item)}"
        case Record(name):
            return f"[{name}s](#a{'n' if name[0] in 'aeiou' else ''}-{name})"
        case Formula():
            return kind_name(kind).removeprefix("a ").replace("condition", "conditions", 1)
        case Whole():
            return "whole numbers"
        case Either():
            return ", or ".join(_plural(part) for _, part in kind.forms)
    return kind_name(kind)
