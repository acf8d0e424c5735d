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
    channel, partner, good, kind, flow
        As the scenario has them.
    importance : float
        How much a unit of it matters to the target.
    baseline : float
        What it carried before anything was closed.
    open : float
        The share that stays open at the state.
    kept : float
        What still goes this way.
    moved : float
        What goes another way instead, before losses; kept, moved and closed make the baseline.
    closed : float
        What is lost altogether.
    arrived : float
        What it takes in of other channels' trade, after losses.
    cut_by : tuple of str
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
    """New value from a partner: the most that it could give, and what flows at the state."""

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
    lost : float
        What is lost on the way round.
    arrived : float
        What is moved less what is lost.
    aid : float
    enters : float
        Kept, arrived and aid: what the target has.
    error : float
        By how much these sums fail at most.
    gap : float
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

    `undone` is the pressure that is lost by these ways round: what it would rise by if just they were shut.
    `moved` and `arrives` are money a year in one of the best flows, before and after losses.
    """

    origin: str
    destination: str
    undone: float
    moved: float
    arrives: float


@dataclass(frozen=True)
class LeakSeen:
    """What one partner's room undoes, as pressure: alone (`undone`), and as its Shapley value (`share`)."""

    partner: str
    undone: float
    share: float | None


@dataclass(frozen=True)
class ValveSeen:
    """An option that cuts trade: where it stands, and the levels at which it leaves most and least open."""

    option: str
    level: str
    loosest: str
    tightest: str


@dataclass(frozen=True)
class EnforcerSeen:
    """What one party's compliance is worth, in pressure.

    Attributes
    ----------
    party : str
    valves : tuple of ValveSeen
    alone, last : float
        What it adds as the first and as the last of all enforcers to tighten.
    here : float
        What it adds if it alone tightens at the state.
    shapley : float or None
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
    """

    loosest: float
    tightest: float
    enforcers: tuple[EnforcerSeen, ...]


@dataclass(frozen=True)
class ClosureSeen:
    """The least set of channels to close for a wanted pressure.

    Attributes
    ----------
    wanted : float
    reachable : float
        Pressure with every channel closed.
    reached : bool
        Whether the wanted pressure can be reached by closing channels at all.
    channels : tuple of str
        What to close beyond what is closed already; the fewest, and among as few those that carry least.
    pressure : float or None
        Pressure once they are closed, solved anew.
    open : float
        Money a year that these channels are still open to.
    searched : int
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

    `letter` is without ways round, `leaking` with those in use at the state.
    """

    letter: float
    leaking: float
    pressure_letter: float
    pressure_leaking: float


@dataclass(frozen=True)
class LimitSeen:
    """The share that a resolution leaves open of the channels that `channels` selects, from a day on."""

    channels: str
    open: float
    since: str


@dataclass(frozen=True)
class ResolutionSeen:
    """One resolution, and what the model says is left once it is obeyed.

    Attributes
    ----------
    id, title, date
        As the scenario has them.
    limits : tuple of LimitSeen
    before, after : Stand
        With the resolutions before it, and with it as well; each limit in force.
    year : int
        The first calendar year that it was in force for at least half of.
    recorded : tuple of float
        All trade recorded for that year, source by source; empty where the scenario has no figure.
    discrepancy : tuple of float
        Recorded less `after.leaking`, figure by figure.
    because : str
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
    year : int
    partner : str or None
        None: all partners.
    flow : str
    recorded : float
    letter, leaking : float
        What resolutions left over the days of that year, without ways round and with them.
    discrepancy : float
        Recorded less leaking.
    because : str
        Whose figure it is, as the scenario says.
    source : tuple of str
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
    target : str
    unit : str
        Of all money.
    state : int
        Number of the state asked about, from 1.
    levels : tuple of str
    status_quo : tuple of str
        The level of every option at the status quo, to compare with.
    pressure, retained : float
        Pressure on the target, and the share of its trade that it retains, weighted by importance.
    channels : tuple of ChannelSeen
        Where most still enters first.
    aids : tuple of AidSeen
    balance : BalanceSeen
    detours : tuple of DetourSeen
        The one that undoes most first.
    leaks : tuple of LeakSeen
        The one that undoes most first.
    compliance : ComplianceSeen
    closure : ClosureSeen
    resolutions : tuple of ResolutionSeen
        In the order of the document.
    figures : tuple of FigureSeen
        In the order of the document.
    partners : mapping
        Baseline per partner, in money a year.
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
