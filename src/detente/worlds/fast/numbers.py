"""The numbers of many worlds in rows: weights, attitudes, scales, initiative and trade.

Where a drawn number goes is found by reading them off a scenario in which every drawn number is a mark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from detente.scenario.judgements import Judgement, Place, with_numbers
from detente.scenario.model import Cardinal, Interest, LevelScale, Number, Pressure, Scenario
from detente.states.payoffs import attitude_matrix
from detente.states.state_graph import Bools, Floats
from detente.trade.channels import diversions

Rows = Mapping[str, Floats]
"""Numbers by what they are of, one row for every world."""

READ = ("parties", "preferences", "attitudes", "views", "pressures", "tables")
"""Parts of a scenario whose numbers are read here."""
UNREAD = ("composure", "recorded", "resolutions")
"""What in them changes no choice of a best move."""
PLAYED = (*READ, "options", "rules", "outcomes", "strategies")
"""Parts of a scenario on which play hangs."""


def interests_of(scenario: Scenario) -> list[Interest]:
    """Every interest: those of the parties, then those of the views."""
    own = (known.interests for known in scenario.preferences if isinstance(known, Cardinal))
    return [one for part in (*own, *(view.interests for view in scenario.views)) for one in part]


def read(scenario: Scenario, seats: Sequence[str]) -> dict[str, Floats]:
    """The numbers of one scenario; `seats` are the ids of tables, in the order of a script."""
    interests, tables = interests_of(scenario), {table.id: table for table in scenario.tables}
    ratified = [tables[seat].ratify for seat in seats]
    found = {
        "weight": [one.weight for one in interests],
        "scale": [value for one in interests for value in _scale(one)],
        "initiative": [party.initiative for party in scenario.parties],
        "table": [tables[seat].initiative for seat in seats],
        "ratified": [Number(1.0) if one is None else one.chance for one in ratified],
    }
    for place, pressure in enumerate(scenario.pressures):
        found |= {f"{name}.{place}": numbers for name, numbers in _traded(scenario, pressure).items()}
    rows = {name: np.array([number.central for number in numbers]) for name, numbers in found.items()}
    return {**rows, "attitude": attitude_matrix(scenario).ravel()}


def _scale(interest: Interest) -> tuple[Number, ...]:
    return interest.quantity.values if isinstance(interest.quantity, LevelScale) else ()


def _traded(scenario: Scenario, pressure: Pressure) -> dict[str, list[Number]]:
    """The numbers of a target's trade; open shares by cut and level."""
    routes = [pressure.diverts[route.rule] for route in diversions(pressure)]
    levels = {option.id: option.levels for option in scenario.options}
    return {
        "value": [channel.value for channel in pressure.channels],
        "importance": [channel.importance for channel in pressure.channels],
        "open": [dict(cut.open).get(level, Number(1.0)) for cut in pressure.cuts for level in levels[cut.by]],
        "spare": [rule.spare for rule in routes],
        "loss": [rule.loss for rule in routes],
        "aid": [aid.value for aid in pressure.aids],
        "worth": [aid.importance for aid in pressure.aids],
    }


class Numbers:
    """Where each drawn number of a scenario goes.

    Parameters
    ----------
    scenario : Scenario
    inputs : what is drawn.
    seats : as of `read`.
    """

    def __init__(self, scenario: Scenario, inputs: Sequence[Judgement], seats: Sequence[str]) -> None:
        marks = {place: Number(_mark(column)) for column, known in enumerate(inputs) for place in known.places}
        self._base = read(scenario, seats)
        marked = read(with_numbers(scenario, marks), seats)
        known = {_mark(column): column for column in range(len(inputs))}
        self._columns = {
            name: [(place, known[number]) for place, number in enumerate(row.tolist()) if number in known]
            for name, row in marked.items()
        }
        landed = {column for pairs in self._columns.values() for _, column in pairs}
        self.lost = [
            one.address
            for column, one in enumerate(inputs)
            if column not in landed and any(_played(scenario, place, seats) for place in one.places)
        ]
        """Addresses of numbers on which play may hang and that are not among the rows."""

    def rows(self, drawn: Floats) -> dict[str, Floats]:
        """The numbers of worlds, given what was drawn, (world, input)."""
        found = {}
        for name, base in self._base.items():
            found[name] = np.repeat(base[None], len(drawn), axis=0)
            for place, column in self._columns[name]:
                found[name][:, place] = drawn[:, column]
        return found

    def varies(self, name: str) -> Bools:
        """(number,) which numbers of a kind are drawn."""
        drawn = np.zeros(len(self._base[name]), dtype=np.bool_)
        drawn[[place for place, _ in self._columns[name]]] = True
        return drawn


def _mark(column: int) -> float:
    """A number that no scenario holds, other in every column."""
    return 2.0**60 * (1 + 2.0**-40 * (1 + column))


def _played(scenario: Scenario, place: Place, seats: Sequence[str]) -> bool:
    """Whether play may hang on the number in a place: not where it is of a table that nobody opens."""
    if place[0] == "tables" and scenario.tables[int(place[1])].id not in seats:
        return False
    return place[0] in PLAYED and not any(step in UNREAD for step in place)
