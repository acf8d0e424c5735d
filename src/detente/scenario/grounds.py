"""What a judgement rests on: numbers with their spreads, reasons and sources, and what others claim or found.

The modules that declare the model's classes keep their annotations as they are written (no
`from __future__ import annotations`), so that a field's `Says` can be read off it.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from detente.scenario.claim_terms import ClaimTest
from detente.scenario.fields import SHORT, Amount, Citations, ListOf, Says, Tested, Text, record

BECAUSE = Says(Text(), "The reason for the judgement, in your own words.")
SOURCE = Says(Citations(), "What it rests on: ids of `sources`, each with a locator if wanted.")

Because = Annotated[str, BECAUSE]
Cited = Annotated[tuple[str, ...], SOURCE]
Title = Annotated[str, Says(SHORT, "What people call it.")]


@dataclass(frozen=True)
class Spread:
    """How unsure a number is.

    `normal`: low and high are the central value ± two standard deviations, truncated to the field's bounds;
    `triangular`: low, mode (the central value), high; `uniform`: low to high.
    """

    kind: Literal["normal", "triangular", "uniform"]
    low: float
    high: float


@dataclass(frozen=True)
class Number:
    """A number of the scenario with its spread, its reason and its sources (ids of `Scenario.sources`)."""

    central: float
    spread: Spread | None = None
    because: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Together:
    """Numbers that are off together: where one is more than thought, so are the others (below 0: less)."""

    numbers: Annotated[
        tuple[str, ...], Says(ListOf(SHORT, least=2), "Their addresses; what is drawn is their spreads.")
    ]
    correlation: Annotated[
        Number,
        Says(Amount(low=-1, high=1), "The rank correlation of every two of them (Spearman's).", unit="-1 to 1"),
    ]
    because: Because = ""
    source: Cited = ()


@dataclass(frozen=True)
class Source:
    """A work that judgements cite."""

    id: str
    title: Annotated[str, Says(SHORT, "Its title.")] = ""
    author: Annotated[str, Says(SHORT, "Who wrote it.")] = ""
    publisher: Annotated[str, Says(SHORT, "Who published it.")] = ""
    year: Annotated[str, Says(SHORT, "When.")] = ""
    url: Annotated[str, Says(Text(), "Where it can be read.")] = ""
    note: Annotated[str, Says(Text(), "What a reader should know about it.")] = ""


@dataclass(frozen=True)
class Fact:
    """What recorded facts say of a claim, whatever the scenario makes of it."""

    verdict: Annotated[str, Says(SHORT, "How far the facts bear it out, in a few words.")]
    because: Because = ""
    source: Cited = ()


@dataclass(frozen=True)
class Claim:
    """A sentence somebody wrote, in own words, with the test it is held against, or why there is none."""

    id: str
    says: Annotated[str, Says(Text(), "The claim in your own words, never a quotation.")]
    test: Annotated[ClaimTest | None, Says(Tested(), "What would have to hold.")] = None
    untestable: Annotated[str, Says(Text(), "Why the scenario cannot test it, where there is no test.")] = ""
    source: Cited = ()
    because: Because = ""
    fact: Annotated[
        Fact | None, Says(record("fact", Fact), "What recorded facts say of it, whatever the test says.")
    ] = None


@dataclass(frozen=True)
class Finding:
    """A published or expected answer kept beside a scenario, with how good the evidence for it is."""

    text: Annotated[str, Says(Text(), "A published or expected answer.")]
    evidence: Annotated[str, Says(Text(), "How good the evidence for it is.")] = ""


TOGETHER = record("group", Together)
SOURCES = record("source", Source)
CLAIM = record("claim", Claim)
FINDING = record("finding", Finding)
