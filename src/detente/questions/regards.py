"""A strategy under other attitudes: only payoffs change, and they are linear in the attitudes.

Worked out once per slice of the states (a venue and a set of commitments) are its shape and what its states are
worth apart from attitudes. Each variant then costs one product, ranks where they change, and a walk.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from threading import Lock

import numpy as np

from detente.play import noisy_play
from detente.play.cached_graph import CachedGraph, Fixed
from detente.play.case import Case
from detente.play.move_index import MoveIndex, lay_out
from detente.play.outlook import Foresight
from detente.play.stages import Course, Mixture, Stage, play
from detente.play.table_deals import Table
from detente.scenario.model import Strategy
from detente.stability.closure.closures import Field, open_field
from detente.stability.closure.grid import share_grid
from detente.states.moves import restrict
from detente.states.payoffs import Worth, attitude_matrix, worth
from detente.states.ranks import dense
from detente.states.space import Space, axes_of
from detente.states.state_graph import Floats, Int32, Int64, StateGraph

Dyad = tuple[int, int]
Views = Set[Dyad]
STEP = 0.2  # by which both attitudes of a dyad rise when it is repaired
STRONGEST = 6  # dyads that are tried in pairs before all others
KEPT = 1 << 23  # ranked states that a slice remembers (12 bytes each)


@dataclass(frozen=True)
class Trial:
    """Success of a variant, and how many states had to be worked out for it."""

    success: float
    states: int


def raised(attitudes: Floats, dyads: Iterable[Dyad], step: float) -> Floats:
    """Attitudes with some dyads repaired by a step, to 1 at most."""
    better = attitudes.copy()
    for one, other in dyads:
        for place in ((one, other), (other, one)):
            better[place] = min(1.0, better[place] + step)
    return better


@dataclass(frozen=True, eq=False)
class _Slice:
    """Some states of the crisis, what they are worth apart from attitudes, and the rows worked out last."""

    whole: StateGraph
    graph: StateGraph
    home: Int64
    worth: Worth
    move_index: MoveIndex
    known: OrderedDict[tuple[int, int, bytes], tuple[Int64, Int32]] = field(default_factory=OrderedDict)

    def places(self, start: int) -> Int64:
        """Where a state of the whole graph stands once the slice's options are set."""
        levels = list(self.whole.levels(start))
        for place, axis in enumerate(self.graph.axes):
            if axis.moves == "fixed" and axis.size == 1:
                levels[place] = axis.first - self.whole.axes[place].first
        found = self.whole.find(tuple(levels))
        return np.arange(len(self.home)) if found is None else np.searchsorted(self.home, [found])

    def row(self, holder: int, other: int, attitudes: Floats) -> tuple[Int64, Int32]:
        """Payoffs and ranks of a party (holder = other), or of another as the holder pictures it."""
        key = (holder, other, attitudes[other].tobytes())
        found = self.known.get(key)
        if found is None:
            payoffs = self.worth.payoff(holder, other, attitudes[other])
            found = self.known[key] = payoffs, dense(payoffs)
            while len(self.known) * len(self.home) > KEPT:
                self.known.popitem(last=False)
        return found


class Regards:
    """One strategy of a case, and its success on an outcome under any attitudes.

    `attitudes` are the central ones, (holder, other); `views` the (holder, other) pairs that hold a picture of
    their own.
    """

    def __init__(self, case: Case, strategy: Strategy, outcome: int) -> None:
        self.case, self.strategy = case, strategy
        self.inside = case.outcomes[outcome]
        self.attitudes = attitude_matrix(case.scenario)
        names = case.free.graph.parties
        self.views = frozenset((names.index(v.holder), names.index(v.other)) for v in case.scenario.views)
        self._stages = case.plan(strategy).stages
        self._slices: dict[tuple[str | None, Fixed], _Slice] = {}
        self._lock = Lock()

    def smooth(self, attitudes: Floats, views: Views) -> Trial:
        """How the strategy fares under these attitudes and views, with noisy movers."""
        variant = _Regarded(self, attitudes, views)
        return Trial(variant.played(noisy_play.course).success(self.inside), variant.states)

    def central(self, attitudes: Floats, views: Views) -> Trial:
        """How it fares with movers that choose as the case's do."""
        variant = _Regarded(self, attitudes, views)
        return Trial(variant.played(play).success(self.inside), variant.states)

    def course(self, attitudes: Floats, views: Views) -> Course:
        """The course of it with movers that choose as the case's do."""
        return _Regarded(self, attitudes, views).played(play)

    def slice(self, venue: str | None, fixed: Fixed) -> _Slice:
        """The states in which a stage is played."""
        with self._lock:
            if (venue, fixed) not in self._slices:
                moved, cached = self.case.venue(venue)
                graph, home = restrict(cached.graph, dict(fixed))
                codes, space = self.case.variant.codes[home], Space(axes_of(self.case.scenario))
                states = worth(moved, self.case.scenario, space, codes)
                self._slices[venue, fixed] = _Slice(cached.graph, graph, home, states, lay_out(graph))
            return self._slices[venue, fixed]

    def staged(self) -> Iterator[tuple[Stage, str | None]]:
        """The strategy's stages in indices, each with its venue."""
        venues = (stage.venue for stage in self.strategy.stages)
        return zip(self._stages, venues, strict=True)


