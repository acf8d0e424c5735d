"""The table of contents of the product: one row per question, and the names that the package offers.

The command line, the notebook, the documentation's index and the structure tests iterate over it. Everything is
named as `module:thing`, so that reading the catalogue loads nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from detente import concepts
from detente.errors import UnknownNameError

AHEAD = f"How far parties look ahead: {concepts.LISTED}; else as the scenario says, else {concepts.FORESIGHT}."

Kind = Literal["text", "texts", "switch", "number", "share", "events"]


@dataclass(frozen=True)
class Parameter:
    """Something a question can be asked to take into account: the function's keyword and the command's flag.

    A flag without dashes is a word, or words, that follow the scenario; it then is the keyword itself.
    `shown` stands for the value in the command's help, where its kind alone would say too little; `short` is
    another form of the flag.
    """

    keyword: str
    flag: str
    kind: Kind
    help: str
    default: str | int | float | None = None
    shown: str = ""
    short: str = ""

    @property
    def label(self) -> str:
        """What it is called in a message: the flag, or the word in capitals that stands for it in the help."""
        return self.flag if self.flag.startswith("-") else self.flag.upper()

    @property
    def names_a_file(self) -> bool:
        """Whether its value is the path of a file, which only somebody at this machine may name."""
        return self.kind == "events" or self.shown == "FILE"


@dataclass(frozen=True)
class Question:
    """One question: its word, what it asks, and where it is answered and told.

    `kernels`: answering it runs compiled kernels, which are built on a first run and then kept.
    """

    word: str
    asks: str
    parameters: tuple[Parameter, ...] = ()
    kernels: bool = True

    @property
    def function(self) -> str:
        """Where the question is answered."""
        return f"detente.questions.{self.word}.find:{self.word}"

    @property
    def answer(self) -> str:
        """The class of its answer."""
        return f"detente.questions.{self.word}.answer:{self.word.capitalize()}"

    @property
    def page(self) -> str:
        """Where the answer is told."""
        return f"detente.questions.{self.word}.tell:page"


FORESIGHT = Parameter("foresight", "--foresight", "text", AHEAD, shown="CONCEPT")
CONCEPT = Parameter("concept", "--concept", "text", AHEAD, shown="CONCEPT")
SEED = Parameter("seed", "--seed", "number", "Other seeds, other worlds.", 1)
WORKERS = Parameter("workers", "--workers", "number", "Processes at work; else one for every core.")

QUESTIONS: tuple[Question, ...] = (
    Question("overview", "What is in this scenario?", kernels=False),
    Question(
        "equilibria",
        "Which states hold?",
        (
            Parameter(
                "concepts",
                "--concept",
                "texts",
                f"Only this concept: {concepts.LISTED}, or sim; may be repeated.",
                shown="CONCEPT",
            ),
            Parameter("outcome", "--outcome", "text", "Only states of this outcome."),
            Parameter("all", "--all", "switch", "Every state, whether it holds or not."),
            Parameter("limit", "--limit", "number", "List at most so many states; counts are of all.", 100),
            Parameter(
                "coalitions",
                "--coalitions",
                "texts",
                "Parties that may act together, as in A+B; all for every set of two or more. May be repeated.",
                shown="A+B",
            ),
        ),
    ),
    Question(
        "assess",
        "Which strategy works, does it last, and who would spoil it?",
        (
            Parameter("strategies", "--strategy", "texts", "Only this strategy; may be repeated."),
            FORESIGHT,
            Parameter(
                "rounds",
                "--rounds",
                "number",
                "Also round by round, so many rounds, with shocks between moves.",
            ),
            Parameter(
                "worlds", "--worlds", "number", "Also in so many worlds with drawn numbers.", 0, short="-n"
            ),
            SEED,
        ),
    ),
    Question(
        "why",
        "Why does this hold or not, and why does this strategy fail?",
        (
            Parameter(
                "subject",
                "subject",
                "texts",
                "status-quo, OPTION=level (may be repeated), the number of a state, an outcome or a strategy.",
            ),
            CONCEPT,
            Parameter("party", "--party", "text", "Only this party's reasons."),
        ),
    ),
    Question(
        "fix",
        "What is the least that makes an outcome hold, or be reached?",
        (
            Parameter(
                "outcome",
                "outcome",
                "text",
                "What is to hold: an outcome or a state; else the best strategy's end in the aim.",
            ),
            CONCEPT,
            Parameter("reach", "--reach", "text", "The strategy that is to reach the outcome for certain."),
        ),
    ),
    Question(
        "roadmap",
        "In which order to reach an outcome, and who could break off?",
        (
            Parameter(
                "outcome",
                "outcome",
                "text",
                "Where it is to lead: an outcome or a state; else the best strategy's end in the aim.",
            ),
            FORESIGHT,
            Parameter(
                "tables",
                "--tables",
                "texts",
                "Which tables are open: all (the default), none, or this one; may be repeated.",
            ),
            Parameter("steps", "--steps", "number", "Gradual: so many options change in a step at most."),
        ),
    ),
    Question(
        "durability",
        "Will it stick, who breaks it first, and what makes it last?",
        (
            Parameter(
                "outcome",
                "outcome",
                "text",
                "What is to last: an outcome or a state; else the aim, from the best strategy's end.",
            ),
            Parameter("strategy", "--strategy", "text", "Begin where this strategy ends inside the outcome."),
            FORESIGHT,
            Parameter("lag", "--lag", "number", "Rounds until a breach is noticed, in repeated play.", 1),
            Parameter("rounds", "--rounds", "number", "Rounds of the survival curve.", 50),
        ),
    ),
    Question(
        "venues",
        "Where should talks be held, and why there?",
        (
            Parameter(
                "strategy",
                "--strategy",
                "text",
                "Whose talks; else the best strategy's if its parties meet.",
            ),
            FORESIGHT,
            Parameter(
                "guarantee",
                "--guarantee",
                "share",
                "A guarantor's interest in the aim, as a share of its own weights.",
                0.03,
            ),
            Parameter(
                "weaker",
                "--weaker",
                "text",
                "The weaker party, whose comfort is in question; else as the scenario says.",
            ),
        ),
    ),
    Question(
        "pressure",
        "How hard is pressure, where does it leak, what tightens it?",
        (
            Parameter("target", "--target", "text", "Whose trade; may be left out where it is only one's."),
            Parameter(
                "at",
                "--at",
                "texts",
                "The state: status-quo (the default), or OPTION=level where it differs; may be repeated.",
                shown="STATE",
            ),
            Parameter("wanted", "--wanted", "share", "Find the least set of channels for this pressure.", 0.6),
        ),
        kernels=False,
    ),
    Question(
        "relations",
        "Who stands with whom, and which relation needs repair first?",
        (
            Parameter(
                "strategy",
                "--strategy",
                "text",
                "The strategy to be helped; else, of those not certain to succeed, the first in assess.",
            ),
            Parameter("step", "--step", "share", "By how much both attitudes of a relation rise.", 0.2),
            Parameter(
                "foresight",
                "--foresight",
                "text",
                f"How far parties look ahead: {concepts.LISTED}; else as the scenario says, else "
                f"{concepts.FORESIGHT}, or seq in a large crisis.",
                shown="CONCEPT",
            ),
            Parameter("events", "--events", "events", "Coded events (ICEWS, GDELT, POLECAT or a plain table)."),
            Parameter("half_life", "--half-life", "number", "Days after which an event counts half.", 180),
        ),
    ),
    Question(
        "contingency",
        "What if a shock comes, and is there a plan for it?",
        (
            Parameter(
                "start",
                "--from",
                "texts",
                "Where things stand: status-quo, a state's number, OPTION=level; else the best strategy's end.",
                shown="STATE",
            ),
            Parameter(
                "strategy",
                "--strategy",
                "text",
                "Where this strategy comes to rest; else where the one does that assess puts first.",
            ),
            Parameter("shocks", "--shock", "texts", "Only this shock; may be repeated."),
            FORESIGHT,
            Parameter("rounds", "--rounds", "number", "Rounds over which chances are given.", 10),
            Parameter("all", "--all", "switch", "Every shock in full: chances, ends, plans and payoffs."),
        ),
    ),
    Question(
        "sweep",
        "How do the strategies fare if the numbers are off?",
        (
            Parameter("worlds", "--worlds", "number", "In how many worlds.", 100, short="-n"),
            FORESIGHT,
            SEED,
            WORKERS,
            Parameter(
                "store",
                "--store",
                "text",
                "Keep the worlds in this file, and go on where it ends.",
                shown="FILE",
            ),
            Parameter(
                "shard",
                "--shard",
                "text",
                "Only a part of the worlds: 2/8 is the second of eight.",
                shown="I/N",
            ),
            Parameter("retry", "--retry-failed", "switch", "Try those again of which nothing came out."),
            Parameter("inputs", "--inputs", "switch", "Tell the drawn numbers of every world too."),
        ),
    ),
    Question(
        "robustness",
        "On which numbers does a strategy's success turn?",
        (
            Parameter("strategy", "--strategy", "text", "Which strategy; else the best over the worlds."),
            Parameter("outcome", "--outcome", "text", "What it is to reach; else the aim."),
            Parameter("worlds", "--worlds", "number", "In how many worlds.", 200, short="-n"),
            FORESIGHT,
            Parameter(
                "edges",
                "--edges",
                "number",
                "Move so many numbers alone, in search of edges; else 10, or all under SEQ.",
            ),
            SEED,
            WORKERS,
            Parameter("store", "--store", "text", "The file of a sweep, to go on where it ends.", shown="FILE"),
        ),
    ),
    Question(
        "backtest",
        "Was what happened what the model would have had happen?",
        (
            FORESIGHT,
            Parameter(
                "floor",
                "--floor",
                "share",
                "The share of `every move alike` in each chance, so that no move is impossible.",
                0.01,
            ),
            Parameter(
                "worlds", "--worlds", "number", "Forecasts also over so many drawn worlds.", 0, short="-n"
            ),
            SEED,
        ),
    ),
    Question(
        "claims",
        "What follows from this picture, of what others claim?",
        (
            Parameter("documents", "--document", "texts", "Only claims of this document; may be repeated."),
            Parameter("claims", "--claim", "texts", "Only this claim, told in full; may be repeated."),
            Parameter("worlds", "--worlds", "number", "In how many drawn worlds tests are tried as well.", 0),
            SEED,
        ),
    ),
)

PUBLIC: Mapping[str, str] = {
    "load": "detente.library:open",
    "loads": "detente.scenario.load:loads",
    "dumps": "detente.scenario.dump:dumps",
    "Scenario": "detente.scenario.model:Scenario",
    **{question.word: question.function for question in QUESTIONS},
    "compare": "detente.comparing:compare",
    "show": "detente.rendering:show",
    "render": "detente.rendering:render",
    "read_events": "detente.ask:read_events",
    "save_charts": "detente.rendering:save_charts",
    "export": "detente.rendering:export",
    "scenarios": "detente.library:builtin",
    "DetenteError": "detente.errors:DetenteError",
    "ScenarioError": "detente.errors:ScenarioError",
    "RefusedError": "detente.errors:RefusedError",
    "TooLargeError": "detente.errors:TooLargeError",
    "UnknownNameError": "detente.errors:UnknownNameError",
}


def question(word: str) -> Question:
    """The row of a question.

    Raises
    ------
    UnknownNameError
        When there is no such question.
    """
    for row in QUESTIONS:
        if row.word == word:
            return row
    raise UnknownNameError("question", word, [row.word for row in QUESTIONS])


def resolve(reference: str) -> Any:
    """The thing that `module:thing` names; loads the module."""
    module, _, thing = reference.partition(":")
    return getattr(import_module(module), thing)
