"""The answer to: why does this hold or not, and why does this strategy fail?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from detente.answers.answer import Answer
from detente.answers.vocabulary import HoldoutSeen, MoveSeen, Part

Stance = Literal["no moves", "nothing better", "deterred", "leaves"]
Compared = Literal["better", "same", "worse"]
Ending = Literal["rest", "until", "missed", "blocked", "cycle"]


@dataclass(frozen=True)
class Reply:
    """A move of another party in answer to a move.

    Attributes
    ----------
    party : str
    move : MoveSeen
    gain : float or None
        What the party that replies gains by it, in its own spans; None where it is known only by order.
    prefers : bool
        Whether it prefers where it goes to where it stood (as the party that is answered sees it).
    after : float or None
        What the party that is answered has then, less what it had before its own move, in its spans.
    compared : {'better', 'same', 'worse'}
        How it stands then, compared with before its own move.
    """

    party: str
    move: MoveSeen
    gain: float | None
    prefers: bool
    after: float | None
    compared: Compared


@dataclass(frozen=True)
class Attempt:
    """A move that a party could make, what it brings at once, and what the party expects of it.

    Attributes
    ----------
    move : MoveSeen
    gain : float or None
        What its payoff changes by the move itself, in its spans; None where it is known only by order.
    better : bool
        Whether the party prefers where the move leads to where it stands.
    parts : tuple of Part
        The gain, part by part: they add up to it. Empty where the party is known only by order.
    expects : float or None
        What it expects in the end, replies counted, less what it has, in its spans.
    worthwhile : bool
        Whether it expects more than it has: then the move is open.
    replies : tuple of Reply
        A shortest sequence of moves of the others that brings it down to what it expects, or to what it has.
    escape : MoveSeen or None
        Its own best way out of the end of these replies, where the concept counts on one.
    """

    move: MoveSeen
    gain: float | None
    better: bool
    parts: tuple[Part, ...]
    expects: float | None
    worthwhile: bool
    replies: tuple[Reply, ...]
    escape: MoveSeen | None


@dataclass(frozen=True)
class Stand:
    """How one party stands to a state under one concept.

    Attributes
    ----------
    party, concept : str
    stance : {'no moves', 'nothing better', 'deterred', 'leaves'}
    moves, improvements : int
        How many moves of its own it has, and how many of them it prefers to staying.
    margin : float or None
        What it has less what it expects of the move that promises most, in its spans.
    attempt : Attempt or None
        The most tempting of its improvements; without one, the move that costs it least.
    """

    party: str
    concept: str
    stance: Stance
    moves: int
    improvements: int
    margin: float | None
    attempt: Attempt | None


@dataclass(frozen=True)
class UnderConcept:
    """Whether a state holds under one of the five concepts, and who would leave it.

    `turns` holds the parties that this concept judges otherwise than the foresight asked for does.
    """

    concept: str
    holds: bool
    margin: float | None
    leavers: tuple[str, ...]
    turns: tuple[Stand, ...]


@dataclass(frozen=True)
class Refusal:
    """A party that could bring the aim about by a move of its own, and does not."""

    party: str
    concept: str
    attempt: Attempt


@dataclass(frozen=True)
class Share:
    """What one member of a table would gain by an agreement, in its spans, part by part."""

    party: str
    gain: float
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class NoDeal:
    """The agreement on the aim that an open table comes nearest to, and why it does not make it.

    Attributes
    ----------
    table, title : str
    move : MoveSeen
        The joint change whose least gain over the members is largest.
    shares : tuple of Share
        Per member.
    against : tuple of str
        The members that lose by it, or would have to change something and gain nothing.
    breakers : tuple of str
        Where nobody is against it: the members that would not keep it, so that it does not enforce itself.
    """

    table: str
    title: str
    move: MoveSeen
    shares: tuple[Share, ...]
    against: tuple[str, ...]
    breakers: tuple[str, ...]


@dataclass(frozen=True)
class StateSeen:
    """Why one state holds or does not.

    Attributes
    ----------
    state : int
        Its number, from 1.
    levels : tuple of str
        One level name per option, in declaration order.
    labels : tuple of str
        The outcomes it belongs to.
    bound : mapping
        Options that stand committed while it is judged, with their levels; empty when everybody is free.
    stage : int or None
        The stage of the strategy, from 1, whose commitments and venue count; None when everybody is free.
    holds : bool
        Whether every party stays, each by its foresight.
    margin : float or None
        The least margin over the parties, in spans.
    nearest : str or None
        The party whose margin that is.
    stands : tuple of Stand
        Per party asked about.
    concepts : tuple of UnderConcept
        All five.
    refusals : tuple of Refusal
        Outside the aim: who could bring it about alone.
    """

    state: int
    levels: tuple[str, ...]
    labels: tuple[str, ...]
    bound: Mapping[str, str]
    stage: int | None
    holds: bool
    margin: float | None
    nearest: str | None
    stands: tuple[Stand, ...]
    concepts: tuple[UnderConcept, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class OutcomeSeen:
    """How an outcome fares: how many states it has, how many of them hold, and whether its best one does."""

    id: str
    states: int
    holding: int
    counts: Mapping[str, int]


@dataclass(frozen=True)
class StepSeen:
    """One step of a path.

    Attributes
    ----------
    stage : int
        From 1.
    title : str
        The stage's title.
    kind : {'commit', 'move', 'table'}
    who : tuple of str
        The sponsors whose commitments are set, the party that moves, or the members of the table that change
        something.
    table : str or None
    move : MoveSeen
    chance : float
        Probability of this step where play stands.
    shares : tuple of Share
        What those who move gain by it; none for commitments and for parties known only by order.
    before, after : float
        Probability of success before and after the step.
    """

    stage: int
    title: str
    kind: Literal["commit", "move", "table"]
    who: tuple[str, ...]
    table: str | None
    move: MoveSeen
    chance: float
    shares: tuple[Share, ...]
    before: float
    after: float


@dataclass(frozen=True)
class PathSeen:
    """The likeliest way to one ending of a strategy.

    Attributes
    ----------
    probability, chance : float
        Of the ending by all ways, and of this way to it.
    ending : {'rest', 'until', 'missed', 'blocked', 'cycle'}
    state : int
        Where it ends: the state of rest, or the first state of the cycle.
    labels : tuple of str
    inside : bool
        Whether the ending counts as success.
    stage : int
        The stage in which it ends, from 1.
    steps : tuple of StepSeen
    """

    probability: float
    chance: float
    ending: Ending
    state: int
    labels: tuple[str, ...]
    inside: bool
    stage: int
    steps: tuple[StepSeen, ...]


@dataclass(frozen=True)
class StrategySeen:
    """Why a strategy fares as it does.

    Attributes
    ----------
    id, title, sponsors
        As the scenario has them.
    success : float
        Probability of resting in the aim, or of going round wholly inside it.
    paths : tuple of PathSeen
        Endings away from the aim first, likeliest first; then those in it.
    others : int
        How many endings there are besides.
    no_deals : tuple of NoDeal
        For each table open at the ending explained: why it does not agree on the aim.
    holdouts : tuple of HoldoutSeen
        Whom a promise would bring to a move that raises success; smallest promise first.
    """

    id: str
    title: str
    sponsors: tuple[str, ...]
    success: float
    paths: tuple[PathSeen, ...]
    others: int
    no_deals: tuple[NoDeal, ...]
    holdouts: tuple[HoldoutSeen, ...]


@dataclass(frozen=True, kw_only=True)
class Why(Answer):
    """Why a state holds or not, why an outcome does, or why a strategy ends as it does.

    Attributes
    ----------
    kind : {'state', 'outcome', 'strategy'}
    subject : str
        What was asked about: `status-quo`, the number of a state, or the id of an outcome or a strategy.
    also : tuple of str
        What else goes by that name (`strategy`) and was not meant.
    foresight : str
        The concept by which parties look ahead; `mixed` where they differ.
    foresights : mapping
        The same per party.
    party : str or None
        The one party asked about.
    aim : str or None
    status_quo : tuple of str
        The level of every option at the status quo, to compare with.
    state : StateSeen
        The state explained: the one asked about, the outcome's best, or where the strategy ends.
    outcome : OutcomeSeen or None
    strategy : StrategySeen or None
    """

    question: ClassVar[str] = "why"
    key: ClassVar[tuple[str, ...]] = ("state", "party", "concept")

    kind: Literal["state", "outcome", "strategy"]
    subject: str
    also: tuple[str, ...]
    foresight: str
    foresights: Mapping[str, str]
    party: str | None
    aim: str | None
    status_quo: tuple[str, ...]
    state: StateSeen
    outcome: OutcomeSeen | None
    strategy: StrategySeen | None

    def rows(self) -> list[dict[str, object]]:
        """One record per party: its stance and margin, and the move that matters, with gain and expectation."""
        return [
            {
                "state": self.state.state,
                "party": stand.party,
                "concept": stand.concept,
                "stance": stand.stance,
                "margin": stand.margin,
                "to": None if stand.attempt is None else stand.attempt.move.to,
                "gain": None if stand.attempt is None else stand.attempt.gain,
                "expects": None if stand.attempt is None else stand.attempt.expects,
            }
            for stand in self.state.stands
        ]
