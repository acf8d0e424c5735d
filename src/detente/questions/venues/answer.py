"""The answer to: where should talks be held, and why there?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from detente.answers.answer import Answer
from detente.answers.vocabulary import Duration

Channel = Literal["composure", "guarantor", "assurance", "attitudes"]


@dataclass(frozen=True)
class EndedBy:
    """What most probably ends it: a party, a shock or a commitment quietly dropped; and how probably."""

    party: Annotated[str | None, "The party that leaves; None for the others."]
    shock: Annotated[str | None, "The shock; None for the others."]
    probability: Annotated[float, "That it ends this way."]
    lapse: Annotated[str | None, "The option whose commitment is quietly dropped; None for the others."] = None


@dataclass(frozen=True)
class Hosted:
    """What the strategy comes to where its talks are held."""

    success: Annotated[float, "The probability that it rests in the aim."]
    noisy: Annotated[
        float,
        "The same with movers that choose among their open moves by logit, at the composure they have there.",
    ]
    ends: Annotated[tuple[int, ...], "Numbers of the states of the aim in which it ends, likeliest first."]
    lasts: Annotated[Duration | None, "How long what is reached lasts; None where the aim is never reached."]
    ended_by: Annotated[EndedBy | None, "None where nothing ends it, or there is nothing to end."]


@dataclass(frozen=True)
class Lent:
    """What a venue adds to a party: to its composure, or as an assurance (a share of its own weights)."""

    party: Annotated[str, "To whom."]
    amount: Annotated[
        float,
        "How much: of composure per span, or of an assurance as a share of its own weights.",
    ]


@dataclass(frozen=True)
class Warmed:
    """What a venue adds to one party's attitude to another."""

    holder: Annotated[str, "Whose attitude."]
    other: Annotated[str, "To whom."]
    amount: Annotated[float, "By how much it shifts."]


@dataclass(frozen=True)
class ChannelEffect:
    """What one channel adds, on average over every order in which the channels could be added (Shapley)."""

    channel: Annotated[Channel, "By which way the place works."]
    success: Annotated[float, "In success with noisy movers."]
    rounds: Annotated[float | None, "In expected rounds; None where a duration has no number."]


@dataclass(frozen=True)
class VenueSeen:
    """A place in which the talks could be held."""

    venue: Annotated[str, "Its id."]
    title: Annotated[str, "What it is called."]
    host: Annotated[str, "The host."]
    place: Annotated[int, "In the ranking, from 1; places that are alike in success and duration share one."]
    hosted: Annotated[Hosted, "What the strategy comes to there."]
    composure: Annotated[tuple[Lent, ...], "What it adds to the composure of parties."]
    guarantors: Annotated[tuple[str, ...], "Who there vouches for what is agreed."]
    assurance: Annotated[
        tuple[Lent, ...],
        "What it gives parties as an assurance, as a share of their own weights.",
    ]
    attitudes: Annotated[tuple[Warmed, ...], "What it adds to attitudes."]
    success: Annotated[float, "What it adds to success with noisy movers, compared with nowhere in particular."]
    rounds: Annotated[float | None, "What it adds to the expected rounds; None where a duration has no number."]
    channels: Annotated[tuple[ChannelEffect, ...], "The same by channel; they add up."]


@dataclass(frozen=True)
class Contrast:
    """How the first place differs from the last: in success with noisy movers, in rounds, and by channel."""

    first: Annotated[str, "The first place."]
    last: Annotated[str, "The last place."]
    success: Annotated[float, "Success with noisy movers, first less last."]
    rounds: Annotated[float | None, "Expected rounds, first less last; None where a duration has no number."]
    channels: Annotated[tuple[ChannelEffect, ...], "The same by channel; they add up."]


