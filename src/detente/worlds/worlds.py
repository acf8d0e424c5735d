"""Worlds: a scenario as it is if its numbers are off, each drawn from what they are believed to be.

World 0 has every number at its central value. What scales values and gains stays that of world 0, whatever the
draws, so that worlds can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from detente.scenario.correlation import bundles, correlations, factor
from detente.scenario.judgements import Judgement, groups_of, judgements, with_numbers
from detente.scenario.model import Number, Scenario
from detente.states.names import status_quo
from detente.states.state_graph import Floats
from detente.states.variant import Variant, whole
from detente.worlds.draws import Stream, coupled, quantile

SEED = 1

NEAR = 16  # draws of so many worlds cost little more than those of one


class Bundle(NamedTuple):
    """Inputs that are off together: their places, and the factor of their correlations."""

    inputs: tuple[int, ...]
    factor: Floats


def calm(scenario: Scenario) -> Variant:
    """A scenario on the states that play from its status quo can come to while nature holds still."""
    variant = whole(scenario)
    return variant.calm(status_quo(scenario, variant.graph))


class Worlds:
    """The worlds of a scenario.

    Parameters
    ----------
    scenario : Scenario
    seed : int
        Other seeds, other worlds.

    Attributes
    ----------
    inputs : tuple of Judgement
        The numbers that have a spread.
    """

    def __init__(self, scenario: Scenario, seed: int = SEED) -> None:
        self.scenario, self.seed = scenario, seed
        self.inputs = tuple(known for known in judgements(scenario) if known.number.spread is not None)

    def values(self, first: int, count: int) -> Floats:
        """(world, input) the numbers of so many worlds from `first` on; those of world 0 are the central ones.

        Columns are in the order of `inputs`.
        """
        if first == 0:
            central = np.array([[known.number.central for known in self.inputs]])
            return np.vstack([central, self.values(1, count - 1)]) if count > 1 else central[:count]
        chances = [Stream(self.seed, min(known.addresses)).uniform(first, count) for known in self.inputs]
        for bundle in self._bundles:
            joint = coupled([chances[place] for place in bundle.inputs], bundle.factor)
            for place, column in zip(bundle.inputs, joint, strict=True):
                chances[place] = column
        columns = [_drawn(known, column) for known, column in zip(self.inputs, chances, strict=True)]
        return np.column_stack(columns) if columns else np.empty((count, 0))

    def of(self, numbers: Sequence[int]) -> Floats:
        """As `values`, of worlds by their numbers in any order."""
        wanted = np.asarray(numbers, dtype=np.int64)
        if not len(wanted):
            return self.values(1, 0)
        first, last = int(wanted.min()), int(wanted.max())
        if last - first < NEAR * len(wanted):
            return self.values(first, last - first + 1)[wanted - first]
        return np.vstack([self.values(number, 1) for number in wanted.tolist()])

    def world(self, number: int) -> Scenario:
        """The scenario with the numbers of a world; 0: the scenario itself."""
        return self.scenario if number == 0 else self._with(self.values(number, 1)[0])

    def scenarios(self, first: int, count: int) -> Iterator[Scenario]:
        """The scenarios of so many worlds, from `first` on."""
        for row in self.values(first, count):
            yield self._with(row)

    @cached_property
    def calm(self) -> Variant:
        """The scenario on the states that play from its status quo can come to while nature holds still."""
        return calm(self.scenario)

    def _with(self, row: Floats) -> Scenario:
        numbers = {
            place: replace(known.number, central=value, spread=None)
            for known, value in zip(self.inputs, row.tolist(), strict=True)
            for place in known.places
        }
        return with_numbers(self.scenario, numbers)

    @cached_property
    def _bundles(self) -> list[Bundle]:
        """The inputs that are off together, through several groups too."""
        groups = groups_of(self.scenario)
        places = {known.address: place for place, known in enumerate(self.inputs)}
        found = []
        for names in bundles(groups):
            drawn = [name for name in names if name in places]
            rows = factor(correlations(drawn, groups))
            assert rows is not None, "the scenario was checked"
            matrix = np.array([[*row, *[0.0] * (len(rows) - len(row))] for row in rows])
            found.append(Bundle(tuple(places[name] for name in drawn), matrix))
        return found


def _drawn(known: Judgement, chances: Floats) -> Floats:
    number: Number = known.number
    assert number.spread is not None
    return quantile(number.spread, number.central, known.low, known.high, chances)
