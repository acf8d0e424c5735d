"""The tables of the documentation say what the declarations say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from detente.answers.answer import Answer
from detente.answers.reference import common_keys, own_keys


@dataclass(frozen=True)
class Berth:
    """Where a ship lies."""

    place: Annotated[int, "From the entrance, from 1."]


@dataclass(frozen=True, kw_only=True)
class Harbour(Answer):
    """A harbour."""

    question: ClassVar[str] = "harbour"

    tide: Annotated[Literal["in", "out"], "Which way the water goes | stands."]
    depths: Annotated[Mapping[str, float | None], "Per basin; None where nobody has measured."]
    berths: Annotated[tuple[Berth, ...], "All of them."]
    gates: Annotated[tuple[tuple[int, int], ...], "From and to."]

    def rows(self) -> list[dict[str, object]]:
        return []


def test_every_key_of_its_own_is_told_with_what_it_holds_and_what_that_is() -> None:
    assert own_keys(Harbour).splitlines() == [
        "| key | holds | is |",
        "|---|---|---|",
        r"| `tide` | `in`, `out` | Which way the water goes \| stands. |",
        "| `depths` | by name: number, or null | Per basin; null where nobody has measured. |",
        "| `berths` | list of [Berth](#berth) | All of them. |",
        "| `gates` | list of lists of 2 whole numbers | From and to. |",
        "",
        "### Berth",
        "",
        "Where a ship lies.",
        "",
        "| key | holds | is |",
        "|---|---|---|",
        "| `place` | whole number | From the entrance, from 1. |",
    ]


def test_what_every_answer_carries_is_told_apart() -> None:
    assert "| `feasible` | whole number | How many states are feasible. |" in common_keys().splitlines()
    assert "`feasible`" not in own_keys(Harbour)
