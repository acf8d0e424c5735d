"""What can be tried and what may happen: tables, venues, strategies, shocks, plans, and what changes cost."""

from dataclasses import dataclass
from typing import Annotated

from detente.scenario.crisis import MOST_COMPOSURE, SHIFTS, Attitude, Initiative
from detente.scenario.expression import Expression
from detente.scenario.fields import (
    CONDITION,
    LONGEST_TITLE,
    QUANTITY,
    SHORT,
    Amount,
    Date,
    Defines,
    Either,
    Field,
    Flag,
    Levels,
    ListOf,
    MapOf,
    Record,
    Refers,
    Says,
    Text,
    record,
)
from detente.scenario.grounds import Because, Cited, Number, Title

_MEMBERS = ListOf(Refers("party"), least=1)
_Shifts = Annotated[tuple[Attitude, ...], Says(SHIFTS, "What it adds to attitudes.")]


@dataclass(frozen=True)
class Ratify:
    """Who has to ratify what a table agrees on, and the chance that this happens."""

    by: Annotated[str, Says(Refers("party"), "The member at home in which it is ratified or not.")]
    chance: Annotated[
        Number, Says(Amount(low=0, high=1, noun="chance"), "How probable it is each time.", unit="0–1")
    ]


@dataclass(frozen=True)
class Table:
    """Parties who may change their options together."""

    id: str
    members: Annotated[tuple[str, ...], Says(_MEMBERS, "Who sits at it.")]
    title: Title = ""
    binding: Annotated[bool, Says(Flag(), "Whether agreements hold though a member could gain by leaving.")] = (
        False
    )
    initiative: Initiative = Number(1.0)
    ratify: Annotated[
        Ratify | None,
        Says(
            record("ratification", Ratify),
            "Who ratifies: an agreement binds only then, else play goes on from where it stood.",
        ),
    ] = None


@dataclass(frozen=True)
class Venue:
    """Where talks are held: changes inputs (composure, attitudes, guarantors, assurance), never an answer."""

    id: str
    title: Title = ""
    host: Annotated[str, Says(SHORT, "Who receives the talks.")] = ""
    composure: Annotated[
        tuple[tuple[str, Number], ...],
        Says(
            MapOf(Refers("party"), Amount(low=-MOST_COMPOSURE, high=MOST_COMPOSURE, noun="composure added")),
            "What it adds to a party's composure.",
        ),
    ] = ()
    guarantors: Annotated[
        tuple[str, ...], Says(ListOf(Refers("party")), "Who takes on an interest in the deal holding.")
    ] = ()
    assurance: Annotated[
        tuple[tuple[str, Number], ...],
        Says(
            MapOf(Refers("party"), Amount(low=0, high=1, noun="assurance")),
            "Extra interest in the aim that a party draws from nearby powers, as a share of its own weights.",
            unit="0–1",
        ),
    ] = ()
    attitudes: _Shifts = ()
    because: Because = ""
    source: Cited = ()


@dataclass(frozen=True)
class Stage:
    """One phase of a strategy: what sponsors set, which tables are open, where, and until what holds."""

    commit: Annotated[
        tuple[tuple[str, str], ...],
        Says(Levels(), "The sponsors' own options that are set, and stay so for the stage."),
    ] = ()
    lapse: Annotated[
        tuple[tuple[str, Number], ...],
        Says(
            MapOf(Refers("option"), Amount(low=0, high=1, noun="chance", word="chance")),
            "How probable it is, each round, that a commitment is quietly dropped.",
            unit="0–1",
        ),
    ] = ()
    tables: Annotated[tuple[str, ...], Says(ListOf(Refers("table")), "Who may change options together.")] = ()
    venue: Annotated[str | None, Says(Refers("venue"), "Where.")] = None
    until: Annotated[Expression | None, Says(CONDITION, "What ends the stage at once.", default="rest")] = None
    require: Annotated[bool, Says(Flag(), "Whether the strategy stops where `until` was not reached.")] = False
    title: Title = ""


