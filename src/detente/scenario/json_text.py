"""JSON text to the same tree with places as YAML gives; duplicates, NaN and deep nesting refused."""

from __future__ import annotations

import re
from bisect import bisect_right
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import NoReturn

from detente.errors import Place, Problem, ScenarioError
from detente.scenario.nodes import MAX_DEPTH, MAX_PROBLEMS, Mapping, Node, Scalar, Sequence
from detente.scenario.yaml_text import BEGIN, MAX_NODES

_SPACE = re.compile(r"[ \t\r\n]*")
_LITERAL = re.compile(r"true|false|null|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?(?![\w.])")
_WORD = re.compile(r"[-+\w.]+")


def parse_json(text: str, file: str) -> Node:
    """Read JSON text into a tree.

    Raises
    ------
    ScenarioError
        With the place of the first error, or of every duplicate key.
    """
    reader = _Reader(text, file)
    root, end = reader.node(reader.skip(0), 0)
    if reader.skip(end) != len(text):
        reader.stop(reader.skip(end), "the document goes on after its end.", "Keep one value.")
    if reader.problems:
        raise ScenarioError(reader.problems)
    return root


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.problems: list[Problem] = []
        self.starts = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]
        self.nodes = 0

    def node(self, at: int, depth: int) -> tuple[Node, int]:
        self.nodes += 1
        if depth > MAX_DEPTH:
            self.stop(at, f"nested more than {MAX_DEPTH} levels deep.", "A scenario needs about six.")
        if self.nodes > MAX_NODES:
            self.stop(at, f"more than {MAX_NODES:,} entries.")
        first = self.text[at : at + 1]
        if first == "{":
            return self.mapping(at, depth)
        if first == "[":
            return self.sequence(at, depth)
        if first == '"':
            return self.string(at)
        if found := _LITERAL.match(self.text, at):
            return Scalar(self.place(at), found.group()), found.end()
        word = _WORD.match(self.text, at)
        if not self.text.strip():
            self.stop(0, "the file is empty.", BEGIN)
        if word is None:
            self.stop(at, "a value is missing here.", "Write a text in double quotes, a number, a list or {…}.")
        self.stop(at, f"'{word.group()[:40]}' is not JSON.", "Write texts in double quotes, numbers as 0.5.")

    def mapping(self, at: int, depth: int) -> tuple[Node, int]:
        entries: list[tuple[Scalar, Node]] = []
        seen: set[str] = set()
        after = self.skip(at + 1)
        while self.text[after : after + 1] != "}":
            if self.text[after : after + 1] != '"':
                self.stop(after, "a name in double quotes, or the closing }, is missing here.")
            key, after = self.string(after)
            value, after = self.node(self.skip(self.expect(":", self.skip(after))), depth + 1)
            if key.text in seen:
                what = f"'{key.text[:40]}' stands twice in one mapping."
                self.problems.append(Problem(key.place, what, "Keep one."))
                if len(self.problems) >= MAX_PROBLEMS:
                    raise ScenarioError(self.problems)
            else:
                seen.add(key.text)
                entries.append((key, value))
            after = self.separator(after, "}")
        return Mapping(self.place(at), entries), after + 1

    def sequence(self, at: int, depth: int) -> tuple[Node, int]:
        items: list[Node] = []
        after = self.skip(at + 1)
        while self.text[after : after + 1] != "]":
            item, after = self.node(after, depth + 1)
            items.append(item)
            after = self.separator(after, "]")
        return Sequence(self.place(at), items), after + 1

    def string(self, at: int) -> tuple[Scalar, int]:
        try:
            value, end = scanstring(self.text, at + 1, True)
        except JSONDecodeError as error:
            return self.stop(
                error.pos, "the text in quotes is not closed, or holds a line break or a wrong \\."
            )
        if any("\ud800" <= character <= "\udfff" for character in value):
            self.stop(at, "the text holds half a character (a lone surrogate).")
        offset = 1 if end - at - 2 == len(value) else -1
        return Scalar(self.place(at), value, plain=False, offset=offset), end

    def separator(self, at: int, closing: str) -> int:
        after = self.skip(at)
        if self.text[after : after + 1] == closing:
            return after
        after = self.skip(self.expect(",", after))
        if self.text[after : after + 1] == closing:
            self.stop(after, "a comma stands before the closing bracket.", "Remove it.")
        return after

    def expect(self, character: str, at: int) -> int:
        if self.text[at : at + 1] != character:
            self.stop(at, f"'{character}' is missing here.")
        return at + 1

    def skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def place(self, at: int) -> Place:
        line = bisect_right(self.starts, at)
        return Place(self.file, line, at - self.starts[line - 1] + 1)

    def stop(self, at: int, what: str, hint: str = "") -> NoReturn:
        raise ScenarioError([*self.problems, Problem(self.place(at), what, hint)])
