"""The answer to: which strategy works, does it last, and who would spoil it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from detente.answers.answer import Answer
from detente.answers.vocabulary import CycleSeen, HoldoutSeen, Keeps, MoveSeen, Part, Ratification, Swept


@dataclass(frozen=True)
class RestSeen:
    """A state in which the strategy comes to rest."""

    state: Annotated[int, "Its number, from 1."]
    levels: Annotated[tuple[str, ...], "One level name per option, in declaration order."]
    labels: Annotated[tuple[str, ...], "The outcomes it belongs to."]
    probability: Annotated[float, "That play ends there."]
    margin: Annotated[
        float | None,
        "By how much it holds once nobody is bound, in spans of the party with the least; None where "
        "parties are known only by order, or nobody has a move.",
    ]
    nearest: Annotated[tuple[str, ...], "The party nearest to leaving it, whose margin that is; or several."]
    gains: Annotated[
        Mapping[str, float | None],
        "Per party, its payoff here less that at the status quo, in its spans; None where it is known only by "
        "order.",
    ]


@dataclass(frozen=True)
class TradeKept:
    """What the target of pressure keeps of its trade in the end (1: all), and through whom most of it."""

    target: Annotated[str, "The party under pressure."]
    share: Annotated[float, "The share of its trade that it keeps; 1 is all."]
    through: Annotated[
        str | None,
        "The partner whose trade undoes most of the pressure, else the one with whom most is kept; None "
        "without either.",
    ]


@dataclass(frozen=True)
class SpoilerSeen:
    """A move that costs success: by a party, or agreed at a table."""

    party: Annotated[str | None, "Who makes the move; None where it is agreed at a table."]
    table: Annotated[str | None, "The table that agrees on it; None where a party makes it alone."]
    stage: Annotated[int, "In which stage first, from 1."]
    move: Annotated[MoveSeen, "What it does."]
    damage: Annotated[float, "Expected number of times the move is made × the success that it costs each time."]
    gain: Annotated[
        float | None,
        "What the party's payoff gains by it, in its spans; None for tables and parties known only by order.",
    ]
    parts: Annotated[tuple[Part, ...], "The gain, part by part."]


@dataclass(frozen=True)
class ExitSeen:
    """A move by which a party leaves what a table agreed on, without being a member."""

    party: Annotated[str, "Who leaves."]
    table: Annotated[str, "Whose agreement it leaves."]
    stage: Annotated[
        int | None,
        "In which stage, from 1; None in one more stage after the strategy, with nobody bound.",
    ]
    levels: Annotated[tuple[str, ...], "What was agreed on: one level name per option, in declaration order."]
    labels: Annotated[tuple[str, ...], "The outcomes to which the state agreed on belongs."]
    move: Annotated[MoveSeen, "The move away from it."]
    probability: Annotated[float, "That it is made at least once in that stage."]
    gain: Annotated[
        float | None,
        "What the party's payoff gains by the move itself, in its spans; None where it is known only by order.",
    ]
    success: Annotated[
        float | None,
        "The probability of ending in the aim once the move is made (of lasting, without a stage); None "
        "without an aim.",
    ]


@dataclass(frozen=True)
class VariantSeen:
    """Success and lasting success on the aim under other behaviour; None without an aim."""

    success: Annotated[float | None, "Success on the aim."]
    lasting: Annotated[float | None, "The same after one more stage with nobody bound."]


@dataclass(frozen=True)
class TimedSeen:
    """How a strategy fares round by round, when shocks may come between the moves."""

    success: Annotated[
        tuple[float, ...],
        "The chance to stand in the aim after 0, 1, 2, … rounds; at most `left_out` too low.",
    ]
    calm: Annotated[tuple[float, ...], "The same if no shock came and no commitment was quietly dropped."]
    came: Annotated[
        Mapping[str, float], "Per shock whose hazard is stated: that it has come by the last round."
    ]
    forestalled: Annotated[
        Mapping[str, float],
        "Per shock, and per option whose commitment may be quietly dropped, the success in the end that it "
        "costs along the play as it would go without either.",
    ]
    furthered: Annotated[Mapping[str, float], "Likewise, the success that it brings there."]
    left_out: Annotated[float, "The share of plays in worlds so rare that they were not followed."]


@dataclass(frozen=True)
class StrategySeen:
    """How one strategy fares."""

    id: Annotated[str, "The id of the strategy."]
    rank: Annotated[int, "Its rank on the aim, from 1; equals share one. 0 without an aim."]
    title: Annotated[str, "What it is called."]
    sponsors: Annotated[tuple[str, ...], "The parties that try it."]
    success: Annotated[
        Mapping[str, float],
        "Per outcome, the probability of resting in it or going round wholly inside it.",
    ]
    partly: Annotated[Mapping[str, float], "Per outcome, the probability of going round partly inside it."]
    lasting: Annotated[float | None, "Success on the aim after one more stage without commitments and tables."]
    without_tables: Annotated[float | None, "Success on the aim with the strategy's tables closed."]
    rests: Annotated[
        tuple[RestSeen, ...],
        "Where it rests, likeliest first; with `cycles`, probabilities sum to 1.",
    ]
    cycles: Annotated[tuple[CycleSeen, ...], "Where it goes round, likeliest first."]
    could_not_start: Annotated[
        float,
        "Probability that a stage's commitments could not be set where play stood.",
    ]
    stuck: Annotated[
        Mapping[str, float],
        "Per outcome, the part of `success` that stands in it because a stage could not begin there: play "
        "is over, though it may not rest.",
    ]
    margin: Annotated[float | None, "The least margin of the rests, in spans."]
    credible: Annotated[
        bool,
        "Whether no sponsor, free again, would undo what it committed, wherever play ends.",
    ]
    credibility: Annotated[
        tuple[Keeps, ...],
        "The same per sponsor that committed something in a stage that was reached.",
    ]
    trade_kept: Annotated[
        TradeKept | None,
        "What the target of pressure keeps, expected over where play ends; None without pressure.",
    ]
    attendance: Annotated[
        Mapping[str, float | None],
        "Per party at a table: expected payoff with the strategy's tables less without, in spans.",
    ]
    spoilers: Annotated[tuple[SpoilerSeen, ...], "Worst first."]
    holdouts: Annotated[
        tuple[HoldoutSeen, ...],
        "Smallest promise first; of equals what raises success most, then the order of parties.",
    ]
    variants: Annotated[
        Mapping[str, Mapping[str, VariantSeen]],
        "By kind of agreement (self-enforcing, binding), then by foresight (nash, seq, iseq).",
    ]
    exits: Annotated[
        tuple[ExitSeen, ...],
        "Moves by which parties outside a table leave what it agreed on: first those that cost most of "
        "the aim, then the likeliest; at most twenty.",
    ] = ()
    timed: Annotated[TimedSeen | None, "How it fares round by round; None where that was not asked."] = None


@dataclass(frozen=True, kw_only=True)
class Assess(Answer):
    """How every strategy fares, best first."""

    question: ClassVar[str] = "assess"
    key: ClassVar[tuple[str, ...]] = ("strategy",)

    foresight: Annotated[str, "The concept by which parties look ahead; `mixed` where they differ."]
    foresights: Annotated[Mapping[str, str], "The same per party."]
    aim: Annotated[
        str | None,
        "The outcome on which strategies are ranked; without one they keep the order of the document.",
    ]
    by_itself: Annotated[
        bool,
        "The scenario has no strategies; the one entry says where the status quo goes by itself.",
    ]
    status_quo: Annotated[tuple[str, ...], "The level of every option at the status quo, to compare with."]
    strategies: Annotated[tuple[StrategySeen, ...], "Best first."]
    over: Annotated[
        tuple[Swept, ...],
        "How every strategy fares over drawn worlds, oftenest in the aim first; empty unless asked for.",
    ] = ()
    rounds: Annotated[int | None, "Over how many rounds play is timed; None where that was not asked."] = None
    round_years: Annotated[
        float | None, "How many years a round takes; None where the scenario does not say."
    ] = None
    ratify: Annotated[
        Mapping[str, Ratification],
        "Per table of the strategies whose agreements bind only if they are ratified, who does that and how "
        "probably.",
    ] = field(default_factory=dict)

    @property
    def best(self) -> tuple[StrategySeen, ...]:
        """Those of the first rank; without an aim none."""
        return tuple(seen for seen in self.strategies if seen.rank == 1)

    def rows(self) -> list[dict[str, object]]:
        """One record per strategy: success on every outcome, lasting, margin, credible, trade kept."""
        return [
            {
                "strategy": seen.id,
                "rank": seen.rank,
                **{f"success_{outcome}": chance for outcome, chance in seen.success.items()},
                "lasting": seen.lasting,
                "without_tables": seen.without_tables,
                "margin": seen.margin,
                "credible": seen.credible,
                "trade_kept": None if seen.trade_kept is None else seen.trade_kept.share,
                "could_not_start": seen.could_not_start,
            }
            for seen in self.strategies
        ]
