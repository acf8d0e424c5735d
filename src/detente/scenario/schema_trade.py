"""A target's trade, as fields: channels, what closes or replaces them, what was decreed and what recorded."""

from __future__ import annotations

from detente.scenario.fields import (
    CONDITION,
    SHORT,
    Amount,
    Choice,
    Defines,
    Field,
    Flag,
    ListOf,
    MapOf,
    Record,
    Refers,
    Whole,
)
from detente.scenario.schema_reasons import BECAUSE, SOURCE, TITLE

IMPORTANCE = Amount(low=0, least=1e-6, advice="Only ratios count: multiply them all by the same number.")

CHANNEL = Record(
    "channel",
    (
        Field("partner", SHORT, "With whom the target trades.", required=True),
        Field("good", SHORT, "What is traded.", required=True),
        Field(
            "kind", Choice(("licit", "illicit", "labour", "aid")), "What sort of flow it is.", default="licit"
        ),
        Field("value", Amount(low=0), "Its worth per year before any cut.", unit="as `unit`", required=True),
        Field("importance", IMPORTANCE, "How much a unit of it matters to the target.", default="1"),
        Field(
            "flow",
            Choice(("export", "import", "transfer")),
            "Which way it goes, seen by the target.",
            default="export",
        ),
        BECAUSE,
        SOURCE,
    ),
)

CUT = Record(
    "cut",
    (
        Field("channels", SHORT, "Which channels: words of partner, good and kind, or `all`.", required=True),
        Field("by", Refers("option"), "The option that closes them.", required=True),
        Field(
            "open",
            MapOf(Defines("level"), Amount(low=0, high=1, noun="open share")),
            "The share left open at each level.",
            unit="0–1",
            required=True,
        ),
        BECAUSE,
        SOURCE,
    ),
)

DIVERSION = Record(
    "diversion",
    (
        Field("from", SHORT, "The channels that lose trade, selected as in cuts.", required=True),
        Field("to", SHORT, "The channels of the same good that may take it over.", required=True),
        Field(
            "spare", Amount(low=0), "How much more the new channel can carry.", unit="as `unit`", required=True
        ),
        Field("loss", Amount(low=0, high=1), "The share lost on the way.", unit="0–1", default="0"),
        Field("when", CONDITION, "When it is possible.", default="always"),
        BECAUSE,
        SOURCE,
    ),
)

AID = Record(
    "aid",
    (
        Field("partner", SHORT, "Who gives it.", required=True),
        Field("value", Amount(low=0), "How much per year at most.", unit="as `unit`", required=True),
        Field("when", CONDITION, "When it is given.", required=True),
        Field("importance", IMPORTANCE, "How much a unit of it matters to the target.", default="1"),
        BECAUSE,
        SOURCE,
    ),
)

LIMIT = Record(
    "limit",
    (
        Field("channels", SHORT, "Which channels, selected as in cuts.", required=True),
        Field(
            "open",
            Amount(low=0, high=1, noun="open share"),
            "The most that it leaves of their value.",
            unit="0–1",
            required=True,
        ),
        Field("since", SHORT, "The day from which it holds, e.g. 2018-01-01.", default="the date adopted"),
        BECAUSE,
        SOURCE,
    ),
)

RESOLUTION = Record(
    "resolution",
    (
        Field("date", SHORT, "The day on which it was adopted, e.g. 2017-08-05.", required=True),
        TITLE,
        Field("limits", ListOf(LIMIT), "What it leaves open, to the letter of its text."),
        BECAUSE,
        SOURCE,
    ),
)

RECORDED = Record(
    "figure",
    (
        Field("year", Whole(1), "The calendar year.", required=True),
        Field("value", Amount(low=0), "What was recorded.", unit="as `unit`", required=True),
        Field("partner", SHORT, "With whom.", default="all partners"),
        Field("flow", Choice(("total", "export", "import")), "Which way, seen by the target.", default="total"),
        BECAUSE,
        SOURCE,
    ),
)

PRESSURE = Record(
    "pressure",
    (
        Field("unit", SHORT, "The unit of all values, e.g. USD mn."),
        Field("channels", ListOf(CHANNEL, least=1), "The target's trade, by partner and good.", required=True),
        Field("cuts", ListOf(CUT), "Which options close which channels."),
        Field("diverts", ListOf(DIVERSION), "Where lost trade can go instead."),
        Field("aids", ListOf(AID), "New value from outside."),
        Field(
            "balance",
            Flag(),
            "Whether imports are limited by exports, labour, aid and the deficit.",
            default="no",
        ),
        Field(
            "resolutions",
            MapOf(Defines("resolution", r"[\w-]+"), RESOLUTION),
            "Texts that limited the trade, in the order of their dates; they change no payoff.",
        ),
        Field("recorded", ListOf(RECORDED), "What statistics say was traded; it changes no payoff."),
    ),
)
