"""A strategy on trial: whether it reaches an outcome once changes are made to the crisis or to the strategy.

Options of nature move in no walk, so they are held at the status quo, which leaves fewer states and the
same course.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from detente.errors import RefusedError
from detente.play.blockers import holdouts
from detente.play.case import Case
from detente.play.chain import Conduct
from detente.play.commitments import margin
from detente.play.stages import Course, values
from detente.play.verdict import Plan, one_more_stage
from detente.questions.fix.edits import REVALUING, Edit, replanned, revised
from detente.questions.fix.side_payments import Payment, paid
from detente.scenario.expression import Name
from detente.scenario.model import Scenario, Strategy
from detente.states.dependencies import dependencies
from detente.states.names import status_quo
from detente.states.revalued import affected, met
from detente.states.state_graph import Int64, StateGraph
from detente.states.variant import Granting, whole

CERTAIN = 1 - 1e-9
LEAST_MORE = 1e-6  # spans above the promise that would leave a party indifferent


@dataclass(frozen=True)
class Arrival:
    """Where a strategy ends: its success and lasting success on the outcome, and the likeliest end inside.

    `state` is an index of the whole graph (None: it never rests inside, or only in a state that the changes
    alone make possible), `margin` what it holds by there, under the parties' foresight and with the changes
    made, in spans.
    """

    success: float
    lasting: float
    state: int | None
    margin: float

    @property
    def arrives(self) -> bool:
        """Whether the outcome is reached for certain."""
        return self.success >= CERTAIN


STRANDED = Arrival(0.0, 0.0, None, float("nan"))
"""The end of a strategy that cannot begin."""


class StrategyTrial:
    """One strategy, one outcome, and the effect of changes on whether it gets there."""

    def __init__(self, scenario: Scenario, strategy: Strategy, outcome: str, conduct: Conduct) -> None:
        self.scenario, self.strategy, self.outcome, self.conduct = scenario, strategy, outcome, conduct
        everything = whole(scenario)
        self._variant = everything.calm(status_quo(scenario, everything.graph))
        self._plain = Case(self._variant, conduct)
        self.graph, self.inside = self._variant.graph, self._variant.inside(outcome)

    def arrival(self, edits: Sequence[Edit] = ()) -> Arrival:
        """Where the strategy ends once these changes are made, played anew from the status quo."""
        if self._stranded(edits):
            return STRANDED
        ready = self._ready(edits)
        try:
            course = ready.course(replanned(self.strategy, edits))
        except RefusedError:
            return STRANDED
        inside = ready.variant.inside(self.outcome)
        lasting = one_more_stage(ready.free, ready.conduct, course.final).success(inside)
        rests = [rest for rest in course.rests if inside[rest.state]]
        if not rests:
            return Arrival(course.success(inside), lasting, None, float("nan"))
        likeliest = max(rests, key=lambda rest: (rest.probability, -rest.state)).state
        firm = margin(ready.free, likeliest, self.conduct.foresight)
        home = int(ready.variant.home[likeliest])
        return Arrival(course.success(inside), lasting, home if home >= 0 else None, firm)

    def plan(self) -> Plan:
        """The strategy in indices; refused where it cannot begin."""
        return self._plain.plan(self.strategy)

    def course(self) -> Course:
        """The strategy as it is, as played."""
        return self._plain.course(self.strategy)

    def promises(self) -> Iterator[Edit]:
        """Promises that would open a move towards the outcome, each from the party that gains most by it."""
        course, stages = self.course(), self._plain.plan(self.strategy).stages
        for found in holdouts(course, stages, values(course, self.inside), self.inside):
            gains = self.graph.payoffs[:, found.end] - self.graph.payoffs[:, found.start]
            shares = np.where(np.array(self.graph.cardinal), gains / self.graph.spans, -np.inf)
            shares[found.party] = -np.inf
            payer, wanted = int(shares.argmax()), found.promise + LEAST_MORE
            if shares[payer] >= wanted:
                names, number = self.graph.parties, int(self._variant.home[found.end]) + 1
                yield Edit("promise", names[payer], names[found.party], amount=wanted, at=number)

    def commitments(self) -> Iterator[Edit]:
        """Levels an owner could bind itself to throughout, save of options that the outcome is about."""
        about = dependencies(self.scenario, Name(self.outcome))
        sponsored = {option for stage in self.strategy.stages for option, _ in stage.commit}
        for axis, option in enumerate(self.scenario.options):
            part = self.graph.axes[axis]
            if axis in about or part.owner < 0 or part.moves == "fixed" or option.id in sponsored:
                continue
            for level in option.levels:
                yield Edit("commitment", option.owner, what=option.id, level=level)

    def _ready(self, edits: Sequence[Edit]) -> Case:
        """The changed crisis made ready; changes of the strategy alone need no new one."""
        changed = [edit for edit in edits if edit.kind in (*REVALUING, "promise", "table")]
        if not changed:
            return self._plain
        variant = self._variant.changed(revised(self.scenario, changed))
        promised = [edit for edit in changed if edit.kind == "promise"]
        return self._plain.changed(variant.granted(self._granting(promised)) if promised else variant)

    def _granting(self, promises: Sequence[Edit]) -> Granting:
        """What is promised, each in one state of the whole crisis, wherever that is among some states."""

        def granting(graph: StateGraph, codes: Int64) -> StateGraph:
            for edit in promises:
                code = self._variant.whole[edit.at - 1]
                state = int(np.searchsorted(codes, code))
                if state < len(codes) and codes[state] == code:
                    payer, payee = (graph.parties.index(party) for party in (edit.party, edit.other))
                    graph = paid(graph, state, (Payment(payer, payee, edit.amount),))
            return graph

        return granting

    def _stranded(self, edits: Sequence[Edit]) -> bool:
        """Whether the status quo cannot exist once these changes are made: there is nowhere to begin."""
        rules = [rule.must for rule in self.scenario.rules]
        variant = revised(self.scenario, edits)
        pairs = zip(self.scenario.options, self.scenario.status_quo, strict=True)
        levels = [option.levels.index(level) for option, level in pairs]
        return affected(variant, self.scenario, rules) and not met(variant, levels, rules)
