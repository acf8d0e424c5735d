"""The answer to: where should talks be held, and why there?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from detente.answers.answer import Answer
from detente.answers.vocabulary import Duration

Channel = Literal["composure", "guarantor", "assurance", "attitudes"]


@dataclass(frozen=True)
class EndedBy:
    """What most probably ends it: a party that leaves, or a shock; one of the two, and how probably.

    Attributes
    ----------
    party
        The party that leaves; None for a shock.
    shock
        The shock; None for a party.
    probability
        That it ends this way.
    """

    party: str | None
    shock: str | None
    probability: float


@dataclass(frozen=True)
class Hosted:
    """What the strategy comes to where its talks are held.

    Attributes
    ----------
    success
        The probability that it rests in the aim.
    noisy
        The same with movers that choose among their open moves by logit, at the composure they have there.
    ends
        Numbers of the states of the aim in which it ends, likeliest first.
    lasts
        How long what is reached lasts; None where the aim is never reached.
    ended_by
        None where nothing ends it, or there is nothing to end.
    """

    success: float
    noisy: float
    ends: tuple[int, ...]
    lasts: Duration | None
    ended_by: EndedBy | None


@dataclass(frozen=True)
class Lent:
    """What a venue adds to a party: to its composure, or as an assurance (a share of its own weights).

    Attributes
    ----------
    party
        To whom.
    amount
        How much: of composure per span, or of an assurance as a share of its own weights.
    """

    party: str
    amount: float


@dataclass(frozen=True)
class Warmed:
    """What a venue adds to one party's attitude to another.

    Attributes
    ----------
    holder
        Whose attitude.
    other
        To whom.
    amount
        By how much it shifts.
    """

    holder: str
    other: str
    amount: float


@dataclass(frozen=True)
class ChannelEffect:
    """What one channel adds, on average over every order in which the channels could be added (Shapley).

    Attributes
    ----------
    channel
        By which way the place works.
    success
        In success with noisy movers.
    rounds
        In expected rounds; None where a duration has no number.
    """

    channel: Channel
    success: float
    rounds: float | None


@dataclass(frozen=True)
class VenueSeen:
    """A place in which the talks could be held.

    Attributes
    ----------
    venue
        Its id.
    title
        What it is called.
    host
        The host.
    place
        In the ranking, from 1; places that are alike in success and duration share one.
    hosted
        What the strategy comes to there.
    composure
        What it adds to the composure of parties.
    guarantors
        Who there vouches for what is agreed.
    assurance
        What it gives parties as an assurance, as a share of their own weights.
    attitudes
        What it adds to attitudes.
    success
        What it adds to success with noisy movers, compared with nowhere in particular.
    rounds
        What it adds to the expected rounds; None where a duration has no number.
    channels
        The same by channel; they add up.
    """

    venue: str
    title: str
    host: str
    place: int
    hosted: Hosted
    composure: tuple[Lent, ...]
    guarantors: tuple[str, ...]
    assurance: tuple[Lent, ...]
    attitudes: tuple[Warmed, ...]
    success: float
    rounds: float | None
    channels: tuple[ChannelEffect, ...]


@dataclass(frozen=True)
class Contrast:
    """How the first place differs from the last: in success with noisy movers, in rounds, and by channel.

    Attributes
    ----------
    first
        The first place.
    last
        The last place.
    success
        Success with noisy movers, first less last.
    rounds
        Expected rounds, first less last; None where a duration has no number.
    channels
        The same by channel; they add up.
    """

    first: str
    last: str
    success: float
    rounds: float | None
    channels: tuple[ChannelEffect, ...]


@dataclass(frozen=True)
class Supposed:
    """A case of the sweep: other judgements, and who then leads.

    Attributes
    ----------
    composure
        Factor on the composure that parties have by themselves.
    comfort
        Factor on what venues add to it.
    guarantee
        A guarantor's interest in the aim, as a share of its own weights.
    first, last
        The venues that nobody is ahead of, and those ahead of nobody.
    rounds
        How much longer it lasts in the first than in the last, as a share; None where that has no number.
    """

    composure: float
    comfort: float
    guarantee: float
    first: tuple[str, ...]
    last: tuple[str, ...]
    rounds: float | None


@dataclass(frozen=True)
class Standing:
    """Where a venue stands over all cases of the sweep: how often first (ties count for each), best, worst.

    Attributes
    ----------
    venue
        Which venue.
    first
        The share of cases in which it is first; ties count for each.
    best
        Its best place, from 1.
    worst
        Its worst place.
    """

    venue: str
    first: float
    best: int
    worst: int


@dataclass(frozen=True)
class Parity:
    """The worth of comfort at one ratio of the two parties' composure.

    Attributes
    ----------
    ratio
        The weaker party's composure as a share of the stronger's; 1 is parity.
    rounds
        How long it lasts nowhere in particular.
    weaker, stronger
        By which share it lasts longer where that party has the most comfort than where it has the least.
    """

    ratio: float
    rounds: float
    weaker: float
    stronger: float


@dataclass(frozen=True)
class Asymmetry:
    """How the worth of comfort changes as the gap between two parties closes; a reading, see the documentation.

    Attributes
    ----------
    weaker
        The weaker of the two parties.
    stronger
        The stronger.
    supposed
        Whether the weaker one was not named but taken to be the one that places differ most for.
    low, high
        The least and the most that any venue adds to the weaker party's composure; both are given to either.
    points
        From the widest gap to parity.
    """

    weaker: str
    stronger: str
    supposed: bool
    low: float
    high: float
    points: tuple[Parity, ...]


@dataclass(frozen=True, kw_only=True)
class Venues(Answer):
    """What a strategy reaches in each place, and how long that lasts there.

    Attributes
    ----------
    strategy, title
        Whose talks, and what it is called.
    aim
        The outcome by which places are ranked.
    foresight
        The concept by which parties look ahead; `mixed` where they differ.
    foresights
        The same per party.
    guarantee
        A guarantor's interest in the aim, as a share of its own weights.
    stages
        The stages that are held somewhere, from 1.
    replaces
        The venues that the strategy names itself.
    nowhere
        The same talks nowhere in particular.
    venues
        Best first.
    contrast
        None with a single venue, or where first and last are alike.
    sweep
        Per case, which place is first when the numbers that places rest on are others.
    standings
        In the order of `venues`.
    asymmetry
        None where venues add to the composure of fewer than two parties, or a duration has no number.
    """

    question: ClassVar[str] = "venues"
    key: ClassVar[tuple[str, ...]] = ("venue",)

    strategy: str
    title: str
    aim: str
    foresight: str
    foresights: Mapping[str, str]
    guarantee: float
    stages: tuple[int, ...]
    replaces: tuple[str, ...]
    nowhere: Hosted
    venues: tuple[VenueSeen, ...]
    contrast: Contrast | None
    sweep: tuple[Supposed, ...]
    standings: tuple[Standing, ...]
    asymmetry: Asymmetry | None

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
