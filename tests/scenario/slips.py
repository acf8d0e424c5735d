"""Slips of the pen in valid files, one at a time and at every place, to see what the checker says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from detente.scenario.document import parse_document
from detente.scenario.draft import Draft
from detente.scenario.load import draft
from detente.scenario.tokens import tokenise

PROSE = {"because", "about", "title", "note", "text", "evidence", "says", "test", "url", "author", "publisher"}


@dataclass(frozen=True)
class Slip:
    """One slip: the text that holds it, its lines (from 1), the name that was meant, and what is missing."""

    kind: str
    text: str
    lines: range
    meant: str = ""
    missing: str = ""

    def shown_by(self, line: int) -> bool:
        """Whether a person would look at the line: where it happened, or where what is missing is used."""
        return line in self.lines or (bool(self.missing) and self.missing in self.text.splitlines()[line - 1])


@dataclass(frozen=True)
class Use:
    """A name where it is used: the index of its first letter; a level, or free to be any text (a partner)."""

    start: int
    name: str
    level: bool = False
    free: bool = False


@dataclass(frozen=True)
class Entry:
    """One `key: value` of a file, from where to where, and the lines of the mapping around it."""

    key: str
    start: int
    value: int
    end: int
    flow: bool
    scalar: bool
    record: range
    around: tuple[str, ...]


def slips(text: str) -> Iterator[Slip]:
    """Every slip that is tried on a text."""
    for use in uses(text):
        line = text.count("\n", 0, use.start) + 1
        for slipped, written in _misspelt(use.name):
            kind = "misspelt partner" if use.free else slipped
            yield Slip(
                kind, text[: use.start] + written + text[use.start + len(use.name) :], _one(line), use.name
            )
        if use.level:
            changed = text[: use.start] + "nowhere" + text[use.start + len(use.name) :]
            yield Slip("wrong level", changed, _one(line))
    for start in _negations(text):
        line = text.count("\n", 0, start) + 1
        yield Slip("misspelt not", text[:start] + "nto" + text[start + 3 :], _one(line), "not")
    for entry in entries(text):
        line = text.count("\n", 0, entry.start) + 1
        if entry.scalar:
            changed = text[: entry.value] + "[[7], {a: 8}]" + text[entry.end :]
            yield Slip("wrong type", changed, range(line, text.count("\n", 0, entry.value) + 2))
        middle = max(1, len(entry.key) // 2)
        written = entry.key[:middle] + "q" + entry.key[middle:]
        if " " not in entry.key and not entry.key[0].isdigit():
            changed = text[: entry.start] + written + text[entry.start + len(entry.key) :]
            yield Slip("misspelt key", changed, _one(line), entry.key)
        yield Slip("dropped key", _without(text, entry), entry.record, missing=entry.key)


def uses(text: str) -> Iterator[Use]:
    """Every place where a name is used, in expressions, keys and values; not where it is defined."""
    lines = [0, *(found.end() for found in re.finditer("\n", text))]

    def index(line: int, column: int) -> int:
        return lines[line - 1] + column - 1

    read: Draft = draft(parse_document(text, "x.yaml"), "x.yaml", "x")
    found: dict[int, Use] = {}
    for mention in read.mentions:
        first = index(mention.place.line, mention.place.column)
        first += text[first] in "\"'"
        here = re.compile(rf"(?<![\w.-]){re.escape(mention.name)}(?![\w.-])").search(text, first)
        if here is not None and here.start() - first < 40:
            found[here.start()] = Use(here.start(), mention.name)
    for setting in read.settings:
        first = index(setting.place.line, setting.place.column)
        if text.startswith(setting.level, first) and len(setting.level) > 2:
            found[first] = Use(first, setting.level, level=True)
    for place in re.finditer(r"\b(?:partner|good): ([\w-]+)", text):
        found[place.start(1)] = Use(place.start(1), place.group(1), free=True)
    levels = {level for option in (read.scenario.options if read.scenario else ()) for level in option.levels}
    for written in read.formulas:
        if written.text.offset < 0:
            continue
        first = index(written.text.place.line, written.text.place.column + written.text.offset)
        for token in tokenise(written.text.text):
            called = text[first + token.position + len(token.text) :].startswith("(")
            if token.kind == "name" and not called and text.startswith(token.text, first + token.position):
                start = first + token.position
                found[start] = Use(start, token.text, token.text in levels and "." not in token.text)
    yield from (found[start] for start in sorted(found))


def entries(text: str) -> list[Entry]:
    """Every `key: value` of a YAML text that is no prose."""
    found: list[Entry] = []

    def visit(node: yaml.Node, around: tuple[str, ...]) -> None:
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                visit(item, around)
        if isinstance(node, yaml.MappingNode):
            first = node.start_mark.line + 1 - (bool(around) and not node.flow_style)
            last = (
                node.start_mark.line
                + 1
                + text[node.start_mark.index : node.end_mark.index].rstrip().count("\n")
            )
            for key, value in node.value:
                if key.value not in PROSE:
                    end = key.end_mark.index + len(text[key.end_mark.index : value.end_mark.index].rstrip())
                    scalar = isinstance(value, yaml.ScalarNode) and value.start_mark.index > key.end_mark.index
                    found.append(
                        Entry(
                            key.value, key.start_mark.index, value.start_mark.index, end, bool(node.flow_style),
                            scalar, range(first, last + 1), around,
                        )
                    )  # fmt: skip
                visit(value, (*around, key.value))

    visit(yaml.compose(text, Loader=yaml.SafeLoader), ())
    return found


def _misspelt(name: str) -> Iterator[tuple[str, str]]:
    """A name with two neighbouring letters swapped, and with one doubled."""
    part = name.rfind(".") + 1
    middle = part + max(0, (len(name) - part) // 2 - 1)
    if len(name) - part > 2 and name[middle] != name[middle + 1]:
        yield "swapped letters", name[:middle] + name[middle + 1] + name[middle] + name[middle + 2 :]
    if len(name) - part > 1:
        yield "doubled letter", name[: middle + 1] + name[middle] + name[middle + 1 :]


def _negations(text: str) -> list[int]:
    """Where `not` stands in an expression."""
    lines = [0, *(found.end() for found in re.finditer("\n", text))]
    found = set()
    for written in draft(parse_document(text, "x.yaml"), "x.yaml", "x").formulas:
        place, offset = written.text.place, written.text.offset
        if offset >= 0:
            first = lines[place.line - 1] + place.column - 1 + offset
            found |= {first + token.position for token in tokenise(written.text.text) if token.text == "not"}
    return sorted(found)


def _without(text: str, entry: Entry) -> str:
    before, after = text[: entry.start], text[entry.end :]
    if not entry.flow:
        return before.rstrip("- ") + after if not before.endswith("- ") else before + after.lstrip("\n ")
    return before + after.lstrip(", ") if after.lstrip().startswith(",") else before.rstrip(", ") + after


def _one(line: int) -> range:
    return range(line, line + 1)
