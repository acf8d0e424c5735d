"""The answer to: how hard is the pressure, where does it leak, and what would tighten it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from detente.answers.answer import Answer


@dataclass(frozen=True)
class ChannelSeen:
    """One channel of the target's trade, in money a year."""

    channel: Annotated[str, "Its id."]
    partner: Annotated[str, "With whom."]
    good: Annotated[str, "What is traded."]
    kind: Annotated[Literal["licit", "illicit", "labour", "aid"], "Which sort of trade it is."]
    flow: Annotated[Literal["export", "import", "transfer"], "In which direction it goes."]
    importance: Annotated[float, "How much a unit of it matters to the target."]
    baseline: Annotated[float, "What it carried before anything was closed."]
    open: Annotated[float, "The share that stays open at the state."]
    kept: Annotated[float, "What still goes this way."]
    moved: Annotated[
        float,
        "What goes another way instead, before losses; kept, moved and closed make the baseline.",
    ]
    closed: Annotated[float, "What is lost altogether."]
    arrived: Annotated[float, "What it takes in of other channels' trade, after losses."]
    cut_by: Annotated[tuple[str, ...], "Parties that can close it."]


@dataclass(frozen=True)
class AidSeen:
    """New value from a partner: the most that it could give, and what flows at the state."""

    partner: Annotated[str, "From whom."]
    value: Annotated[float, "The most that it could give, a year."]
    flows: Annotated[float, "What flows at the state, a year."]


@dataclass(frozen=True)
class BalanceSeen:
    """The target's trade added up, in money a year."""

    baseline: Annotated[
        float,
        "Of all channels, before anything was closed; kept, moved and closed make it up.",
    ]
    kept: Annotated[float, "What still goes its own way."]
    moved: Annotated[float, "What goes another way instead, before losses."]
    closed: Annotated[float, "What is lost altogether."]
    lost: Annotated[float, "What is lost on the way round."]
    arrived: Annotated[float, "What is moved less what is lost."]
    aid: Annotated[float, "New value that flows."]
    enters: Annotated[float, "Kept, arrived and aid: what the target has."]
    error: Annotated[float, "By how much these sums fail at most."]
    gap: Annotated[
        float,
        "How much more the target could keep at most, in shares of the baseline: the optimum's certificate.",
    ]


@dataclass(frozen=True)
class DetourSeen:
    """Trade with one partner that goes on with another."""

    origin: Annotated[str, "The partner with whom the trade was."]
    destination: Annotated[str, "The partner with whom it goes on."]
    undone: Annotated[
        float,
        "The pressure that is lost by these ways round: what it would rise by if just they were shut.",
    ]
    moved: Annotated[float, "Money a year in one of the best flows, before losses."]
    arrives: Annotated[float, "The same after losses."]


@dataclass(frozen=True)
class LeakSeen:
    """What one partner's room undoes, as pressure: alone (`undone`), and as its Shapley value (`share`)."""

    partner: Annotated[str, "Which partner."]
    undone: Annotated[float, "The pressure that its room undoes, alone."]
    share: Annotated[float | None, "The same as its Shapley value; None with more than ten partners."]


@dataclass(frozen=True)
class ValveSeen:
    """An option that cuts trade: where it stands, and the levels at which it leaves most and least open."""

    option: Annotated[str, "Its id."]
    level: Annotated[str, "Where it stands."]
    loosest: Annotated[str, "The level at which it leaves most open."]
    tightest: Annotated[str, "The level at which it leaves least open."]


@dataclass(frozen=True)
class EnforcerSeen:
    """What one party's compliance is worth, in pressure."""

    party: Annotated[str, "Which party."]
    valves: Annotated[tuple[ValveSeen, ...], "Its options that cut the target's trade."]
    alone: Annotated[float, "What it adds as the first of all enforcers to tighten."]
    last: Annotated[float, "What it adds as the last of them."]
    here: Annotated[float, "What it adds if it alone tightens at the state."]
    shapley: Annotated[
        float | None,
        "What it adds on average over all orders; None with more than ten enforcers.",
    ]


@dataclass(frozen=True)
class ComplianceSeen:
    """Pressure with every enforcer at its loosest and at its tightest, and each one's part in the difference.

    Pressure here is one minus the retained share; it is below 0 where aid exceeds what is lost.
    """

    loosest: Annotated[float, "Pressure with every enforcer at its loosest."]
    tightest: Annotated[float, "Pressure with every enforcer at its tightest."]
    enforcers: Annotated[tuple[EnforcerSeen, ...], "What each one's compliance is worth."]


