"""The answer to: which strategy works, does it last, and who would spoil it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from detente.answers.answer import Answer
from detente.answers.vocabulary import CycleSeen, HoldoutSeen, Keeps, MoveSeen, Part


@dataclass(frozen=True)
class RestSeen:
    """A state in which the strategy comes to rest.

    Attributes
    ----------
    state
        Its number, from 1.
    levels
        One level name per option, in declaration order.
    labels
        The outcomes it belongs to.
    probability
        That play ends there.
    margin
        By how much it holds once nobody is bound, in spans of the party with the least; None where parties
        are known only by order, or nobody has a move.
    """

    state: int
    levels: tuple[str, ...]
    labels: tuple[str, ...]
    probability: float
    margin: float | None


@dataclass(frozen=True)
class Leak:
    """What the target of pressure keeps of its trade in the end (1: all), and through whom most of it.

    Attributes
    ----------
    target
        The party under pressure.
    retained
        The share of its trade that it keeps; 1 is all.
    through
        The partner whose trade undoes most of the pressure, else the one with whom most is kept; None without
        either.
    """

    target: str
    retained: float
    through: str | None


@dataclass(frozen=True)
class SpoilerSeen:
    """A move that costs success: by a party, or agreed at a table.

    Attributes
    ----------
    party, table
        Who makes the move; one of the two.
    stage
        In which stage first, from 1.
    move
        What it does.
    damage
        Expected number of times the move is made × the success that it costs each time.
    gain
        What the party's payoff gains by it, in its spans; None for tables and parties known only by order.
    parts
        The gain, part by part.
    """

    party: str | None
    table: str | None
    stage: int
    move: MoveSeen
    damage: float
    gain: float | None
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class ExitSeen:
    """A move by which a party leaves what a table agreed on, without being a member.

    Attributes
    ----------
    party, table
        Who leaves, and whose agreement.
    stage
        In which stage, from 1; None in one more stage after the strategy, with nobody bound.
    levels
        What was agreed on: one level name per option, in declaration order.
    labels
        The outcomes to which the state agreed on belongs.
    move
        The move away from it.
    probability
        That it is made at least once in that stage.
    gain
        What the party's payoff gains by the move itself, in its spans; None where it is known only by order.
    success
        The probability of ending in the aim once the move is made (of lasting, without a stage); None without
        an aim.
    """

    party: str
    table: str
    stage: int | None
    levels: tuple[str, ...]
    labels: tuple[str, ...]
    move: MoveSeen
    probability: float
    gain: float | None
    success: float | None


@dataclass(frozen=True)
class VariantSeen:
    """Success and lasting success on the aim under other behaviour; None without an aim.

    Attributes
    ----------
    success
        Success on the aim.
    lasting
        The same after one more stage with nobody bound.
    """

    success: float | None
    lasting: float | None


@dataclass(frozen=True)
class StrategySeen:
    """How one strategy fares.

    Attributes
    ----------
    id
        The id of the strategy.
    title
        What it is called.
    sponsors
        The parties that try it.
    success
        Per outcome, the probability of resting in it or going round wholly inside it.
    partly
        Per outcome, the probability of going round partly inside it.
    lasting
        Success on the aim after one more stage without commitments and tables.
    without_tables
        Success on the aim with the strategy's tables closed.
    rests
        Where it rests, likeliest first; with `cycles`, probabilities sum to 1.
    cycles
        Where it goes round, likeliest first.
    could_not_start
        Probability that a stage's commitments could not be set where play stood.
    stuck
        Per outcome, the part of `success` that stands in it because a stage could not begin there: play is
        over, though it may not rest.
    margin
        The least margin of the rests.
    credible
        Whether no sponsor, free again, would undo what it committed, wherever play ends.
    credibility
        The same per sponsor that commits something.
    leak
        What the target of pressure keeps, expected over where play ends; None without pressure.
    attendance
        Per party at a table: expected payoff with the strategy's tables less without, in spans.
    spoilers
        Worst first.
    holdouts
        Smallest promise first.
    variants
        By kind of agreement (self-enforcing, binding), then by foresight (nash, seq).
    exits
        Moves by which parties outside a table leave what it agreed on: first those that cost most of the aim,
        then the likeliest; at most twenty.
    """

    id: str
    title: str
    sponsors: tuple[str, ...]
    success: Mapping[str, float]
    partly: Mapping[str, float]
    lasting: float | None
    without_tables: float | None
    rests: tuple[RestSeen, ...]
    cycles: tuple[CycleSeen, ...]
    could_not_start: float
    stuck: Mapping[str, float]
    margin: float | None
    credible: bool
    credibility: tuple[Keeps, ...]
    leak: Leak | None
    attendance: Mapping[str, float | None]
    spoilers: tuple[SpoilerSeen, ...]
    holdouts: tuple[HoldoutSeen, ...]
    variants: Mapping[str, Mapping[str, VariantSeen]]
    exits: tuple[ExitSeen, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Assess(Answer):
    """How every strategy fares, best first.

    Attributes
    ----------
    foresight
        The concept by which parties look ahead; `mixed` where they differ.
    foresights
        The same per party.
    aim
        The outcome on which strategies are ranked; without one they keep the order of the document.
    by_itself
        The scenario has no strategies; the one entry says where the status quo goes by itself.
    status_quo
        The level of every option at the status quo, to compare with.
    strategies
        Best first.
    """

    question: ClassVar[str] = "assess"
    key: ClassVar[tuple[str, ...]] = ("strategy",)

    foresight: str
    foresights: Mapping[str, str]
    aim: str | None
    by_itself: bool
    status_quo: tuple[str, ...]
    strategies: tuple[StrategySeen, ...]

    def rows(self) -> list[dict[str, object]]:
        """One record per strategy: success on every outcome, lasting, margin, credible, leak."""
        return [
            {
                "strategy": seen.id,
                **{f"success_{outcome}": chance for outcome, chance in seen.success.items()},
                "lasting": seen.lasting,
                "without_tables": seen.without_tables,
                "margin": seen.margin,
                "credible": seen.credible,
                "retained": None if seen.leak is None else seen.leak.retained,
                "could_not_start": seen.could_not_start,
            }
            for seen in self.strategies
        ]
