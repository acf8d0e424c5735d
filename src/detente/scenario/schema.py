"""Every field of a scenario, declared once: the document as a whole, from the parts that `schema_*` declare.

The reader's problems, the JSON Schema and the reference page all come from these declarations.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from detente.scenario import publish
from detente.scenario.fields import (
    CONDITION,
    OPTION_PATTERN,
    SHORT,
    Amount,
    Choice,
    Date,
    Defines,
    Field,
    Levels,
    ListOf,
    MapOf,
    Pair,
    Record,
    Refers,
    Text,
    Whole,
)
from detente.scenario.schema_crisis import INTEREST, INTERESTS, OPTION, OUTCOME, PARTY, RULE
from detente.scenario.schema_play import COST, PLAN, SHOCK, STRATEGY, TABLE, VENUE
from detente.scenario.schema_reasons import BECAUSE, CLAIM, FINDING, SOURCE, SOURCE_RECORD
from detente.scenario.schema_trade import PRESSURE

FORMAT = 1
PUBLISHED = Path(__file__).with_name("scenario.schema.json")
"""Where the JSON Schema of scenario files lies, for editors."""
DISTRIBUTIONS = ("normal", "triangular", "uniform")

_ATTITUDE = Amount(low=-1, high=1, word="attitude", noun="attitude")

SCENARIO = Record(
    "scenario",
    (
        Field("detente", Whole(1), "The version of this format.", default="1"),
        Field("title", SHORT, "What the crisis is called.", required=True),
        Field("about", Text(), "What it is about, in a few sentences."),
        Field("aim", Refers("outcome"), "The outcome on which strategies are ranked."),
        Field("limit", Whole(1), "The largest admitted number of states.", default="16777216"),
        Field("sources", MapOf(Defines("source", r"[\w-]+"), SOURCE_RECORD), "The works that judgements cite."),
        Field(
            "parties",
            MapOf(Defines("party"), PARTY),
            "Who holds options and cares how things stand.",
            required=True,
        ),
        Field(
            "options",
            MapOf(Defines("option", OPTION_PATTERN, "OWNER.option, each letters, digits, _ and -"), OPTION),
            "What each of them can do; the owner `nature` holds the shocks.",
            required=True,
        ),
        Field("rules", ListOf(RULE), "What must hold in every state."),
        Field("status_quo", Levels(), "How things stand today.", default="every option at its first level"),
        Field("outcomes", MapOf(Defines("outcome"), OUTCOME), "Named sets of states."),
        Field("clashes", ListOf(Refers("outcome")), "Outcomes in which parties' plans collide."),
        Field(
            "interests",
            MapOf(Refers("party"), INTERESTS),
            "What each party wants: interests, or an order of states.",
            required=True,
        ),
        Field(
            "relations",
            MapOf(Pair((">", "~")), _ATTITUDE),
            "Attitudes: `A > B` is A's attitude to B, `A ~ B` both ways; negative where A gains when B loses.",
            unit="-1 to 1",
        ),
        Field("views", MapOf(Pair(("of",)), ListOf(INTEREST, least=1)), "What A believes B's interests to be."),
        Field("misperceptions", MapOf(Refers("party"), ListOf(CONDITION)), "States that a party does not see."),
        Field("coalitions", ListOf(ListOf(Refers("party"), least=2)), "Sets of parties that may act as one."),
        Field(
            "pressure", MapOf(Refers("party"), PRESSURE), "A target's trade, and what closes or replaces it."
        ),
        Field(
            "tables", MapOf(Defines("table"), TABLE), "Sets of parties who can change their options together."
        ),
        Field("venues", MapOf(Defines("venue"), VENUE), "Where talks can be held, and what that changes."),
        Field("strategies", MapOf(Defines("strategy"), STRATEGY), "What sponsors can try, stage by stage."),
        Field(
            "shocks",
            MapOf(Defines("shock"), SHOCK),
            "What may happen besides nature's options: governments change, guns go off.",
        ),
        Field("plans", MapOf(Defines("plan"), PLAN), "Agreed responses to shocks."),
        Field(
            "claims", MapOf(Defines("claim", r"[\w-]+"), CLAIM), "What others have written, each with a test."
        ),
        Field(
            "cost", COST, "What changes of each kind cost, in any one unit; without it kinds are not compared."
        ),
        Field("observed", MapOf(Date(), Levels()), "How options stood at dates."),
        Field("findings", ListOf(FINDING), "Known answers, kept beside the scenario."),
    ),
)

SECTIONS = frozenset(field.name for field in SCENARIO.fields) - {"title", "about"}
"""What begins a line at the left margin, and has a name that nothing else has."""

NUMBER = Record(
    "number",
    (
        Field("value", Amount(bare=True), "The number, with its spread if it is unsure.", required=True),
        Field("distribution", Choice(DISTRIBUTIONS), "The shape of the spread between `low` and `high`."),
        Field("low", Amount(bare=True), "The least value; for `normal`, two standard deviations down."),
        Field("high", Amount(bare=True), "The largest value; for `normal`, two standard deviations up."),
        BECAUSE,
        SOURCE,
    ),
)


def number_record(word: str) -> Record:
    """Return the mapping form of a number whose value stands under this word."""
    value = replace(NUMBER.fields[0], name=word)
    return replace(NUMBER, name=word if word != "value" else NUMBER.name, fields=(value, *NUMBER.fields[1:]))


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a scenario document, for completion and checks in editors."""
    return publish.json_schema(SCENARIO, number_record)


def reference_markdown() -> str:
    """Return the reference of every field as Markdown: kind, unit, default and meaning."""
    return publish.reference(SCENARIO, NUMBER)
