"""What several questions show: moves and the parts of a gain, cycles, promises kept and missed, durations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Ending = Literal["ends", "beyond", "never", "partly"]


@dataclass(frozen=True)
class MoveSeen:
    """A move: the states it leads from and to (by number), and what it changes, option by option."""

    state: int
    to: int
    changes: Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """A part of a gain or loss in the party's spans: an own interest by name, or the attitude to another."""

    kind: Literal["interest", "attitude"]
    name: str
    other: str
    amount: float


@dataclass(frozen=True)
class CycleSeen:
    """States among which play goes round for ever."""

    states: tuple[int, ...]
    probability: float


@dataclass(frozen=True)
class Keeps:
    """Whether a sponsor keeps its commitments once it is free: how probably, else its best way out and gain."""

    party: str
    keeps: float
    move: MoveSeen | None
    gain: float | None


@dataclass(frozen=True)
class HoldoutSeen:
    """A party whom a promise would bring to a move that raises success.

    Attributes
    ----------
    party : str
    stage : int
        The stage at whose rest it holds out, from 1.
    move : MoveSeen
    promise : float
        The smallest promise that would make it move, in its spans: −(gain + fear).
    raises : float
        Probability of standing there × the success that the move adds.
    gain : float
        What its payoff changes by the move itself, in its spans.
    fear : float
        What it expects to lose by the others' replies, in its spans; 0 or less.
    parts : tuple of Part
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
    ending : {'ends', 'beyond', 'never', 'partly'}
        `ends`: after `rounds`, on average. `beyond`: after more than 1e9 rounds. `never`: nothing ends it.
        `partly`: some part of all plays never ends.
    rounds : float or None
        None unless it ends within 1e9 rounds.
    """

    ending: Ending
    rounds: float | None
