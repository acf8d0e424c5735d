"""The answer to: what is in this scenario?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from detente.answers.answer import Answer
from detente.answers.vocabulary import Ratification


@dataclass(frozen=True)
class OptionSeen:
    """One option: its owner (a party or `nature`), its levels in order, and which moves are allowed."""

    option: Annotated[str, "Its id."]
    owner: Annotated[str, "The party whose it is, or `nature`."]
    levels: Annotated[tuple[str, ...], "Its levels, from the lowest."]
    moves: Annotated[Literal["both", "up", "down", "fixed"], "In which directions its owner may change it."]
    status_quo: Annotated[str, "The level at which it stands today."]


@dataclass(frozen=True)
class InterestSeen:
    """One thing a party wants or avoids, with its share of the party's total weight."""

    sense: Annotated[Literal["wants", "avoids"], "Whether the party seeks it."]
    quantity: Annotated[
        str,
        "What it is about: the interest's name, else the quantity as the scenario writes it.",
    ]
    weight: Annotated[float, "How much it counts, as the scenario says."]
    share: Annotated[float, "The weight as part of the party's total."]


@dataclass(frozen=True)
class PartySeen:
    """One party: how its preferences are given, its interests by weight, or its statements in order."""

    party: Annotated[str, "Its id."]
    preference: Annotated[Literal["interests", "ranking", "statements"], "How its preferences are given."]
    interests: Annotated[
        tuple[InterestSeen, ...],
        "What it wants and avoids; empty for parties known only by order.",
    ]
    statements: Annotated[tuple[str, ...], "Its statements, most important first; empty for other parties."]


@dataclass(frozen=True)
class AttitudeSeen:
    """How the holder takes the other's good or bad fortune, from -1 to 1."""

    holder: Annotated[str, "Whose attitude."]
    other: Annotated[str, "To whom."]
    attitude: Annotated[float, "Above 0 goodwill, below 0 spite; -1 to 1."]


@dataclass(frozen=True)
class OutcomeSeen:
    """One named outcome, its condition, and how many feasible states belong to it."""

    outcome: Annotated[str, "Its id."]
    where: Annotated[str, "Its condition, as the scenario writes it."]
    states: Annotated[int, "How many feasible states belong to it."]


@dataclass(frozen=True)
class TableSeen:
    """One table: who sits at it, and whether its agreements bind."""

    table: Annotated[str, "Its id."]
    title: Annotated[str, "What it is called."]
    members: Annotated[tuple[str, ...], "The parties that sit at it."]
    binding: Annotated[bool, "Whether its agreements bind."]
    ratify: Annotated[Ratification | None, "Who has to ratify them, and the chance of it; None: nobody."] = None


@dataclass(frozen=True)
class StrategySeen:
    """One strategy: who sponsors it, and in how many stages."""

    strategy: Annotated[str, "Its id."]
    title: Annotated[str, "What it is called."]
    sponsors: Annotated[tuple[str, ...], "The parties that try it."]
    stages: Annotated[int, "How many stages it has."]


@dataclass(frozen=True)
class VenueSeen:
    """One place for talks: its host, and who there could vouch for what is agreed."""

    venue: Annotated[str, "Its id."]
    title: Annotated[str, "What it is called."]
    host: Annotated[str, "Whose guests the parties are."]
    guarantors: Annotated[tuple[str, ...], "Who there could vouch for what is agreed."]


@dataclass(frozen=True)
class ShockSeen:
    """One thing that may happen."""

    shock: Annotated[str, "Its id."]
    title: Annotated[str, "What it is called."]
    natural: Annotated[bool, "Whether it is an option of nature."]
    hazard: Annotated[
        float | None,
        "Its chance a round at the status quo; None where the scenario states none, or where it cannot "
        "happen there.",
    ]


@dataclass(frozen=True)
class PlanSeen:
    """One agreed response: after what it is meant to be carried out, and what it sets."""

    plan: Annotated[str, "Its id."]
    title: Annotated[str, "What it is called."]
    after: Annotated[str, "The condition after which it is meant to be carried out."]
    sets: Annotated[Mapping[str, str], "The level to which it sets each of its options."]


@dataclass(frozen=True)
class ClaimsSeen:
    """What one document claims: how many claims are kept, and how many of them come with a test."""

    document: Annotated[str, "Which document."]
    claims: Annotated[int, "How many of its claims are kept."]
    tested: Annotated[int, "How many of them come with a test."]


@dataclass(frozen=True)
class PressureSeen:
    """One target of pressure: its channels and their value a year."""

    target: Annotated[str, "Whose trade it is."]
    unit: Annotated[str, "The unit of its money."]
    channels: Annotated[int, "How many channels it has."]
    value: Annotated[float, "What they carry a year."]
    partners: Annotated[Mapping[str, float], "The same per partner."]


@dataclass(frozen=True)
class StatusQuo:
    """Where things stand: the state's number, the level of every option, and the outcomes it belongs to."""

    state: Annotated[int, "Its number, from 1."]
    levels: Annotated[tuple[str, ...], "One level name per option, in declaration order."]
    labels: Annotated[tuple[str, ...], "The outcomes it belongs to."]


@dataclass(frozen=True)
class FindingSeen:
    """A published or expected answer that is kept beside the scenario."""

    text: Annotated[str, "What it says."]
    evidence: Annotated[str, "What it rests on."]


@dataclass(frozen=True, kw_only=True)
class Overview(Answer):
    """What a scenario contains, and how large it is."""

    question: ClassVar[str] = "overview"
    key: ClassVar[tuple[str, ...]] = ("option",)

    about: Annotated[str, "What the crisis is about, in the scenario's own words."]
    aim: Annotated[str | None, "The outcome on which strategies are ranked; None where the scenario has none."]
    combinations: Annotated[int, "How many combinations of levels there are, feasible or not."]
    status_quo: Annotated[StatusQuo, "Where things stand today."]
    preferences: Annotated[tuple[PartySeen, ...], "Per party, how it sees things."]
    option_details: Annotated[tuple[OptionSeen, ...], "Per option, what it is."]
    attitudes: Annotated[tuple[AttitudeSeen, ...], "Every attitude that the scenario states."]
    outcomes: Annotated[tuple[OutcomeSeen, ...], "Its outcomes."]
    tables: Annotated[tuple[TableSeen, ...], "Its tables."]
    strategies: Annotated[tuple[StrategySeen, ...], "Its strategies."]
    pressures: Annotated[tuple[PressureSeen, ...], "Whose trade is under pressure."]
    venues: Annotated[tuple[VenueSeen, ...], "Its venues."]
    shocks: Annotated[tuple[ShockSeen, ...], "Options of nature first, then the shocks by name."]
    plans: Annotated[tuple[PlanSeen, ...], "Its plans."]
    claims: Annotated[tuple[ClaimsSeen, ...], "Per document, what is kept of its claims."]
    observed: Annotated[tuple[str, ...], "The dates at which something was observed."]
    forecasts: Annotated[
        Mapping[str, bool], "Per question about the future that was asked, whether it came true."
    ]
    findings: Annotated[tuple[FindingSeen, ...], "Published or expected answers."]
    sources: Annotated[int, "How many works are cited."]

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
