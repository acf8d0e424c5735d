"""The scenario as frozen, hashable data: what a crisis is, in words, before anything is computed.

Names are strings throughout; indices begin in `detente.states`. Every class is immutable and compares by
value, so a scenario can key a cache. Mappings are kept as tuples of pairs in the order of the document. What a
field holds in a document stands on the field itself; see `fields.Says`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib import import_module
from typing import Annotated, Any, Protocol, Self, TypeVar

from detente.errors import UnknownNameError
from detente.scenario.attempts import (
    COST,
    FORECAST,
    PLAN,
    SHOCK,
    STRATEGY,
    TABLE,
    VENUE,
    Forecast,
    Observation,
    Plan,
    Ratify,
    Shock,
    Stage,
    Strategy,
    Table,
    Venue,
)
from detente.scenario.clock import ROUND, Period, Round
from detente.scenario.crisis import (
    ATTITUDES,
    INTEREST,
    INTERESTS,
    NATURE,
    OPTION,
    OUTCOME,
    PARTY,
    RULE,
    Attitude,
    Cardinal,
    Direction,
    Interest,
    LevelScale,
    Misperception,
    Option,
    Outcome,
    Party,
    Preference,
    Ranking,
    Rule,
    Sense,
    Statement,
    Statements,
    View,
)
from detente.scenario.economy import (
    PRESSURE,
    Aid,
    Channel,
    Cut,
    Diversion,
    Limit,
    Pressure,
    Recorded,
    Resolution,
)
from detente.scenario.fields import (
    CONDITION,
    OPTION_PATTERN,
    SHORT,
    Date,
    Defines,
    Levels,
    ListOf,
    MapOf,
    Pair,
    Refers,
    Says,
    Text,
    Whole,
)
from detente.scenario.grounds import (
    CLAIM,
    FINDING,
    SOURCES,
    TOGETHER,
    Claim,
    Fact,
    Finding,
    Number,
    Source,
    Spread,
    Together,
)

__all__ = [
    "NATURE",
    "Aid",
    "Attitude",
    "Cardinal",
    "Channel",
    "Claim",
    "Cut",
    "Direction",
    "Diversion",
    "Fact",
    "Finding",
    "Forecast",
    "Interest",
    "LevelScale",
    "Limit",
    "Misperception",
    "Number",
    "Observation",
    "Option",
    "Outcome",
    "Party",
    "Period",
    "Plan",
    "Preference",
    "Pressure",
    "Ranking",
    "Ratify",
    "Recorded",
    "Resolution",
    "Round",
    "Rule",
    "Scenario",
    "Sense",
    "Shock",
    "Source",
    "Spread",
    "Stage",
    "Statement",
    "Statements",
    "Strategy",
    "Table",
    "Together",
    "Venue",
    "View",
    "called",
]


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Thing = TypeVar("Thing", bound=_Named)


@dataclass(frozen=True, repr=False, kw_only=True)
class Scenario:
    """A crisis: the whole document, checked, with names resolved and nothing computed.

    `status_quo` holds one level name per option, in option order (first level where the document is silent).
    `preferences` holds one entry per party, in party order. `id` is the built-in name or the file's stem and
    takes no part in comparison. `costs` say per kind of change (a promise, an attitude …) what one unit of it
    costs, so that changes of different kinds can be weighed against each other.
    """

    id: str = field(compare=False)
    title: Annotated[str, Says(SHORT, "What the crisis is called.")]
    about: Annotated[str, Says(Text(), "What it is about, in a few sentences.")] = ""
    aim: Annotated[str | None, Says(Refers("outcome"), "The outcome on which strategies are ranked.")] = None
    limit: Annotated[
        int | None, Says(Whole(1), "The largest admitted number of states.", default="16777216")
    ] = None
    round: Annotated[
        Round | None, Says(ROUND, "What a round is in time, so that durations are told in both.")
    ] = None
    sources: Annotated[
        tuple[Source, ...],
        Says(MapOf(Defines("source", r"[\w-]+"), SOURCES, makes=Source), "The works that judgements cite."),
    ] = ()
    parties: Annotated[
        tuple[Party, ...],
        Says(MapOf(Defines("party"), PARTY, makes=Party), "Who holds options and cares how things stand."),
    ]
    options: Annotated[
        tuple[Option, ...],
        Says(
            MapOf(
                Defines("option", OPTION_PATTERN, "OWNER.option, each letters, digits, _ and -"),
                OPTION,
                makes=Option,
            ),
            "What each of them can do; the owner `nature` holds the shocks.",
        ),
    ]
    rules: Annotated[tuple[Rule, ...], Says(ListOf(RULE), "What must hold in every state.")] = ()
    status_quo: Annotated[
        tuple[str, ...],
        Says(Levels(), "How things stand today.", default="every option at its first level", required=False),
    ]
    outcomes: Annotated[
        tuple[Outcome, ...],
        Says(MapOf(Defines("outcome"), OUTCOME, makes=Outcome), "Named sets of states."),
    ] = ()
    clashes: Annotated[
        tuple[str, ...], Says(ListOf(Refers("outcome")), "Outcomes in which parties' plans collide.")
    ] = ()
    preferences: Annotated[
        tuple[Preference, ...],
        Says(
            MapOf(Refers("party"), INTERESTS),
            "What each party wants: interests, or an order of states.",
            name="interests",
        ),
    ]
    attitudes: Annotated[
        tuple[Attitude, ...],
        Says(
            ATTITUDES,
            "Attitudes: `A > B` is A's attitude to B, `A ~ B` both ways; negative where A gains when B loses.",
            unit="-1 to 1",
            name="relations",
        ),
    ] = ()
    views: Annotated[
        tuple[View, ...],
        Says(
            MapOf(Pair(("of",)), ListOf(INTEREST, least=1), makes=View),
            "What A believes B's interests to be.",
        ),
    ] = ()
    misperceptions: Annotated[
        tuple[Misperception, ...],
        Says(
            MapOf(Refers("party"), ListOf(CONDITION), makes=Misperception),
            "States that a party does not see.",
        ),
    ] = ()
    coalitions: Annotated[
        tuple[tuple[str, ...], ...],
        Says(ListOf(ListOf(Refers("party"), least=2)), "Sets of parties that may act as one."),
    ] = ()
    together: Annotated[
        tuple[Together, ...],
        Says(ListOf(TOGETHER), "Numbers that are off together, wherever worlds are drawn."),
    ] = ()
    pressures: Annotated[
        tuple[Pressure, ...],
        Says(
            MapOf(Refers("party"), PRESSURE, makes=Pressure),
            "A target's trade, and what closes or replaces it.",
            name="pressure",
        ),
    ] = ()
    tables: Annotated[
        tuple[Table, ...],
        Says(
            MapOf(Defines("table"), TABLE, makes=Table),
            "Sets of parties who can change their options together.",
        ),
    ] = ()
    venues: Annotated[
        tuple[Venue, ...],
        Says(MapOf(Defines("venue"), VENUE, makes=Venue), "Where talks can be held, and what that changes."),
    ] = ()
    strategies: Annotated[
        tuple[Strategy, ...],
        Says(
            MapOf(Defines("strategy"), STRATEGY, makes=Strategy),
            "What sponsors can try, stage by stage.",
        ),
    ] = ()
    shocks: Annotated[
        tuple[Shock, ...],
        Says(
            MapOf(Defines("shock"), SHOCK, makes=Shock),
            "What may happen besides nature's options: governments change, guns go off.",
        ),
    ] = ()
    plans: Annotated[
        tuple[Plan, ...], Says(MapOf(Defines("plan"), PLAN, makes=Plan), "Agreed responses to shocks.")
    ] = ()
    claims: Annotated[
        tuple[Claim, ...],
        Says(
            MapOf(Defines("claim", r"[\w-]+"), CLAIM, makes=Claim),
            "What others have written, each with a test.",
        ),
    ] = ()
    costs: Annotated[
        tuple[tuple[str, Number], ...],
        Says(
            COST,
            "What changes of each kind cost, in any one unit; without it kinds are not compared.",
            name="cost",
        ),
    ] = ()
    observed: Annotated[
        tuple[Observation, ...],
        Says(MapOf(Date(), Levels(), makes=Observation), "How options stood at dates."),
    ] = ()
    forecasts: Annotated[
        tuple[Forecast, ...],
        Says(
            MapOf(Defines("forecast", r"[\w-]+"), FORECAST, makes=Forecast),
            "Questions about the future that were asked, with what came of them.",
        ),
    ] = ()
    findings: Annotated[
        tuple[Finding, ...], Says(ListOf(FINDING), "Known answers, kept beside the scenario.")
    ] = ()

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
        changed: Self = _late("edits").with_values(self, values)
        return changed

    def addresses(self) -> dict[str, str | None]:
        """Every address with what stands there, as text; None where the scenario leaves it open."""
        found: dict[str, str | None] = _late("addresses").addresses(self)
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


def _late(module: str) -> Any:
    """Reading or writing by address, loaded when asked for: it reads documents, and these need the model."""
    return import_module(f"detente.scenario.{module}")
