"""The answer to: how hard is the pressure, where does it leak, and what would tighten it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from detente.answers.answer import Answer


@dataclass(frozen=True)
class ChannelSeen:
    """One channel of the target's trade, in money a year.

    Attributes
    ----------
    channel
        Its id.
    partner
        With whom.
    good
        What is traded.
    kind
        Which sort of trade it is.
    flow
        In which direction it goes.
    importance
        How much a unit of it matters to the target.
    baseline
        What it carried before anything was closed.
    open
        The share that stays open at the state.
    kept
        What still goes this way.
    moved
        What goes another way instead, before losses; kept, moved and closed make the baseline.
    closed
        What is lost altogether.
    arrived
        What it takes in of other channels' trade, after losses.
    cut_by
        Parties that can close it.
    """

    channel: str
    partner: str
    good: str
    kind: Literal["licit", "illicit", "labour", "aid"]
    flow: Literal["export", "import", "transfer"]
    importance: float
    baseline: float
    open: float
    kept: float
    moved: float
    closed: float
    arrived: float
    cut_by: tuple[str, ...]


@dataclass(frozen=True)
class AidSeen:
    """New value from a partner: the most that it could give, and what flows at the state.

    Attributes
    ----------
    partner
        From whom.
    value
        The most that it could give, a year.
    flows
        What flows at the state, a year.
    """

    partner: str
    value: float
    flows: float


@dataclass(frozen=True)
class BalanceSeen:
    """The target's trade added up, in money a year.

    Attributes
    ----------
    baseline, kept, moved, closed
        Of all channels; kept, moved and closed make the baseline.
    lost
        What is lost on the way round.
    arrived
        What is moved less what is lost.
    aid
        New value that flows.
    enters
        Kept, arrived and aid: what the target has.
    error
        By how much these sums fail at most.
    gap
        How much more the target could keep at most, in shares of the baseline: the optimum's certificate.
    """

    baseline: float
    kept: float
    moved: float
    closed: float
    lost: float
    arrived: float
    aid: float
    enters: float
    error: float
    gap: float


@dataclass(frozen=True)
class DetourSeen:
    """Trade with one partner that goes on with another.

    Attributes
    ----------
    origin
        The partner with whom the trade was.
    destination
        The partner with whom it goes on.
    undone
        The pressure that is lost by these ways round: what it would rise by if just they were shut.
    moved
        Money a year in one of the best flows, before losses.
    arrives
        The same after losses.
    """

    origin: str
    destination: str
    undone: float
    moved: float
    arrives: float


@dataclass(frozen=True)
class LeakSeen:
    """What one partner's room undoes, as pressure: alone (`undone`), and as its Shapley value (`share`).

    Attributes
    ----------
    partner
        Which partner.
    undone
        The pressure that its room undoes, alone.
    share
        The same as its Shapley value; None with more than ten partners.
    """

    partner: str
    undone: float
    share: float | None


@dataclass(frozen=True)
class ValveSeen:
    """An option that cuts trade: where it stands, and the levels at which it leaves most and least open.

    Attributes
    ----------
    option
        Its id.
    level
        Where it stands.
    loosest
        The level at which it leaves most open.
    tightest
        The level at which it leaves least open.
    """

    option: str
    level: str
    loosest: str
    tightest: str


@dataclass(frozen=True)
class EnforcerSeen:
    """What one party's compliance is worth, in pressure.

    Attributes
    ----------
    party
        Which party.
    valves
        Its options that cut the target's trade.
    alone
        What it adds as the first of all enforcers to tighten.
    last
        What it adds as the last of them.
    here
        What it adds if it alone tightens at the state.
    shapley
        What it adds on average over all orders; None with more than ten enforcers.
    """

    party: str
    valves: tuple[ValveSeen, ...]
    alone: float
    last: float
    here: float
    shapley: float | None


@dataclass(frozen=True)
class ComplianceSeen:
    """Pressure with every enforcer at its loosest and at its tightest, and each one's part in the difference.

    Pressure here is one minus the retained share; it is below 0 where aid exceeds what is lost.

    Attributes
    ----------
    loosest
        Pressure with every enforcer at its loosest.
    tightest
        Pressure with every enforcer at its tightest.
    enforcers
        What each one's compliance is worth.
    """

    loosest: float
    tightest: float
    enforcers: tuple[EnforcerSeen, ...]


@dataclass(frozen=True)
class ClosureSeen:
    """The least set of channels to close for a wanted pressure.

    Attributes
    ----------
    wanted
        The pressure that is wanted.
    reachable
        Pressure with every channel closed.
    reached
        Whether the wanted pressure can be reached by closing channels at all.
    channels
        What to close beyond what is closed already; the fewest, and among as few those that carry least.
    pressure
        Pressure once they are closed, solved anew.
    open
        Money a year that these channels are still open to.
    searched
        Among how many channels.
    """

    wanted: float
    reachable: float
    reached: bool
    channels: tuple[str, ...]
    pressure: float | None
    open: float
    searched: int


@dataclass(frozen=True)
class Stand:
    """Recordable trade (licit exports and imports, money a year) and pressure.

    Attributes
    ----------
    letter
        Trade without ways round.
    leaking
        Trade with the ways round that are in use at the state.
    pressure_letter
        Pressure without ways round.
    pressure_leaking
        Pressure with them.
    """

    letter: float
    leaking: float
    pressure_letter: float
    pressure_leaking: float


@dataclass(frozen=True)
class LimitSeen:
    """The share that a resolution leaves open of the channels that `channels` selects, from a day on.

    Attributes
    ----------
    channels
        Which channels: words of partner, good and kind, or `all`.
    open
        The share that it leaves open.
    since
        The day from which it does.
    """

    channels: str
    open: float
    since: str


@dataclass(frozen=True)
class ResolutionSeen:
    """One resolution, and what the model says is left once it is obeyed.

    Attributes
    ----------
    id
        Its id.
    title
        What it is called.
    date
        When it was adopted.
    limits
        What it leaves open.
    before
        With the resolutions before it, each limit in force.
    after
        With it as well.
    year
        The first calendar year that it was in force for at least half of.
    recorded
        All trade recorded for that year, source by source; empty where the scenario has no figure.
    discrepancy
        Recorded less `after.leaking`, figure by figure.
    because
        What the scenario says of how the limits were read from the text.
    """

    id: str
    title: str
    date: str
    limits: tuple[LimitSeen, ...]
    before: Stand
    after: Stand
    year: int
    recorded: tuple[float, ...]
    discrepancy: tuple[float, ...]
    because: str


@dataclass(frozen=True)
class FigureSeen:
    """One recorded figure beside the model's for the same year, in money a year.

    Attributes
    ----------
    year
        Which calendar year.
    partner
        None: all partners.
    flow
        Exports, imports, or the total of both.
    recorded
        What was recorded.
    letter
        What resolutions left over the days of that year, without ways round.
    leaking
        The same with ways round.
    discrepancy
        Recorded less leaking.
    because
        Whose figure it is, as the scenario says.
    source
        The works that say so.
    """

    year: int
    partner: str | None
    flow: Literal["total", "export", "import"]
    recorded: float
    letter: float
    leaking: float
    discrepancy: float
    because: str
    source: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Pressure(Answer):
    """How hard the pressure on a target is at a state, and what it is made of.

    Attributes
    ----------
    target
        Whose trade it is.
    unit
        Of all money.
    state
        Number of the state asked about, from 1.
    levels
        The level of every option in that state.
    status_quo
        The level of every option at the status quo, to compare with.
    pressure
        Pressure on the target: one less the retained share.
    retained
        The share of its trade that it retains, weighted by importance.
    partners
        Baseline per partner, in money a year.
    channels
        Where most still enters first.
    aids
        New value from partners.
    balance
        The target's trade added up.
    detours
        The one that undoes most first.
    leaks
        The one that undoes most first.
    compliance
        What each party's compliance is worth.
    closure
        The least that would have to be closed.
    resolutions
        In the order of the document.
    figures
        In the order of the document.
    """

    question: ClassVar[str] = "pressure"
    key: ClassVar[tuple[str, ...]] = ("channel",)

    target: str
    unit: str
    state: int
    levels: tuple[str, ...]
    status_quo: tuple[str, ...]
    pressure: float
    retained: float
    partners: Mapping[str, float]
    channels: tuple[ChannelSeen, ...]
    aids: tuple[AidSeen, ...]
    balance: BalanceSeen
    detours: tuple[DetourSeen, ...]
    leaks: tuple[LeakSeen, ...]
    compliance: ComplianceSeen
    closure: ClosureSeen
    resolutions: tuple[ResolutionSeen, ...]
    figures: tuple[FigureSeen, ...]

    def rows(self) -> list[dict[str, object]]:
        """One record per channel."""
        return [
            {
                "channel": seen.channel,
                "partner": seen.partner,
                "good": seen.good,
                "kind": seen.kind,
                "flow": seen.flow,
                "baseline": seen.baseline,
                "open": seen.open,
                "kept": seen.kept,
                "moved": seen.moved,
                "closed": seen.closed,
                "arrived": seen.arrived,
            }
            for seen in self.channels
        ]
