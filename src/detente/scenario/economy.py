"""A target's trade: its channels, what closes or replaces them, what was decreed and what recorded."""

from dataclasses import dataclass, replace
from typing import Annotated, Literal

from detente.scenario.expression import Expression
from detente.scenario.fields import (
    CONDITION,
    SHORT,
    Amount,
    Choice,
    Defines,
    Flag,
    ListOf,
    MapOf,
    Refers,
    Says,
    Whole,
    record,
)
from detente.scenario.grounds import BECAUSE, SOURCE, Because, Cited, Number, Title

_Selected = Annotated[str, Says(SHORT, "Which channels, selected as in cuts.")]
_Importance = Annotated[
    Number,
    Says(
        Amount(low=0, least=1e-6, advice="Only ratios count: multiply them all by the same number."),
        "How much a unit of it matters to the target.",
    ),
]


@dataclass(frozen=True)
class Channel:
    """A stream of value into the target's economy: partner, good and kind, with its yearly value.

    A document may give it a reason and sources of its own: they are those of its value.
    """

    partner: Annotated[str, Says(SHORT, "With whom the target trades.")]
    good: Annotated[str, Says(SHORT, "What is traded.")]
    kind: Annotated[
        Literal["licit", "illicit", "labour", "aid"],
        Says(
            Choice(("licit", "illicit", "labour", "aid")),
            "What sort of flow it is.",
            default="licit",
            required=False,
        ),
    ]
    value: Annotated[Number, Says(Amount(low=0), "Its worth per year before any cut.", unit="as `unit`")]
    importance: _Importance = Number(1.0)
    flow: Annotated[
        Literal["export", "import", "transfer"],
        Says(Choice(("export", "import", "transfer")), "Which way it goes, seen by the target."),
    ] = "export"

    @property
    def id(self) -> str:
        """Partner, good and kind as one name, e.g. `CHN coal licit`."""
        return f"{self.partner} {self.good} {self.kind}"


@dataclass(frozen=True)
class Cut:
    """How far an option closes channels: the share that stays open at each level of `by`.

    `channels` selects by words in any order (partner, good, kind): `CHN coal`, `RUS`, `coal illicit`, `all`.
    """

    channels: Annotated[str, Says(SHORT, "Which channels: words of partner, good and kind, or `all`.")]
    by: Annotated[str, Says(Refers("option"), "The option that closes them.")]
    open: Annotated[
        tuple[tuple[str, Number], ...],
        Says(
            MapOf(Defines("level"), Amount(low=0, high=1, noun="open share")),
            "The share left open at each level.",
            unit="0–1",
        ),
    ]
    because: Because = ""
    source: Cited = ()


@dataclass(frozen=True)
class Diversion:
    """Trade lost on `origin` that may move to `destination` while `when` holds, up to `spare`, at a loss."""

    origin: Annotated[str, Says(SHORT, "The channels that lose trade, selected as in cuts.", name="from")]
    destination: Annotated[str, Says(SHORT, "The channels of the same good that may take it over.", name="to")]
    spare: Annotated[Number, Says(Amount(low=0), "How much more the new channel can carry.", unit="as `unit`")]
    loss: Annotated[Number, Says(Amount(low=0, high=1), "The share lost on the way.", unit="0–1")] = Number(0.0)
    when: Annotated[Expression | None, Says(CONDITION, "When it is possible.", default="always")] = None
    because: Because = ""
    source: Cited = ()


@dataclass(frozen=True)
class Aid:
    """New value that appears while `when` holds, up to `value` a year."""

    partner: Annotated[str, Says(SHORT, "Who gives it.")]
    value: Annotated[Number, Says(Amount(low=0), "How much per year at most.", unit="as `unit`")]
    when: Annotated[Expression, Says(CONDITION, "When it is given.")]
    importance: _Importance = Number(1.0)
    because: Because = ""
    source: Cited = ()


