"""The schema, the reference page and the checker say the same."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import jsonschema
import pytest

from detente.scenario.document import parse_document, read_document
from detente.scenario.dump import dumps
from detente.scenario.load import load
from detente.scenario.nodes import plain
from detente.scenario.schema import SCENARIO, json_schema, reference_markdown
from detente.scenario.starter import starter
from scenario.texts import BASE, changed, problems

ROOT = Path(__file__).resolve().parents[2]
BUILT_IN = sorted((ROOT / "src/detente/scenarios").glob("*.yaml"))
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_the_shipped_file_is_in_step() -> None:
    text = resources.files("detente.scenario").joinpath("scenario.schema.json").read_text(encoding="utf-8")
    assert json.loads(text) == json_schema(), "write it anew with `detente schema -o src/detente/scenario/…`"


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
def test_built_in_scenarios_are_valid_as_they_stand_and_as_written(path: Path) -> None:
    VALIDATOR.validate(plain(read_document(path)))
    VALIDATOR.validate(plain(parse_document(dumps(load(path)))))


def test_the_starter_is_valid() -> None:
    VALIDATOR.validate(plain(parse_document(starter("x"))))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("aim: peace", "aime: peace"),
        ("weight: 2..4", "wieght: 2..4"),
        ("weight: 2..4", "weight: heavy"),
        ("weight: 2..4", "weight: -2"),
        ("weight: 2..4", "weight: {value: 3, low: [1]}"),
        ("A > B: -0.2 ± 0.1", "A > B: -3"),
        ("A > B: -0.2 ± 0.1", "A B: 0.1"),
        ("moves: up}", "moves: sideways}"),
        ("levels: [few, some, many]", "levels: [few]"),
        ("levels: [few, some, many]", "levels: 7"),
        ("weight: 2..4", "weight: 2, wants: peace"),
        ("title: Two neighbours\n", ""),
        ("sponsors: [A]", "sponsors: A"),
        ("loss: 0.2", "loss: 1.2"),
        ("until: peace", "until: [peace]"),
        ("  A.talk:", "  A talk:"),
    ],
)
def test_what_the_schema_refuses_the_checker_refuses(old: str, new: str) -> None:
    text = BASE.replace(old, new, 1)
    assert problems(text)
    assert not VALIDATOR.is_valid(plain(parse_document(text)))


def test_numbers_in_every_form_are_valid() -> None:
    for number in ("3", "3 ± 1", "3 +- 1", "3 (2..5)", "2..5", "{value: 3 (2..5), because: x}"):
        VALIDATOR.validate(plain(parse_document(changed("weight: 2..4", f"weight: {number}"))))


def test_every_field_explains_itself() -> None:
    def described(schema: object) -> None:
        if isinstance(schema, dict):
            for name, field in schema.get("properties", {}).items():
                assert field["description"].strip().endswith("."), name
            for part in schema.values():
                described(part)

    described(json_schema())


def test_the_reference_lists_every_section_and_links_within_itself() -> None:
    page = reference_markdown()
    assert all(f"| `{field.name}` |" in page for field in SCENARIO.fields)
    headings = {line[3:].lower().replace(" ", "-") for line in page.splitlines() if line.startswith("## ")}
    links = {part.split(")")[0] for part in page.split("](#")[1:]}
    assert links <= headings
