"""The answer to: will it stick, who breaks it first, and what would make it last longer?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from detente.answers.answer import Answer
from detente.answers.vocabulary import Duration, MoveSeen, Part


@dataclass(frozen=True)
class StartSeen:
    """A state in which the outcome holds at the start."""

    state: Annotated[int, "Its number, from 1."]
    levels: Annotated[tuple[str, ...], "One level name per option, in declaration order."]
    labels: Annotated[tuple[str, ...], "The outcomes it belongs to."]
    probability: Annotated[float, "The share of all plays that begin there."]


@dataclass(frozen=True)
class Exit:
    """A way in which it ends: a party that leaves, a shock, or a commitment that is quietly dropped."""

    party: Annotated[str | None, "Who leaves; None where nobody decides to."]
    shock: Annotated[str | None, "An option of nature, or one of the scenario's `shocks`; None for the others."]
    probability: Annotated[float, "That it ends this way."]
    move: Annotated[MoveSeen | None, "The move by which the party does so most often; None for shocks."]
    share: Annotated[float | None, "The part of the party's exits that are made from the state of that move."]
    anticipated: Annotated[
        float | None,
        "What the party anticipates to gain by that move, in its spans; below 0 it slips against its interest.",
    ]
    parts: Annotated[tuple[Part, ...], "What its payoff gains or loses by the move itself, part by part."]
    stands: Annotated[
        float | None,
        "The part of the ends by this shock right after which the outcome's condition is still met, "
        "though what parties want may have changed; None for a party.",
    ]
    slips: Annotated[
        float | None,
        "The part of the party's exits that are slips: moves by which it does not expect to gain. By the "
        "others it leaves on purpose. None for a shock.",
    ] = None
    slips_into_clash: Annotated[
        float | None, "The part of its exits that are slips into one of `clashes`; None for a shock."
    ] = None
    lapse: Annotated[str | None, "The option whose commitment is quietly dropped; None for the others."] = None


@dataclass(frozen=True)
class LapseCounted:
    """A commitment that may be quietly dropped, and what that contributes."""

    option: Annotated[str, "The option that was committed."]
    level: Annotated[str, "The level to which it was last committed."]
    back: Annotated[str, "The level to which it falls back, that of the status quo."]
    chance: Annotated[float, "The chance per round that it is dropped where it stands."]
    stands: Annotated[float, "The share of all plays at whose start it stands and could go back."]
    share: Annotated[float, "The share of all plays that end by this."]


@dataclass(frozen=True)
class ShockCounted:
    """A shock of the scenario, and what it contributes."""

    id: Annotated[str, "Its id."]
    natural: Annotated[
        bool,
        "An option of nature that rises one level; else one of the scenario's shocks by name.",
    ]
    status: Annotated[
        Literal["counts", "nil", "unstated"],
        "`counts`: it may end play. `nil`: it has no chance in any state that play may come to, since its "
        "hazard is 0 there, it cannot happen, or it would change nothing. `unstated`: the scenario states no "
        "hazard for it.",
    ]
    hazard: Annotated[
        float | None,
        "The chance per round that it happens, where it begins; None where none is stated.",
    ]
    share: Annotated[float, "The share of all plays that it ends."]


@dataclass(frozen=True)
class Steadied:
    """How long it lasts when one party's composure is multiplied."""

    factor: Annotated[float, "By what the party's composure is multiplied."]
    composure: Annotated[float, "What it then is, per span."]
    lasts: Annotated[Duration, "How long the outcome then lasts."]


@dataclass(frozen=True)
class Composed:
    """A party's composure, whether the scenario states it, and what other values of it would do."""

    party: Annotated[str, "Which party."]
    composure: Annotated[float, "Its composure, per span."]
    stated: Annotated[bool, "Whether the scenario states it."]
    sweep: Annotated[tuple[Steadied, ...], "What other values of it would do."]


@dataclass(frozen=True)
class Remedy:
    """Something that might make it last longer."""

    kind: Annotated[Literal["composure", "promise", "hazard"], "What is tried."]
    who: Annotated[str, "The party, or the shock."]
    size: Annotated[float, "Composure and hazard: the factor. Promise: its size in the party's spans."]
    lasts: Annotated[Duration, "How long the outcome lasts with it."]
    gain: Annotated[
        float | None,
        "How many times as long it lasts; None where one of the two durations has no number.",
    ]


