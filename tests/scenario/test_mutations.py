"""200 small accidents in valid files: each refused at the right line, or a scenario in its own right (A1)."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
import yaml

from detente.errors import ScenarioError
from detente.scenario.document import parse_document
from detente.scenario.dump import dumps
from detente.scenario.load import loads
from detente.scenario.nodes import plain
from detente.scenario.schema import json_schema
from detente.scenario.starter import starter

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = jsonschema.Draft202012Validator(json_schema())
KINDS = ("drop", "rename", "duplicate", "retype")


@dataclass(frozen=True)
class Entry:
    """One `key: value` of a file: where it begins and ends, and the keys around it."""

    key: str
    start: int
    middle: int
    end: int
    flow: bool
    block_value: bool
    around: tuple[str, ...]
    lines_around: tuple[int, ...]


def _texts() -> list[str]:
    files = sorted((ROOT / "src/detente/scenarios").glob("*.yaml"))
    return [starter("river"), *(file.read_text(encoding="utf-8") for file in files)]


def _entries(text: str) -> list[Entry]:
    found: list[Entry] = []

    def visit(node: yaml.Node, around: tuple[str, ...], lines: tuple[int, ...]) -> None:
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                visit(item, around, (*lines, item.start_mark.line + 1))
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                here = (*lines, key.start_mark.line + 1)
                block = not isinstance(value, yaml.ScalarNode) and not value.flow_style
                entry = Entry(
                    key.value,
                    key.start_mark.index,
                    key.end_mark.index,
                    key.end_mark.index + len(text[key.end_mark.index : value.end_mark.index].rstrip()),
                    bool(node.flow_style),
                    block,
                    around,
                    here,
                )
                found.append(entry)
                visit(value, (*around, key.value), here)

    visit(yaml.compose(text, Loader=yaml.SafeLoader), (), ())
    return found


def _mutated(text: str, entry: Entry, kind: str) -> str:
    before, whole, after = text[: entry.start], text[entry.start : entry.end], text[entry.end :]
    if kind == "rename":
        middle = len(entry.key) // 2
        return before + entry.key[:middle] + "q" + entry.key[middle:] + text[entry.middle :]
    if kind == "retype":
        value = "[[7], [8]]" if not entry.block_value and whole[-1] not in "]}" else "7"
        return before + text[entry.start : entry.middle] + ": " + value + after
    if entry.flow:
        if kind == "duplicate":
            return before + whole + ", " + whole + after
        return before + after.lstrip(", ") if after.lstrip().startswith(",") else before.rstrip(", ") + after
    if kind == "duplicate":
        indent = before[before.rfind("\n") + 1 :].replace("-", " ")
        return before + whole + "\n" + indent + whole + after
    return before.rstrip("- ") + after if not before.endswith("- ") else before + after.lstrip("\n ")


def _right(text: str, entry: Entry, kind: str, line: int) -> bool:
    """Whether a person would look at the line: the accident's, its surroundings', or a use of the name."""
    first = entry.lines_around[-1]
    span = text.count("\n", entry.start, entry.end)
    if kind == "duplicate" and first <= line <= first + 2 * span + 1:
        return True
    if first <= line <= first + (span if kind != "drop" else 0) or line in entry.lines_around[-3:]:
        return True
    words = [entry.key, entry.key.rpartition(".")[2], *entry.around[-2:]]
    shown = text.splitlines()[line - 1] if line <= text.count("\n") else ""
    return kind in ("drop", "rename", "retype") and any(word in shown for word in words)


def test_accidents_are_refused_at_the_right_line_or_harmless() -> None:
    rng = random.Random(20)
    sources = [(text, _entries(text)) for text in _texts()]
    refused = right = 0
    accepted: Counter[str] = Counter()
    misses = []
    for trial in range(200):
        text, entries = sources[trial % len(sources)]
        entry, kind = rng.choice(entries), KINDS[trial // len(sources) % len(KINDS)]
        mutant = _mutated(text, entry, kind)
        try:
            scenario = loads(mutant, "x.yaml")
        except ScenarioError as error:
            refused += 1
            lines = [problem.place.line for problem in error.problems]
            assert all(line > 0 for line in lines)
            found = any(_right(mutant, entry, kind, line) for line in lines)
            right += found
            if not found:
                misses.append(f"{kind} {entry.around} {entry.key} line {entry.lines_around[-1]}: {error}")
        else:
            accepted[kind] += 1
            assert kind != "duplicate"
            SCHEMA.validate(plain(parse_document(mutant)))
            assert loads(dumps(scenario)) == scenario
    assert right / refused >= 0.95, "\n".join(misses)
    assert refused >= 120, accepted


@pytest.mark.parametrize("kind", KINDS)
def test_the_accidents_are_what_they_say(kind: str) -> None:
    text = "a: 1\nb: {c: 2, d: x}\n"
    entry = next(entry for entry in _entries(text) if entry.key == "c")
    wanted = {
        "drop": "a: 1\nb: {d: x}\n",
        "rename": "a: 1\nb: {qc: 2, d: x}\n",
        "duplicate": "a: 1\nb: {c: 2, c: 2, d: x}\n",
        "retype": "a: 1\nb: {c: [[7], [8]], d: x}\n",
    }
    assert _mutated(text, entry, kind) == wanted[kind]
