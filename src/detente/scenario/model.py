"""The scenario as frozen, hashable data: what a crisis is, in words, before anything is computed.

Names are strings throughout; indices begin in `detente.states`. Every class is immutable and compares by
value, so a scenario can key a cache. Mappings are kept as tuples of pairs in the order of the document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib import import_module
from typing import Any, Literal, Protocol, Self, TypeVar

from detente.errors import UnknownNameError
from detente.scenario.expression import Expression

NATURE = "nature"
Direction = Literal["both", "up", "down", "fixed"]
Sense = Literal["wants", "avoids"]


@dataclass(frozen=True)
class Spread:
    """How unsure a number is.

    `normal`: low and high are the central value ± two standard deviations, truncated to the field's bounds;
    `triangular`: low, mode (the central value), high; `uniform`: low to high.
    """

    kind: Literal["normal", "triangular", "uniform"]
    low: float
    high: float


@dataclass(frozen=True)
class Number:
    """A number of the scenario with its spread, its reason and its sources (ids of `Scenario.sources`)."""

    central: float
    spread: Spread | None = None
    because: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A work that judgements cite."""

    id: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    year: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Party:
    """A state or group that holds options and cares about how things stand.

    `initiative` is its relative chance to be the next to move; `composure` its κ in the logit choice of
    durability; `foresight` the concept that describes how far it looks (None: the question's choice).
    """

    id: str
    name: str = ""
    iso: str = ""
    about: str = ""
    initiative: Number = Number(1.0)
    composure: Number | None = None
    foresight: str | None = None


@dataclass(frozen=True)
class Option:
    """Something its owner can set to one of several ordered levels; `owner` may be `nature`.

    `moves` says in which directions the owner may change it; `hazard` (nature only) is the chance per round
    that it rises one level.
    """

    id: str
    owner: str
    name: str
    title: str = ""
    levels: tuple[str, ...] = ("no", "yes")
    moves: Direction = "both"
    hazard: Expression | None = None
    because: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A condition that holds in every feasible state, and why."""

    must: Expression
    because: str = ""


@dataclass(frozen=True)
class Outcome:
    """A named set of states."""

    id: str
    where: Expression
    title: str = ""


@dataclass(frozen=True)
class LevelScale:
    """A number per level of one option, e.g. `{USA.assurance: {none: 0, pledge: 0.4, treaty: 1}}`."""

    option: str
    values: tuple[Number, ...]


@dataclass(frozen=True)
class Interest:
    """One thing a party wants or avoids: a quantity in [0, 1] with a weight.

    `relational` false: others' attitudes to this party do not pick the interest up (V' of the model).
    """

    sense: Sense
    quantity: Expression | LevelScale
    weight: Number
    name: str = ""
    relational: bool = True
    because: str = ""
    source: tuple[str, ...] = ()


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

    groups: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Statements:
    """Prioritized statements, most important first."""

    statements: tuple[Statement, ...]


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


@dataclass(frozen=True)
class Channel:
    """A stream of value into the target's economy: partner, good and kind, with its yearly value."""

    partner: str
    good: str
    kind: Literal["licit", "illicit", "labour", "aid"]
    value: Number
    importance: Number = Number(1.0)
    flow: Literal["export", "import", "transfer"] = "export"

    @property
    def id(self) -> str:
        """Partner, good and kind as one name, e.g. `CHN coal licit`."""
        return f"{self.partner} {self.good} {self.kind}"


