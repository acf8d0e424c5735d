"""YAML text to a tree with places, bounded in depth and size, with duplicate keys and tags refused.

Only the event stream of PyYAML is used; what the texts mean is decided in `nodes` by YAML 1.2. Reading events
one at a time keeps both of PyYAML's parsers safe on hostile nesting: the walk stops at the depth limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from detente.errors import Place, Problem, ScenarioError
from detente.scenario.nodes import MAX_DEPTH, MAX_PROBLEMS, Mapping, Node, Scalar, Sequence
from detente.scenario.yaml_errors import TOO_DEEP, syntax_problem

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
        found = syntax_problem(error, text, file, builder.quoted)
        raise ScenarioError([*builder.problems, found]) from None
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
        self.quoted: Any = None
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
            self.stop(event, *TOO_DEEP)
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
                    start = key.place.column
                    rest = self.line(key.place.line - 1)[start : start + len(key.text) + _NEAR]
                    value.commented = " #" in rest
                entries.append((key, value))
        return Mapping(self.place(event), entries, bool(event.flow_style))

    def scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark, event.end_mark
        plain = event.style is None or event.style == ""
        if event.style in ('"', "'"):
            self.quoted = event
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


_NEAR = 40  # characters behind a name in which the comment that stands instead of its value begins
BEGIN = "`detente new NAME` writes a scenario to begin with."
_BRACES = "Quote a text that begins with { or [."


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
