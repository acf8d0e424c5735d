"""What a claim's test may speak of: the terms, what each takes and gives, and what may be changed for it.

Plain rows, so that reading, checking and documentation go by the same table; `detente.questions.claims` works
the terms out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from detente.scenario.expression import Expression

Gives = Literal[
    "chance", "rounds", "margin", "share", "worth", "weight", "attitude", "composure", "states", "name", "truth"
]
Argument = Literal[
    "strategy",
    "outcome",
    "target",
    "party",
    "seen",
    "parties",
    "interest",
    "dyad",
    "concept",
    "condition",
    "venues",
]
ChangeKind = Literal[
    "level", "attitudes", "attitude", "weight", "composure", "views", "venue", "stage", "open", "close",
    "channel", "after",
]  # fmt: skip

CRISIS: tuple[ChangeKind, ...] = (
    "after", "views", "weight", "attitudes", "attitude", "composure", "channel",
)  # fmt: skip
"""Changes of the crisis itself, in the order in which they are made."""
ATTEMPT: tuple[ChangeKind, ...] = ("level", "venue", "stage", "open", "close")
"""Changes of how a strategy is carried out."""

EACH, ANY, PAIRS, ALL, TRUTH = "each", "any", "pairs", "all", "truth"


@dataclass(frozen=True)
class Change:
    """Something else for one term: a level, an attitude, a venue …; `text` is what was written."""

    kind: ChangeKind
    of: tuple[str, ...]
    value: str = ""
    text: str = field(default="", compare=False)


@dataclass(frozen=True)
class Term:
    """One call of a test, such as `success(summit, frozen; venue = hanoi)`.

    `sides` are the sets of levels that it compares, `condition` the states that it counts, `inner` the number
    whose spread it takes. Terms that ask the same are equal, however they were written.
    """

    name: str
    of: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    sides: tuple[tuple[Change, ...], ...] = ()
    condition: Expression | None = None
    inner: ClaimTest | None = None
    text: str = field(default="", compare=False)

    @property
    def several(self) -> bool:
        """Whether it gives a number for each venue instead of one."""
        return any(change.kind == "venue" and change.value == EACH for change in self.changes)


@dataclass(frozen=True)
class ClaimTest:
    """What would have to hold for a claim: an expression in which `marked(k)` stands for the k-th term."""

    text: str
    expression: Expression = field(compare=False)
    terms: tuple[Term, ...] = field(compare=False)

    def term(self, name: str) -> Term | None:
        """The term that a name in the expression stands for."""
        return next((term for place, term in enumerate(self.terms) if marked(place) == name), None)


MARK = "\N{GREEK SMALL LETTER TAU}"


@dataclass(frozen=True)
class Form:
    """How one term is written, what it gives, and which changes it takes."""

    name: str
    arguments: tuple[Argument, ...]
    gives: Gives
    example: str
    changes: tuple[ChangeKind, ...] = ()
    sides: int = 0


_STATES: tuple[ChangeKind, ...] = ("level", *(kind for kind in CRISIS if kind != "composure"))

FORMS: tuple[Form, ...] = (
    Form(
        "success", ("strategy", "outcome"), "chance", "success(summit, frozen; venue = hanoi)", CRISIS + ATTEMPT
    ),
    Form("lasting", ("strategy", "outcome"), "chance", "lasting(summit, frozen)", CRISIS + ATTEMPT),
    Form("durability", ("strategy",), "rounds", "durability(summit; venue = hanoi)", CRISIS + ATTEMPT),
    Form("margin", ("outcome",), "margin", "margin(frozen; CHN.assurance = yes)", _STATES),
    Form("equilibria", ("concept", "condition"), "states", "equilibria(nash, war and not exchange)", _STATES),
    Form(
        "pressure",
        ("target",),
        "share",
        "pressure(PRK; RUS.enforcement = strict)",
        ("level", "channel", "after"),
    ),
    Form(
        "repair",
        ("strategy", "dyad"),
        "worth",
        "repair(summit, USA ~ CHN)",
        (*(kind for kind in CRISIS if kind != "composure"), "level", "stage", "open", "close"),
    ),
    Form("prefers", ("parties",), "truth", "prefers(CHN; PRK.programme = verified; status-quo)", sides=2),
    Form("weight", ("seen", "interest"), "weight", "weight(CHN, upheaval)", ("after",)),
    Form("attitude", ("party", "party"), "attitude", "attitude(USA, CHN)", ("after", "venue")),
    Form("composure", ("party",), "composure", "composure(PRK; venue = hanoi)", ("venue",)),
    Form("status_quo", (), "truth", "status_quo(CHN.retaliation = yes)", sides=1),
    Form("best", ("venues", "strategy"), "name", "best(venue, summit) == hanoi", (*CRISIS, "level", "stage")),
    Form("spread", (), "chance", "spread(success(summit, frozen; venue = each))"),
)
BY_NAME = {form.name: form for form in FORMS}
FOLDS = ("min", "max", "spread")
"""What makes one number of the numbers of each venue."""


def marked(place: int) -> str:
    """The name that stands for the term at a place."""
    return f"{MARK}{place}"
