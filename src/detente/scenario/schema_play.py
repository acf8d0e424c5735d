"""What can be tried and what may happen, as fields: tables, venues, strategies, shocks, plans, and costs."""

from __future__ import annotations

from detente.scenario.fields import (
    CONDITION,
    LONGEST_TITLE,
    QUANTITY,
    SHORT,
    Amount,
    Defines,
    Either,
    Field,
    Flag,
    Levels,
    ListOf,
    MapOf,
    Pair,
    Record,
    Refers,
)
from detente.scenario.schema_crisis import MOST_COMPOSURE
from detente.scenario.schema_reasons import BECAUSE, SOURCE, TITLE

_MEMBERS = ListOf(Refers("party"), least=1)
TABLE = Either(
    sequence=_MEMBERS,
    mapping=Record(
        "table",
        (
            Field("members", _MEMBERS, "Who sits at it.", required=True),
            TITLE,
            Field(
                "binding",
                Flag(),
                "Whether agreements hold though a member could gain by leaving.",
                default="no",
            ),
            Field("initiative", Amount(low=0), "Its relative chance to be the next to move.", default="1"),
        ),
    ),
)

_COMFORT = Amount(low=-MOST_COMPOSURE, high=MOST_COMPOSURE, noun="composure added")
_DELTA = Amount(low=-2, high=2, word="attitude", noun="shift of an attitude")

VENUE = Record(
    "venue",
    (
        TITLE,
        Field("host", SHORT, "Who receives the talks."),
        Field("composure", MapOf(Refers("party"), _COMFORT), "What it adds to a party's composure."),
        Field("guarantors", ListOf(Refers("party")), "Who takes on an interest in the deal holding."),
        Field(
            "assurance",
            MapOf(Refers("party"), Amount(low=0, high=1, noun="assurance")),
            "Extra interest in the aim that a party draws from nearby powers, as a share of its own weights.",
            unit="0–1",
        ),
        Field("attitudes", MapOf(Pair((">", "~")), _DELTA), "What it adds to attitudes."),
        BECAUSE,
        SOURCE,
    ),
)

STAGE = Record(
    "stage",
    (
        Field("commit", Levels(), "The sponsors' own options that are set, and stay so for the stage."),
        Field("tables", ListOf(Refers("table")), "Who may change options together."),
        Field("venue", Refers("venue"), "Where."),
        Field("until", CONDITION, "What ends the stage at once.", default="rest"),
        Field("require", Flag(), "Whether the strategy stops where `until` was not reached.", default="no"),
        TITLE,
    ),
)

STRATEGY = Record(
    "strategy",
    (
        TITLE,
        Field("sponsors", ListOf(Refers("party")), "Whose strategy it is; they commit only their own options."),
        Field(
            "stages", ListOf(STAGE, least=1), "What is done, in order; `[{}]` commits nothing.", required=True
        ),
        BECAUSE,
        SOURCE,
    ),
)

SHOCK = Record(
    "shock",
    (
        TITLE,
        Field("hazard", QUANTITY, "The chance per round that it happens.", unit="0–1", required=True),
        Field("set", Levels(), "Options that jump to a level, whoever owns them and in any direction."),
        Field("attitudes", MapOf(Pair((">", "~")), _DELTA), "What it adds to attitudes."),
        Field(
            "weights",
            MapOf(
                Refers("party"),
                MapOf(
                    Defines("interest", r"\S(?:[\s\S]*\S)?", "the interest's name", LONGEST_TITLE),
                    Amount(low=0, high=1e6, noun="factor"),
                ),
            ),
            "By what it multiplies the weights of interests, by party and interest's name.",
        ),
        BECAUSE,
        SOURCE,
    ),
)

PLAN = Record(
    "plan",
    (
        Field("after", CONDITION, "The shock it answers: a condition, or a shock by name.", required=True),
        Field("do", Levels(), "The agreed responses.", required=True),
        TITLE,
        BECAUSE,
        SOURCE,
    ),
)

COST = Record(
    "cost",
    (
        Field("promise", Amount(low=0), "What it costs to promise one span of payoff."),
        Field("attitude", Amount(low=0), "What it costs to shift one attitude by 1."),
        Field("view", Amount(low=0), "What it costs to mend one view."),
        Field("commitment", Amount(low=0), "What it costs to bind one option."),
        Field("channel", Amount(low=0), "What it costs to close one channel."),
        Field("table", Amount(low=0), "What it costs to open one table."),
        Field("venue", Amount(low=0), "What it costs to move to another venue."),
    ),
)
