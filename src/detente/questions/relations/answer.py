"""The answer to: who stands with whom, which relation to repair first, and what do recorded events say?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from detente.answers.answer import Answer
from detente.answers.vocabulary import MoveSeen

Dyad = tuple[str, str]
Reason = Literal["", "ordinal", "no-aim", "one-party"]


@dataclass(frozen=True)
class AttitudeSeen:
    """How one party takes another's fortune: -1 (against it) to 1 (as its own); 0 where it is not stated."""

    holder: Annotated[str, "Whose attitude."]
    other: Annotated[str, "To whom."]
    value: Annotated[float, "-1: against its fortune, to 1: as its own; 0 where it is not stated."]
    because: Annotated[str, "The scenario's reason."]
    stated: Annotated[bool, "Whether the scenario states it."]


@dataclass(frozen=True)
class ViewSeen:
    """A picture that one party has of another's interests."""

    holder: Annotated[str, "Whose picture."]
    other: Annotated[str, "Of whose interests."]
    apart: Annotated[
        float,
        "The share of the weights that it places elsewhere than they are: 0 the truth, 1 nothing right.",
    ]


@dataclass(frozen=True)
class TieSeen:
    """Two directed attitudes as one tie: their mean."""

    one: Annotated[str, "One party."]
    other: Annotated[str, "The other."]
    weight: Annotated[float, "The mean of the two attitudes."]


@dataclass(frozen=True)
class TriadSeen:
    """Three parties tied pairwise whose signs multiply to less than 0."""

    parties: Annotated[tuple[str, str, str], "The three."]
    weights: Annotated[tuple[float, float, float], "The ties first-second, first-third, second-third."]


@dataclass(frozen=True)
class NetworkSeen:
    """The network of ties."""

    ties: Annotated[tuple[TieSeen, ...], "Every pair with a tie other than 0."]
    frustration: Annotated[float, "The least weight of ties that contradict a division into two camps (exact)."]
    share: Annotated[float, "That weight as a share of the weight of all ties."]
    camps: Annotated[
        tuple[tuple[str, ...], tuple[str, ...]],
        "The division that leaves the least; the second may be empty.",
    ]
    against: Annotated[tuple[TieSeen, ...], "The ties that contradict it, heaviest first."]
    triads: Annotated[int, "How many triads there are."]
    unbalanced: Annotated[tuple[TriadSeen, ...], "Those whose signs multiply to less than 0."]


@dataclass(frozen=True)
class LeastSeen:
    """The least step that changes success in the central case, and the success it leads to."""

    step: Annotated[float, "By how much both attitudes rise."]
    success: Annotated[float, "Success in the central case after it."]


@dataclass(frozen=True)
class RepairSeen:
    """What it is worth to repair one relation."""

    dyad: Annotated[Dyad, "The two parties."]
    before: Annotated[
        tuple[float, float],
        "The attitude of the first to the second and of the second to the first.",
    ]
    after: Annotated[tuple[float, float], "The same with the relation repaired."]
    success: Annotated[float, "Of the strategy with this relation alone repaired; noisy movers."]
    gain: Annotated[float, "How much more that is than as things are."]
    share: Annotated[float | None, "Its Shapley value among the strongest; None for the others."]
    least: Annotated[LeastSeen | None, "None: no step up to an attitude of 1 changes the central answer."]
    mended: Annotated[
        float | None,
        "Gain of the two seeing each other's interests as they are; None where they do.",
    ]
    views: Annotated[tuple[Dyad, ...], "The views that this would mend, as (holder, other)."]


@dataclass(frozen=True)
class PairSeen:
    """Two relations repaired together; `extra` is the gain beyond the sum of the two alone."""

    first: Annotated[Dyad, "One relation."]
    second: Annotated[Dyad, "The other."]
    success: Annotated[float, "Success with both repaired."]
    gain: Annotated[float, "How much more that is than as things are."]
    extra: Annotated[float, "The gain beyond the sum of the two alone."]


@dataclass(frozen=True)
class HowSeen:
    """How a better attitude brings it about: the first step that play then takes and did not take before."""

    stage: Annotated[int, "The stage in which it is taken, from 1."]
    move: Annotated[MoveSeen, "What is moved."]
    table: Annotated[str | None, "The table that agrees on it, by its title; None: the party moves alone."]
    party: Annotated[str, "Whose loss by it turns into a gain."]
    through: Annotated[str, "The other of the two, whose fortune counts for more with that party."]
    before: Annotated[float, "What the party gains by it with attitudes as they are, in its spans; at most 0."]
    after: Annotated[
        float,
        "The same with the attitudes raised by the least step; above 0. All that it is more is the term of the "
        "attitude to the other, whose interests gain by the step.",
    ]


