"""Changes that an analyst could propose, by name, and the scenario in which they are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from detente.scenario.change import close_channel, mend_view, open_table, shift_attitude, throughout
from detente.scenario.model import NATURE, Cardinal, Scenario, Strategy

Kind = Literal["promise", "attitude", "view", "commitment", "channel", "table", "venue"]
KINDS: tuple[Kind, ...] = get_args(Kind)
REVALUING = ("attitude", "view", "channel")
"""Kinds that change what states are worth, everywhere."""


@dataclass(frozen=True)
class Edit:
    """One change.

    `party` and `other` are payer and receiver of a promise, holder and object of an attitude or a view,
    owner of a commitment (`party`), or target of a closed channel (`party`). `what` names the option,
    channels, table or venue; `level` the level an option is bound to; `amount` a promise in spans or a
    shift of an attitude; `at` the number of the state (from 1) in which a promise is kept.
    """

    kind: Kind
    party: str = ""
    other: str = ""
    what: str = ""
    level: str = ""
    amount: float = 0.0
    at: int = 0

    @property
    def size(self) -> float:
        """How much of its kind it is: spans promised, attitude shifted, or one."""
        return abs(self.amount) if self.kind in ("promise", "attitude") else 1.0


Written = tuple[tuple[str, ...], ...]


def written(edits: Iterable[Edit]) -> Written:
    """What some edits change, in order of names; by this those that are as good otherwise are told apart."""
    return tuple(sorted((edit.kind, edit.party, edit.other, edit.what, edit.level) for edit in edits))


def revised(scenario: Scenario, edits: Iterable[Edit]) -> Scenario:
    """The scenario in which attitudes, views and channels are changed as said and new tables are open."""
    for edit in edits:
        if edit.kind == "attitude":
            scenario = shift_attitude(scenario, edit.party, edit.other, edit.amount)
        elif edit.kind == "view":
            scenario = mend_view(scenario, edit.party, edit.other)
        elif edit.kind == "channel":
            scenario = close_channel(scenario, edit.party, edit.what)
        elif edit.kind == "table" and edit.what not in {table.id for table in scenario.tables}:
            scenario = open_table(scenario, (edit.party, edit.other), id=edit.what)
    return scenario


def replanned(strategy: Strategy, edits: Iterable[Edit]) -> Strategy:
    """The strategy with commitments, tables and venue changed as said, in every stage."""
    for edit in edits:
        if edit.kind == "commitment":
            strategy = throughout(strategy, commit={edit.what: edit.level})
        elif edit.kind == "table":
            strategy = throughout(strategy, table=edit.what)
        elif edit.kind == "venue":
            strategy = throughout(strategy, venue=edit.what)
    return strategy


def views(scenario: Scenario) -> tuple[Edit, ...]:
    """Every view that could be mended."""
    return tuple(Edit("view", view.holder, view.other) for view in scenario.views)


def channels(scenario: Scenario) -> tuple[Edit, ...]:
    """Every channel that could be closed, one by one."""
    return tuple(
        Edit("channel", pressure.target, what=channel.id)
        for pressure in scenario.pressures
        for channel in pressure.channels
    )


def partners(scenario: Scenario) -> tuple[Edit, ...]:
    """Per target, everything that comes through one partner, closed at once."""
    return tuple(
        Edit("channel", pressure.target, what=partner)
        for pressure in scenario.pressures
        for partner in dict.fromkeys(channel.partner for channel in pressure.channels)
    )


def venues(scenario: Scenario) -> tuple[Edit, ...]:
    """Every venue that talks could be moved to."""
    return tuple(Edit("venue", what=venue.id) for venue in scenario.venues)


def tables(scenario: Scenario) -> tuple[Edit, ...]:
    """Every table of the scenario, and one for every two cardinal parties that have none of their own."""
    known = tuple(Edit("table", what=table.id) for table in scenario.tables)
    seated = {frozenset(table.members) for table in scenario.tables}
    return known + tuple(
        Edit("table", one, two, f"{one}-{two}")
        for one, two in dyads(scenario)
        if frozenset((one, two)) not in seated
    )


def dyads(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Every two parties whose interests are known by weight, onlookers left out.

    An onlooker wants nothing, holds no option and sits at no table: no attitude of or to it changes anything.
    """
    active = {option.owner for option in scenario.options}.union(*(table.members for table in scenario.tables))
    cardinal = [
        party.id
        for party, preference in zip(scenario.parties, scenario.preferences, strict=True)
        if isinstance(preference, Cardinal) and (preference.interests or party.id in active)
    ]
    for place, one in enumerate(cardinal):
        for other in cardinal[place + 1 :]:
            yield one, other


def bound_options(scenario: Scenario) -> tuple[str, ...]:
    """Options that their owner could bind itself in."""
    return tuple(
        option.id
        for option in scenario.options
        if option.owner != NATURE and option.moves != "fixed" and len(option.levels) > 1
    )