STAGE = record("stage", Stage)


@dataclass(frozen=True)
class Strategy:
    """What sponsors commit to, stage by stage."""

    id: str
    sponsors: Annotated[
        tuple[str, ...],
        Says(ListOf(Refers("party")), "Whose strategy it is; they commit only their own options."),
    ] = ()
    stages: Annotated[
        tuple[Stage, ...],
        Says(ListOf(STAGE, least=1), "What is done, in order; `[{}]` commits nothing.", required=True),
    ] = ()
    title: Title = ""
    because: Because = ""
    source: Cited = ()


@dataclass(frozen=True)
class Plan:
    """Agreed responses to a shock; in `after`, the name of a shock is true right after it and only then."""

    id: str
    after: Annotated[Expression, Says(CONDITION, "The shock it answers: a condition, or a shock by name.")]
    do: Annotated[tuple[tuple[str, str], ...], Says(Levels(), "The agreed responses.")]
    title: Title = ""
    because: Because = ""
    source: Cited = ()


@dataclass(frozen=True)
class Shock:
    """Something that may happen to the parties, other than an option of nature that rises by itself.

    It happens with the chance `hazard` per round and changes what `set` says of options (whoever owns them,
    and in any direction), shifts `attitudes`, and multiplies the weights of interests: by party, then by the
    interest's name. It does so once and for good; no state says that it has happened.
    """

    id: str
    hazard: Annotated[Expression, Says(QUANTITY, "The chance per round that it happens.", unit="0–1")]
    title: Title = ""
    set: Annotated[
        tuple[tuple[str, str], ...],
        Says(Levels(), "Options that jump to a level, whoever owns them and in any direction."),
    ] = ()
    attitudes: _Shifts = ()
    weights: Annotated[
        tuple[tuple[str, tuple[tuple[str, Number], ...]], ...],
        Says(
            MapOf(
                Refers("party"),
                MapOf(
                    Defines("interest", r"\S(?:[\s\S]*\S)?", "the interest's name", LONGEST_TITLE),
                    Amount(low=0, high=1e6, noun="factor"),
                ),
            ),
            "By what it multiplies the weights of interests, by party and interest's name.",
        ),
    ] = ()
    because: Because = ""
    source: Cited = ()


@dataclass(frozen=True)
class Observation:
    """How options stood at a date."""

    date: str
    levels: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Forecast:
    """A question about the future that somebody asked, with what came of it.

    The window opens with the first day of `since` and closes with the last day of `until`. It came true where
    `where` held at some time in the window, or at its end if `at_end` says so.
    """

    id: str
    asks: Annotated[str, Says(Text(), "The event that is asked about, in your own words.")]
    since: Annotated[str, Says(Date(), "When the window opens; a month means its first day.", name="from")]
    until: Annotated[str, Says(Date(), "When it closes; a month means its last day.")]
    where: Annotated[Expression, Says(CONDITION, "What holds in states where it has come true.")]
    resolved: Annotated[bool, Says(Flag(), "Whether it came true.")]
    at_end: Annotated[
        bool, Says(Flag(), "Whether `where` has to hold when the window closes, not at any time in it.")
    ] = False
    because: Because = ""
    source: Cited = ()


TABLE = Either(sequence=_MEMBERS, mapping=record("table", Table))
VENUE, STRATEGY = record("venue", Venue), record("strategy", Strategy)
SHOCK, PLAN = record("shock", Shock), record("plan", Plan)
FORECAST = record("forecast", Forecast)
COST = Record(
    "cost",
    tuple(
        Field(name, Amount(low=0), f"What it costs to {what}.", attribute=name)
        for name, what in (
            ("promise", "promise one span of payoff"),
            ("attitude", "shift one attitude by 1"),
            ("view", "mend one view"),
            ("commitment", "bind one option"),
            ("channel", "close one channel"),
            ("table", "open one table"),
            ("venue", "move to another venue"),
        )
    ),
)
