"""A crisis made ready to be played: from the words of a scenario to grounds, stages, tables and promises.

Every question that plays strategies begins here, so that all of them play the same.
"""

from __future__ import annotations

import numpy as np

from detente.dynamics.ground import Ground
from detente.dynamics.holding import Promise
from detente.dynamics.judge import Plan, Verdict, judge
from detente.dynamics.seats import Table
from detente.dynamics.stages import NEVER, Course, Mixture, Stage, commit, play
from detente.dynamics.walk import Choice, Conduct
from detente.errors import RefusedError, UnknownNameError
from detente.graph.compile import compile_graph
from detente.graph.evaluate import condition
from detente.graph.names import status_quo
from detente.graph.state_graph import Bools
from detente.scenario import model
from detente.scenario.change import COMPOSURE, move_venue
from detente.scenario.expression import Name
from detente.scenario.model import Scenario, Strategy
from detente.stability.concepts import named

FORESIGHT = "seq"


def conduct_of(scenario: Scenario, foresight: str | None = None, choice: Choice = "best") -> Conduct:
    """How the parties behave: the foresight asked for, else each party's own, else sequential."""
    concepts = [named(foresight or party.foresight or FORESIGHT).name for party in scenario.parties]
    return Conduct(
        foresight=tuple(concepts),
        initiative=tuple(party.initiative.central for party in scenario.parties),
        composure=tuple(
            party.composure.central if party.composure else COMPOSURE for party in scenario.parties
        ),
        choice=choice,
    )


class Case:
    """A scenario compiled for one question: its free ground, its outcomes, and a ground per venue."""

    def __init__(self, scenario: Scenario, conduct: Conduct) -> None:
        self.scenario, self.conduct = scenario, conduct
        self.free = Ground(compile_graph(scenario))
        self.venues: dict[str | None, tuple[Scenario, Ground]] = {None: (scenario, self.free)}
        self.start = status_quo(scenario, self.free.graph)
        self.outcomes = self._outcomes()
        ids = [outcome.id for outcome in scenario.outcomes]
        self.aim = ids.index(scenario.aim) if scenario.aim in ids else None

    def _outcomes(self) -> Bools:
        graph = self.free.graph
        rows = [condition(self.scenario, graph, Name(outcome.id)) for outcome in self.scenario.outcomes]
        return np.array(rows, dtype=np.bool_).reshape(len(rows), graph.states)

    def verdict(self, strategy: Strategy) -> Verdict:
        """How a strategy fares."""
        return judge(self.free, self.conduct, self.plan(strategy), self.start, self.outcomes, self.aim)

    def course(self, strategy: Strategy) -> Course:
        """Where a strategy ends, without a verdict on it."""
        return play(self.plan(strategy).stages, Mixture(np.array([self.start], dtype=np.int64), np.ones(1)))

    def plan(self, strategy: Strategy) -> Plan:
        """A strategy in indices; refused where it cannot begin."""
        plan = Plan(tuple(self.stage(stage) for stage in strategy.stages), self.promises(strategy))
        start = np.array([self.start], dtype=np.int64)
        if commit(self.free.graph, start, plan.stages[0].fixed)[0] == NEVER:
            levels = ", ".join(f"{option}: {level}" for option, level in strategy.stages[0].commit)
            raise RefusedError(
                f"strategy '{strategy.id}' cannot begin: at the status quo it is infeasible, or against the "
                f"direction of an option, to set {levels}. Change the commitment, the rules or the status quo."
            )
        return plan

    def stage(self, stage: model.Stage) -> Stage:
        """A stage in indices."""
        scenario, ground = self.venue(stage.venue)
        conduct = _conduct_at(self.conduct, scenario)
        until = None if stage.until is None else condition(self.scenario, self.free.graph, stage.until)
        return Stage(
            ground=ground,
            conduct=conduct,
            fixed=tuple(sorted(self.level(option, level) for option, level in stage.commit)),
            tables=tuple(self.table(table) for table in stage.tables),
            until=until,
            require=stage.require,
        )

    def venue(self, venue: str | None) -> tuple[Scenario, Ground]:
        """The scenario as it is in a venue, with base payoffs and spans, and its ground."""
        if venue not in self.venues:
            assert venue is not None
            moved = move_venue(self.scenario, venue)
            ground = Ground(compile_graph(moved, base=self.scenario))
            if ground.graph.axes != self.free.graph.axes or len(ground.graph.codes) != len(
                self.free.graph.codes
            ):
                raise RefusedError(
                    f"venue '{venue}' changes the options themselves; no strategy can move there."
                )
            self.venues[venue] = (moved, ground)
        return self.venues[venue]

    def level(self, option: str, level: str) -> tuple[int, int]:
        """Axis and level of a commitment."""
        for axis, known in enumerate(self.scenario.options):
            if known.id == option:
                return axis, known.levels.index(level)
        raise UnknownNameError("option", option, [known.id for known in self.scenario.options])

    def table(self, id: str) -> Table:
        """A table in indices."""
        for table in self.scenario.tables:
            if table.id == id:
                members = tuple(sorted(self.free.graph.parties.index(member) for member in table.members))
                return Table(id, members, table.binding, table.initiative.central)
        raise UnknownNameError("table", id, [table.id for table in self.scenario.tables])

    def promises(self, strategy: Strategy) -> tuple[tuple[int, tuple[Promise, ...]], ...]:
        """What each sponsor commits: its last word on every option."""
        last = {
            self.level(option, level)[0]: self.level(option, level)[1]
            for stage in strategy.stages
            for option, level in stage.commit
        }
        axes = self.free.graph.axes
        owners = sorted({axes[axis].owner for axis in last})
        return tuple(
            (owner, tuple(Promise(axis, level) for axis, level in last.items() if axes[axis].owner == owner))
            for owner in owners
        )


def _conduct_at(conduct: Conduct, scenario: Scenario) -> Conduct:
    """The same conduct with the composure that parties have in a venue."""
    composure = tuple(party.composure.central if party.composure else COMPOSURE for party in scenario.parties)
    return Conduct(conduct.foresight, conduct.initiative, composure, conduct.choice)
