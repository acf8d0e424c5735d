"""The document as a whole: what the classes of the model say of their fields, and the long form of numbers.

The reader's problems, the JSON Schema and the reference page all come from these declarations.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from detente.scenario import publish
from detente.scenario.fields import Amount, Choice, Field, Record, Whole, record
from detente.scenario.grounds import BECAUSE, SOURCE
from detente.scenario.model import Scenario

FORMAT = 1
PUBLISHED = Path(__file__).with_name("scenario.schema.json")
"""Where the JSON Schema of scenario files lies, for editors."""
DISTRIBUTIONS = ("normal", "triangular", "uniform")

VERSION = Field("detente", Whole(1), "The version of this format.", default=str(FORMAT))
SCENARIO = record("scenario", Scenario)
SCENARIO = replace(SCENARIO, fields=(VERSION, *SCENARIO.fields))

SECTIONS = frozenset(field.name for field in SCENARIO.fields) - {"title", "about"}
"""What begins a line at the left margin, and has a name that nothing else has."""

NUMBER = Record(
    "number",
    (
        Field("value", Amount(bare=True), "The number, with its spread if it is unsure.", required=True),
        Field("distribution", Choice(DISTRIBUTIONS), "The shape of the spread between `low` and `high`."),
        Field("low", Amount(bare=True), "The least value; for `normal`, two standard deviations down."),
        Field("high", Amount(bare=True), "The largest value; for `normal`, two standard deviations up."),
        BECAUSE.field("because"),
        SOURCE.field("source"),
    ),
)


def number_record(word: str) -> Record:
    """Return the mapping form of a number whose value stands under this word."""
    value = replace(NUMBER.fields[0], name=word)
    return replace(NUMBER, name=word if word != "value" else NUMBER.name, fields=(value, *NUMBER.fields[1:]))


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a scenario document, for completion and checks in editors."""
    return publish.json_schema(SCENARIO, number_record)


def reference_markdown() -> str:
    """Return the reference of every field as Markdown: kind, unit, default and meaning."""
    return publish.reference(SCENARIO, NUMBER)
