"""Lists and dictionaries to YAML that people can read and compare: short parts on one line, long ones below."""

from __future__ import annotations

import json
import re

from detente.errors import HIDDEN
from detente.scenario.nodes import resolve

WIDTH = 110

Tree = str | dict[str, "Tree"] | list["Tree"]

_PLAIN = re.compile(r"(?:-(?=[0-9.]))?[\w(](?:[\w .()<>=!+*/;±~%–—'’-]*[\w).;!±%'’-])?")


def layout(tree: dict[str, Tree]) -> str:
    """Write a tree of texts as a YAML document; every text reads back as itself."""
    lines: list[str] = []
    for key, value in tree.items():
        if lines and isinstance(value, dict | list) and not _is_short_list(value):
            lines.append("")
        lines += _entry(key, value, "", top=True)
    return "\n".join(lines) + "\n"


def _is_short_list(value: Tree) -> bool:
    return isinstance(value, list) and not any(isinstance(item, dict | list) for item in value)


def _entry(key: str, value: Tree, pad: str, top: bool = False) -> list[str]:
    head = f"{pad}{text(key)}:"
    inline = None if top and _holds_parts(value) else _flow(value)
    if inline is not None and (not value or len(head) + 1 + len(inline) <= WIDTH):
        return [f"{head} {inline}"]
    if isinstance(value, str):
        return _wrapped(head, value, pad + "  ")
    return [head, *_block(value, pad + "  ")]


def _holds_parts(value: Tree) -> bool:
    if isinstance(value, dict):
        return bool(value)
    return isinstance(value, list) and any(isinstance(item, dict | list) for item in value)


def _block(value: Tree, pad: str) -> list[str]:
    lines: list[str] = []
    if isinstance(value, dict):
        for key, item in value.items():
            lines += _entry(key, item, pad)
    elif isinstance(value, list):
        for item in value:
            lines += _item(item, pad)
    return lines


def _item(value: Tree, pad: str) -> list[str]:
    inline = _flow(value)
    if inline is not None and (not value or len(pad) + 2 + len(inline) <= WIDTH):
        return [f"{pad}- {inline}"]
    if isinstance(value, str):
        return _wrapped(f"{pad}-", value, pad + "  ")
    first, *rest = _block(value, pad + "  ")
    return [f"{pad}- {first.lstrip()}", *rest]


def _flow(value: Tree) -> str | None:
    """The value on one line, or None where a list of records asks for lines of its own."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, list):
        if any(isinstance(item, dict) and item for item in value):
            return None
        return f"[{', '.join(str(_flow(item)) for item in value)}]"
    parts = [(text(key), _flow(item)) for key, item in value.items()]
    if any(part is None for _, part in parts):
        return None
    return f"{{{', '.join(f'{key}: {part}' for key, part in parts)}}}"


def text(value: str) -> str:
    """The text as a scalar of YAML: bare where that is safe anywhere, else in double quotes."""
    if _PLAIN.fullmatch(value) and resolve(value) is not None:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return HIDDEN.sub(lambda found: _spelt(ord(found.group())), quoted)


def _spelt(letter: int) -> str:
    return f"\\u{letter:04x}" if letter < 0x10000 else f"\\U{letter:08x}"


def _wrapped(head: str, value: str, pad: str) -> list[str]:
    """A long text in double quotes over several lines; a line break there reads as one space."""
    quoted = text(value)
    if not quoted.startswith('"'):
        quoted = f'"{quoted}"'
    lines, line = [], f"{head} "
    for word in re.split(r"(?<=[^ \\]) (?=[^ ])", quoted):
        if len(line) + len(word) > WIDTH and line.strip() != head.strip():
            lines.append(line.rstrip(" "))
            line = pad
        line += f"{word} "
    lines.append(line[:-1])
    return lines
