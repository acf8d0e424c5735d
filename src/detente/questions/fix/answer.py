"""The answer to: what is the least that would make an outcome hold, or be reached?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from detente.answers.answer import Answer

Kind = Literal["promise", "attitude", "view", "commitment", "channel", "table", "venue"]


@dataclass(frozen=True)
class StepSeen:
    """One change."""

    kind: Annotated[Kind, "What kind of change it is."]
    party: Annotated[
        str,
        "Payer of a promise, holder of an attitude or view, owner of the bound option, target whose "
        "channel is shut, or a member of a new table; else empty.",
    ]
    other: Annotated[
        str,
        "Receiver of a promise, object of an attitude or view, or the other member of a new table; else empty.",
    ]
    what: Annotated[str, "The option, channel, table or venue; else empty."]
    level: Annotated[str, "The level an option is bound to; else empty."]
    amount: Annotated[
        float | None,
        "A promise in spans, or the shift of an attitude; None for what is done or not done.",
    ]
    state: Annotated[int | None, "The number of the state in which a promise is kept."]


@dataclass(frozen=True)
class ChangeSeen:
    """Changes made together, what they amount to, and their certificate: the crisis judged anew."""

    steps: Annotated[tuple[StepSeen, ...], "What is changed."]
    size: Annotated[float, "Spans promised, attitudes shifted (sum of sizes), or the number of things changed."]
    cost: Annotated[float | None, "By the scenario's own table of costs; None without one."]
    works: Annotated[
        bool,
        "Whether the state then holds; when a strategy is asked about: whether it then arrives for certain.",
    ]
    margins: Annotated[
        Mapping[str, float | None],
        "Per party the margin of the state with the changes made, in spans; None where a party has no "
        "move or is known only by order. Empty when a strategy is asked about.",
    ]
    margin: Annotated[
        float | None,
        "The least of them; when a strategy is asked about: of the likeliest state inside where it then rests.",
    ]
    success: Annotated[
        float | None,
        "When a strategy is asked about: its success on the outcome with the changes made.",
    ]
    lasting: Annotated[float | None, "The same after one more stage with nobody bound."]
    state: Annotated[int | None, "The number of the state that is meant."]


@dataclass(frozen=True)
class KindSeen:
    """What changes of one kind can do."""

    kind: Annotated[Kind, "What kind of change."]
    status: Annotated[
        Literal["found", "none", "needless", "idle", "absent", "refused"],
        "`found`; `none` (nothing of this kind does it, as far as was searched); `needless` (nothing has "
        "to change); `idle` (cannot matter here); `absent` (the scenario has nothing of the kind); "
        "`refused` (needs interests with weights of every party).",
    ]
    alone: Annotated[int, "How many single changes do it."]
    singles: Annotated[tuple[ChangeSeen, ...], "The cheapest of them."]
    least: Annotated[ChangeSeen | None, "The cheapest combination found, which may be a single one."]
    nearest: Annotated[
        ChangeSeen | None,
        "When a strategy is asked about and nothing was found: what raises its success most, if anything does.",
    ]
    searched: Annotated[
        Literal["formula", "program", "all", "some", "nothing"],
        "`formula` or `program` (nothing cheaper exists), `all` (everything cheaper was tried), `some`, "
        "`nothing`.",
    ]
    tried: Annotated[int, "How many changes were judged."]
    states: Annotated[
        int,
        "In how many of the outcome's states the least was sought, those that could need no less "
        "included; 0 when a strategy is asked about.",
    ]


@dataclass(frozen=True)
class TargetSeen:
    """The state that is to hold."""

    state: Annotated[int, "Its number, from 1."]
    levels: Annotated[tuple[str, ...], "One level name per option."]
    labels: Annotated[tuple[str, ...], "The outcomes it belongs to."]
    stable: Annotated[tuple[str, ...], "The parties for which it holds as things are."]
    margins: Annotated[
        Mapping[str, float | None],
        "Per party, as things are, in spans; None where a party has no move or is known only by order.",
    ]
    margin: Annotated[float | None, "The least of them."]
    shortfall: Annotated[float | None, "What is missing, added up over the parties."]


@dataclass(frozen=True)
class ExchangeSeen:
    """An elementary change of a party's order."""

    party: Annotated[str, "Whose order."]
    kind: Annotated[
        Literal["swap", "reverse"],
        "`swap`: what stands at `place` in its ranking (from 1, best first) changes place with what "
        "stands above it; `reverse`: the statement at `place` (from 1, most important first) is turned "
        "into its contrary.",
    ]
    place: Annotated[int, "Where in the order, from 1."]
    text: Annotated[str, "The states that rise and those that they pass, or the statement."]


