"""The answer to: who stands with whom, which relation to repair first, and what do recorded events say?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from detente.answers.answer import Answer

Dyad = tuple[str, str]
Reason = Literal["", "ordinal", "no-aim", "one-party"]


@dataclass(frozen=True)
class AttitudeSeen:
    """How one party takes another's fortune: -1 (against it) to 1 (as its own); 0 where it is not stated.

    Attributes
    ----------
    holder
        Whose attitude.
    other
        To whom.
    value
        -1: against its fortune, to 1: as its own; 0 where it is not stated.
    because
        The scenario's reason.
    stated
        Whether the scenario states it.
    """

    holder: str
    other: str
    value: float
    because: str
    stated: bool


@dataclass(frozen=True)
class ViewSeen:
    """A picture that one party has of another's interests.

    Attributes
    ----------
    holder
        Whose picture.
    other
        Of whose interests.
    apart
        The share of the weights that it places elsewhere than they are: 0 the truth, 1 nothing right.
    """

    holder: str
    other: str
    apart: float


@dataclass(frozen=True)
class TieSeen:
    """Two directed attitudes as one tie: their mean.

    Attributes
    ----------
    one
        One party.
    other
        The other.
    weight
        The mean of the two attitudes.
    """

    one: str
    other: str
    weight: float


@dataclass(frozen=True)
class TriadSeen:
    """Three parties tied pairwise whose signs multiply to less than 0.

    Attributes
    ----------
    parties
        The three.
    weights
        The ties first-second, first-third, second-third.
    """

    parties: tuple[str, str, str]
    weights: tuple[float, float, float]


@dataclass(frozen=True)
class NetworkSeen:
    """The network of ties.

    Attributes
    ----------
    ties
        Every pair with a tie other than 0.
    frustration
        The least weight of ties that contradict a division into two camps (exact).
    share
        That weight as a share of the weight of all ties.
    camps
        The division that leaves the least; the second may be empty.
    against
        The ties that contradict it, heaviest first.
    triads
        How many triads there are.
    unbalanced
        Those whose signs multiply to less than 0.
    """

    ties: tuple[TieSeen, ...]
    frustration: float
    share: float
    camps: tuple[tuple[str, ...], tuple[str, ...]]
    against: tuple[TieSeen, ...]
    triads: int
    unbalanced: tuple[TriadSeen, ...]


@dataclass(frozen=True)
class LeastSeen:
    """The least step that changes success in the central case, and the success it leads to.

    Attributes
    ----------
    step
        By how much both attitudes rise.
    success
        Success in the central case after it.
    """

    step: float
    success: float


@dataclass(frozen=True)
class RepairSeen:
    """What it is worth to repair one relation.

    Attributes
    ----------
    dyad
        The two parties.
    before
        The attitude of the first to the second and of the second to the first.
    after
        The same with the relation repaired.
    success
        Of the strategy with this relation alone repaired; noisy movers.
    gain
        How much more that is than as things are.
    share
        Its Shapley value among the strongest; None for the others.
    least
        None: no step up to an attitude of 1 changes the central answer.
    mended
        Gain of the two seeing each other's interests as they are; None where they do.
    views
        The views that this would mend, as (holder, other).
    """

    dyad: Dyad
    before: tuple[float, float]
    after: tuple[float, float]
    success: float
    gain: float
    share: float | None
    least: LeastSeen | None
    mended: float | None
    views: tuple[Dyad, ...]


@dataclass(frozen=True)
class PairSeen:
    """Two relations repaired together; `extra` is the gain beyond the sum of the two alone.

    Attributes
    ----------
    first
        One relation.
    second
        The other.
    success
        Success with both repaired.
    gain
        How much more that is than as things are.
    extra
        The gain beyond the sum of the two alone.
    """

    first: Dyad
    second: Dyad
    success: float
    gain: float
    extra: float


@dataclass(frozen=True)
class RepairsSeen:
    """What repairing relations is worth for one strategy.

    Attributes
    ----------
    strategy
        The strategy's id.
    title
        What it is called.
    asked
        Whether the question named the strategy, or it was chosen by rule.
    step
        By how much both attitudes of a dyad rise.
    success
        Of the strategy as things are, with noisy movers.
    central
        The same as in `assess`.
    together
        Success with the strongest all repaired.
    dyads
        Best first: by gain, then Shapley value, then the smaller least step.
    strongest
        The dyads among which Shapley values are shared out.
    pairs
        Every pair that was played, the largest extra first.
    possible
        How many pairs there are.
    first
        Which to repair first; None where no repair that was played adds anything.
    """

    strategy: str
    title: str
    asked: bool
    step: float
    success: float
    central: float
    together: float
    dyads: tuple[RepairSeen, ...]
    strongest: tuple[Dyad, ...]
    pairs: tuple[PairSeen, ...]
    possible: int
    first: Dyad | None


@dataclass(frozen=True)
class SuggestionSeen:
    """What events suggest for one attitude, beside the scenario's own.

    Attributes
    ----------
    holder
        Whose attitude.
    other
        To whom.
    suggested
        What the events suggest at the end of the last month.
    own
        What the scenario says.
    events
        How many events of the pair there are.
    curve
        What they suggest at the end of each month of the record.
    """

    holder: str
    other: str
    suggested: float
    own: float
    events: int
    curve: tuple[float, ...]


@dataclass(frozen=True)
class EventsSeen:
    """Recorded events, read and weighed.

    Attributes
    ----------
    layout
        ICEWS, GDELT, POLECAT or plain.
    events
        How many lie between two parties.
    left_out
        Per reason, how many rows were left out.
    strangers
        Names in rows left out that are no party of the scenario, the commonest twenty.
    half_life
        Days after which an event counts half.
    prior
        Neutral events that every attitude starts from.
    months
        From the first to the last, `2017-01`.
    suggestions
        By holder and other, in the order of the parties.
    agree
        In how many pairs events and scenario have the same sign.
    compared
        In how many pairs both have one.
    """

    layout: str
    events: int
    left_out: Mapping[str, int]
    strangers: Mapping[str, int]
    half_life: float
    prior: float
    months: tuple[str, ...]
    suggestions: tuple[SuggestionSeen, ...]
    agree: int
    compared: int


@dataclass(frozen=True, kw_only=True)
class Relations(Answer):
    """Attitudes and views, the network they make, what repairs are worth, and what events suggest.

    Attributes
    ----------
    aim
        The outcome that strategies are judged by.
    attitudes
        Every ordered pair of parties whose interests are known by weight.
    views
        The pictures that parties have of others' interests.
    network
        The network that the attitudes make.
    repairs
        What repairing relations is worth; None where that cannot be valued.
    no_repairs
        Why there are none.
    events
        None where no events were given.
    """

    question: ClassVar[str] = "relations"
    key: ClassVar[tuple[str, ...]] = ("one", "holder", "other")

    aim: str | None
    attitudes: tuple[AttitudeSeen, ...]
    views: tuple[ViewSeen, ...]
    network: NetworkSeen
    repairs: RepairsSeen | None
    no_repairs: Reason
    events: EventsSeen | None

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
