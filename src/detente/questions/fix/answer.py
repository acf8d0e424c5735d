"""The answer to: what is the least that would make an outcome hold, or be reached?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from detente.answers.answer import Answer

Kind = Literal["promise", "attitude", "view", "commitment", "channel", "table", "venue"]


@dataclass(frozen=True)
class StepSeen:
    """One change.

    Attributes
    ----------
    kind
        What kind of change it is.
    party, other
        Payer and receiver of a promise, holder and object of an attitude or view, owner of the bound option
        (`party`), target whose channel is shut (`party`), or the two members of a new table; else empty.
    what
        The option, channel, table or venue; else empty.
    level
        The level an option is bound to; else empty.
    amount
        A promise in spans, or the shift of an attitude; None for what is done or not done.
    state
        The number of the state in which a promise is kept.
    """

    kind: Kind
    party: str
    other: str
    what: str
    level: str
    amount: float | None
    state: int | None


@dataclass(frozen=True)
class ChangeSeen:
    """Changes made together, what they amount to, and their certificate: the crisis judged anew with them made.

    Attributes
    ----------
    steps
        What is changed.
    size
        Spans promised, attitudes shifted (sum of sizes), or the number of things changed.
    cost
        By the scenario's own table of costs; None without one.
    works
        Whether the state then holds; when a strategy is asked about: whether it then arrives for certain.
    margins
        Per party the margin of the state with the changes made, in spans; None where a party has no move or
        is known only by order. Empty when a strategy is asked about.
    margin
        The least of them; when a strategy is asked about: of the likeliest state inside where it then rests.
    success, lasting
        When a strategy is asked about: its success on the outcome with the changes made.
    state
        The number of the state that is meant.
    """

    steps: tuple[StepSeen, ...]
    size: float
    cost: float | None
    works: bool
    margins: Mapping[str, float | None]
    margin: float | None
    success: float | None
    lasting: float | None
    state: int | None


@dataclass(frozen=True)
class KindSeen:
    """What changes of one kind can do.

    Attributes
    ----------
    kind
        What kind of change.
    status
        `found`; `none` (nothing of this kind does it, as far as was searched); `needless` (nothing has to
        change); `idle` (cannot matter here); `absent` (the scenario has nothing of the kind); `refused`
        (needs interests with weights of every party).
    alone
        How many single changes do it.
    singles
        The cheapest of them.
    least
        The cheapest combination found, which may be a single one.
    nearest
        When a strategy is asked about and nothing was found: what raises its success most, if anything does.
    searched
        `formula` or `program` (nothing cheaper exists), `all` (everything cheaper was tried), `some`,
        `nothing`.
    tried
        How many changes were judged.
    states
        In how many of the outcome's states the least was sought, those that could need no less included; 0
        when a strategy is asked about.
    """

    kind: Kind
    status: Literal["found", "none", "needless", "idle", "absent", "refused"]
    alone: int
    singles: tuple[ChangeSeen, ...]
    least: ChangeSeen | None
    nearest: ChangeSeen | None
    searched: Literal["formula", "program", "all", "some", "nothing"]
    tried: int
    states: int


@dataclass(frozen=True)
class TargetSeen:
    """The state that is to hold.

    Attributes
    ----------
    state
        Its number, from 1.
    levels
        One level name per option.
    labels
        The outcomes it belongs to.
    stable
        The parties for which it holds as things are.
    margins
        Per party, as things are, in spans; None where a party has no move or is known only by order.
    margin
        The least of them.
    shortfall
        What is missing, added up over the parties.
    """

    state: int
    levels: tuple[str, ...]
    labels: tuple[str, ...]
    stable: tuple[str, ...]
    margins: Mapping[str, float | None]
    margin: float | None
    shortfall: float | None


@dataclass(frozen=True)
class ExchangeSeen:
    """An elementary change of a party's order.

    Attributes
    ----------
    party
        Whose order.
    kind
        `swap`: what stands at `place` in its ranking (from 1, best first) changes place with what stands
        above it; `reverse`: the statement at `place` (from 1, most important first) is turned into its
        contrary.
    place
        Where in the order, from 1.
    text
        The states that rise and those that they pass, or the statement.
    """

    party: str
    kind: Literal["swap", "reverse"]
    place: int
    text: str


@dataclass(frozen=True)
class ReorderingSeen:
    """The fewest changes of the parties' orders that make a state of the outcome hold.

    Attributes
    ----------
    changes
        The changes, one after another.
    state
        The state that then holds; None when none was found.
    exact
        Whether it is certain that fewer do not do.
    depth
        All orders with up to so many changes were judged.
    tried
        How many orders were judged.
    """

    changes: tuple[ExchangeSeen, ...]
    state: int | None
    exact: bool
    depth: int
    tried: int


@dataclass(frozen=True)
class StandingSeen:
    """How an outcome stands under one concept: how many of its states hold, and the best margin among all.

    Attributes
    ----------
    holding
        How many of its states hold.
    best
        The best margin among all of them, in spans; None where margins have no meaning.
    """

    holding: int
    best: float | None


@dataclass(frozen=True, kw_only=True)
class Fix(Answer):
    """The least that would make an outcome hold, or be reached.

    Attributes
    ----------
    outcome
        What is to hold, or to be reached.
    concept
        How far parties look ahead; `mixed` where a strategy is asked about and they differ.
    chosen
        Whether the concept was asked for. If not: sequential stability, or Nash where the outcome already
        holds under that.
    concepts
        Per concept, how the outcome stands as things are; empty when a strategy is asked about.
    status_quo
        The level of every option at the status quo, to compare with.
    target
        The state that is nearest to holding; when a strategy is asked about, where it rests inside, if it
        does.
    among
        How many states of the outcome could be mended: those in which shocks and fixed options stand as they
        do today, all of them where there are none or only others hold; 0 when a strategy is asked about.
    works
        Whether the outcome holds, or is reached for certain, as things are.
    strategy
        The strategy that is to reach it.
    success, lasting
        Of the strategy as it is.
    kinds
        Per kind of change, what it can do.
    costs
        The scenario's table of costs, per kind.
    across
        The cheapest changes over all kinds that have a cost; None without a table of costs.
    reordering
        For parties known only by order; None where there are none.
    """

    question: ClassVar[str] = "fix"
    key: ClassVar[tuple[str, ...]] = ("kind",)

    outcome: str
    concept: str
    chosen: bool
    concepts: Mapping[str, StandingSeen]
    status_quo: tuple[str, ...]
    target: TargetSeen | None
    among: int
    works: bool
    strategy: str | None
    success: float | None
    lasting: float | None
    kinds: tuple[KindSeen, ...]
    costs: Mapping[str, float]
    across: ChangeSeen | None
    reordering: ReorderingSeen | None

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
