"""The registry of concepts: everybody reads it, and a row that nobody can judge is never passed over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from detente import catalogue, concepts
from detente.concepts import CONCEPTS, NAMES, ROWS, SIM, Concept, defined, named
from detente.errors import UnknownNameError
from detente.report import words
from detente.scenario.schema import json_schema
from detente.stability import anticipate, coalitions, table
from oracles.random_graphs import random_graph

PAGE = (Path(__file__).parents[1] / "docs" / "concepts" / "stability.md").read_text("utf-8")
STRANGE = replace(CONCEPTS[0], name="strange", replies="dreams")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "judge",
    [
        lambda graph: anticipate.anticipations(graph, 0, (STRANGE,)),
        lambda graph: anticipate.anticipated(graph, 0, STRANGE),
        lambda graph: coalitions.coalition_stable(graph, (0, 1), replace(STRANGE, name="nash")),
    ],
    ids=["several", "one", "coalitions"],
)
def test_a_new_kind_of_reply_is_an_error_and_not_an_empty_answer(judge) -> None:
    with pytest.raises(AssertionError, match="dreams"):
        judge(random_graph(np.random.default_rng(1)))


def test_the_table_of_what_holds_refuses_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "CONCEPTS", (*CONCEPTS, STRANGE))
    with pytest.raises(AssertionError, match="dreams"):
        table.stability(random_graph(np.random.default_rng(1)), (STRANGE,))


def test_names_are_unique_and_found() -> None:
    assert len(set(NAMES)) == len(CONCEPTS)
    assert [named(name) for name in NAMES] == list(CONCEPTS) == [CONCEPTS[ROWS[name]] for name in NAMES]
    assert defined("sim") is SIM
    with pytest.raises(UnknownNameError, match="Did you mean 'sseq'"):
        named("ssq")


@pytest.mark.parametrize("concept", [*CONCEPTS, SIM], ids=lambda concept: concept.name)
def test_help_words_and_documentation_read_the_row(concept: Concept) -> None:
    assert words.concept(concept.name) == concept.label
    assert words.concept_meaning(concept.name) == concept.clause
    flags = {parameter.flag: parameter.help for parameter in catalogue.question("equilibria").parameters}
    assert concept.name in flags["--concept"]
    for author in concept.source.split("; "):
        assert author in PAGE, f"docs/concepts/stability.md lacks {author}, the source as the registry has it"


def test_the_schema_of_a_scenario_knows_every_foresight() -> None:
    party = json_schema()["$defs"]["party"]["properties"]["foresight"]
    assert party["enum"] == list(NAMES)
    assert concepts.FORESIGHT in NAMES
