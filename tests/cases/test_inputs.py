"""The hand-written built-in cases against the transcribed originals, where these are at hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import yaml

from cases.published import SHARED_CASES, graph

CASES = {
    "cuba-1962": "cuban_missile_gmcrplus",
    "elmira": "elmira_12state_gmcrplus",
    "euphrates-1975": "syria_iraq_1975_euphrates",
    "garrison": "garrison_diversion_gmcrplus",
    "prisoners": "prisoners_dilemma_gmcrplus",
}


class _Text(yaml.BaseLoader):
    """Reads every scalar as text, so that N stays N."""


def original(name: str) -> dict[str, Any]:
    path = SHARED_CASES / f"{CASES[name]}.yaml"
    if not path.exists():
        pytest.skip("the transcribed originals are not at hand")
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Text)


@pytest.mark.parametrize("name", CASES)
def test_states_have_the_published_numbers(name: str) -> None:
    states = original(name)["states"]
    written = {
        str(number): "".join("NY"[level] for level in graph(name).levels(number - 1))
        for number in range(1, graph(name).states + 1)
    }
    assert written == states


@pytest.mark.parametrize("name", CASES)
def test_parties_order_states_as_the_original_does(name: str) -> None:
    case = original(name)
    for party, source in enumerate(case["dms"]):
        preference = case["preferences"][source]
        scores = (
            ranking_scores(preference["ranking"])
            if "ranking" in preference
            else statement_scores(preference["statements"], list(case["states"].values()))
        )
        assert np.unique(scores, return_inverse=True)[1].tolist() == graph(name).ranks[party].tolist(), source


@pytest.mark.parametrize("name", CASES)
def test_one_way_options_are_those_of_the_original(name: str) -> None:
    directions = {"N->Y": "up", "Y->N": "down"}
    one_way = {int(entry["option"]): directions[entry["allowed"]] for entry in original(name)["irreversible"]}
    assert {index: axis.moves for index, axis in enumerate(graph(name).axes) if axis.moves != "both"} == one_way


def ranking_scores(ranking: list[Any]) -> list[int]:
    place = {}
    for score, group in enumerate(reversed(ranking)):
        for number in group if isinstance(group, list) else [group]:
            place[int(number)] = score
    return [place[number] for number in sorted(place)]


def statement_scores(statements: list[Any], vectors: list[str]) -> list[int]:
    def holds(statement: Any, vector: str) -> bool:
        return any(
            all(vector[int(option)] == taken for option, taken in pattern.items())
            for pattern in statement.get("any", [statement])
        )

    return [
        sum(holds(line, vector) << -place for place, line in enumerate(statements, start=-len(statements) + 1))
        for vector in vectors
    ]
