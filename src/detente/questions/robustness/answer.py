"""The answer to: on which numbers does a strategy's success turn?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from detente.answers.answer import Answer
from detente.answers.vocabulary import Share


@dataclass(frozen=True)
class InputSeen:
    """One unsure number, and how far success goes with it."""

    address: Annotated[str, "Its address."]
    mutual: Annotated[bool, "Whether it is an attitude held both ways."]
    central: Annotated[float, "Its central value."]
    low: Annotated[float, "Where its spread begins."]
    high: Annotated[float, "Where it ends."]
    index: Annotated[float, "The share of success's variance that it alone explains, freed of chance."]
    least: Annotated[float, "Mean success in the third of the worlds in which it is lowest."]
    most: Annotated[float, "The same where it is highest."]
    matters: Annotated[bool, "Whether chance is ruled out, all numbers taken together."]


@dataclass(frozen=True)
class GroupSeen:
    """Numbers that belong together."""

    family: Annotated[str, "Where they stand: `interests.CHN`, `relations.CHN~USA`, `venues`, …"]
    inputs: Annotated[int, "How many."]
    index: Annotated[
        float | None,
        "The share of success's variance that goes with them together, freed of chance; None where there are "
        "too few worlds for so many numbers.",
    ]
    matters: Annotated[bool, "Whether chance is ruled out, all groups taken together."]


@dataclass(frozen=True)
class LimitSeen:
    """A number that a box confines."""

    address: Annotated[str, "Its address."]
    mutual: Annotated[bool, "Whether it is an attitude held both ways."]
    low: Annotated[float | None, "From where on; None: from anywhere."]
    high: Annotated[float | None, "Up to where; None: up to anywhere."]


@dataclass(frozen=True)
class BoxSeen:
    """Beliefs under which something holds far more often than elsewhere."""

    limits: Annotated[tuple[LimitSeen, ...], "What has to be believed."]
    density: Annotated[float, "The share of its worlds in which it holds."]
    coverage: Annotated[float, "The share of all worlds in which it holds that are among them."]
    mass: Annotated[float, "The share of all worlds that are among them."]


@dataclass(frozen=True)
class EdgeSeen:
    """A number whose move alone, the others at their central values, flips the verdict."""

    address: Annotated[str, "Its address."]
    mutual: Annotated[bool, "Whether it is an attitude held both ways."]
    central: Annotated[float, "Its central value."]
    flips: Annotated[float, "Where the verdict is another, to a 64th of the way to the end of the spread."]
    way: Annotated[float, "How much of that way it takes."]
    verdict: Annotated[str, "The verdict beyond: `certain`, `never` or `sometimes`."]


@dataclass(frozen=True, kw_only=True)
class Robustness(Answer):
    """How far a strategy's success hangs on numbers of which the scenario is unsure."""

    question: ClassVar[str] = "robustness"
    key: ClassVar[tuple[str, ...]] = ("address",)

    seed: Annotated[int, "Of the draws."]
    foresight: Annotated[str, "By which all parties look ahead, or `mixed`."]
    foresights: Annotated[Mapping[str, str], "Per party, its foresight."]
    strategy: Annotated[str, "The strategy that is looked at."]
    chosen: Annotated[bool, "Whether it was asked for, and is not just the one that does best over the worlds."]
    outcome: Annotated[str, "The outcome it is to reach."]
    failed: Annotated[int, "In how many worlds nothing came out."]
    verdict: Annotated[str, "On the central numbers: `certain`, `never` or `sometimes`."]
    central: Annotated[float, "Its success there."]
    success: Annotated[Share, "Its success over the worlds."]
    holding: Annotated[float, "In which share of the worlds it succeeds more often than not."]
    enough: Annotated[int, "So many worlds would leave the mean open by five points on either side."]
    together: Annotated[
        tuple[tuple[str, ...], ...], "The addresses of numbers that are off together, group by group."
    ]
    subjects: Annotated[Mapping[str, str], "By address, what an interest without a name is about."]
    inputs: Annotated[tuple[InputSeen, ...], "Every number that has a spread, by its index."]
    groups: Annotated[tuple[GroupSeen, ...], "The same in groups, by their index."]
    succeeds: Annotated[
        tuple[BoxSeen, ...], "Beliefs about numbers that matter under which it succeeds more often than not."
    ]
    fails: Annotated[tuple[BoxSeen, ...], "Beliefs under which it does not."]
    edges: Annotated[tuple[EdgeSeen, ...], "Numbers that flip the central verdict alone, the nearest first."]
    tried: Annotated[int, "How many numbers were moved in search of them, the highest index first."]

    def rows(self) -> list[dict[str, object]]:
        """One record per unsure number."""
        return [
            {
                "address": one.address,
                "central": one.central,
                "low": one.low,
                "high": one.high,
                "index": one.index,
                "least": one.least,
                "most": one.most,
                "matters": one.matters,
            }
            for one in self.inputs
        ]
