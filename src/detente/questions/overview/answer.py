"""The answer to: what is in this scenario?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from detente.answers.answer import Answer


@dataclass(frozen=True)
class OptionSeen:
    """One option: its owner (a party or `nature`), its levels in order, and which moves are allowed."""

    option: str
    owner: str
    levels: tuple[str, ...]
    moves: Literal["both", "up", "down", "fixed"]
    status_quo: str


@dataclass(frozen=True)
class InterestSeen:
    """One thing a party wants or avoids, with its share of the party's total weight."""

    sense: Literal["wants", "avoids"]
    quantity: str
    weight: float
    share: float


@dataclass(frozen=True)
class PartySeen:
    """One party: how its preferences are given, its interests by weight, or its statements in order."""

    party: str
    preference: Literal["interests", "ranking", "statements"]
    interests: tuple[InterestSeen, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True)
class AttitudeSeen:
    """How the holder takes the other's good or bad fortune, from -1 to 1."""

    holder: str
    other: str
    attitude: float


@dataclass(frozen=True)
class OutcomeSeen:
    """One named outcome, its condition, and how many feasible states belong to it."""

    outcome: str
    where: str
    states: int


@dataclass(frozen=True)
class TableSeen:
    """One table: who sits at it, and whether its agreements bind."""

    table: str
    title: str
    members: tuple[str, ...]
    binding: bool


@dataclass(frozen=True)
class StrategySeen:
    """One strategy: who sponsors it, and in how many stages."""

    strategy: str
    title: str
    sponsors: tuple[str, ...]
    stages: int


@dataclass(frozen=True)
class VenueSeen:
    """One place for talks: its host, and who there could vouch for what is agreed."""

    venue: str
    title: str
    host: str
    guarantors: tuple[str, ...]


@dataclass(frozen=True)
class ShockSeen:
    """One thing that may happen: whether it is an option of nature, and its hazard a round at the status quo.

    `hazard` is null where the scenario states none, or where the shock cannot happen there.
    """

    shock: str
    title: str
    natural: bool
    hazard: float | None


@dataclass(frozen=True)
class PlanSeen:
    """One agreed response: after what it is meant to be carried out, and what it sets."""

    plan: str
    title: str
    after: str
    sets: Mapping[str, str]


@dataclass(frozen=True)
class ClaimsSeen:
    """What one document claims: how many claims are kept, and how many of them come with a test."""

    document: str
    claims: int
    tested: int


@dataclass(frozen=True)
class PressureSeen:
    """One target of pressure: its channels and their value a year."""

    target: str
    unit: str
    channels: int
    value: float
    partners: Mapping[str, float]


@dataclass(frozen=True)
class StatusQuo:
    """Where things stand: the state's number, the level of every option, and the outcomes it belongs to."""

    state: int
    levels: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class FindingSeen:
    """A published or expected answer that is kept beside the scenario."""

    text: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class Overview(Answer):
    """What a scenario contains, and how large it is."""

    question: ClassVar[str] = "overview"
    key: ClassVar[tuple[str, ...]] = ("option",)

    about: str
    aim: str | None
    combinations: int
    status_quo: StatusQuo
    preferences: tuple[PartySeen, ...]
    option_details: tuple[OptionSeen, ...]
    attitudes: tuple[AttitudeSeen, ...]
    outcomes: tuple[OutcomeSeen, ...]
    tables: tuple[TableSeen, ...]
    strategies: tuple[StrategySeen, ...]
    pressures: tuple[PressureSeen, ...]
    venues: tuple[VenueSeen, ...]
    shocks: tuple[ShockSeen, ...]
    plans: tuple[PlanSeen, ...]
    claims: tuple[ClaimsSeen, ...]
    observed: tuple[str, ...]
    findings: tuple[FindingSeen, ...]
    sources: int

    def rows(self) -> list[dict[str, object]]:
        """One record per option."""
        return [
            {
                "option": seen.option,
                "owner": seen.owner,
                "levels": list(seen.levels),
                "moves": seen.moves,
                "status_quo": seen.status_quo,
            }
            for seen in self.option_details
        ]
