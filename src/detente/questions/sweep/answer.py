"""The answer to: how do the strategies fare if the numbers are off?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from detente.answers.answer import Answer
from detente.answers.vocabulary import Swept


@dataclass(frozen=True)
class FailedWorld:
    """A world in which nothing came out."""

    world: Annotated[int, "Its number, from 1."]
    reason: Annotated[str, "What went wrong in it."]


@dataclass(frozen=True, kw_only=True)
class Sweep(Answer):
    """How every strategy fares over worlds with drawn numbers."""

    question: ClassVar[str] = "sweep"
    key: ClassVar[tuple[str, ...]] = ("world",)

    seed: Annotated[int, "Of the draws."]
    foresight: Annotated[str, "By which all parties look ahead, or `mixed`."]
    foresights: Annotated[Mapping[str, str], "Per party, its foresight."]
    aim: Annotated[str | None, "The outcome on which strategies are ranked."]
    unsure: Annotated[int, "How many numbers have a spread, and are drawn."]
    wanted: Annotated[int, "How many worlds were asked for."]
    failed: Annotated[tuple[FailedWorld, ...], "Those in which nothing came out; they count nowhere."]
    strategies: Annotated[
        tuple[Swept, ...],
        "Every strategy: by mean success in the aim, else in the order of the document.",
    ]
    inputs: Annotated[tuple[str, ...], "The addresses of the drawn numbers that are told; none unless asked."]
    columns: Annotated[tuple[str, ...], "What was recorded of every world."]
    table: Annotated[
        tuple[tuple[float | None, ...], ...],
        "Per world that was measured, in order: its number, the drawn numbers, then what was recorded.",
    ]

    def rows(self) -> list[dict[str, object]]:
        """One record per world: its number, why it failed, drawn numbers, then what was recorded."""
        names = (*self.inputs, *self.columns)
        known = [(row[0], "", row[1:]) for row in self.table]
        known += [(float(one.world), one.reason, (None,) * len(names)) for one in self.failed]
        return [
            {"world": int(world or 0), "failed": reason, **dict(zip(names, values, strict=True))}
            for world, reason, values in sorted(known, key=lambda one: one[0] or 0)
        ]
