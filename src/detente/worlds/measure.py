"""What is recorded of a world: how far each strategy gets there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from detente.errors import DetenteError
from detente.play.case import BY_ITSELF, Case, conduct_of
from detente.play.verdict import fared, placed, ranked
from detente.scenario.model import Scenario
from detente.states.state_graph import Floats
from detente.worlds.edges import Change, changed
from detente.worlds.fast.quick import Quick, quick
from detente.worlds.worlds import SEED, Worlds, calm

Values = tuple[float, ...]


@dataclass(frozen=True)
class Record:
    """What came out of a world; `reason` says why nothing did."""

    world: int
    values: Values = ()
    reason: str = ""

    @property
    def failed(self) -> bool:
        """Whether nothing came out."""
        return bool(self.reason)


def _silence(done: int) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Measure:
    """How the strategies of a scenario fare in its worlds.

    Attributes
    ----------
    scenario : Scenario
    seed : of the draws.
    foresight : of all parties; None: each its own, else the default.
    """

    scenario: Scenario
    seed: int = SEED
    foresight: str | None = None

    def __reduce__(self) -> tuple[object, ...]:
        """Another process gets what is measured, and compiles it for itself."""
        return Measure, (self.scenario, self.seed, self.foresight)

    @cached_property
    def worlds(self) -> Worlds:
        """The worlds that are measured."""
        return Worlds(self.scenario, self.seed)

    @property
    def strategies(self) -> tuple[str, ...]:
        """Ids of the strategies; of the course of events where the scenario has none."""
        return tuple(one.id for one in self.scenario.strategies or (BY_ITSELF,))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of a record's values: per strategy its success by outcome, then how it does on the aim.

        `lasting` is its success there after one more stage with nobody bound, `margin` by how much it holds
        against single moves where it ends (nan where that is not defined), `rank` its place on the aim from 1.
        """
        outcomes = [f"success.{outcome.id}" for outcome in self.scenario.outcomes]
        aim = ["lasting", "margin", "rank"] if self.scenario.aim else []
        return tuple(f"{one}.{what}" for one in self.strategies for what in (*outcomes, *aim))

    @cached_property
    def quick(self) -> Quick | None:
        """The fast way to look at many worlds, where there is one."""
        conduct = conduct_of(self.scenario, self.foresight)
        if set(conduct.foresight) != {"seq"}:
            return None
        try:
            found = quick(self.worlds, Case(self.worlds.calm, conduct))
        except DetenteError:  # every world will say what is wrong
            return None
        return None if isinstance(found, str) else found

    def several(self, worlds: Sequence[int]) -> list[Record]:
        """The records of some worlds, as `of`; the fast way where there is one."""
        if self.quick is None:
            return [self.of(world) for world in worlds]
        drawn = self.worlds.of(worlds)
        found, known = self.quick.fares(drawn, lambda: [self.worlds.world(world) for world in worlds])
        return [
            Record(world, self._with_ranks(fares)) if sure else self.of(world)
            for world, fares, sure in zip(worlds, found, known, strict=True)
        ]

    def of(self, world: int) -> Record:
        """The record of a world; whatever goes wrong in it is its reason."""
        try:
            return Record(world, self._values(world))
        except DetenteError as error:
            return Record(world, reason=str(error))
        except Exception as error:  # a world that breaks costs no other
            return Record(world, reason=f"{type(error).__name__}: {error}")

    def successes(
        self, changes: Sequence[Change], strategy: str, outcome: str, tell: Callable[[int], None] = _silence
    ) -> list[float]:
        """How often a strategy reaches an outcome with one of the inputs changed, under each of some changes.

        Weights count as shares of the sum in the scenario so changed, as where it is written so. `tell` is told
        how many are done.
        """
        if self.quick is None:
            found = []
            for done, change in enumerate(changes):
                tell(done)
                found.append(self._success(changed(self.scenario, change), strategy, outcome))
            return found
        place = self.strategies.index(strategy)
        row = [known.id for known in self.scenario.outcomes].index(outcome)
        columns = [self.worlds.inputs.index(known) for known, _ in changes]
        drawn = np.repeat(self.worlds.values(0, 1), len(changes), axis=0)
        drawn[range(len(changes)), columns] = [value for _, value in changes]
        scenarios = [changed(self.scenario, change) for change in changes]
        fares, known = self.quick.fares(drawn, lambda: scenarios, rescaled=True)
        return [
            float(fare[place, row]) if sure else self._success(scenario, strategy, outcome)
            for fare, sure, scenario in zip(fares, known, scenarios, strict=True)
        ]

    def _success(self, scenario: Scenario, strategy: str, outcome: str) -> float:
        case = Case(calm(scenario), conduct_of(scenario, self.foresight))
        chosen = next(one for one in scenario.strategies or (BY_ITSELF,) if one.id == strategy)
        return case.course(chosen).success(case.variant.inside(outcome))

    def _with_ranks(self, fares: Floats) -> Values:
        """The values of a record, given success by outcome and, with an aim, lasting success and margin."""
        if not self.scenario.aim:
            return tuple(fares.ravel().tolist())
        aim = [outcome.id for outcome in self.scenario.outcomes].index(self.scenario.aim)
        ranks = dict(placed([tuple(row) for row in fares[:, [aim, -2, -1]].tolist()]))
        rows = [[*row, float(ranks[place])] for place, row in enumerate(fares.tolist())]
        return tuple(value for row in rows for value in row)

    def _values(self, world: int) -> Values:
        scenario = self.worlds.world(world)
        conduct = conduct_of(scenario, self.foresight)
        case = Case(self.worlds.calm.changed(scenario), conduct)
        fares = [
            fared(case.free, conduct, case.plan(one), case.start, case.outcomes)
            for one in scenario.strategies or (BY_ITSELF,)
        ]
        ranks = dict(ranked(fares, case.aim))
        rows: list[Floats] = []
        for place, fare in enumerate(fares):
            rows.append(fare.success)
            if case.aim is not None:
                rows.append(np.array([fare.lasting[case.aim], fare.margin, ranks[place]]))
        return tuple(np.concatenate(rows).tolist()) if rows else ()