@dataclass(frozen=True)
class RepairsSeen:
    """What repairing relations is worth for one strategy."""

    strategy: Annotated[str, "The strategy's id."]
    title: Annotated[str, "What it is called."]
    asked: Annotated[bool, "Whether the question named the strategy, or it was chosen by rule."]
    foresight: Annotated[str, "The concept by which parties look ahead; `mixed` where they differ."]
    step: Annotated[float, "By how much both attitudes of a dyad rise."]
    success: Annotated[float, "Of the strategy as things are, with noisy movers."]
    central: Annotated[float, "The same with movers that are not noisy, as `assess --foresight` has it."]
    together: Annotated[float, "Success with the strongest all repaired."]
    dyads: Annotated[
        tuple[RepairSeen, ...],
        "Best first: by gain, then Shapley value, then the smaller least step.",
    ]
    strongest: Annotated[tuple[Dyad, ...], "The dyads among which Shapley values are shared out."]
    pairs: Annotated[tuple[PairSeen, ...], "Every pair that was played, the largest extra first."]
    possible: Annotated[int, "How many pairs there are."]
    first: Annotated[Dyad | None, "Which to repair first; None where no repair that was played adds anything."]
    how: Annotated[
        HowSeen | None,
        "How that repair, by its least step, brings more success about in the central case; None where no step "
        "does, or where it does so by what others are expected to answer and not by a gain of one of the two.",
    ]
    dared: Annotated[
        float | None,
        "In the central case, by the foresight that `assess` takes; None where repairs are judged by that too.",
    ] = None


@dataclass(frozen=True)
class SuggestionSeen:
    """What events suggest for one attitude, beside the scenario's own."""

    holder: Annotated[str, "Whose attitude."]
    other: Annotated[str, "To whom."]
    suggested: Annotated[float, "What the events suggest at the end of the last month."]
    own: Annotated[float, "What the scenario says."]
    events: Annotated[int, "How many events of the pair there are."]
    curve: Annotated[tuple[float, ...], "What they suggest at the end of each month of the record."]


@dataclass(frozen=True)
class EventsSeen:
    """Recorded events, read and weighed."""

    layout: Annotated[str, "ICEWS, GDELT, POLECAT or plain."]
    events: Annotated[int, "How many lie between two parties."]
    left_out: Annotated[Mapping[str, int], "Per reason, how many rows were left out."]
    strangers: Annotated[
        Mapping[str, int],
        "Names in rows left out that are no party of the scenario, the commonest twenty.",
    ]
    half_life: Annotated[float, "Days after which an event counts half."]
    prior: Annotated[float, "Neutral events that every attitude starts from."]
    months: Annotated[tuple[str, ...], "From the first to the last, `2017-01`."]
    suggestions: Annotated[tuple[SuggestionSeen, ...], "By holder and other, in the order of the parties."]
    agree: Annotated[int, "In how many pairs events and scenario have the same sign."]
    compared: Annotated[int, "In how many pairs both have one."]


@dataclass(frozen=True, kw_only=True)
class Relations(Answer):
    """Attitudes and views, the network they make, what repairs are worth, and what events suggest."""

    question: ClassVar[str] = "relations"
    key: ClassVar[tuple[str, ...]] = ("one", "holder", "other")

    aim: Annotated[str | None, "The outcome that strategies are judged by."]
    attitudes: Annotated[
        tuple[AttitudeSeen, ...],
        "Every ordered pair of parties whose interests are known by weight.",
    ]
    views: Annotated[tuple[ViewSeen, ...], "The pictures that parties have of others' interests."]
    network: Annotated[NetworkSeen, "The network that the attitudes make."]
    repairs: Annotated[
        RepairsSeen | None,
        "What repairing relations is worth; None where that cannot be valued.",
    ]
    no_repairs: Annotated[
        Reason,
        "Why there are no repairs: parties known by order, no aim, a single party; empty where there are.",
    ]
    events: Annotated[EventsSeen | None, "None where no events were given."]

    def rows(self) -> list[dict[str, object]]:
        """One record per repaired dyad; without repairs, one per attitude."""
        if self.repairs is None:
            return [{"holder": a.holder, "other": a.other, "attitude": a.value} for a in self.attitudes]
        return [
            {
                "one": seen.dyad[0],
                "other": seen.dyad[1],
                "success": seen.success,
                "gain": seen.gain,
                "shapley": seen.share,
                "least_step": None if seen.least is None else seen.least.step,
                "mended_gain": seen.mended,
            }
            for seen in self.repairs.dyads
        ]