@dataclass(frozen=True)
class Limit:
    """The share of its value that a resolution leaves to the channels it names, at most.

    It is in force from the day `since`, or from the resolution's own date where that is empty.
    """

    channels: _Selected
    open: Annotated[
        Number,
        Says(Amount(low=0, high=1, noun="open share"), "The most that it leaves of their value.", unit="0–1"),
    ]
    since: Annotated[
        str,
        Says(SHORT, "The day from which it holds, e.g. 2018-01-01.", default="the date adopted"),
    ] = ""
    because: Because = ""
    source: Cited = ()


LIMIT = record("limit", Limit)


@dataclass(frozen=True)
class Resolution:
    """A text that limits the target's trade from a day on, whoever obeys it; limits add to those before."""

    id: str
    date: Annotated[str, Says(SHORT, "The day on which it was adopted, e.g. 2017-08-05.")]
    title: Title = ""
    limits: Annotated[
        tuple[Limit, ...], Says(ListOf(LIMIT), "What it leaves open, to the letter of its text.")
    ] = ()
    because: Because = ""
    source: Cited = ()


@dataclass(frozen=True)
class Recorded:
    """Trade that statistics record for a year: with one partner or with all, one way or both together."""

    year: Annotated[int, Says(Whole(1), "The calendar year.")]
    value: Annotated[Number, Says(Amount(low=0), "What was recorded.", unit="as `unit`")]
    partner: Annotated[str, Says(SHORT, "With whom.", default="all partners")] = ""
    flow: Annotated[
        Literal["total", "export", "import"],
        Says(Choice(("total", "export", "import")), "Which way, seen by the target."),
    ] = "total"
    because: Because = ""
    source: Cited = ()


CHANNEL = record("channel", Channel)
CHANNEL = replace(CHANNEL, fields=(*CHANNEL.fields, BECAUSE.field("because"), SOURCE.field("source")))
CUT = record("cut", Cut)
DIVERSION, AID = record("diversion", Diversion), record("aid", Aid)
RESOLUTION, RECORDED = record("resolution", Resolution), record("figure", Recorded)


@dataclass(frozen=True)
class Pressure:
    """The trade of one target and what closes, moves or adds to it.

    `resolutions` and `recorded` change no payoff: they hold the model of trade against what happened.
    """

    target: str
    unit: Annotated[str, Says(SHORT, "The unit of all values, e.g. USD mn.")] = ""
    channels: Annotated[
        tuple[Channel, ...],
        Says(ListOf(CHANNEL, least=1), "The target's trade, by partner and good.", required=True),
    ] = ()
    cuts: Annotated[tuple[Cut, ...], Says(ListOf(CUT), "Which options close which channels.")] = ()
    diverts: Annotated[tuple[Diversion, ...], Says(ListOf(DIVERSION), "Where lost trade can go instead.")] = ()
    aids: Annotated[tuple[Aid, ...], Says(ListOf(AID), "New value from outside.")] = ()
    balance: Annotated[
        bool, Says(Flag(), "Whether imports are limited by exports, labour, aid and the deficit.")
    ] = False
    resolutions: Annotated[
        tuple[Resolution, ...],
        Says(
            MapOf(Defines("resolution", r"[\w-]+"), RESOLUTION, makes=Resolution),
            "Texts that limited the trade, in the order of their dates; they change no payoff.",
        ),
    ] = ()
    recorded: Annotated[
        tuple[Recorded, ...],
        Says(ListOf(RECORDED), "What statistics say was traded; it changes no payoff."),
    ] = ()

    def select(self, selector: str) -> tuple[int, ...]:
        """Channels whose partner, good and kind contain every word of the selector, by index, ascending.

        The words may stand in any order, e.g. `CHN coal`, `RUS`, `illicit`; `all` alone means every channel.
        """
        words = set(selector.split())
        if words == {"all"}:
            return tuple(range(len(self.channels)))
        known = (set(channel.id.split()) for channel in self.channels)
        return tuple(index for index, here in enumerate(known) if words and words <= here)


PRESSURE = record("pressure", Pressure)
