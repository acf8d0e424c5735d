"""The answer to: why does this hold or not, and why does this strategy fail?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from detente.answers.answer import Answer
from detente.answers.vocabulary import HoldoutSeen, MoveSeen, Part

Stance = Literal["no moves", "nothing better", "deterred", "empty threat", "undetermined", "leaves"]
Compared = Literal["better", "same", "worse"]
Ending = Literal["rest", "until", "missed", "blocked", "cycle"]


@dataclass(frozen=True)
class Answered:
    """A move of another party in answer to a reply, which keeps its maker from it."""

    party: Annotated[str, "Who moves."]
    move: Annotated[MoveSeen, "What it does."]
    after: Annotated[
        float | None,
        "What the party that replied has then, less what it had before its reply, in its spans.",
    ]


@dataclass(frozen=True)
class Reply:
    """A move of another party in answer to a move."""

    party: Annotated[str, "Who replies."]
    move: Annotated[MoveSeen, "What it does."]
    gain: Annotated[
        float | None,
        "What the party that replies gains by it, in its own spans; None where it is known only by order.",
    ]
    prefers: Annotated[
        bool,
        "Whether it prefers where it goes to where it stood (as the party that is answered sees it).",
    ]
    after: Annotated[
        float | None,
        "What the party that is answered has then, less what it had before its own move, in its spans.",
    ]
    compared: Annotated[Compared, "How it stands then, compared with before its own move."]
    expects: Annotated[
        float | None,
        "What the party that replies expects of it in the end by iterated foresight, less what it has before "
        "it, in its spans; None where it is not asked, or not known in numbers.",
    ] = None
    punished: Annotated[
        tuple[Answered, ...],
        "Where it would not be dared: a shortest sequence of moves of the others, all of them dared, that "
        "leaves the party that replies no better off than before.",
    ] = ()


@dataclass(frozen=True)
class Attempt:
    """A move that a party could make, what it brings at once, and what the party expects of it."""

    move: Annotated[MoveSeen, "The move."]
    gain: Annotated[
        float | None,
        "What its payoff changes by the move itself, in its spans; None where it is known only by order.",
    ]
    better: Annotated[bool, "Whether the party prefers where the move leads to where it stands."]
    parts: Annotated[
        tuple[Part, ...],
        "The gain, part by part: they add up to it. Empty where the party is known only by order.",
    ]
    expects: Annotated[
        float | None,
        "What it expects in the end, replies counted, less what it has, in its spans.",
    ]
    worthwhile: Annotated[bool, "Whether it expects more than it has: then the move is open."]
    replies: Annotated[
        tuple[Reply, ...],
        "A shortest sequence of moves of the others that brings it down to what it expects, or to what it has.",
    ]
    escape: Annotated[
        MoveSeen | None,
        "Its own best way out of the end of these replies, where the concept counts on one.",
    ]


@dataclass(frozen=True)
class Stand:
    """How one party stands to a state under one concept."""

    party: Annotated[str, "Which party."]
    concept: Annotated[str, "How far it looks ahead."]
    stance: Annotated[Stance, "Why it stays, or that it leaves."]
    moves: Annotated[int, "How many moves of its own it has."]
    improvements: Annotated[int, "How many of them it prefers to staying."]
    margin: Annotated[
        float | None,
        "What it has less what it expects of the move that promises most, in its spans.",
    ]
    attempt: Annotated[
        Attempt | None,
        "The most tempting of its improvements; without one, the move that costs it least.",
    ]


@dataclass(frozen=True)
class UnderConcept:
    """Whether a state holds under one of the concepts, and who would leave it."""

    concept: Annotated[str, "Which concept."]
    holds: Annotated[bool, "Whether every party stays."]
    margin: Annotated[
        float | None,
        "The least margin over the parties, in spans; None where one is known only by order, or nobody "
        "has a move.",
    ]
    leavers: Annotated[tuple[str, ...], "The parties that would leave."]
    turns: Annotated[
        tuple[Stand, ...],
        "The stands of the parties that this concept judges otherwise than the foresight asked for does.",
    ]


@dataclass(frozen=True)
class Refusal:
    """A party that could bring the aim about by a move of its own, and does not."""

    party: Annotated[str, "Which party."]
    concept: Annotated[str, "How far it looks ahead."]
    attempt: Annotated[Attempt, "The move that it does not make."]


@dataclass(frozen=True)
class Share:
    """What one member of a table would gain by an agreement, in its spans, part by part."""

    party: Annotated[str, "Which party."]
    gain: Annotated[float, "What its payoff gains, in its spans."]
    parts: Annotated[tuple[Part, ...], "The gain, part by part."]


@dataclass(frozen=True)
class NoDeal:
    """The agreement on the aim that an open table comes nearest to, and why it does not make it."""

    table: Annotated[str, "The table's id."]
    title: Annotated[str, "What it is called."]
    move: Annotated[MoveSeen, "The joint change whose least gain over the members is largest."]
    shares: Annotated[tuple[Share, ...], "Per member."]
    against: Annotated[
        tuple[str, ...],
        "The members that lose by it, or would have to change something and gain nothing.",
    ]
    breakers: Annotated[
        tuple[str, ...],
        "Where nobody is against it: the members that would not keep it, so that it does not enforce itself.",
    ]


@dataclass(frozen=True)
class StateSeen:
    """Why one state holds or does not."""

    state: Annotated[int, "Its number, from 1."]
    levels: Annotated[tuple[str, ...], "One level name per option, in declaration order."]
    labels: Annotated[tuple[str, ...], "The outcomes it belongs to."]
    bound: Annotated[
        Mapping[str, str],
        "Options that stand committed while it is judged, with their levels; empty when everybody is free.",
    ]
    stage: Annotated[
        int | None,
        "The stage of the strategy, from 1, whose commitments and venue count; None when everybody is free.",
    ]
    holds: Annotated[bool, "Whether every party stays, each by its foresight."]
    margin: Annotated[float | None, "The least margin over the parties, in spans."]
    nearest: Annotated[str | None, "The party whose margin that is."]
    stands: Annotated[tuple[Stand, ...], "Per party asked about."]
    concepts: Annotated[tuple[UnderConcept, ...], "All five."]
    refusals: Annotated[tuple[Refusal, ...], "Outside the aim: who could bring it about alone."]


@dataclass(frozen=True)
class OutcomeSeen:
    """How an outcome fares: how many states it has, how many of them hold, and whether its best one does."""

    id: Annotated[str, "Its id."]
    states: Annotated[int, "How many states it has."]
    holding: Annotated[int, "How many of them hold, each party by its foresight."]
    counts: Annotated[Mapping[str, int], "The same per concept."]


@dataclass(frozen=True)
class StepSeen:
    """One step of a path."""

    stage: Annotated[int, "From 1."]
    title: Annotated[str, "The stage's title."]
    kind: Annotated[
        Literal["commit", "move", "table"],
        "Commitments are set, a party moves, or a table agrees.",
    ]
    who: Annotated[
        tuple[str, ...],
        "The sponsors whose commitments are set, the party that moves, or the members of the table that "
        "change something.",
    ]
    table: Annotated[str | None, "The table that agrees; None otherwise."]
    move: Annotated[MoveSeen, "What it changes."]
    chance: Annotated[float, "Probability of this step where play stands."]
    shares: Annotated[
        tuple[Share, ...],
        "What those who move gain by it; none for commitments and for parties known only by order.",
    ]
    before: Annotated[float, "Probability of success before the step."]
    after: Annotated[float, "Probability of success after it."]


@dataclass(frozen=True)
class PathSeen:
    """The likeliest way to one ending of a strategy."""

    probability: Annotated[float, "Of the ending, by all ways."]
    chance: Annotated[float, "Of this way to it."]
    ending: Annotated[
        Ending,
        "At rest; where its last stage stops as it was told to (`until`); where a stage ends without what "
        "it requires (`missed`); where a stage cannot begin (`blocked`); or in a cycle.",
    ]
    state: Annotated[int, "Where it ends: the state of rest, or the first state of the cycle."]
    labels: Annotated[tuple[str, ...], "The outcomes to which that state belongs."]
    inside: Annotated[bool, "Whether the ending counts as success."]
    stage: Annotated[int, "The stage in which it ends, from 1."]
    steps: Annotated[tuple[StepSeen, ...], "The steps that lead there."]


@dataclass(frozen=True)
class StrategySeen:
    """Why a strategy fares as it does."""

    id: Annotated[str, "The id of the strategy."]
    title: Annotated[str, "What it is called."]
    sponsors: Annotated[tuple[str, ...], "The parties that try it."]
    success: Annotated[float, "Probability of resting in the aim, or of going round wholly inside it."]
    paths: Annotated[
        tuple[PathSeen, ...],
        "Endings away from the aim first, likeliest first; then those in it.",
    ]
    others: Annotated[int, "How many endings there are besides."]
    no_deals: Annotated[
        tuple[NoDeal, ...],
        "For each table open at the ending explained: why it does not agree on the aim.",
    ]
    holdouts: Annotated[
        tuple[HoldoutSeen, ...],
        "Whom a promise would bring to a move that raises success; smallest promise first.",
    ]


@dataclass(frozen=True, kw_only=True)
class Why(Answer):
    """Why a state holds or not, why an outcome does, or why a strategy ends as it does."""

    question: ClassVar[str] = "why"
    key: ClassVar[tuple[str, ...]] = ("state", "party", "concept")

    kind: Annotated[Literal["state", "outcome", "strategy"], "What was asked about."]
    subject: Annotated[
        str,
        "What was asked about: `status-quo`, the number of a state, or the id of an outcome or a strategy.",
    ]
    also: Annotated[tuple[str, ...], "What else goes by that name (`strategy`) and was not meant."]
    foresight: Annotated[str, "The concept by which parties look ahead; `mixed` where they differ."]
    foresights: Annotated[Mapping[str, str], "The same per party."]
    party: Annotated[str | None, "The one party asked about."]
    aim: Annotated[str | None, "The scenario's aim; None where it has none."]
    status_quo: Annotated[tuple[str, ...], "The level of every option at the status quo, to compare with."]
    state: Annotated[
        StateSeen,
        "The state explained: the one asked about, the outcome's best, or where the strategy ends.",
    ]
    outcome: Annotated[OutcomeSeen | None, "The outcome asked about; None where it was a state or a strategy."]
    strategy: Annotated[
        StrategySeen | None,
        "The strategy asked about; None where it was a state or an outcome.",
    ]

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
