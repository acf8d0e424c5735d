"""The answer to: what is in this scenario?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from detente.answers.answer import Answer


@dataclass(frozen=True)
class OptionSeen:
    """One option: its owner (a party or `nature`), its levels in order, and which moves are allowed.

    Attributes
    ----------
    option
        Its id.
    owner
        The party whose it is, or `nature`.
    levels
        Its levels, from the lowest.
    moves
        In which directions its owner may change it.
    status_quo
        The level at which it stands today.
    """

    option: str
    owner: str
    levels: tuple[str, ...]
    moves: Literal["both", "up", "down", "fixed"]
    status_quo: str


@dataclass(frozen=True)
class InterestSeen:
    """One thing a party wants or avoids, with its share of the party's total weight.

    Attributes
    ----------
    sense
        Whether the party seeks it.
    quantity
        What it is about: the interest's name, else the quantity as the scenario writes it.
    weight
        How much it counts, as the scenario says.
    share
        The weight as part of the party's total.
    """

    sense: Literal["wants", "avoids"]
    quantity: str
    weight: float
    share: float


@dataclass(frozen=True)
class PartySeen:
    """One party: how its preferences are given, its interests by weight, or its statements in order.

    Attributes
    ----------
    party
        Its id.
    preference
        How its preferences are given.
    interests
        What it wants and avoids; empty for parties known only by order.
    statements
        Its statements, most important first; empty for other parties.
    """

    party: str
    preference: Literal["interests", "ranking", "statements"]
    interests: tuple[InterestSeen, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True)
class AttitudeSeen:
    """How the holder takes the other's good or bad fortune, from -1 to 1.

    Attributes
    ----------
    holder
        Whose attitude.
    other
        To whom.
    attitude
        Above 0 goodwill, below 0 spite; -1 to 1.
    """

    holder: str
    other: str
    attitude: float


@dataclass(frozen=True)
class OutcomeSeen:
    """One named outcome, its condition, and how many feasible states belong to it.

    Attributes
    ----------
    outcome
        Its id.
    where
        Its condition, as the scenario writes it.
    states
        How many feasible states belong to it.
    """

    outcome: str
    where: str
    states: int


@dataclass(frozen=True)
class TableSeen:
    """One table: who sits at it, and whether its agreements bind.

    Attributes
    ----------
    table
        Its id.
    title
        What it is called.
    members
        The parties that sit at it.
    binding
        Whether its agreements bind.
    """

    table: str
    title: str
    members: tuple[str, ...]
    binding: bool


@dataclass(frozen=True)
class StrategySeen:
    """One strategy: who sponsors it, and in how many stages.

    Attributes
    ----------
    strategy
        Its id.
    title
        What it is called.
    sponsors
        The parties that try it.
    stages
        How many stages it has.
    """

    strategy: str
    title: str
    sponsors: tuple[str, ...]
    stages: int


@dataclass(frozen=True)
class VenueSeen:
    """One place for talks: its host, and who there could vouch for what is agreed.

    Attributes
    ----------
    venue
        Its id.
    title
        What it is called.
    host
        Whose guests the parties are.
    guarantors
        Who there could vouch for what is agreed.
    """

    venue: str
    title: str
    host: str
    guarantors: tuple[str, ...]


@dataclass(frozen=True)
class ShockSeen:
    """One thing that may happen: whether it is an option of nature, and its hazard a round at the status quo.

    Attributes
    ----------
    shock
        Its id.
    title
        What it is called.
    natural
        Whether it is an option of nature.
    hazard
        Its chance a round at the status quo; None where the scenario states none, or where it cannot happen
        there.
    """

    shock: str
    title: str
    natural: bool
    hazard: float | None


@dataclass(frozen=True)
class PlanSeen:
    """One agreed response: after what it is meant to be carried out, and what it sets.

    Attributes
    ----------
    plan
        Its id.
    title
        What it is called.
    after
        The condition after which it is meant to be carried out.
    sets
        The level to which it sets each of its options.
    """

    plan: str
    title: str
    after: str
    sets: Mapping[str, str]


@dataclass(frozen=True)
class ClaimsSeen:
    """What one document claims: how many claims are kept, and how many of them come with a test.

    Attributes
    ----------
    document
        Which document.
    claims
        How many of its claims are kept.
    tested
        How many of them come with a test.
    """

    document: str
    claims: int
    tested: int


@dataclass(frozen=True)
class PressureSeen:
    """One target of pressure: its channels and their value a year.

    Attributes
    ----------
    target
        Whose trade it is.
    unit
        The unit of its money.
    channels
        How many channels it has.
    value
        What they carry a year.
    partners
        The same per partner.
    """

    target: str
    unit: str
    channels: int
    value: float
    partners: Mapping[str, float]


@dataclass(frozen=True)
class StatusQuo:
    """Where things stand: the state's number, the level of every option, and the outcomes it belongs to.

    Attributes
    ----------
    state
        Its number, from 1.
    levels
        One level name per option, in declaration order.
    labels
        The outcomes it belongs to.
    """

    state: int
    levels: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class FindingSeen:
    """A published or expected answer that is kept beside the scenario.

    Attributes
    ----------
    text
        What it says.
    evidence
        What it rests on.
    """

    text: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class Overview(Answer):
    """What a scenario contains, and how large it is.

    Attributes
    ----------
    about
        What the crisis is about, in the scenario's own words.
    aim
        The outcome on which strategies are ranked; None where the scenario has none.
    combinations
        How many combinations of levels there are, feasible or not.
    status_quo
        Where things stand today.
    preferences
        Per party, how it sees things.
    option_details
        Per option, what it is.
    attitudes
        Every attitude that the scenario states.
    outcomes
        Its outcomes.
    tables
        Its tables.
    strategies
        Its strategies.
    pressures
        Whose trade is under pressure.
    venues
        Its venues.
    shocks
        Options of nature first, then the shocks by name.
    plans
        Its plans.
    claims
        Per document, what is kept of its claims.
    observed
        The dates at which something was observed.
    findings
        Published or expected answers.
    sources
        How many works are cited.
    """

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
