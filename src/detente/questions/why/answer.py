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
    party
        Who replies.
    move
        What it does.
    gain
        What the party that replies gains by it, in its own spans; None where it is known only by order.
    prefers
        Whether it prefers where it goes to where it stood (as the party that is answered sees it).
    after
        What the party that is answered has then, less what it had before its own move, in its spans.
    compared
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
    move
        The move.
    gain
        What its payoff changes by the move itself, in its spans; None where it is known only by order.
    better
        Whether the party prefers where the move leads to where it stands.
    parts
        The gain, part by part: they add up to it. Empty where the party is known only by order.
    expects
        What it expects in the end, replies counted, less what it has, in its spans.
    worthwhile
        Whether it expects more than it has: then the move is open.
    replies
        A shortest sequence of moves of the others that brings it down to what it expects, or to what it has.
    escape
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
    party
        Which party.
    concept
        How far it looks ahead.
    stance
        Why it stays, or that it leaves.
    moves, improvements
        How many moves of its own it has, and how many of them it prefers to staying.
    margin
        What it has less what it expects of the move that promises most, in its spans.
    attempt
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

    Attributes
    ----------
    concept
        Which concept.
    holds
        Whether every party stays.
    margin
        The least margin over the parties, in spans; None where one is known only by order, or nobody has a
        move.
    leavers
        The parties that would leave.
    turns
        The stands of the parties that this concept judges otherwise than the foresight asked for does.
    """

    concept: str
    holds: bool
    margin: float | None
    leavers: tuple[str, ...]
    turns: tuple[Stand, ...]


@dataclass(frozen=True)
class Refusal:
    """A party that could bring the aim about by a move of its own, and does not.

    Attributes
    ----------
    party
        Which party.
    concept
        How far it looks ahead.
    attempt
        The move that it does not make.
    """

    party: str
    concept: str
    attempt: Attempt


@dataclass(frozen=True)
class Share:
    """What one member of a table would gain by an agreement, in its spans, part by part.

    Attributes
    ----------
    party
        Which party.
    gain
        What its payoff gains, in its spans.
    parts
        The gain, part by part.
    """

    party: str
    gain: float
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class NoDeal:
    """The agreement on the aim that an open table comes nearest to, and why it does not make it.

    Attributes
    ----------
    table
        The table's id.
    title
        What it is called.
    move
        The joint change whose least gain over the members is largest.
    shares
        Per member.
    against
        The members that lose by it, or would have to change something and gain nothing.
    breakers
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
    state
        Its number, from 1.
    levels
        One level name per option, in declaration order.
    labels
        The outcomes it belongs to.
    bound
        Options that stand committed while it is judged, with their levels; empty when everybody is free.
    stage
        The stage of the strategy, from 1, whose commitments and venue count; None when everybody is free.
    holds
        Whether every party stays, each by its foresight.
    margin
        The least margin over the parties, in spans.
    nearest
        The party whose margin that is.
    stands
        Per party asked about.
    concepts
        All five.
    refusals
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
    """How an outcome fares: how many states it has, how many of them hold, and whether its best one does.

    Attributes
    ----------
    id
        Its id.
    states
        How many states it has.
    holding
        How many of them hold, each party by its foresight.
    counts
        The same per concept.
    """

    id: str
    states: int
    holding: int
    counts: Mapping[str, int]


@dataclass(frozen=True)
class StepSeen:
    """One step of a path.

    Attributes
    ----------
    stage
        From 1.
    title
        The stage's title.
    kind
        Commitments are set, a party moves, or a table agrees.
    who
        The sponsors whose commitments are set, the party that moves, or the members of the table that change
        something.
    table
        The table that agrees; None otherwise.
    move
        What it changes.
    chance
        Probability of this step where play stands.
    shares
        What those who move gain by it; none for commitments and for parties known only by order.
    before
        Probability of success before the step.
    after
        Probability of success after it.
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
    probability
        Of the ending, by all ways.
    chance
        Of this way to it.
    ending
        At rest; where its last stage stops as it was told to (`until`); where a stage ends without what it
        requires (`missed`); where a stage cannot begin (`blocked`); or in a cycle.
    state
        Where it ends: the state of rest, or the first state of the cycle.
    labels
        The outcomes to which that state belongs.
    inside
        Whether the ending counts as success.
    stage
        The stage in which it ends, from 1.
    steps
        The steps that lead there.
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
    id
        The id of the strategy.
    title
        What it is called.
    sponsors
        The parties that try it.
    success
        Probability of resting in the aim, or of going round wholly inside it.
    paths
        Endings away from the aim first, likeliest first; then those in it.
    others
        How many endings there are besides.
    no_deals
        For each table open at the ending explained: why it does not agree on the aim.
    holdouts
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
    kind
        What was asked about.
    subject
        What was asked about: `status-quo`, the number of a state, or the id of an outcome or a strategy.
    also
        What else goes by that name (`strategy`) and was not meant.
    foresight
        The concept by which parties look ahead; `mixed` where they differ.
    foresights
        The same per party.
    party
        The one party asked about.
    aim
        The scenario's aim; None where it has none.
    status_quo
        The level of every option at the status quo, to compare with.
    state
        The state explained: the one asked about, the outcome's best, or where the strategy ends.
    outcome
        The outcome asked about; None where it was a state or a strategy.
    strategy
        The strategy asked about; None where it was a state or an outcome.
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