@dataclass(frozen=True)
class Cut:
    """How far an option closes channels: the share that stays open at each level of `by`.

    `channels` selects by words in any order (partner, good, kind): `CHN coal`, `RUS`, `coal illicit`, `all`.
    """

    channels: str
    by: str
    open: tuple[tuple[str, Number], ...]
    because: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Diversion:
    """Trade lost on `origin` that may move to `destination` while `when` holds, up to `spare`, at a loss."""

    origin: str
    destination: str
    spare: Number
    loss: Number = Number(0.0)
    when: Expression | None = None
    because: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Aid:
    """New value that appears while `when` holds, up to `value` a year."""

    partner: str
    value: Number
    when: Expression
    importance: Number = Number(1.0)
    because: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limit:
    """The share of its value that a resolution leaves to the channels it names, at most; selected as in cuts.

    It is in force from the day `since`, or from the resolution's own date where that is empty.
    """

    channels: str
    open: Number
    since: str = ""
    because: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Resolution:
    """A text that limits the target's trade from a day on, whoever obeys it; limits add to those before."""

    id: str
    date: str
    title: str = ""
    limits: tuple[Limit, ...] = ()
    because: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recorded:
    """Trade that statistics record for a year: with one partner or with all, one way or both together."""

    year: int
    value: Number
    partner: str = ""
    flow: Literal["total", "export", "import"] = "total"
    because: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pressure:
    """The trade of one target and what closes, moves or adds to it.

    `balance`: imports may not exceed exports, labour, aid and the baseline deficit. `resolutions` and
    `recorded` change no payoff: they hold the model of trade against what happened.
    """

    target: str
    unit: str = ""
    channels: tuple[Channel, ...] = ()
    cuts: tuple[Cut, ...] = ()
    diverts: tuple[Diversion, ...] = ()
    aids: tuple[Aid, ...] = ()
    balance: bool = False
    resolutions: tuple[Resolution, ...] = ()
    recorded: tuple[Recorded, ...] = ()

    def select(self, selector: str) -> tuple[int, ...]:
        """Channels whose partner, good and kind contain every word of the selector, by index, ascending.

        The words may stand in any order, e.g. `CHN coal`, `RUS`, `illicit`; `all` alone means every channel.
        """
        words = set(selector.split())
        if words == {"all"}:
            return tuple(range(len(self.channels)))
        known = (set(channel.id.split()) for channel in self.channels)
        return tuple(index for index, here in enumerate(known) if words and words <= here)


@dataclass(frozen=True)
class Table:
    """Parties who may change their options together."""

    id: str
    members: tuple[str, ...]
    title: str = ""
    binding: bool = False
    initiative: Number = Number(1.0)


@dataclass(frozen=True)
class Venue:
    """Where talks are held: changes inputs (composure, attitudes, guarantors, assurance), never an answer."""

    id: str
    title: str = ""
    host: str = ""
    composure: tuple[tuple[str, Number], ...] = ()
    guarantors: tuple[str, ...] = ()
    assurance: tuple[tuple[str, Number], ...] = ()
    attitudes: tuple[Attitude, ...] = ()
    because: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stage:
    """One phase of a strategy: what sponsors set, which tables are open, where, and until what holds."""

    commit: tuple[tuple[str, str], ...] = ()
    tables: tuple[str, ...] = ()
    venue: str | None = None
    until: Expression | None = None
    require: bool = False
    title: str = ""


