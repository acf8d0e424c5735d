"""The crisis itself, as fields: who the parties are, what they can do, and what they want."""

from __future__ import annotations

from detente.concepts import NAMES
from detente.scenario.fields import (
    CONDITION,
    QUANTITY,
    SHORT,
    Amount,
    Choice,
    Defines,
    Either,
    Field,
    Flag,
    Formula,
    ListOf,
    MapOf,
    Record,
    Refers,
    Text,
    Whole,
)
from detente.scenario.schema_reasons import BECAUSE, SOURCE, TITLE

MOST_COMPOSURE = 1e6
"""Beyond it nobody ever takes the worse of two courses, whatever they differ by."""

PARTY = Record(
    "party",
    (
        Field("name", SHORT, "Its full name.", default="its id"),
        Field("iso", SHORT, "ISO 3166 code, for maps."),
        Field("about", Text(), "Who it is and what it fears."),
        Field(
            "composure",
            Amount(low=0, high=MOST_COMPOSURE),
            "How steadily it chooses the better of two courses: low under stress, high when prepared.",
            unit="per span of its payoffs",
        ),
        Field("initiative", Amount(low=0), "Its relative chance to be the next to move.", default="1"),
        Field("foresight", Choice(NAMES), "How far it looks ahead.", default="the question's choice"),
    ),
)

OPTION = Record(
    "option",
    (
        TITLE,
        Field(
            "levels",
            ListOf(Defines("level"), least=2),
            "How it can stand, from the lowest; the first is the default.",
            default="[no, yes]",
        ),
        Field(
            "moves",
            Choice(("both", "up", "down", "fixed")),
            "In which directions its owner may change it.",
            default="both",
        ),
        Field(
            "hazard", QUANTITY, "The chance per round that a shock rises one level (nature only).", unit="0–1"
        ),
        BECAUSE,
        SOURCE,
    ),
)

RULE = Record(
    "rule",
    (Field("must", CONDITION, "What holds in every state that can exist.", required=True), BECAUSE),
)

OUTCOME = Either(
    scalar=CONDITION,
    mapping=Record(
        "outcome",
        (Field("where", CONDITION, "The states it names.", required=True), TITLE),
    ),
)

SCALE = MapOf(Refers("option"), MapOf(Defines("level"), Amount(low=0, high=1, noun="level's number")))
_WANTED = Either(scalar=QUANTITY, mapping=SCALE)

INTEREST = Record(
    "interest",
    (
        Field(
            "wants",
            _WANTED,
            "What it wants: a condition, a quantity in 0–1, or a number per level.",
            unit="0–1",
        ),
        Field("avoids", _WANTED, "What it wants to avoid; write either `wants` or `avoids`.", unit="0–1"),
        Field(
            "weight",
            Amount(low=0, advice="To turn an interest round, write `avoids`."),
            "How much it matters beside the party's other interests.",
            required=True,
        ),
        Field("name", SHORT, "A short name of what is wanted or avoided; told instead of the expression."),
        Field(
            "relational", Flag(), "Whether other parties' attitudes to this party pick it up.", default="yes"
        ),
        BECAUSE,
        SOURCE,
    ),
    one_of=("wants", "avoids"),
)

INTERESTS = Either(
    sequence=ListOf(INTEREST),
    mapping=Record(
        "preference",
        (
            Field(
                "ranking",
                ListOf(Either(scalar=Whole(1), sequence=ListOf(Whole(1), least=1)), least=1),
                "States by number, best first; a list inside is a tie.",
            ),
            Field(
                "statements",
                ListOf(Formula(statement=True), least=1),
                "Conditions, most important first; each outweighs all later ones together.",
            ),
        ),
        one_of=("ranking", "statements"),
    ),
)
