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
    state : int
        Its number, from 1.
    levels : tuple of str
        One level name per option, in declaration order.
    labels : tuple of str
        The outcomes it belongs to.
    probability : float
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
    party, shock : str or None
        Who, or which shock (an option of nature, or one of the scenario's `shocks`); one of the two.
    probability : float
        That it ends this way.
    move : MoveSeen or None
        The move by which the party does so most often; None for shocks.
    share : float or None
        The part of the party's exits that are made from the state of that move.
    anticipated : float or None
        What the party anticipates to gain by that move, in its spans; below 0 it slips against its interest.
    parts : tuple of Part
        What its payoff gains or loses by the move itself, part by part.
    stands : float or None
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
    id : str
    natural : bool
        An option of nature that rises one level; else one of the scenario's shocks by name.
    status : {'counts', 'nil', 'unstated'}
        It counts; or it has no chance in any state that play may come to: its hazard is 0 there, it cannot
        happen, or it would change nothing; or the scenario states no hazard for it.
    hazard : float or None
        The chance per round that it happens, where it begins; None where none is stated.
    share : float
        The share of all plays that it ends.
    """

    id: str
    natural: bool
    status: Literal["counts", "nil", "unstated"]
    hazard: float | None
    share: float


@dataclass(frozen=True)
class Steadied:
    """How long it lasts when one party's composure is multiplied."""

    factor: float
    composure: float
    lasts: Duration


@dataclass(frozen=True)
class Composed:
    """A party's composure, whether the scenario states it, and what other values of it would do."""

    party: str
    composure: float
    stated: bool
    sweep: tuple[Steadied, ...]


@dataclass(frozen=True)
class Remedy:
    """Something that might make it last longer.

    Attributes
    ----------
    kind : {'composure', 'promise', 'hazard'}
    who : str
        The party, or the shock.
    size : float
        Composure and hazard: the factor. Promise: its size in the party's spans.
    lasts : Duration
    gain : float or None
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
    party : str
    verdict : {'untempted', 'deterred', 'unpunished', 'unsettled'}
        `untempted`: no move of its own gains at once. `deterred`: patience of at least `discount` keeps it.
        `unpunished`: where play goes after its move it is no worse off. `unsettled`: play then comes to no
        equilibrium.
    discount : float or None
        The least discount factor per round; None where none will do.
    gain : float
        G, the most that it gains at once by a move of its own, in its spans (0 or less: nothing).
    loss : float or None
        P, what it loses for good in the worst equilibrium that the walk then reaches.
    move : MoveSeen or None
    inside : bool
        Whether the outcome still holds after that move.
    punishment : int or None
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
    outcome : str
        What is to last.
    strategy : str or None
        The strategy from whose end it begins; None: from the outcome's best state.
    foresight : str
        The concept by which parties look ahead; `mixed` where they differ.
    foresights : mapping
        The same per party.
    status_quo : tuple of str
        The level of every option at the status quo, to compare with.
    start : tuple of StartSeen
        Where it begins, likeliest first.
    inside : float
        The probability that the strategy ends inside the outcome (1 without a strategy); `start` adds up to 1.
    margin : float or None
        The least margin of the states in `start`, in spans; None where nobody has a move.
    visited : int
        How many states of the outcome play may come to.
    lasts : Duration
    half_life : float or None
        The first round after which at most half of all plays still hold; None where that is beyond 1e9 rounds
        or never.
    never : float
        The share of plays that never end.
    survival : tuple of float
        The share of plays that still hold after 0, 1, 2, … rounds.
    exits : tuple of Exit
        How it ends, likeliest first.
    shocks : tuple of ShockCounted
        Every shock of the scenario: options of nature first, in the order of the document.
    composures : tuple of Composed
        Per party.
    remedies : tuple of Remedy
        What was tried, most helpful first.
    lag : int
        Rounds until a breach is noticed, in repeated play.
    patience : tuple of Temptation
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
