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
    """How one party takes another's fortune: -1 (against it) to 1 (as its own); 0 where it is not stated."""

    holder: str
    other: str
    value: float
    because: str
    stated: bool


@dataclass(frozen=True)
class ViewSeen:
    """A picture that one party has of another's interests.

    `apart` is the share of the weights that it places elsewhere than they are: 0 the truth, 1 nothing right.
    """

    holder: str
    other: str
    apart: float


@dataclass(frozen=True)
class TieSeen:
    """Two directed attitudes as one tie: their mean."""

    one: str
    other: str
    weight: float


@dataclass(frozen=True)
class TriadSeen:
    """Three parties tied pairwise whose signs multiply to less than 0.

    `weights` are first-second, first-third, second-third.
    """

    parties: tuple[str, str, str]
    weights: tuple[float, float, float]


@dataclass(frozen=True)
class NetworkSeen:
    """The network of ties.

    Attributes
    ----------
    ties : tuple of TieSeen
        Every pair with a tie other than 0.
    frustration : float
        The least weight of ties that contradict a division into two camps (exact).
    share : float
        That weight as a share of the weight of all ties.
    camps : tuple of two tuples of str
        The division that leaves the least; the second may be empty.
    against : tuple of TieSeen
        The ties that contradict it, heaviest first.
    triads : int
        How many triads there are.
    unbalanced : tuple of TriadSeen
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
    """The least step that changes success in the central case, and the success it leads to."""

    step: float
    success: float


@dataclass(frozen=True)
class RepairSeen:
    """What it is worth to repair one relation.

    Attributes
    ----------
    dyad : two str
    before, after : two floats
        The attitude of the first to the second and of the second to the first.
    success, gain : float
        Of the strategy with this relation alone repaired, and how much more that is; noisy movers.
    share : float or None
        Its Shapley value among the strongest; None for the others.
    least : LeastSeen or None
        None: no step up to an attitude of 1 changes the central answer.
    mended : float or None
        Gain of the two seeing each other's interests as they are; None where they do.
    views : tuple of pairs of str
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
    """Two relations repaired together; `extra` is the gain beyond the sum of the two alone."""

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
    strategy, title : str
    asked : bool
        Whether the question named the strategy, or it was chosen by rule.
    step : float
        By how much both attitudes of a dyad rise.
    success, central : float
        Of the strategy as things are: with noisy movers, and as in `assess`.
    together : float
        Success with the strongest all repaired.
    dyads : tuple of RepairSeen
        Best first: by gain, then Shapley value, then the smaller least step.
    strongest : tuple of pairs of str
        The dyads among which Shapley values are shared out.
    pairs : tuple of PairSeen
        Every pair that was played, the largest extra first.
    possible : int
        How many pairs there are.
    first : two str or None
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

    `suggested` stands at the end of the last month; `curve` has one value per month of the record; `events`
    counts all events of the pair.
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
    layout : str
        ICEWS, GDELT, POLECAT or plain.
    events : int
        How many lie between two parties.
    left_out : mapping from reason to number
    strangers : mapping from name to number
        Names in rows left out that are no party of the scenario, the commonest twenty.
    half_life : float
        Days after which an event counts half.
    prior : float
        Neutral events that every attitude starts from.
    months : tuple of str
        From the first to the last, `2017-01`.
    suggestions : tuple of SuggestionSeen
        By holder and other, in the order of the parties.
    agree, compared : int
        Pairs in which events and scenario have the same sign, of those in which both have one.
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
    aim : str or None
        The outcome that strategies are judged by.
    attitudes : tuple of AttitudeSeen
        Every ordered pair of parties whose interests are known by weight.
    views : tuple of ViewSeen
    network : NetworkSeen
    repairs : RepairsSeen or None
    no_repairs : {'', 'ordinal', 'no-aim', 'one-party'}
        Why there are none.
    events : EventsSeen or None
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