@dataclass(frozen=True)
class Temptation:
    """What keeps a party from leaving in repeated play, at its likeliest start."""

    party: Annotated[str, "Which party."]
    verdict: Annotated[
        Literal["untempted", "deterred", "unpunished", "unsettled"],
        "`untempted`: no move of its own gains at once. `deterred`: patience of at least `discount` keeps "
        "it. `unpunished`: where play goes after its move it is no worse off. `unsettled`: play then "
        "comes to no equilibrium.",
    ]
    discount: Annotated[float | None, "The least discount factor per round; None where none will do."]
    gain: Annotated[
        float,
        "G, the most that it gains at once by a move of its own, in its spans (0 or less: nothing).",
    ]
    loss: Annotated[
        float | None,
        "P, what it loses for good in the worst equilibrium that the walk then reaches.",
    ]
    move: Annotated[MoveSeen | None, "The move that it weighs; None where it has none."]
    inside: Annotated[bool, "Whether the outcome still holds after that move."]
    punishment: Annotated[int | None, "The number of that equilibrium."]


@dataclass(frozen=True, kw_only=True)
class Durability(Answer):
    """How long an outcome lasts once nobody is bound, and what ends it."""

    question: ClassVar[str] = "durability"
    key: ClassVar[tuple[str, ...]] = ("round",)

    outcome: Annotated[str, "What is to last."]
    strategy: Annotated[
        str | None,
        "The strategy from whose end it begins; None: from the outcome's best state.",
    ]
    best: Annotated[bool, "Whether that strategy was not asked for, but is the one that assess puts first."]
    foresight: Annotated[str, "The concept by which parties look ahead; `mixed` where they differ."]
    foresights: Annotated[Mapping[str, str], "The same per party."]
    status_quo: Annotated[tuple[str, ...], "The level of every option at the status quo, to compare with."]
    start: Annotated[tuple[StartSeen, ...], "Where it begins, likeliest first."]
    inside: Annotated[
        float,
        "The probability that the strategy ends inside the outcome (1 without a strategy); `start` adds "
        "up to 1.",
    ]
    beside: Annotated[
        tuple[str, ...],
        "Options that stand otherwise than at the status quo where it most probably begins, and could go back "
        "one by one with the outcome still holding: it asks nothing of them.",
    ] = ()
    margin: Annotated[
        float | None,
        "The least margin of the states in `start`, in spans; None where nobody has a move.",
    ]
    visited: Annotated[int, "How many states of the outcome play may come to."]
    lasts: Annotated[Duration, "How long it lasts."]
    round_years: Annotated[
        float | None, "How many years a round takes; None where the scenario does not say."
    ] = None
    half_life: Annotated[
        float | None,
        "The first round after which at most half of all plays still hold; None where that is beyond 1e9 "
        "rounds or never.",
    ]
    never: Annotated[float, "The share of plays that never end."]
    survival: Annotated[tuple[float, ...], "The share of plays that still hold after 0, 1, 2, … rounds."]
    exits: Annotated[tuple[Exit, ...], "How it ends, likeliest first."]
    clashes: Annotated[tuple[str, ...], "The outcomes in which the parties' plans collide."] = ()
    shocks: Annotated[
        tuple[ShockCounted, ...],
        "Every shock of the scenario: options of nature first, in the order of the document.",
    ]
    lapses: Annotated[
        tuple[LapseCounted, ...],
        "What the strategy commits and may quietly drop, by the `lapse` of its stages.",
    ] = ()
    composures: Annotated[tuple[Composed, ...], "Per party, what its composure does to it."]
    remedies: Annotated[tuple[Remedy, ...], "What was tried, most helpful first."]
    lag: Annotated[int, "Rounds until a breach is noticed, in repeated play."]
    patience: Annotated[tuple[Temptation, ...], "Per party, what keeps it from leaving in repeated play."]

    def rows(self) -> list[dict[str, object]]:
        """One record per round: the share of plays that still hold."""
        return [{"round": time, "share": share} for time, share in enumerate(self.survival)]
