"""What several questions show: moves and the parts of a gain, cycles, promises kept and missed, durations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

Ending = Literal["ends", "beyond", "never", "partly"]


@dataclass(frozen=True)
class MoveSeen:
    """A move: the states it leads from and to (by number), and what it changes, option by option."""

    state: Annotated[int, "The number of the state it leads from."]
    to: Annotated[int, "The number of the state it leads to."]
    changes: Annotated[Mapping[str, str], "The new level of every option that it changes."]


@dataclass(frozen=True)
class Part:
    """A part of a gain or loss in the party's spans: an own interest by name, or the attitude to another."""

    kind: Annotated[Literal["interest", "attitude"], "An own interest, or the attitude to another party."]
    name: Annotated[str, "The interest's name, or the other party."]
    other: Annotated[str, "The other party; empty for an own interest."]
    amount: Annotated[
        float,
        "What it adds to the gain, in the party's spans; the parts of a gain add up to it.",
    ]


@dataclass(frozen=True)
class CycleSeen:
    """States among which play goes round for ever."""

    states: Annotated[tuple[int, ...], "Their numbers."]
    probability: Annotated[float, "That play ends in going round there."]


@dataclass(frozen=True)
class Keeps:
    """Whether a sponsor keeps its commitments once it is free: how probably, else its best way out and gain."""

    party: Annotated[str, "The sponsor."]
    keeps: Annotated[float, "The probability that it keeps them all."]
    move: Annotated[
        MoveSeen | None,
        "Its most tempting way out, at the likeliest end that has one; None where it keeps them for certain.",
    ]
    gain: Annotated[
        float | None,
        "What it expects to gain by that move, in its spans; None without one, and where it is known only "
        "by order.",
    ]


@dataclass(frozen=True)
class HoldoutSeen:
    """A party whom a promise would bring to a move that raises success."""

    party: Annotated[str, "Who holds out."]
    stage: Annotated[int, "The stage at whose rest it holds out, from 1."]
    move: Annotated[MoveSeen, "The move that it does not make."]
    promise: Annotated[float, "The smallest promise that would make it move, in its spans: −(gain + fear)."]
    raises: Annotated[float, "Probability of standing there × the success that the move adds."]
    gain: Annotated[float, "What its payoff changes by the move itself, in its spans."]
    fear: Annotated[float, "What it expects to lose by the others' replies, in its spans; 0 or less."]
    parts: Annotated[tuple[Part, ...], "The gain, part by part."]


@dataclass(frozen=True)
class Ratification:
    """That what a table agrees on binds only if it is ratified."""

    by: Annotated[str, "The party at home in which it is ratified or not."]
    chance: Annotated[float, "The chance of that, each time."]


@dataclass(frozen=True)
class Duration:
    """Expected rounds until the outcome no longer holds."""

    ending: Annotated[
        Ending,
        "`ends`: after `rounds`, on average. `beyond`: after more than 1e9 rounds. `never`: nothing ends "
        "it. `partly`: some part of all plays never ends.",
    ]
    rounds: Annotated[float | None, "None unless it ends within 1e9 rounds."]


@dataclass(frozen=True)
class Share:
    """How often something is so, over all worlds that were measured."""

    mean: Annotated[float, "The mean chance over the worlds."]
    low: Annotated[float, "From where on the mean over all worlds lies, with 95 % confidence (Wilson)."]
    high: Annotated[float, "Up to where."]
    certain: Annotated[float, "The share of worlds in which it is certain."]
    never: Annotated[float, "The share of worlds in which it never is so."]


@dataclass(frozen=True)
class Swept:
    """One strategy over the worlds."""

    strategy: Annotated[str, "Its id."]
    title: Annotated[str, "What it is called."]
    success: Annotated[Mapping[str, Share], "Per outcome, how often it ends there."]
    lasting: Annotated[
        Share | None, "The same of the aim after one more stage; None without an aim, as what follows."
    ] = None
    behind: Annotated[
        tuple[float, float, float] | None,
        "By how much less often it reaches the aim than the strategy shown first, world by world; and from "
        "where to where the mean of that lies with 95 % confidence.",
    ] = None
    first: Annotated[Share | None, "How often it comes first on the aim, alone or with equals."] = None
    alone: Annotated[float | None, "The share of worlds in which it comes first and no other does."] = None
    rank: Annotated[float | None, "Its mean rank on the aim."] = None
