"""The answer to: will it stick, who breaks it first, and what would make it last longer?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from detente.answers.answer import Answer
from detente.answers.vocabulary import Duration, MoveSeen, Part


@dataclass(frozen=True)
class StartSeen:
    """A state in which the outcome holds at the start.

    Attributes
    ----------
    state
        Its number, from 1.
    levels
        One level name per option, in declaration order.
    labels
        The outcomes it belongs to.
    probability
        The share of all plays that begin there.
    """

    state: int
    levels: tuple[str, ...]
    labels: tuple[str, ...]
    probability: float


@dataclass(frozen=True)
class Exit:
    """A way in which it ends: a party that leaves, or a shock.

    Attributes
    ----------
    party, shock
        Who, or which shock (an option of nature, or one of the scenario's `shocks`); one of the two.
    probability
        That it ends this way.
    move
        The move by which the party does so most often; None for shocks.
    share
        The part of the party's exits that are made from the state of that move.
    anticipated
        What the party anticipates to gain by that move, in its spans; below 0 it slips against its interest.
    parts
        What its payoff gains or loses by the move itself, part by part.
    stands
        The part of the ends by this shock right after which the outcome's condition is still met, though what
        parties want may have changed; None for a party.
    """

    party: str | None
    shock: str | None
    probability: float
    move: MoveSeen | None
    share: float | None
    anticipated: float | None
    parts: tuple[Part, ...]
    stands: float | None


@dataclass(frozen=True)
class ShockCounted:
    """A shock of the scenario, and what it contributes.

    Attributes
    ----------
    id
        Its id.
    natural
        An option of nature that rises one level; else one of the scenario's shocks by name.
    status
        It counts; or it has no chance in any state that play may come to: its hazard is 0 there, it cannot
        happen, or it would change nothing; or the scenario states no hazard for it.
    hazard
        The chance per round that it happens, where it begins; None where none is stated.
    share
        The share of all plays that it ends.
    """

    id: str
    natural: bool
    status: Literal["counts", "nil", "unstated"]
    hazard: float | None
    share: float


@dataclass(frozen=True)
class Steadied:
    """How long it lasts when one party's composure is multiplied.

    Attributes
    ----------
    factor
        By what the party's composure is multiplied.
    composure
        What it then is, per span.
    lasts
        How long the outcome then lasts.
    """

    factor: float
    composure: float
    lasts: Duration


@dataclass(frozen=True)
class Composed:
    """A party's composure, whether the scenario states it, and what other values of it would do.

    Attributes
    ----------
    party
        Which party.
    composure
        Its composure, per span.
    stated
        Whether the scenario states it.
    sweep
        What other values of it would do.
    """

    party: str
    composure: float
    stated: bool
    sweep: tuple[Steadied, ...]


@dataclass(frozen=True)
class Remedy:
    """Something that might make it last longer.

    Attributes
    ----------
    kind
        What is tried.
    who
        The party, or the shock.
    size
        Composure and hazard: the factor. Promise: its size in the party's spans.
    lasts
        How long the outcome lasts with it.
    gain
        How many times as long it lasts; None where one of the two durations has no number.
    """

    kind: Literal["composure", "promise", "hazard"]
    who: str
    size: float
    lasts: Duration
    gain: float | None


@dataclass(frozen=True)
class Temptation:
    """What keeps a party from leaving in repeated play, at the start (the likeliest, where there are several).

    Attributes
    ----------
    party
        Which party.
    verdict
        `untempted`: no move of its own gains at once. `deterred`: patience of at least `discount` keeps it.
        `unpunished`: where play goes after its move it is no worse off. `unsettled`: play then comes to no
        equilibrium.
    discount
        The least discount factor per round; None where none will do.
    gain
        G, the most that it gains at once by a move of its own, in its spans (0 or less: nothing).
    loss
        P, what it loses for good in the worst equilibrium that the walk then reaches.
    move
        The move that it weighs; None where it has none.
    inside
        Whether the outcome still holds after that move.
    punishment
        The number of that equilibrium.
    """

    party: str
    verdict: Literal["untempted", "deterred", "unpunished", "unsettled"]
    discount: float | None
    gain: float
    loss: float | None
    move: MoveSeen | None
    inside: bool
    punishment: int | None


@dataclass(frozen=True, kw_only=True)
class Durability(Answer):
    """How long an outcome lasts once nobody is bound, and what ends it.

    Attributes
    ----------
    outcome
        What is to last.
    strategy
        The strategy from whose end it begins; None: from the outcome's best state.
    foresight
        The concept by which parties look ahead; `mixed` where they differ.
    foresights
        The same per party.
    status_quo
        The level of every option at the status quo, to compare with.
    start
        Where it begins, likeliest first.
    inside
        The probability that the strategy ends inside the outcome (1 without a strategy); `start` adds up to
        1.
    margin
        The least margin of the states in `start`, in spans; None where nobody has a move.
    visited
        How many states of the outcome play may come to.
    lasts
        How long it lasts.
    half_life
        The first round after which at most half of all plays still hold; None where that is beyond 1e9 rounds
        or never.
    never
        The share of plays that never end.
    survival
        The share of plays that still hold after 0, 1, 2, … rounds.
    exits
        How it ends, likeliest first.
    shocks
        Every shock of the scenario: options of nature first, in the order of the document.
    composures
        Per party.
    remedies
        What was tried, most helpful first.
    lag
        Rounds until a breach is noticed, in repeated play.
    patience
        Per party.
    """

    question: ClassVar[str] = "durability"
    key: ClassVar[tuple[str, ...]] = ("round",)

    outcome: str
    strategy: str | None
    foresight: str
    foresights: Mapping[str, str]
    status_quo: tuple[str, ...]
    start: tuple[StartSeen, ...]
    inside: float
    margin: float | None
    visited: int
    lasts: Duration
    half_life: float | None
    never: float
    survival: tuple[float, ...]
    exits: tuple[Exit, ...]
    shocks: tuple[ShockCounted, ...]
    composures: tuple[Composed, ...]
    remedies: tuple[Remedy, ...]
    lag: int
    patience: tuple[Temptation, ...]

    def rows(self) -> list[dict[str, object]]:
        """One record per round: the share of plays that still hold."""
        return [{"round": time, "share": share} for time, share in enumerate(self.survival)]
