"""How the model fares against what was observed: data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from detente.answers.answer import Answer
from detente.answers.vocabulary import MoveSeen, Part

NEVER, BASE, WORLDS = "never", "base", "worlds"
"""What forecasts are held against, and the mean over worlds, besides the walk."""
WALK, TALKS, NOTHING, ALIKE = "walk", "talks", "nothing", "alike"
"""What the observed path is held against, besides the walk under other foresight."""


@dataclass(frozen=True)
class MoveJudged:
    """A party's move at a state, as the model sees it."""

    party: Annotated[str, "Who moves."]
    move: Annotated[MoveSeen, "From where to where, and what it changes."]
    open: Annotated[bool, "Whether its mover expects to gain by it."]
    gain: Annotated[float | None, "What its payoff changes by the move itself, in its spans."]
    expects: Annotated[
        float | None,
        "What it expects after the others' answers, in its spans; where that is 0 or less, so much more and a "
        "little it would have to gain.",
    ]
    chance: Annotated[float, "The chance per round that it is drawn and does just this: by the walk alone."]
    instead: Annotated[
        MoveSeen | None, "The open move that it likes best, where that is another; None where it has none."
    ]
    short: Annotated[
        float | None,
        "By how much more it would have to value where the move leads for nothing to be better, in its "
        "spans; 0 where nothing is.",
    ]


@dataclass(frozen=True)
class AnswerFeared:
    """A move with which another party would answer."""

    party: Annotated[str, "Who answers."]
    move: Annotated[MoveSeen, "From where to where, and what it changes."]


@dataclass(frozen=True)
class WeightNeeded:
    """By how much the weight of one interest would have to differ for a closed move to be open."""

    interest: Annotated[str, "The interest, by name."]
    factor: Annotated[float, "By which its weight would have to be multiplied, and a little more."]


@dataclass(frozen=True)
class MoveMade(MoveJudged):
    """A move that was made; where it was closed to its mover, what spoke against it."""

    answers: Annotated[
        tuple[AnswerFeared, ...],
        "With what the others would answer, at worst, step by step; empty if it was open.",
    ]
    parts: Annotated[
        tuple[Part, ...],
        "What its mover expects, part by part: of the move and these answers. Empty if it was open.",
    ]
    weights: Annotated[
        tuple[WeightNeeded, ...],
        "Which weight of its mover, alone, would have to be otherwise for it to break even, if the answers "
        "stay as they are: the least change first.",
    ]


@dataclass(frozen=True)
class StateJudged:
    """The state at a date, as the model sees it."""

    date: Annotated[str, "When it was observed."]
    named: Annotated[tuple[str, ...], "The options that the observation names; the others stand as before."]
    state: Annotated[int, "Its number, from 1."]
    levels: Annotated[tuple[str, ...], "One level name per option, in declaration order."]
    labels: Annotated[tuple[str, ...], "The outcomes it belongs to."]
    rests: Annotated[Mapping[str, bool], "Per foresight, whether nobody alone has an open move."]
    margin: Annotated[
        Mapping[str, float | None],
        "Per foresight, by how much it holds (below 0: fails), in spans of the party with the least; None "
        "where a party is known only by order or nobody can move.",
    ]
    open: Annotated[tuple[MoveJudged, ...], "Each party's best open move, greatest expectation first."]


@dataclass(frozen=True)
class AgreementSeen:
    """What a table of the scenario would have brought about at once, of what happened."""

    table: Annotated[str, "The table."]
    members: Annotated[tuple[str, ...], "Who sits at it."]
    move: Annotated[MoveSeen, "From where to where, and what it changes."]
    chance: Annotated[float, "The chance per round that it is drawn and agrees on just this, all tables open."]


@dataclass(frozen=True)
class Offer:
    """What a table that seats everybody who moved would have agreed on instead."""

    table: Annotated[str, "The table."]
    members: Annotated[tuple[str, ...], "Who sits at it."]
    move: Annotated[MoveSeen, "From where to where, and what it changes; of equally good ones the first."]
    gains: Annotated[Mapping[str, float], "What each member gains by it, in its spans."]