@dataclass(frozen=True)
class ReorderingSeen:
    """The fewest changes of the parties' orders that make a state of the outcome hold."""

    changes: Annotated[tuple[ExchangeSeen, ...], "The changes, one after another."]
    state: Annotated[int | None, "The state that then holds; None when none was found."]
    exact: Annotated[bool, "Whether it is certain that fewer do not do."]
    depth: Annotated[int, "All orders with up to so many changes were judged."]
    tried: Annotated[int, "How many orders were judged."]


@dataclass(frozen=True)
class StandingSeen:
    """How an outcome stands under one concept: how many of its states hold, and the best margin among all."""

    holding: Annotated[int, "How many of its states hold."]
    best: Annotated[
        float | None,
        "The best margin among all of them, in spans; None where margins have no meaning.",
    ]


@dataclass(frozen=True, kw_only=True)
class Fix(Answer):
    """The least that would make an outcome hold, or be reached."""

    question: ClassVar[str] = "fix"
    key: ClassVar[tuple[str, ...]] = ("kind",)

    outcome: Annotated[str, "What is to hold, or to be reached."]
    concept: Annotated[
        str,
        "How far parties look ahead; `mixed` where a strategy is asked about and they differ.",
    ]
    chosen: Annotated[
        bool,
        "Whether the concept was asked for.",
    ]
    ending: Annotated[
        str | None,
        "The strategy that assess puts first, in whose likeliest end it is to hold; None: in the state "
        "that is nearest to it.",
    ]
    concepts: Annotated[
        Mapping[str, StandingSeen],
        "Per concept, how the outcome stands as things are; empty when a strategy is asked about.",
    ]
    status_quo: Annotated[tuple[str, ...], "The level of every option at the status quo, to compare with."]
    target: Annotated[
        TargetSeen | None,
        "The state that is nearest to holding; when a strategy is asked about, where it rests inside, if "
        "it does.",
    ]
    among: Annotated[
        int,
        "How many states of the outcome could be mended: those in which shocks and fixed options stand as "
        "they do today, all of them where there are none or only others hold; 0 when a strategy is asked "
        "about.",
    ]
    works: Annotated[bool, "Whether the outcome holds, or is reached for certain, as things are."]
    strategy: Annotated[str | None, "The strategy that is to reach it."]
    success: Annotated[float | None, "Success of the strategy as it is; None without one."]
    lasting: Annotated[float | None, "The same after one more stage with nobody bound."]
    kinds: Annotated[tuple[KindSeen, ...], "Per kind of change, what it can do."]
    costs: Annotated[Mapping[str, float], "The scenario's table of costs, per kind."]
    across: Annotated[
        ChangeSeen | None,
        "The cheapest changes over all kinds that have a cost; None without a table of costs.",
    ]
    reordering: Annotated[ReorderingSeen | None, "For parties known only by order; None where there are none."]

    def rows(self) -> list[dict[str, object]]:
        """One record per kind of change: what the least of it is."""
        return [
            {
                "kind": seen.kind,
                "status": seen.status,
                "alone": seen.alone,
                "size": None if seen.least is None else seen.least.size,
                "cost": None if seen.least is None else seen.least.cost,
                "margin": None if seen.least is None else seen.least.margin,
                "success": None if seen.least is None else seen.least.success,
                "searched": seen.searched,
                "tried": seen.tried,
            }
            for seen in self.kinds
        ]
