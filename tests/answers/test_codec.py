from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import jsonschema
import pytest

from detente.answers.codec import decode, encode, schema


@dataclass(frozen=True)
class Leaf:
    """A leaf."""

    name: str
    margin: float | None
    kind: Literal["rest", "cycle"] = "rest"


@dataclass(frozen=True)
class Tree:
    """A tree."""

    leaves: tuple[Leaf, ...]
    stable: Mapping[str, tuple[int, ...]]
    main: Leaf | None
    whole: bool


TREE = Tree((Leaf("a", 0.5), Leaf("b", None, "cycle")), {"seq": (1, 2)}, None, True)


def test_what_is_written_reads_back_the_same() -> None:
    assert decode(Tree, encode(TREE)) == TREE


def test_objects_keep_field_order_and_tuples_become_arrays() -> None:
    written = encode(TREE)
    assert isinstance(written, dict)
    assert list(written) == ["leaves", "stable", "main", "whole"]
    assert written["stable"] == {"seq": [1, 2]}


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_a_number_that_json_cannot_hold_is_null(value: float) -> None:
    assert encode(Leaf("a", value)) == {"name": "a", "margin": None, "kind": "rest"}


def test_what_is_written_meets_its_schema() -> None:
    jsonschema.validate(encode(TREE), schema(Tree))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "a", "margin": "much", "kind": "rest"},
        {"name": 3, "margin": 0.5, "kind": "rest"},
        {"name": "a", "margin": 0.5, "kind": "storm"},
        {"name": "a", "margin": True},
        {"margin": 0.5},
        [],
    ],
)
def test_data_of_another_type_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"expected|lacks"):
        decode(Leaf, wrong)


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"name": "a", "margin": "much", "kind": "rest"}, schema(Leaf))


@dataclass(frozen=True)
class Pair:
    """Two of them."""

    ends: tuple[int, int]
    means: Annotated[tuple[int, int] | None, "Low and high; None where unknown."]


@pytest.mark.parametrize("ends", [[1], [1, 2, 3]])
def test_a_pair_has_two_items(ends: list[int]) -> None:
    with pytest.raises(ValueError, match="array of 2"):
        decode(Pair, {"ends": ends, "means": None})
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"ends": ends, "means": None}, schema(Pair))
    assert decode(Pair, {"ends": [1, 2], "means": None}) == Pair((1, 2), None)


def test_the_schema_says_what_the_fields_mean() -> None:
    described = schema(Pair)
    assert described["description"] == "Two of them."
    assert described["properties"]["means"]["description"] == "Low and high; null where unknown."


def test_a_missing_field_with_a_default_takes_it_and_unknown_keys_are_ignored() -> None:
    assert decode(Leaf, {"name": "a", "margin": 1, "colour": "red"}) == Leaf("a", 1.0)


def test_engine_data_is_no_answer() -> None:
    with pytest.raises(TypeError, match="plain data"):
        encode({1, 2})