@dataclass(frozen=True)
class Period:
    """What happened between two dates, and how likely that was."""

    since: Annotated[str, "The date before."]
    until: Annotated[str, "The date after."]
    rounds: Annotated[float, "How many rounds it took on average, by the scenario's clock; 1 without one."]
    given: Annotated[
        Mapping[str, str],
        "Options that changed though nobody moves them, taken as given and as first: nature's, and those that "
        "nothing else in the scenario names.",
    ]
    moves: Annotated[
        tuple[MoveMade, ...], "What parties changed, each once, in the order that is likeliest by the walk."
    ]
    worth: Annotated[
        Mapping[str, float | None], "What all of that together changed each party's payoff by, in its spans."
    ]
    agreements: Annotated[tuple[AgreementSeen, ...], "What tables would have brought about at once, of that."]
    offers: Annotated[
        tuple[Offer, ...],
        "What tables that seat whoever moved would have agreed on instead; empty if nobody did.",
    ]
    chance: Annotated[float, "The chance of just that by the walk, without any floor."]
    bits: Annotated[
        Mapping[str, float | None],
        "Binary logarithm of the chance of what happened, with the floor: by the `walk`, with every table open "
        "(`talks`), by the walk under other foresight, where `nothing` ever changes, and where every feasible "
        "single move and staying are `alike`. None where no single moves lead there.",
    ]


@dataclass(frozen=True)
class ForecastSeen:
    """A question about the future, what the model would have answered, and what came of it."""

    id: Annotated[str, "Its id."]
    asks: Annotated[str, "The event that is asked about."]
    since: Annotated[str, "When its window opens."]
    until: Annotated[str, "When it closes."]
    at_end: Annotated[bool, "Whether it has to hold when the window closes, not at any time in it."]
    seen: Annotated[str | None, "The last observation before the window opens; None: the status quo."]
    state: Annotated[int, "The number of the state in which things stood."]
    rounds: Annotated[float, "How many rounds the window takes on average."]
    already: Annotated[bool, "Whether it held before the window opened."]
    chance: Annotated[float, "The chance that it comes true, shocks included, nobody bound."]
    left_out: Annotated[
        float,
        "The share of plays, at most, in worlds so rare that they were not followed; none came true there.",
    ]
    over_worlds: Annotated[float | None, "The mean of that over drawn worlds; None where none were drawn."]
    resolved: Annotated[bool, "Whether it came true."]
    brier: Annotated[
        Mapping[str, float],
        "The squared distance of each answer from that, 0 to 1: of the `walk`, the mean over `worlds`, "
        "always no (`never`), and the share of the other questions that came true (`base`).",
    ]


@dataclass(frozen=True, kw_only=True)
class Backtest(Answer):
    """The model held against what happened."""

    question: ClassVar[str] = "backtest"
    key: ClassVar[tuple[str, ...]] = ("since",)

    foresight: Annotated[str, "The concept by which parties look ahead; `mixed` where they differ."]
    foresights: Annotated[Mapping[str, str], "The same per party."]
    floor: Annotated[float, "The share of `alike` that is mixed into every chance per round."]
    round_years: Annotated[float | None, "How many years a round takes; None where the scenario does not say."]
    states: Annotated[tuple[StateJudged, ...], "The state at every date, in order."]
    periods: Annotated[tuple[Period, ...], "What happened between each two dates."]
    totals: Annotated[
        Mapping[str, float], "The sums of `bits` over the periods in which single moves lead there; 0 is best."
    ]
    counted: Annotated[int, "How many periods these are."]
    best_share: Annotated[
        float,
        "The share of the walk in a mixture with `alike` that makes what happened likeliest, by hundredths; "
        "known only afterwards.",
    ]
    forecasts: Annotated[
        tuple[ForecastSeen, ...], "Questions about the future, in the order of the document."
    ] = ()
    brier: Annotated[Mapping[str, float], "The means of their `brier`; empty without any."] = field(
        default_factory=dict
    )
    seed: Annotated[int, "The seed of the worlds, where any were drawn."] = 1

    def rows(self) -> list[dict[str, object]]:
        """One record per period."""
        return [
            {
                "since": period.since,
                "until": period.until,
                "rounds": period.rounds,
                "moves": [f"{one.party}: {_changed(one)}" for one in period.moves],
                "open": [one.open for one in period.moves],
                "chance": period.chance,
                **{f"bits_{model}": bits for model, bits in period.bits.items()},
            }
            for period in self.periods
        ]


def _changed(move: MoveJudged) -> str:
    return ", ".join(f"{option}={level}" for option, level in sorted(move.move.changes.items()))