@dataclass(frozen=True)
class Supposed:
    """A case of the sweep: other judgements, and who then leads."""

    composure: Annotated[float, "Factor on the composure that parties have by themselves."]
    comfort: Annotated[float, "Factor on what venues add to it."]
    guarantee: Annotated[float, "A guarantor's interest in the aim, as a share of its own weights."]
    first: Annotated[tuple[str, ...], "The venues that nobody is ahead of."]
    last: Annotated[tuple[str, ...], "Those ahead of nobody."]
    rounds: Annotated[
        float | None,
        "How much longer it lasts in the first than in the last, as a share; None where that has no number.",
    ]


@dataclass(frozen=True)
class Standing:
    """Where a venue stands over all cases of the sweep: how often first (ties count for each), best, worst."""

    venue: Annotated[str, "Which venue."]
    first: Annotated[float, "The share of cases in which it is first; ties count for each."]
    best: Annotated[int, "Its best place, from 1."]
    worst: Annotated[int, "Its worst place."]


@dataclass(frozen=True)
class Parity:
    """The worth of comfort at one ratio of the two parties' composure."""

    ratio: Annotated[float, "The weaker party's composure as a share of the stronger's; 1 is parity."]
    rounds: Annotated[float, "How long it lasts nowhere in particular."]
    weaker: Annotated[
        float,
        "By which share it lasts longer where the weaker party has the most comfort than where it has the "
        "least.",
    ]
    stronger: Annotated[float, "The same for the stronger party."]


@dataclass(frozen=True)
class Asymmetry:
    """How the worth of comfort changes as the gap between two parties closes: a reading."""

    weaker: Annotated[str, "The weaker of the two parties; if `supposed`, the one that places differ most for."]
    stronger: Annotated[str, "The other."]
    supposed: Annotated[bool, "Whether neither the question nor the scenario says who is the weaker."]
    low: Annotated[float, "The least that any venue adds to the weaker party's composure; given to either."]
    high: Annotated[float, "The most that any venue adds to it; given to either."]
    points: Annotated[tuple[Parity, ...], "From the widest gap to parity."]


@dataclass(frozen=True, kw_only=True)
class Venues(Answer):
    """What a strategy reaches in each place, and how long that lasts there."""

    question: ClassVar[str] = "venues"
    key: ClassVar[tuple[str, ...]] = ("venue",)

    strategy: Annotated[str, "Whose talks: the strategy's id."]
    title: Annotated[str, "What it is called."]
    aim: Annotated[str, "The outcome by which places are ranked."]
    foresight: Annotated[str, "The concept by which parties look ahead; `mixed` where they differ."]
    foresights: Annotated[Mapping[str, str], "The same per party."]
    guarantee: Annotated[float, "A guarantor's interest in the aim, as a share of its own weights."]
    round_years: Annotated[
        float | None, "How many years a round takes; None where the scenario does not say."
    ] = None
    stages: Annotated[tuple[int, ...], "The stages that are held somewhere, from 1."]
    replaces: Annotated[tuple[str, ...], "The venues that the strategy names itself."]
    nowhere: Annotated[Hosted, "The same talks nowhere in particular."]
    venues: Annotated[tuple[VenueSeen, ...], "Best first."]
    contrast: Annotated[Contrast | None, "None with a single venue, or where first and last are alike."]
    sweep: Annotated[
        tuple[Supposed, ...],
        "Per case, which place is first when the numbers that places rest on are others.",
    ]
    standings: Annotated[tuple[Standing, ...], "In the order of `venues`."]
    half_step: Annotated[
        float | None,
        "By which share the duration in the first place changes, at most, when the composure that parties "
        "have by themselves, or what the place adds to it, is off by half a step (a factor of √2). None where "
        "that has no number.",
    ]
    asymmetry: Annotated[
        Asymmetry | None,
        "None where venues add to the composure of fewer than two parties, or a duration has no number.",
    ]

    def rows(self) -> list[dict[str, object]]:
        """One record per venue, best first."""
        return [
            {
                "venue": one.venue,
                "place": one.place,
                "success": one.hosted.success,
                "noisy": one.hosted.noisy,
                "rounds": one.hosted.lasts.rounds if one.hosted.lasts else None,
                **{f"rounds by {each.channel}": each.rounds for each in one.channels},
            }
            for one in self.venues
        ]
