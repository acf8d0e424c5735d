"""A strategy on trial: whether it reaches an outcome once changes are made to the crisis or to the strategy.

Options of nature move in no walk, so they are held at the status quo, which leaves fewer states and the
same course.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.errors import RefusedError
from detente.play.blockers import holdouts
from detente.play.cached_graph import CachedGraph
from detente.play.case import Case
from detente.play.chain import Conduct
from detente.play.commitments import margin
from detente.play.stages import Course, values
from detente.play.verdict import Plan, one_more_stage
from detente.questions.fix.edits import REVALUING, Edit, replanned, revised
from detente.questions.fix.side_payments import Payment, paid
from detente.scenario.change import move_venue
from detente.scenario.expression import Name
from detente.scenario.model import Scenario, Strategy
from detente.states.compile import compile_graph
from detente.states.dependencies import dependencies
from detente.states.evaluate import condition
from detente.states.moves import restrict
from detente.states.names import status_quo
from detente.states.revalued import affected, met, revalued, varied
from detente.states.state_graph import Bools, Int64, StateGraph

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
        whole = compile_graph(scenario)
        levels = whole.levels(status_quo(scenario, whole))
        standing = {axis: levels[axis] for axis, part in enumerate(whole.axes) if part.owner < 0}
        self.graph, self.home = restrict(whole, standing) if standing else (whole, np.arange(whole.states))
        self.codes = whole.codes[self.home]
        self._whole_codes = whole.codes
        self._plain = _Ready(scenario, scenario, conduct, self.graph, self.codes, ())
        self.inside = condition(scenario, self.graph, Name(outcome))

    def arrival(self, edits: Sequence[Edit] = ()) -> Arrival:
        """Where the strategy ends once these changes are made, played anew from the status quo."""
        if self._stranded(edits):
            return STRANDED
        ready = self._ready(edits)
        try:
            course = ready.course(replanned(self.strategy, edits))
        except RefusedError:
            return STRANDED
        inside = self._inside(ready)
        lasting = one_more_stage(ready.free, ready.conduct, course.final).success(inside)
        rests = [rest for rest in course.rests if inside[rest.state]]
        if not rests:
            return Arrival(course.success(inside), lasting, None, float("nan"))
        likeliest = max(rests, key=lambda rest: (rest.probability, -rest.state)).state
        firm = margin(ready.free, likeliest, self.conduct.foresight)
        return Arrival(course.success(inside), lasting, self._number(int(ready.codes[likeliest])), firm)

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
                names, number = self.graph.parties, int(self.home[found.end]) + 1
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

    def _ready(self, edits: Sequence[Edit]) -> _Ready:
        """The changed crisis made ready; changes of the strategy alone need no new one."""
        changed = [edit for edit in edits if edit.kind in (*REVALUING, "promise", "table")]
        if not changed:
            return self._plain
        if all(edit.kind == "table" for edit in changed):
            return self._plain.with_tables(revised(self.scenario, changed))
        promised = tuple(
            (
                int(self._whole_codes[edit.at - 1]),
                Payment(
                    self.graph.parties.index(edit.party), self.graph.parties.index(edit.other), edit.amount
                ),
            )
            for edit in changed
            if edit.kind == "promise"
        )
        variant = revised(self.scenario, changed)
        return _Ready(variant, self.scenario, self.conduct, self.graph, self.codes, promised)

    def _stranded(self, edits: Sequence[Edit]) -> bool:
        """Whether the status quo cannot exist once these changes are made: there is nowhere to begin."""
        rules = [rule.must for rule in self.scenario.rules]
        variant = revised(self.scenario, edits)
        pairs = zip(self.scenario.options, self.scenario.status_quo, strict=True)
        levels = [option.levels.index(level) for option, level in pairs]
        return affected(variant, self.scenario, rules) and not met(variant, levels, rules)

    def _inside(self, ready: _Ready) -> Bools:
        """Which states of a changed crisis belong to the outcome, by its trade."""
        wanted = Name(self.outcome)
        if ready.codes is self.codes and not affected(ready.scenario, self.scenario, [wanted]):
            return self.inside
        return condition(ready.scenario, ready.free.graph, wanted)

    def _number(self, code: int) -> int | None:
        """The state of the whole graph with a code; None for one that only the changed crisis has."""
        place = int(np.searchsorted(self._whole_codes, code))
        known = place < len(self._whole_codes) and self._whole_codes[place] == code
        return place if known else None


class _Ready(Case):
    """A variant of a scenario made ready on fewer states, with promises kept in some of them (by code)."""

    def __init__(
        self,
        scenario: Scenario,
        base: Scenario,
        conduct: Conduct,
        graph: StateGraph,
        codes: Int64,
        promised: tuple[tuple[int, Payment], ...],
    ) -> None:
        self.scenario, self.base, self.conduct, self.promised = scenario, base, conduct, promised
        self.graph, self.codes = varied(graph, codes, scenario, base) if scenario != base else (graph, codes)
        self.free = CachedGraph(self._worth(scenario))
        self.start = status_quo(scenario, self.free.graph)
        self._venues = {None: (scenario, self.free)}

    def with_tables(self, scenario: Scenario) -> _Ready:
        """The same crisis with more tables: nothing is worth anything else, so the grounds are shared."""
        other = object.__new__(_Ready)
        other.__dict__.update(self.__dict__)
        other.scenario = scenario
        return other

    def venue(self, venue: str | None) -> tuple[Scenario, CachedGraph]:
        """The variant as it is in a venue, and its ground with base spans."""
        if venue is not None and venue not in self._venues:
            moved = move_venue(self.scenario, venue)
            self._venues[venue] = (moved, CachedGraph(self._worth(moved)))
        return self._venues[venue]

    def _worth(self, scenario: Scenario) -> StateGraph:
        graph = self.graph
        if scenario != self.scenario:
            graph = revalued(graph, self.codes, scenario, self.base)
        for code, payment in self.promised:
            state = int(np.searchsorted(self.codes, code))
            if state < len(self.codes) and self.codes[state] == code:
                graph = paid(graph, state, (payment,))
        return replace(graph)