@dataclass(frozen=True)
class Strategy:
    """What sponsors commit to, stage by stage."""

    id: str
    sponsors: tuple[str, ...]
    stages: tuple[Stage, ...]
    title: str = ""
    because: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Agreed responses to a shock; in `after`, the name of a shock is true right after it and only then."""

    id: str
    after: Expression
    do: tuple[tuple[str, str], ...]
    title: str = ""
    because: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shock:
    """Something that may happen to the parties, other than an option of nature that rises by itself.

    It happens with the chance `hazard` per round and changes what `set` says of options (whoever owns them,
    and in any direction), shifts `attitudes`, and multiplies the weights of interests: by party, then by the
    interest's name. It does so once and for good; no state says that it has happened.
    """

    id: str
    hazard: Expression
    title: str = ""
    set: tuple[tuple[str, str], ...] = ()
    attitudes: tuple[Attitude, ...] = ()
    weights: tuple[tuple[str, tuple[tuple[str, Number], ...]], ...] = ()
    because: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """A sentence somebody wrote, in own words, with the test it is held against (kept as text here)."""

    id: str
    says: str
    test: str
    source: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True)
class Observation:
    """How options stood at a date."""

    date: str
    levels: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Finding:
    """A published or expected answer kept beside a scenario, with how good the evidence for it is."""

    text: str
    evidence: str = ""


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Thing = TypeVar("Thing", bound=_Named)


@dataclass(frozen=True, repr=False)
class Scenario:
    """A crisis: the whole document, checked, with names resolved and nothing computed.

    `status_quo` holds one level name per option, in option order (first level where the document is silent).
    `preferences` holds one entry per party, in party order. `id` is the built-in name or the file's stem and
    takes no part in comparison. `costs` say per kind of change (a promise, an attitude …) what one unit of it
    costs, so that changes of different kinds can be weighed against each other.
    """

    id: str = field(compare=False)
    title: str
    parties: tuple[Party, ...]
    options: tuple[Option, ...]
    preferences: tuple[Preference, ...]
    status_quo: tuple[str, ...]
    about: str = ""
    aim: str | None = None
    sources: tuple[Source, ...] = ()
    rules: tuple[Rule, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    clashes: tuple[str, ...] = ()
    attitudes: tuple[Attitude, ...] = ()
    views: tuple[View, ...] = ()
    misperceptions: tuple[Misperception, ...] = ()
    coalitions: tuple[tuple[str, ...], ...] = ()
    pressures: tuple[Pressure, ...] = ()
    tables: tuple[Table, ...] = ()
    venues: tuple[Venue, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    plans: tuple[Plan, ...] = ()
    claims: tuple[Claim, ...] = ()
    observed: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = ()
    limit: int | None = None
    costs: tuple[tuple[str, Number], ...] = ()
    shocks: tuple[Shock, ...] = ()

    def with_value(self, address: str, value: Any) -> Self:
        """The scenario with another value at an address, such as `interests.PRK.pressure.weight`.

        Parameters
        ----------
        address : str
            `addresses()` lists them all.
        value : number, str, bool or None
            A number, with its spread as a text if it has one ("4 ± 1"); a level; an expression; None for the
            default.

        Returns
        -------
        Scenario
            Checked like a document.

        Raises
        ------
        UnknownNameError
            For an address that the scenario does not have, with a near miss.
        ScenarioError
            For a value that a document could not hold there.
        """
        return self.with_values({address: value})

    def with_values(self, values: Mapping[str, Any]) -> Self:
        """The scenario with other values at several addresses at once; see `with_value`."""
        changed: Self = _by_address().with_values(self, values)
        return changed

    def addresses(self) -> dict[str, str | None]:
        """Every address with what stands there, as text; None where the scenario leaves it open."""
        found: dict[str, str | None] = _by_address().addresses(self)
        return found

    def party(self, id: str) -> Party:
        """The party of that id; an UnknownNameError with a near miss where there is none."""
        return called("party", self.parties, id)

    def option(self, id: str) -> Option:
        """The option of that id, as `party`."""
        return called("option", self.options, id)

    def outcome(self, id: str) -> Outcome:
        """The outcome of that id, as `party`."""
        return called("outcome", self.outcomes, id)

    def table(self, id: str) -> Table:
        """The table of that id, as `party`."""
        return called("table", self.tables, id)

    def venue(self, id: str) -> Venue:
        """The venue of that id, as `party`."""
        return called("venue", self.venues, id)

    def strategy(self, id: str) -> Strategy:
        """The strategy of that id, as `party`."""
        return called("strategy", self.strategies, id)

    def shock(self, id: str) -> Shock:
        """The shock of that id, as `party`; options of nature are options."""
        return called("shock", self.shocks, id)

    def plan(self, id: str) -> Plan:
        """The plan of that id, as `party`."""
        return called("plan", self.plans, id)

    def claim(self, id: str) -> Claim:
        """The claim of that id, as `party`."""
        return called("claim", self.claims, id)

    def __repr__(self) -> str:
        return f"<Scenario {self.id!r}: {', '.join(f'{many} {what}' for what, many in self._counts())}>"

    def _repr_html_(self) -> str:
        """How notebooks show it: its title, what it is about, and how much of what it holds."""
        cells = "".join(f"<tr><td>{what}</td><td>{many}</td></tr>" for what, many in self._counts())
        about = f"<p>{escape(self.about)}</p>" if self.about else ""
        return f"<h4>{escape(self.title)}</h4>{about}<table>{cells}</table>"

    def _counts(self) -> list[tuple[str, int]]:
        counts = {
            "parties": len(self.parties),
            "options": len(self.options),
            "outcomes": len(self.outcomes),
            "tables": len(self.tables),
            "venues": len(self.venues),
            "strategies": len(self.strategies),
            "shocks": len(self.shocks) + sum(option.hazard is not None for option in self.options),
            "plans": len(self.plans),
            "claims": len(self.claims),
        }
        return [(what, many) for what, many in counts.items() if many]


def called(kind: str, things: Sequence[Thing], id: str) -> Thing:
    """The one of several things that has an id.

    Raises
    ------
    UnknownNameError
        When none has, with a near miss.
    """
    for thing in things:
        if thing.id == id:
            return thing
    raise UnknownNameError(kind, id, [thing.id for thing in things])


def _by_address() -> Any:
    """Reading and writing by address, loaded when asked for: it reads documents, and these need the model."""
    return import_module("detente.scenario.addresses")
