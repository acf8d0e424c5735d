"""Every field of a scenario, declared once.

The reader's problems, the JSON Schema and the reference page all come from these declarations.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from detente.scenario import publish
from detente.scenario.fields import (
    OPTION_PATTERN,
    Amount,
    Choice,
    Citations,
    Date,
    Defines,
    Either,
    Field,
    Flag,
    Formula,
    Levels,
    ListOf,
    MapOf,
    Pair,
    Record,
    Refers,
    Text,
    Whole,
)

FORMAT = 1
CONCEPT_NAMES = ("nash", "gmr", "smr", "seq", "sseq")
DISTRIBUTIONS = ("normal", "triangular", "uniform")

BECAUSE = Field("because", Text(), "The reason for the judgement, in your own words.")
SOURCE = Field("source", Citations(), "What it rests on: ids of `sources`, each with a locator if wanted.")
TITLE = Field("title", Text(), "What people call it.")

_CONDITION = Formula()
_QUANTITY = Formula(condition=False)

SOURCE_RECORD = Record(
    "source",
    (
        Field("title", Text(), "Its title."),
        Field("author", Text(), "Who wrote it."),
        Field("publisher", Text(), "Who published it."),
        Field("year", Text(), "When."),
        Field("url", Text(), "Where it can be read."),
        Field("note", Text(), "What a reader should know about it."),
    ),
)

PARTY = Record(
    "party",
    (
        Field("name", Text(), "Its full name.", default="its id"),
        Field("iso", Text(), "ISO 3166 code, for maps."),
        Field("about", Text(), "Who it is and what it fears."),
        Field(
            "composure",
            Amount(low=0),
            "How steadily it chooses the better of two courses: low under stress, high when prepared.",
            unit="per span of its payoffs",
        ),
        Field("initiative", Amount(low=0), "Its relative chance to be the next to move.", default="1"),
        Field("foresight", Choice(CONCEPT_NAMES), "How far it looks ahead.", default="the question's choice"),
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
            "hazard", _QUANTITY, "The chance per round that a shock rises one level (nature only).", unit="0–1"
        ),
        BECAUSE,
        SOURCE,
    ),
)

RULE = Record(
    "rule",
    (Field("must", _CONDITION, "What holds in every state that can exist.", required=True), BECAUSE),
)

OUTCOME = Either(
    scalar=_CONDITION,
    mapping=Record(
        "outcome",
        (Field("where", _CONDITION, "The states it names.", required=True), TITLE),
    ),
)

SCALE = MapOf(Refers("option"), MapOf(Defines("level"), Amount(low=0, high=1, noun="level's number")))
_WANTED = Either(scalar=_QUANTITY, mapping=SCALE)

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
        Field("name", Text(), "A short name for explanations."),
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

CHANNEL = Record(
    "channel",
    (
        Field("partner", Text(), "With whom the target trades.", required=True),
        Field("good", Text(), "What is traded.", required=True),
        Field(
            "kind", Choice(("licit", "illicit", "labour", "aid")), "What sort of flow it is.", default="licit"
        ),
        Field("value", Amount(low=0), "Its worth per year before any cut.", unit="as `unit`", required=True),
        Field("importance", Amount(low=0), "How much a unit of it matters to the target.", default="1"),
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
        Field("channels", Text(), "Which channels: words of partner, good and kind, or `all`.", required=True),
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
        Field("from", Text(), "The channels that lose trade, selected as in cuts.", required=True),
        Field("to", Text(), "The channels of the same good that may take it over.", required=True),
        Field(
            "spare", Amount(low=0), "How much more the new channel can carry.", unit="as `unit`", required=True
        ),
        Field("loss", Amount(low=0, high=1), "The share lost on the way.", unit="0–1", default="0"),
        Field("when", _CONDITION, "When it is possible.", default="always"),
        BECAUSE,
        SOURCE,
    ),
)

AID = Record(
    "aid",
    (
        Field("partner", Text(), "Who gives it.", required=True),
        Field("value", Amount(low=0), "How much per year at most.", unit="as `unit`", required=True),
        Field("when", _CONDITION, "When it is given.", required=True),
        Field("importance", Amount(low=0), "How much a unit of it matters to the target.", default="1"),
        BECAUSE,
        SOURCE,
    ),
)

LIMIT = Record(
    "limit",
    (
        Field("channels", Text(), "Which channels, selected as in cuts.", required=True),
        Field(
            "open",
            Amount(low=0, high=1, noun="open share"),
            "The most that it leaves of their value.",
            unit="0–1",
            required=True,
        ),
        Field("since", Text(), "The day from which it holds, e.g. 2018-01-01.", default="the date adopted"),
        BECAUSE,
        SOURCE,
    ),
)

RESOLUTION = Record(
    "resolution",
    (
        Field("date", Text(), "The day on which it was adopted, e.g. 2017-08-05.", required=True),
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
        Field("partner", Text(), "With whom.", default="all partners"),
        Field("flow", Choice(("total", "export", "import")), "Which way, seen by the target.", default="total"),
        BECAUSE,
        SOURCE,
    ),
)

PRESSURE = Record(
    "pressure",
    (
        Field("unit", Text(), "The unit of all values, e.g. USD mn."),
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

_ATTITUDE = Amount(low=-1, high=1, word="attitude", noun="attitude")
_DELTA = Amount(low=-2, high=2, word="attitude", noun="shift of an attitude")

VENUE = Record(
    "venue",
    (
        TITLE,
        Field("host", Text(), "Who receives the talks."),
        Field("composure", MapOf(Refers("party"), Amount()), "What it adds to a party's composure."),
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
        Field("until", _CONDITION, "What ends the stage at once.", default="rest"),
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
        Field("hazard", _QUANTITY, "The chance per round that it happens.", unit="0–1", required=True),
        Field("set", Levels(), "Options that jump to a level, whoever owns them and in any direction."),
        Field("attitudes", MapOf(Pair((">", "~")), _DELTA), "What it adds to attitudes."),
        Field(
            "weights",
            MapOf(
                Refers("party"),
                MapOf(
                    Defines("interest", r"\S(?:.*\S)?", "the interest's name"),
                    Amount(low=0, noun="factor"),
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
        Field("after", _CONDITION, "The shock it answers: a condition, or a shock by name.", required=True),
        Field("do", Levels(), "The agreed responses.", required=True),
        TITLE,
        BECAUSE,
        SOURCE,
    ),
)

CLAIM = Record(
    "claim",
    (
        Field("says", Text(), "The claim in your own words, never a quotation.", required=True),
        Field("test", Text(), "What would have to hold.", required=True),
        SOURCE,
        BECAUSE,
    ),
)

FINDING = Record(
    "finding",
    (
        Field("text", Text(), "A published or expected answer.", required=True),
        Field("evidence", Text(), "How good the evidence for it is."),
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

SCENARIO = Record(
    "scenario",
    (
        Field("detente", Whole(1), "The version of this format.", default="1"),
        Field("title", Text(), "What the crisis is called.", required=True),
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
        Field(
            "misperceptions", MapOf(Refers("party"), ListOf(_CONDITION)), "States that a party does not see."
        ),
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