class _Regarded:
    """A strategy under some attitudes and views; what is worked out of it, once per slice."""

    def __init__(self, regards: Regards, attitudes: Floats, views: Views) -> None:
        self.regards, self.attitudes, self.views = regards, attitudes, views
        self._grounds: dict[tuple[str | None, Fixed], CachedGraph] = {}

    @property
    def states(self) -> int:
        """How many states have been worked out."""
        return sum(len(cached.home) for cached in self._grounds.values())

    def played(self, play: Callable[[tuple[Stage, ...], Mixture], Course]) -> Course:
        """The course of the strategy, played until no table was kept from a state that it could have agreed on.

        Tables look only at states where no party is worse off than `floor`, so the play is right once no party
        ever stood lower; else the floor is lowered and the strategy is played again.
        """
        stages = tuple(
            replace(stage, cached=_Varied(stage.cached.graph, self, venue))
            for stage, venue in self.regards.staged()
        )
        while True:
            course = play(stages, self.regards.case.beginning)
            played = [phase for phase in course.phases if isinstance(phase.cached, _Local)]
            lowered = [phase.cached.lower(phase.walk.states) for phase in played]  # type: ignore[attr-defined]
            if not any(lowered):
                return course

    def cached(self, venue: str | None, fixed: Fixed) -> CachedGraph:
        """A slice under the attitudes and views."""
        if (venue, fixed) not in self._grounds:
            known, attitudes = self.regards.slice(venue, fixed), self._there(venue)
            rows = [known.row(party, party, attitudes) for party in range(len(attitudes))]
            graph = replace(
                known.graph,
                payoffs=np.stack([payoffs for payoffs, _ in rows]),
                ranks=np.stack([ranks for _, ranks in rows]),
                seen={
                    pair: known.row(*pair, attitudes)[1] for pair in known.worth.pictured if pair in self.views
                },
            )
            share_grid(known.graph, graph)
            cached = _Local(graph, known, known.places(self.regards.case.start))
            self._grounds[venue, fixed] = cached
        return self._grounds[venue, fixed]

    def _there(self, venue: str | None) -> Floats:
        """Attitudes in a venue: its shifts on top, within -1 and 1."""
        scenario, names = self.regards.case.scenario, self.regards.case.free.graph.parties
        found = self.attitudes.copy()
        for known in scenario.venues:
            for shift in known.attitudes if known.id == venue else ():
                place = names.index(shift.holder), names.index(shift.other)
                found[place] = np.clip(found[place] + shift.value.central, -1.0, 1.0)
        return found


class _Local(CachedGraph):
    """A slice on which tables look only at states where no party is worse off than at the worst it ever stood.

    Nobody agrees to lose, so a table could agree on no other state from anywhere that play has been.
    """

    def __init__(self, graph: StateGraph, known: _Slice, begun: Int64) -> None:
        super().__init__(graph, known.home)
        self.__dict__["move_index"] = known.move_index
        self.floor = self.payoffs[:, begun].min(axis=1)
        with open_field(graph, threads=1) as field:
            self._field = field

    def laid_out(self) -> AbstractContextManager[Field]:
        """As on any ground; the graph is laid out once for all parties."""
        return nullcontext(self._field)

    def lower(self, states: Int64) -> bool:
        """Take note of where play has been; whether some party stood lower than it was thought to."""
        lowest = self.payoffs[:, states].min(axis=1, initial=np.iinfo(np.int64).max)
        if (lowest >= self.floor).all():
            return False
        self.floor = np.minimum(self.floor, lowest)
        self.forget_tables()
        return True

    def _agreeable(self, table: Table, foresight: Foresight) -> tuple[Int64, bool]:
        seated = list(table.members)
        fair = (self.payoffs[seated] >= self.floor[seated, None]).all(axis=0)
        states = np.flatnonzero(fair)
        return (states, True) if table.binding else self.outlook.quiet(table.members, foresight, states)


class _Varied(CachedGraph):
    """The free ground of a stage, of which only the slice that is played is ever worked out."""

    def __init__(self, graph: StateGraph, variant: _Regarded, venue: str | None) -> None:
        super().__init__(graph)
        self._variant, self._venue = variant, venue

    def restricted(self, fixed: Fixed) -> CachedGraph:
        """The slice under the variant's attitudes and views."""
        return self._variant.cached(self._venue, fixed)
