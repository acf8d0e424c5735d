"""Every row of the catalogue is complete in every column, and the package offers exactly what it promises."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

import detente
from detente import catalogue
from detente.answers.answer import Answer
from detente.catalogue import QUESTIONS, Question, question, resolve
from detente.cli.main import app
from detente.errors import UnknownNameError
from detente.report.page import Page

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]

PUBLIC = [
    "DetenteError",
    "RefusedError",
    "Scenario",
    "ScenarioError",
    "TooLargeError",
    "UnknownNameError",
    "__version__",
    "assess",
    "backtest",
    "claims",
    "compare",
    "contingency",
    "dumps",
    "durability",
    "equilibria",
    "export",
    "fix",
    "load",
    "loads",
    "overview",
    "pressure",
    "read_events",
    "relations",
    "render",
    "roadmap",
    "robustness",
    "save_charts",
    "scenarios",
    "show",
    "sweep",
    "venues",
    "why",
]


def word(row: Question) -> str:
    return row.word


each_row = pytest.mark.parametrize("row", QUESTIONS, ids=word)


@each_row
def test_function_takes_a_scenario_and_what_the_row_declares(row: Question) -> None:
    parameters = inspect.signature(resolve(row.function)).parameters
    assert next(iter(parameters)) == "scenario"
    assert {parameter.keyword for parameter in row.parameters} <= set(parameters)
    for parameter in row.parameters:
        if parameter.default is not None:
            assert parameters[parameter.keyword].default == parameter.default


@each_row
def test_function_returns_the_answer_of_the_row(row: Question) -> None:
    answer = resolve(row.answer)
    assert issubclass(answer, Answer)
    assert answer.question == row.word
    assert inspect.signature(resolve(row.function), eval_str=True).return_annotation is answer


@each_row
def test_answer_is_frozen_and_says_what_its_json_is(row: Question) -> None:
    answer = resolve(row.answer)
    assert answer.__dataclass_params__.frozen
    lacking = sorted(answer.__abstractmethods__)
    assert not lacking, f"src/detente/questions/{row.word}/answer.py: {answer.__name__} lacks {lacking}"
    assert set(answer.json_schema()["required"]) >= {"question", "version", "scenario", "feasible"}
    assert {field.name for field in dataclasses.fields(answer)} <= set(answer.json_schema()["properties"])


@each_row
def test_presentation_makes_a_page_of_the_answer(row: Question) -> None:
    tell = resolve(row.page)
    signature = inspect.signature(tell, eval_str=True)
    assert signature.return_annotation is Page
    assert [p.annotation for p in signature.parameters.values()][:1] == [resolve(row.answer)]


@each_row
def test_command_has_every_flag_of_the_row(row: Question) -> None:
    flags = {flag for parameter in COMMANDS[row.word].params for flag in parameter.opts}
    assert {parameter.flag for parameter in row.parameters} <= flags
    assert {"--format", "--output", "-o", "--charts"} <= flags


COLUMNS = {
    "src/detente/questions/{}/__init__.py": "empty",
    "src/detente/questions/{}/answer.py": "the answer, a frozen dataclass of plain data",
    "src/detente/questions/{}/find.py": "a function of the question's name, from a scenario to the answer",
    "src/detente/questions/{}/tell.py": "a function `page`, from the answer to a page",
    "tests/questions/{}/test_find.py": "tests of what is found",
    "tests/questions/{}/test_tell.py": "tests of what is told",
    "docs/questions/{}.md": "what it asks, how it is answered, and its JSON",
}
"""What every question has, and what stands in it."""


@each_row
@pytest.mark.parametrize("column", COLUMNS)
def test_row_is_complete_in_every_column(row: Question, column: str) -> None:
    path = column.format(row.word)
    assert (ROOT / path).is_file(), f"{path} is missing: {COLUMNS[column]}"


NAMED = {
    "src/detente/__init__.py": ("from detente.questions.{0}.find import {0}", '    "{0}",'),
    "docs/questions/index.md": ("\n{0}\n",),
    "docs/reference/python.md": ("automodule:: detente.questions.{0}.answer\n",),
}
"""Where every question is named, and how."""


@each_row
@pytest.mark.parametrize("path", NAMED)
def test_the_question_is_named_where_all_are(row: Question, path: str) -> None:
    lines = [line.format(row.word) for line in NAMED[path]]
    missing = [line.strip() for line in lines if line not in (ROOT / path).read_text("utf-8")]
    assert not missing, f"{path} lacks {' and '.join(f'`{line}`' for line in missing)}"


@each_row
def test_the_package_offers_the_question(row: Question) -> None:
    assert row.word in detente.__all__, f"src/detente/__init__.py: `__all__` lacks {row.word!r}"
    assert getattr(detente, row.word).__wrapped__ is resolve(row.function)


def test_no_question_is_missing_from_the_catalogue() -> None:
    folders = {path.parent.name for path in (ROOT / "src" / "detente" / "questions").glob("*/__init__.py")}
    words = {row.word for row in QUESTIONS}
    assert folders == words, f"rows for src/detente/catalogue.py, or folders to go: {sorted(folders ^ words)}"


def test_public_names_are_exactly_these() -> None:
    assert detente.__all__ == PUBLIC, "what is public changes on purpose only: here, and in the changelog"
    apart = sorted({*catalogue.PUBLIC, "__version__"} ^ set(PUBLIC))
    assert not apart, f"PUBLIC of tests/architecture/test_catalogue.py, or the catalogue: {apart}"
    for name in PUBLIC:
        assert getattr(detente, name) is not None
    assert dir(detente) == sorted(PUBLIC)


def test_another_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'asess'"):
        detente.asess  # noqa: B018


def test_an_unknown_question_comes_with_a_near_miss() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'equilibria'"):
        question("equilibrium")


def test_reading_the_catalogue_loads_no_question() -> None:
    code = "import sys, detente.catalogue; print(*[m for m in sys.modules if m.startswith('detente.q')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_version_is_the_same_wherever_it_stands() -> None:
    assert (
        re.search(r"^version: (\S+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.M)[1]
        == detente.__version__
    )  # type: ignore[index]
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert 'dynamic = ["version"]' in project
    assert importlib.metadata.version("detente") == detente.__version__


def undescribed(schema: dict[str, object], path: str = "") -> list[str]:
    """Where a JSON Schema of an answer leaves a key without a meaning."""
    found = []
    for word, inner in schema.items():
        if word == "properties":
            assert isinstance(inner, dict)
            found += [f"{path}.{name}" for name, value in inner.items() if not value.get("description")]
        for part in inner if isinstance(inner, list) else [inner]:
            if isinstance(part, dict):
                found += undescribed(
                    part, path if word in ("properties", "items", "anyOf") else f"{path}.{word}"
                )
    return found


@each_row
def test_every_key_of_an_answer_has_a_meaning(row: Question) -> None:
    assert undescribed(resolve(row.answer).json_schema()) == []