@dataclass(frozen=True)
class ClosureSeen:
    """The least set of channels to close for a wanted pressure."""

    wanted: Annotated[float, "The pressure that is wanted."]
    reachable: Annotated[float, "Pressure with every channel closed."]
    reached: Annotated[bool, "Whether the wanted pressure can be reached by closing channels at all."]
    channels: Annotated[
        tuple[str, ...],
        "What to close beyond what is closed already; the fewest, and among as few those that carry least.",
    ]
    pressure: Annotated[float | None, "Pressure once they are closed, solved anew."]
    open: Annotated[float, "What these channels could still carry of their baseline, in money a year."]
    searched: Annotated[int, "Among how many channels."]


@dataclass(frozen=True)
class Stand:
    """Recordable trade (licit exports and imports, money a year) and pressure."""

    letter: Annotated[float, "Trade without ways round."]
    leaking: Annotated[float, "Trade with the ways round that are in use at the state."]
    pressure_letter: Annotated[float, "Pressure without ways round."]
    pressure_leaking: Annotated[float, "Pressure with them."]


@dataclass(frozen=True)
class LimitSeen:
    """The share that a resolution leaves open of the channels that `channels` selects, from a day on."""

    channels: Annotated[str, "Which channels: words of partner, good and kind, or `all`."]
    open: Annotated[float, "The share that it leaves open."]
    since: Annotated[str, "The day from which it does."]


@dataclass(frozen=True)
class ResolutionSeen:
    """One resolution, and what the model says is left once it is obeyed."""

    id: Annotated[str, "Its id."]
    title: Annotated[str, "What it is called."]
    date: Annotated[str, "When it was adopted."]
    limits: Annotated[tuple[LimitSeen, ...], "What it leaves open."]
    before: Annotated[Stand, "With the resolutions before it, each limit in force."]
    after: Annotated[Stand, "With it as well."]
    year: Annotated[int, "The first calendar year that it was in force for at least half of."]
    recorded: Annotated[
        tuple[float, ...],
        "All trade recorded for that year, source by source; empty where the scenario has no figure.",
    ]
    discrepancy: Annotated[tuple[float, ...], "Recorded less `after.leaking`, figure by figure."]
    because: Annotated[str, "What the scenario says of how the limits were read from the text."]


@dataclass(frozen=True)
class FigureSeen:
    """One recorded figure beside the model's for the same year, in money a year."""

    year: Annotated[int, "Which calendar year."]
    partner: Annotated[str | None, "None: all partners."]
    flow: Annotated[Literal["total", "export", "import"], "Exports, imports, or the total of both."]
    recorded: Annotated[float, "What was recorded."]
    letter: Annotated[float, "What resolutions left over the days of that year, without ways round."]
    leaking: Annotated[float, "The same with ways round."]
    discrepancy: Annotated[float, "Recorded less leaking."]
    because: Annotated[str, "Whose figure it is, as the scenario says."]
    source: Annotated[tuple[str, ...], "The works that say so."]


@dataclass(frozen=True, kw_only=True)
class Pressure(Answer):
    """How hard the pressure on a target is at a state, and what it is made of."""

    question: ClassVar[str] = "pressure"
    key: ClassVar[tuple[str, ...]] = ("channel",)

    target: Annotated[str, "Whose trade it is."]
    unit: Annotated[str, "Of all money."]
    state: Annotated[int, "Number of the state asked about, from 1."]
    levels: Annotated[tuple[str, ...], "The level of every option in that state."]
    status_quo: Annotated[tuple[str, ...], "The level of every option at the status quo, to compare with."]
    pressure: Annotated[float, "Pressure on the target: one less the retained share."]
    retained: Annotated[float, "The share of its trade that it retains, weighted by importance."]
    partners: Annotated[Mapping[str, float], "Baseline per partner, in money a year."]
    channels: Annotated[tuple[ChannelSeen, ...], "Where most still enters first."]
    aids: Annotated[tuple[AidSeen, ...], "New value from partners."]
    balance: Annotated[BalanceSeen, "The target's trade added up."]
    detours: Annotated[tuple[DetourSeen, ...], "Ways round, the one that undoes most first."]
    leaks: Annotated[
        tuple[LeakSeen, ...],
        "Partners that trade goes round through, the one that undoes most first.",
    ]
    compliance: Annotated[ComplianceSeen, "What each party's compliance is worth."]
    closure: Annotated[ClosureSeen, "The least that would have to be closed."]
    resolutions: Annotated[tuple[ResolutionSeen, ...], "In the order of the document."]
    figures: Annotated[tuple[FigureSeen, ...], "Recorded figures, in the order of the document."]

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
