"""What the fields of a record mean, said once: in the `Attributes` section of its docstring."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields

SECTION = "Attributes\n----------\n"


def about(record: type) -> str:
    """What a record is: the first line of its docstring."""
    return _docstring(record).partition("\n")[0]


def meanings(record: type) -> dict[str, str]:
    """What each field of a dataclass means, in the order of its fields, those that it inherits included.

    A line at the margin of the section names one or more fields; what is indented below it is their meaning.
    None is told as JSON has it, null. A field of which nothing is said is left out.
    """
    said: dict[str, str] = {}
    for kind in reversed(record.__mro__):
        said.update(_section(_docstring(kind)))
    return {field.name: said[field.name] for field in fields(record) if said.get(field.name)}


def _section(docstring: str) -> dict[str, str]:
    found: dict[str, str] = {}
    names: list[str] = []
    for line in docstring.partition(SECTION)[2].splitlines():
        if line and not line.startswith(" "):
            names = [name.strip() for name in line.split(",")]
            continue
        for name in names:
            found[name] = f"{found.get(name, '')} {line.strip()}".strip()
    return {name: re.sub(r"\bNone\b", "null", text) for name, text in found.items()}


def _docstring(kind: type) -> str:
    return inspect.cleandoc(kind.__doc__ or "")
