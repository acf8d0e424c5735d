"""What several questions show: moves and the parts of a gain, cycles, promises kept and missed, durations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Ending = Literal["ends", "beyond", "never", "partly"]


@dataclass(frozen=True)
class MoveSeen:
    """A move: the states it leads from and to (by number), and what it changes, option by option.

    Attributes
    ----------
    state
        The number of the state it leads from.
    to
        The number of the state it leads to.
    changes
        The new level of every option that it changes.
    """

    state: int
    to: int
    changes: Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """A part of a gain or loss in the party's spans: an own interest by name, or the attitude to another.

    Attributes
    ----------
    kind
        An own interest, or the attitude to another party.
    name
        The interest's name, or the other party.
    other
        The other party; empty for an own interest.
    amount
        What it adds to the gain, in the party's spans; the parts of a gain add up to it.
    """

    kind: Literal["interest", "attitude"]
    name: str
    other: str
    amount: float


@dataclass(frozen=True)
class CycleSeen:
    """States among which play goes round for ever.

    Attributes
    ----------
    states
        Their numbers.
    probability
        That play ends in going round there.
    """

    states: tuple[int, ...]
    probability: float


@dataclass(frozen=True)
class Keeps:
    """Whether a sponsor keeps its commitments once it is free: how probably, else its best way out and gain.

    Attributes
    ----------
    party
        The sponsor.
    keeps
        The probability that it keeps them all.
    move
        Its most tempting way out, at the likeliest end that has one; None where it keeps them for certain.
    gain
        What it expects to gain by that move, in its spans; None without one, and where it is known only by
        order.
    """

    party: str
    keeps: float
    move: MoveSeen | None
    gain: float | None


@dataclass(frozen=True)
class HoldoutSeen:
    """A party whom a promise would bring to a move that raises success.

    Attributes
    ----------
    party
        Who holds out.
    stage
        The stage at whose rest it holds out, from 1.
    move
        The move that it does not make.
    promise
        The smallest promise that would make it move, in its spans: −(gain + fear).
    raises
        Probability of standing there × the success that the move adds.
    gain
        What its payoff changes by the move itself, in its spans.
    fear
        What it expects to lose by the others' replies, in its spans; 0 or less.
    parts
        The gain, part by part.
    """

    party: str
    stage: int
    move: MoveSeen
    promise: float
    raises: float
    gain: float
    fear: float
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Duration:
    """Expected rounds until the outcome no longer holds.

    Attributes
    ----------
    ending
        `ends`: after `rounds`, on average. `beyond`: after more than 1e9 rounds. `never`: nothing ends it.
        `partly`: some part of all plays never ends.
    rounds
        None unless it ends within 1e9 rounds.
    """

    ending: Ending
    rounds: float | None
