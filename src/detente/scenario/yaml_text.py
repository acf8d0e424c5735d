"""YAML text to a tree with places, bounded in depth and size, with duplicate keys and tags refused.

Only the event stream of PyYAML is used; what the texts mean is decided in `nodes` by YAML 1.2. Reading events
one at a time keeps both of PyYAML's parsers safe on hostile nesting: the walk stops at the depth limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from detente.errors import Place, Problem, ScenarioError
from detente.scenario.nodes import MAX_PROBLEMS, Mapping, Node, Scalar, Sequence

MAX_DEPTH = 64
MAX_NODES = 100_000
MAX_ALIASES = 1_000

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str, file: str, parser: Any = None) -> Node:
    """Read YAML text into a tree.

    Raises
    ------
    ScenarioError
        With the place of the first syntax error, duplicate keys, tags, too deep nesting or too many nodes.
    """
    builder = _Builder(text, file, parser or _PARSER)
    try:
        root = builder.document()
    except yaml.MarkedYAMLError as error:
        raise ScenarioError([*builder.problems, _syntax(error, text, file)]) from None
    if builder.problems:
        raise ScenarioError(sorted(builder.problems))
    return root


class _Builder:
    def __init__(self, text: str, file: str, parser: Any) -> None:
        self.text, self.file = text, file
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=parser))
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.open_anchors: set[str] = set()
        self.nodes = self.aliases = 0
        self._lines: list[str] | None = None

    def document(self) -> Node:
        next(self.events)  # the stream starts
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            raise ScenarioError([Problem(Place(self.file, 1, 1), "the file is empty.", BEGIN)])
        root = self.node(next(self.events), 0)
        next(self.events)  # the document ends
        event = next(self.events)
        if isinstance(event, yaml.DocumentStartEvent):
            self.stop(event, "a second document starts here; a scenario is one document.", "Remove the `---`.")
        return root

    def node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if depth > MAX_DEPTH:
            self.stop(event, *_TOO_DEEP)
        self.count(event, 1)
        if event.tag is not None:
            self.refuse_tag(event)
        anchor = event.anchor
        if anchor is None:
            return self.content(event, depth)
        before = self.nodes
        self.open_anchors.add(anchor)
        node = self.content(event, depth)
        self.open_anchors.discard(anchor)
        self.anchors[anchor] = node, self.nodes - before + 1
        return node

    def content(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(item := next(self.events), yaml.SequenceEndEvent):
                items.append(self.node(item, depth + 1))
            return Sequence(self.place(event), items)
        return self.mapping(event, depth)

    def mapping(self, event: Any, depth: int) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, Place] = {}
        while not isinstance(start := next(self.events), yaml.MappingEndEvent):
            key = self.node(start, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key, Scalar):
                self.problem(key.place, "a list or mapping stands where a name is expected.", _BRACES)
            elif key.text in seen:
                first = seen[key.text].line
                what = f"'{_short(key.text)}' stands twice in one mapping; it first stands on line {first}."
                self.problem(key.place, what, "Keep one.")
            else:
                seen[key.text] = key.place
                if isinstance(value, Scalar) and value.plain and not value.text:
                    value.commented = " #" in self.line(key.place.line - 1)[key.place.column :]
                entries.append((key, value))
        return Mapping(self.place(event), entries, bool(event.flow_style))

    def scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark, event.end_mark
        plain = event.style is None or event.style == ""
        if start.line != end.line or event.style in ("|", ">"):
            offset = -1
        else:
            offset = 0 if plain else 1
        return Scalar(self.place(event), event.value, plain, offset)

    def alias(self, event: Any) -> Node:
        if event.anchor in self.open_anchors:
            self.stop(event, f"'*{event.anchor}' stands inside the very thing it repeats.", "Write it out.")
        if event.anchor not in self.anchors:
            hint = "A text that begins with * needs quotes."
            self.stop(event, f"'*{event.anchor}' repeats nothing: no '&{event.anchor}' stands before it.", hint)
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            self.stop(event, f"more than {MAX_ALIASES} aliases (*name).", "Write the parts out.")
        node, size = self.anchors[event.anchor]
        self.count(event, size)
        return node

    def count(self, event: Any, size: int) -> None:
        self.nodes += size
        if self.nodes > MAX_NODES:
            self.stop(event, f"more than {MAX_NODES:,} entries, aliases written out.", "Split the scenario.")

    def refuse_tag(self, event: Any) -> None:
        hint = "A text that begins with ! needs quotes; for 'not' write `not`."
        self.problem(
            self.place(event), f"the tag '{_short(event.tag)}' is refused; a scenario has no tags.", hint
        )

    def line(self, number: int) -> str:
        if self._lines is None:
            self._lines = self.text.splitlines()
        return self._lines[number] if number < len(self._lines) else ""

    def place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def problem(self, place: Place, what: str, hint: str) -> None:
        self.problems.append(Problem(place, what, hint))
        if len(self.problems) >= MAX_PROBLEMS:
            raise ScenarioError(sorted(self.problems))

    def stop(self, event: Any, what: str, hint: str) -> None:
        self.problem(self.place(event), what, hint)
        raise ScenarioError(sorted(self.problems))


BEGIN = "`detente new NAME` writes a scenario to begin with."
_INDENT = "Check its indentation, `key: value` and `- item`."
_TOO_DEEP = f"nested more than {MAX_DEPTH} levels deep.", "A scenario needs about six."
_BRACES = "Quote a text that begins with { or [."


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _syntax(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """Turn the parser's words into the next step for somebody who does not know YAML."""
    mark: Any = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines()
    source = lines[line] if line < len(lines) else ""
    what, hint = _explain(str(error.problem or error.context or ""), source, column, _opening(error, line))
    return Problem(Place(file, line + 1, column + 1), what, hint)


def _opening(error: yaml.MarkedYAMLError, line: int) -> str:
    """On which earlier line the quote or bracket opens that the parser is still within."""
    mark: Any = error.context_mark
    return f" It opens on line {mark.line + 1}." if mark and mark.line < line else ""


def _explain(problem: str, source: str, column: int, opening: str) -> tuple[str, str]:
    here = source[column : column + 1]
    if "nesting depth" in problem:
        return _TOO_DEEP
    if not source[column:].strip() and ("expected" in problem or "quoted scalar" in problem):
        return f"the text ends before a quote or bracket is closed.{opening}", "Close it."
    if "mapping values" in problem and ": " not in source[:column] and "{" not in source[:column]:
        return "the line does not fit the lines above it.", _INDENT
    if here == ":" and opening:
        return f"a bracket is not closed before this colon.{opening}", "Close it, or quote the text."
    if "mapping values" in problem or here == ":":
        return "a colon followed by a space inside an unquoted text.", 'Quote the text: "…: …".'
    if here == "\t" or (not here.strip() and "\t" in source[: column + 1]):
        return "a tab stands where spaces are expected.", "Indent with spaces."
    if "cannot start any token" in problem:
        return f"an unquoted text cannot begin with '{here}'.", "Quote the text."
    if "',' or '}'" in problem or "',' or ']'" in problem:
        return f"a comma or a closing bracket is missing.{opening}", "Close it, or quote the text."
    if "expected" in problem or "did not find" in problem or "entries are not allowed" in problem:
        return "the line does not fit the lines above it.", _INDENT
    return f"not YAML: {problem}.", "Quote the text if it is meant as text."
