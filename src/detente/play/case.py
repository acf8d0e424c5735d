"""A scenario made ready for play: its free ground, its outcomes, its venues, and its strategies in indices.

Questions that play strategies begin here, so that strategy, venue and conduct mean the same to all of them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from threading import Lock

import numpy as np

from detente.concepts import FORESIGHT, named
from detente.errors import RefusedError, UnknownNameError
from detente.play.cached_graph import CachedGraph
from detente.play.chain import Choice, Conduct
from detente.play.commitments import Promise
from detente.play.stages import NEVER, Course, Lapse, Mixture, Stage, commit, play
from detente.play.table_deals import Table
from detente.play.verdict import Plan, Verdict, judge
from detente.scenario import model
from detente.scenario.change import COMPOSURE, move_venue
from detente.scenario.model import Number, Scenario, Strategy
from detente.states.evaluate import condition
from detente.states.names import status_quo
from detente.states.state_graph import Bools
from detente.states.variant import Variant, whole

BY_ITSELF = Strategy(id="by-itself", sponsors=(), stages=(model.Stage(),), title="Events take their course")
"""Nobody commits to anything: where the status quo goes by itself."""


def conduct_of(
    scenario: Scenario, foresight: str | None = None, choice: Choice = "best", otherwise: str = FORESIGHT
) -> Conduct:
    """How the parties behave: the foresight asked for, else each party's own, else one by default.

    Raises
    ------
    UnknownNameError
        A concept that does not exist.
    """
    return Conduct(
        foresight=tuple(named(foresight or party.foresight or otherwise).name for party in scenario.parties),
        initiative=tuple(party.initiative.central for party in scenario.parties),
        composure=_composure(scenario),
        choice=choice,
    )


class Case:
    """A scenario, or a variant of one, made ready for one question.

    `free` is the ground without commitments, tables and venue; `start` the status quo. A changed crisis is
    played again as the case of its variant (`changed`), on grounds that are shared as far as the change lets
    them be.
    """

    def __init__(self, scenario: Scenario | Variant, conduct: Conduct, like: Case | None = None) -> None:
        self.variant = scenario if isinstance(scenario, Variant) else whole(scenario)
        self.scenario, self.conduct = self.variant.scenario, conduct
        known = like if like is not None and self._worth_as(like) else None
        self._moving: Lock = known._moving if known else Lock()
        self._grounds: dict[str | None, CachedGraph] = (
            known._grounds if known else {None: CachedGraph(self.variant.graph)}
        )
        self.free = self._grounds[None]
        self.start = status_quo(self.scenario, self.free.graph)

    @cached_property
    def outcomes(self) -> Bools:
        """(outcome, state) which states belong to which outcome."""
        rows = [self.variant.inside(outcome.id) for outcome in self.scenario.outcomes]
        return np.array(rows, dtype=np.bool_).reshape(len(rows), self.free.graph.states)

    @property
    def aim(self) -> int | None:
        """The row of the scenario's aim; None without one."""
        ids = [outcome.id for outcome in self.scenario.outcomes]
        return ids.index(self.scenario.aim) if self.scenario.aim in ids else None

    def changed(self, variant: Variant) -> Case:
        """The same crisis, changed: what was worked out is kept where its states are worth what they were."""
        return Case(variant, self.conduct, self)

    @property
    def beginning(self) -> Mixture:
        """The status quo as the mixture from which strategies are played."""
        return Mixture(np.array([self.start], dtype=np.int64), np.ones(1))

    def plan(self, strategy: Strategy) -> Plan:
        """A strategy in indices.

        Raises
        ------
        RefusedError
            It cannot begin at the status quo.
        UnknownNameError
            An option, a table or a venue that the scenario does not know.
        """
        plan = Plan(tuple(self.stage(stage) for stage in strategy.stages), self._promises(strategy))
        begun = commit(self.free.graph, self.beginning.states, plan.stages[0].fixed)
        if begun[0] == NEVER:
            levels = ", ".join(f"{option}: {level}" for option, level in strategy.stages[0].commit)
            raise RefusedError(
                f"strategy '{strategy.id}' cannot begin: at the status quo it is infeasible, or against the "
                f"direction of an option, to set {levels}. Change the commitment, the rules or the status quo."
            )
        return plan

    def prepare(self) -> None:
        """Work out once what every strategy needs, before several are judged side by side."""
        self.free.around(self.beginning.states).outlook.leaving(self.conduct.foresight, np.zeros(0, np.int64))

    def verdict(self, strategy: Strategy) -> Verdict:
        """How a strategy fares from the status quo."""
        return judge(self.free, self.conduct, self.plan(strategy), self.start, self.outcomes, self.aim)

    def course(self, strategy: Strategy) -> Course:
        """Where a strategy leads from the status quo, without a verdict on it."""
        return play(self.plan(strategy).stages, self.beginning)

    def stage(self, stage: model.Stage) -> Stage:
        """A stage in indices."""
        scenario, cached = self.venue(stage.venue)
        return Stage(
            cached=cached,
            conduct=replace(self.conduct, composure=_composure(scenario)),
            fixed=tuple(sorted(self._level(option, level) for option, level in stage.commit)),
            tables=tuple(self._table(table) for table in stage.tables),
            until=None if stage.until is None else condition(self.scenario, self.free.graph, stage.until),
            require=stage.require,
            lapses=tuple(
                self._lapse(option, dict(stage.commit)[option], chance) for option, chance in stage.lapse
            ),
        )

    def lapses(self, strategy: Strategy) -> tuple[Lapse, ...]:
        """What a strategy commits, by its last word on every option, that may be quietly dropped."""
        stages = {option: stage for stage in strategy.stages for option, _ in stage.commit}
        return tuple(
            self._lapse(option, dict(stage.commit)[option], chance)
            for option, stage in stages.items()
            for known, chance in stage.lapse
            if known == option
        )

    def venue(self, venue: str | None) -> tuple[Scenario, CachedGraph]:
        """The scenario as it is in a venue (None: nowhere in particular), and its ground with base spans.

        Raises
        ------
        RefusedError
            There is no such venue.
        """
        moved = self.scenario if venue is None else move_venue(self.scenario, venue)
        with self._moving:
            if venue not in self._grounds:
                graph = self.variant.changed(moved).graph
                self._grounds[venue] = self.free if graph is self.free.graph else CachedGraph(graph)
            return moved, self._grounds[venue]

    def _worth_as(self, other: Case) -> bool:
        """Whether states are worth what they are in another case, in every venue too."""
        return self.variant.graph is other.variant.graph and self.scenario.venues == other.scenario.venues

    def _level(self, option: str, level: str) -> tuple[int, int]:
        """Axis and level of a commitment."""
        for axis, known in enumerate(self.scenario.options):
            if known.id == option:
                return axis, known.levels.index(level)
        raise UnknownNameError("option", option, [known.id for known in self.scenario.options])

    def _lapse(self, option: str, level: str, chance: Number) -> Lapse:
        axis, committed = self._level(option, level)
        return Lapse(axis, committed, self.free.graph.levels(self.start)[axis], chance.central)

    def _table(self, id: str) -> Table:
        for table in self.scenario.tables:
            if table.id == id:
                members = tuple(sorted(self.free.graph.parties.index(member) for member in table.members))
                ratified = 1.0 if table.ratify is None else table.ratify.chance.central
                return Table(id, members, table.binding, table.initiative.central, ratified)
        raise UnknownNameError("table", id, [table.id for table in self.scenario.tables])

    def _promises(self, strategy: Strategy) -> tuple[tuple[int, tuple[Promise, ...]], ...]:
        """What each sponsor commits: its last word on every option."""
        last = dict(self._level(*pair) for stage in strategy.stages for pair in stage.commit)
        axes = self.free.graph.axes
        return tuple(
            (owner, tuple(Promise(axis, level) for axis, level in last.items() if axes[axis].owner == owner))
            for owner in sorted({axes[axis].owner for axis in last})
        )


def _composure(scenario: Scenario) -> tuple[float, ...]:
    return tuple(party.composure.central if party.composure else COMPOSURE for party in scenario.parties)
