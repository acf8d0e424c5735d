"""Every command and every answer is documented, by its own name, everywhere it should be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer.main

from architecture.pages import ROOT
from detente.catalogue import QUESTIONS, Question, resolve
from detente.cli.main import app

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def text(*path: str) -> str:
    return ROOT.joinpath(*path).read_text("utf-8")


def keys(schema: dict[str, Any]) -> Iterator[str]:
    """Every property that a JSON Schema names, at any depth."""
    for name, value in schema.items():
        if name == "properties":
            yield from value
        if isinstance(value, dict):
            yield from keys(value)
        elif isinstance(value, list):
            for item in value:
                yield from keys(item) if isinstance(item, dict) else ()


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_command_stands_in_the_readme_table_and_in_the_reference(command: str) -> None:
    row = re.search(rf"^\| `detente {command}\b", text("README.md"), re.M)
    assert row, f"README.md: a row `detente {command}` in the table of commands is missing"
    section = re.search(rf"^## {command}$", text("docs", "reference", "commands.md"), re.M)
    assert section, f"docs/reference/commands.md: a section `## {command}` is missing"


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_option_of_a_command_stands_in_the_reference(command: str) -> None:
    section = re.split(r"^## ", text("docs", "reference", "commands.md"), flags=re.M)
    here = next((part for part in section if part.startswith(f"{command}\n")), "")
    flags = [flag for parameter in COMMANDS[command].params for flag in parameter.opts if flag.startswith("--")]
    common = {"--help", "--format", "--output", "--charts"}
    if command in {row.word for row in QUESTIONS}:
        common |= {"--set", "--open", "--close-channel", "--start", "--export"}
        common |= {name for one in COMMANDS[command].params if "--start" in one.opts for name in one.opts}
    missing = [flag for flag in flags if flag not in common and f"`{flag}" not in here]
    assert not missing, f"docs/reference/commands.md, `## {command}`: {', '.join(missing)} not explained"


def test_documented_commands_exist() -> None:
    documented = set(re.findall(r"^## (\S+)$", text("docs", "reference", "commands.md"), re.M))
    apart = sorted(documented ^ set(COMMANDS))
    assert not apart, f"docs/reference/commands.md: sections missing, or without a command: {apart}"


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row.word)
def test_page_of_a_question_names_every_key_of_its_json(row: Question) -> None:
    answer = resolve(row.answer)
    common = {"question", "version", "scenario", "parties", "options", "names", "feasible", "worlds"}
    common |= {"id", "hash", "unused", "changes", "outcomes", "shocks", "strategies"}
    page = text("docs", "questions", f"{row.word}.md")
    named = set(re.findall(r"[\w.\[\]]+", " ".join(re.findall(r"`([^`\n]+)`", page))))
    named |= {part for name in named for part in re.split(r"[.\[\]]+", name)}
    missing = set(keys(answer.json_schema())) - common - named
    assert not missing, f"docs/questions/{row.word}.md lacks {sorted(missing)}; run tests/architecture/pages.py"
    said = f"version {answer.version}"
    assert said in page, f"docs/questions/{row.word}.md does not say `{said}` of its JSON"
