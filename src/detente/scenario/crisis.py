"""The crisis itself: who the parties are, what they can do, what they want, and how they see each other."""

from dataclasses import dataclass
from typing import Annotated, Literal

from detente.concepts import NAMES
from detente.scenario.expression import Expression
from detente.scenario.fields import (
    CONDITION,
    QUANTITY,
    SHORT,
    Amount,
    Choice,
    Defines,
    Either,
    Flag,
    Formula,
    ListOf,
    MapOf,
    Pair,
    Record,
    Refers,
    Says,
    Text,
    Whole,
    record,
)
from detente.scenario.grounds import Because, Cited, Number, Title

NATURE = "nature"
MOST_COMPOSURE = 1e6
"""Beyond it nobody ever takes the worse of two courses, whatever they differ by."""

Direction = Literal["both", "up", "down", "fixed"]
Sense = Literal["wants", "avoids"]
Initiative = Annotated[Number, Says(Amount(low=0), "Its relative chance to be the next to move.")]


@dataclass(frozen=True)
class Party:
    """A state or group that holds options and cares about how things stand.

    `composure` is its κ in the logit choice of durability; `foresight` the concept that describes how far it
    looks.
    """

    id: str
    name: Annotated[str, Says(SHORT, "Its full name.", default="its id")] = ""
    iso: Annotated[str, Says(SHORT, "ISO 3166 code, for maps.")] = ""
    aliases: Annotated[
        tuple[str, ...], Says(ListOf(SHORT), "Other names and codes under which files of events know it.")
    ] = ()
    about: Annotated[str, Says(Text(), "Who it is and what it fears.")] = ""
    initiative: Initiative = Number(1.0)
    composure: Annotated[
        Number | None,
        Says(
            Amount(low=0, high=MOST_COMPOSURE),
            "How steadily it chooses the better of two courses: low under stress, high when prepared.",
            unit="per span of its payoffs",
        ),
    ] = None
    foresight: Annotated[
        str | None, Says(Choice(NAMES), "How far it looks ahead.", default="the question's choice")
    ] = None
    weaker_than: Annotated[
        str | None,
        Says(Refers("party"), "A party that is stronger than it; `venues` asks whom comfort helps."),
    ] = None


@dataclass(frozen=True)
class Option:
    """Something its owner can set to one of several ordered levels; `owner` may be `nature`."""

    id: str
    owner: str
    name: str
    title: Title = ""
    levels: Annotated[
        tuple[str, ...],
        Says(
            ListOf(Defines("level"), least=2),
            "How it can stand, from the lowest; the first is the default.",
        ),
    ] = ("no", "yes")
    moves: Annotated[
        Direction,
        Says(Choice(("both", "up", "down", "fixed")), "In which directions its owner may change it."),
    ] = "both"
    hazard: Annotated[
        Expression | None,
        Says(QUANTITY, "The chance per round that a shock rises one level (nature only).", unit="0–1"),
    ] = None
    because: Because = ""
    source: Cited = ()


@dataclass(frozen=True)
class Rule:
    """A condition that holds in every feasible state, and why."""

    must: Annotated[Expression, Says(CONDITION, "What holds in every state that can exist.")]
    because: Because = ""


@dataclass(frozen=True)
class Outcome:
    """A named set of states."""

    id: str
    where: Annotated[Expression, Says(CONDITION, "The states it names.")]
    title: Title = ""
    because: Because = ""


@dataclass(frozen=True)
class LevelScale:
    """A number per level of one option, e.g. `{USA.assurance: {none: 0, pledge: 0.4, treaty: 1}}`."""

    option: str
    values: tuple[Number, ...]


SCALE = MapOf(Refers("option"), MapOf(Defines("level"), Amount(low=0, high=1, noun="level's number")))
WANTED = Either(scalar=QUANTITY, mapping=SCALE)


@dataclass(frozen=True)
class Interest:
    """One thing a party wants or avoids: a quantity in [0, 1] with a weight.

    `relational` false: others' attitudes to this party do not pick the interest up (V' of the model).
    """

    sense: Sense
    quantity: Annotated[
        Expression | LevelScale,
        Says(
            WANTED,
            "What it wants: a condition, a quantity in 0–1, or a number per level.",
            unit="0–1",
            name="wants",
            required=False,
        ),
        Says(
            WANTED,
            "What it wants to avoid; write either `wants` or `avoids`.",
            unit="0–1",
            name="avoids",
            required=False,
        ),
    ]
    weight: Annotated[
        Number,
        Says(
            Amount(low=0, advice="To turn an interest round, write `avoids`."),
            "How much it matters beside the party's other interests.",
        ),
    ]
    name: Annotated[
        str, Says(SHORT, "A short name of what is wanted or avoided; told instead of the expression.")
    ] = ""
    relational: Annotated[bool, Says(Flag(), "Whether other parties' attitudes to this party pick it up.")] = (
        True
    )
    because: Because = ""
    source: Cited = ()


@dataclass(frozen=True)
class Statement:
    """One line of a prioritized preference: a condition each worth more than all later ones together."""

    where: Expression


@dataclass(frozen=True)
class Cardinal:
    """A party's own interests; payoffs are weighted sums."""

    interests: tuple[Interest, ...]


@dataclass(frozen=True)
class Ranking:
    """States by number (1-based, in the scenario's state order), best first; a group is a tie."""

    groups: Annotated[
        tuple[tuple[int, ...], ...],
        Says(
            ListOf(Either(scalar=Whole(1), sequence=ListOf(Whole(1), least=1)), least=1),
            "States by number, best first; a list inside is a tie.",
            name="ranking",
            required=False,
        ),
    ]


@dataclass(frozen=True)
class Statements:
    """Prioritized statements, most important first."""

    statements: Annotated[
        tuple[Statement, ...],
        Says(
            ListOf(Formula(statement=True), least=1),
            "Conditions, most important first; each outweighs all later ones together.",
            required=False,
        ),
    ]


Preference = Cardinal | Ranking | Statements


@dataclass(frozen=True)
class Attitude:
    """How `holder` takes `other`'s good or bad fortune, in [-1, 1]; directed.

    `mutual` records that the document wrote both directions in one line (`KOR ~ JPN`); it changes nothing else.
    """

    holder: str
    other: str
    value: Number
    mutual: bool = False


@dataclass(frozen=True)
class View:
    """What `holder` believes `other`'s interests to be."""

    holder: str
    other: str
    interests: tuple[Interest, ...]


@dataclass(frozen=True)
class Misperception:
    """States that a party does not perceive (kept from `.gmcr` files; no question uses it yet)."""

    holder: str
    where: Expression


PARTY, OPTION, RULE = record("party", Party), record("option", Option), record("rule", Rule)
OUTCOME = Either(scalar=CONDITION, mapping=record("outcome", Outcome))
INTEREST = record("interest", Interest)
ORDER = Record(
    "preference",
    record("ranking", Ranking).fields + record("statements", Statements).fields,
    one_of=("ranking", "statements"),
)
INTERESTS = Either(sequence=ListOf(INTEREST), mapping=ORDER)
ATTITUDES = MapOf(Pair((">", "~")), Amount(low=-1, high=1, word="attitude", noun="attitude"), makes=Attitude)
SHIFTS = MapOf(
    Pair((">", "~")), Amount(low=-2, high=2, word="attitude", noun="shift of an attitude"), makes=Attitude
)
"""What something adds to attitudes."""
