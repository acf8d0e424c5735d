"""Every command and every answer is documented, by its own name, everywhere it should be."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer.main

from architecture.pages import ROOT
from detente.answers.answer import Answer
from detente.cli import app

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
QUESTIONS = sorted(path.stem for path in (ROOT / "docs" / "questions").glob("*.md") if path.stem != "index")


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


def answer_of(question: str) -> type[Answer]:
    """The one answer class that a question's module defines."""
    module = importlib.import_module(f"detente.answers.{question}")
    (found,) = (
        thing
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Answer) and thing.__module__ == module.__name__
    )
    return found


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_command_stands_in_the_readme_table_and_in_the_reference(command: str) -> None:
    assert re.search(rf"^\| `detente {command}\b", text("README.md"), re.M)
    assert re.search(rf"^## {command}$", text("docs", "reference", "commands.md"), re.M)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_option_of_a_command_stands_in_the_reference(command: str) -> None:
    section = re.split(r"^## ", text("docs", "reference", "commands.md"), flags=re.M)
    (here,) = (part for part in section if part.startswith(f"{command}\n"))
    flags = [flag for parameter in COMMANDS[command].params for flag in parameter.opts if flag.startswith("--")]
    common = {"--help", "--format", "--output"}
    assert [flag for flag in flags if flag not in common and f"`{flag}" not in here] == []


def test_documented_commands_exist() -> None:
    documented = set(re.findall(r"^## (\S+)$", text("docs", "reference", "commands.md"), re.M))
    assert documented == set(COMMANDS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_question_is_one_word_in_every_column(question: str) -> None:
    assert question in COMMANDS
    for column in ("answers", "questions", "present"):
        assert (ROOT / "src" / "detente" / column / f"{question}.py").exists(), column
    assert callable(getattr(importlib.import_module("detente"), question))


@pytest.mark.parametrize("question", QUESTIONS)
def test_page_of_a_question_names_every_key_of_its_json(question: str) -> None:
    answer = answer_of(question)
    common = {"question", "version", "scenario", "parties", "options", "names", "feasible", "worlds"}
    common |= {"id", "hash", "unused"}
    page = text("docs", "questions", f"{question}.md")
    named = set(re.findall(r"[\w.\[\]]+", " ".join(re.findall(r"`([^`\n]+)`", page))))
    named |= {part for name in named for part in re.split(r"[.\[\]]+", name)}
    assert set(keys(answer.json_schema())) - common - named == set()
    assert f"version {answer.version}" in page


def test_every_question_has_a_page() -> None:
    questions = {p.stem for p in (ROOT / "src" / "detente" / "questions").glob("*.py") if p.stem in COMMANDS}
    assert questions == set(QUESTIONS)
