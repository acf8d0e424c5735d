"""Answers to and from plain JSON values; the declared types are the format.

`encode` writes dataclasses as objects in field order, tuples as arrays, mappings as objects, and numbers that
JSON cannot hold (infinite, not a number) as null. `decode` reads a declared type back. `schema` describes a
type as JSON Schema, with what its fields mean, so the published description cannot drift from what is written.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from detente.answers.meanings import about, meanings

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

SIMPLE = {str: "string", bool: "boolean", int: "integer", float: "number", NoneType: "null"}


def encode(value: object) -> Json:
    """Write a value as plain JSON data.

    Raises
    ------
    TypeError
        For a value that an answer may not hold (an engine array, a set, a function).
    """
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | bool | int):
        return value
    if is_dataclass(value):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    raise TypeError(f"an answer holds plain data, not {type(value).__name__}")


def decode(kind: Any, data: Any) -> Any:
    """Read plain JSON data back as the declared type.

    Raises
    ------
    ValueError
        Where the data is not of that type; the message says what was expected.
    """
    options = _alternatives(kind)
    if len(options) > 1:
        return None if data is None else decode(_only_real(options), data)
    origin = get_origin(kind) or kind
    if origin is Literal:
        return _expect(data in get_args(kind), data, f"one of {get_args(kind)}")
    if origin is tuple:
        size = _length(kind)
        _expect(isinstance(data, list) and size in (None, len(data)), data, f"an array of {size or 'items'}")
        return tuple(decode(get_args(kind)[0], item) for item in data)
    if _is_mapping(origin):
        _expect(isinstance(data, dict), data, "an object")
        return {key: decode(get_args(kind)[1], item) for key, item in data.items()}
    if is_dataclass(kind):
        return _decode_object(kind, data)
    if kind is float:
        return float(_expect(_is_number(data), data, "a number"))
    return _expect(type(data) is kind, data, SIMPLE.get(kind, str(kind)))


def schema(kind: Any) -> dict[str, Any]:
    """Describe a type as JSON Schema."""
    options = _alternatives(kind)
    if len(options) > 1:
        return {"anyOf": [schema(option) for option in options]}
    origin = get_origin(kind) or kind
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if origin is tuple:
        size = _length(kind)
        length = {} if size is None else {"minItems": size, "maxItems": size}
        return {"type": "array", "items": schema(get_args(kind)[0]), **length}
    if _is_mapping(origin):
        return {"type": "object", "additionalProperties": schema(get_args(kind)[1])}
    if is_dataclass(kind):
        return _schema_object(kind)
    return {"type": SIMPLE[kind]}


def _decode_object(kind: Any, data: Any) -> Any:
    _expect(isinstance(data, dict), data, "an object")
    hints, values = get_type_hints(kind), {}
    for field in fields(kind):
        if field.name in data:
            values[field.name] = decode(hints[field.name], data[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise ValueError(f"{kind.__name__} lacks '{field.name}'")
    return kind(**values)


def _schema_object(kind: Any) -> dict[str, Any]:
    hints, said = get_type_hints(kind), meanings(kind)
    return {
        "type": "object",
        "description": about(kind),
        "properties": {
            field.name: {**schema(hints[field.name]), "description": said.get(field.name, "")}
            for field in fields(kind)
        },
        "required": [field.name for field in fields(kind)],
    }


def _length(kind: Any) -> int | None:
    """How many items a tuple has, all of one type; None where any number will do."""
    items = get_args(kind)
    return None if items[-1] is Ellipsis else len(items)


def _alternatives(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)


def _only_real(options: tuple[Any, ...]) -> Any:
    real = [option for option in options if option is not NoneType]
    if len(real) != 1:
        raise TypeError(f"a field of an answer may be one type or null, not {options}")
    return real[0]


def _is_mapping(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _is_number(data: Any) -> bool:
    return isinstance(data, int | float) and not isinstance(data, bool)


def _expect(holds: bool, data: Any, wanted: str) -> Any:
    if not holds:
        raise ValueError(f"expected {wanted}, found {str(data)[:40]!r}")
    return data
