"""How a strategy is played: stage after stage, from a start to where everything ends.

When a stage starts, its commitments are set and stand for the whole of it: in moves, replies, tables and
foresight. `until` states end it, also on entry, once the commitments are set; otherwise it ends at rest, or in
a cycle with that cycle's long-run shares. The next stage starts from the resulting mixture; with `require`,
mass that missed `until` goes no further. Mass where a commitment cannot be set stays where it is. Commitments,
tables and venue lapse at the end of a stage unless repeated; the levels stay. States are those of the free
graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from detente.play.absorption import Endings, endings
from detente.play.cached_graph import CachedGraph, Fixed
from detente.play.chain import Conduct, Walk, walk
from detente.play.table_deals import Table
from detente.states.state_graph import Bools, Floats, Int64, StateGraph

Why = Literal["rest", "until", "missed", "blocked"]
NEVER = -1


@dataclass(frozen=True)
class Lapse:
    """A commitment (an axis and its level) that may be quietly dropped, each round with some chance.

    It then binds no longer, and the option stands again at the level `back`, that of the status quo, where
    that can be.
    """

    axis: int
    level: int
    back: int
    chance: float


@dataclass(frozen=True, eq=False)
class Stage:
    """One phase, in indices: where it is played, what is fixed, who sits together, until what, and how.

    `ground` is the free graph of the stage's venue; all venues of a strategy share their states.
    """

    cached: CachedGraph
    conduct: Conduct
    fixed: Fixed = ()
    tables: tuple[Table, ...] = ()
    until: Bools | None = None
    require: bool = False
    lapses: tuple[Lapse, ...] = ()


@dataclass(frozen=True, eq=False)
class Mixture:
    """Where play may stand, with what probability: distinct states of the free graph, ascending."""

    states: Int64
    chances: Floats


@dataclass(frozen=True, eq=False)
class Phase:
    """A stage as it was played.

    `entered[k]` is where the mixture's k-th state begins, as a local state of the walk (-1: could not start).
    `arrived[component]` is the probability of ending there, `goes_on` marks from which the next stage starts.
    """

    stage: Stage
    cached: CachedGraph
    start: Mixture
    entered: Int64  # (start,)
    walk: Walk
    endings: Endings
    visits: Floats  # (local,)
    arrived: Floats  # (component,)
    until: Bools  # (local,)
    goes_on: Bools  # (component,)

    @property
    def home(self) -> Int64:
        """The free graph's state of every local state."""
        return self.cached.home[self.walk.states]


@dataclass(frozen=True, eq=False)
class Rest:
    """A state in which play ends, in which phase (index), why, and with what probability."""

    state: int
    probability: float
    phase: int
    why: Why


@dataclass(frozen=True, eq=False)
class Cycle:
    """States (of the free graph, ascending) among which play goes round for ever, with long-run shares."""

    states: Int64
    shares: Floats
    probability: float
    phase: int


@dataclass(frozen=True, eq=False)
class Course:
    """A strategy as it was played: its phases, and where everything ends (probabilities sum to 1)."""

    phases: tuple[Phase, ...]
    rests: tuple[Rest, ...]
    cycles: tuple[Cycle, ...]

    @property
    def could_not_start(self) -> float:
        """Probability that some stage's commitments could not be set where play stood."""
        return float(sum(rest.probability for rest in self.rests if rest.why == "blocked"))

    def stuck(self, inside: Bools) -> float:
        """Probability of standing inside a set of states where a stage's commitments could not be set."""
        return float(
            sum(rest.probability for rest in self.rests if rest.why == "blocked" and inside[rest.state])
        )

    @property
    def final(self) -> Mixture:
        """Where play stands in the long run: rests, and cycles by their shares."""
        states = [np.array([rest.state for rest in self.rests], dtype=np.int64)]
        chances = [np.array([rest.probability for rest in self.rests])]
        for cycle in self.cycles:
            states.append(cycle.states)
            chances.append(cycle.shares * cycle.probability)
        return mixture(np.concatenate(states), np.concatenate(chances))

    def within(self, inside: Bools) -> Mixture:
        """Where play ends for good inside a set of states: rests, and cycles wholly inside."""
        states = [np.array([rest.state for rest in self.rests if inside[rest.state]], dtype=np.int64)]
        chances = [np.array([rest.probability for rest in self.rests if inside[rest.state]])]
        for cycle in self.cycles:
            if inside[cycle.states].all():
                states.append(cycle.states)
                chances.append(cycle.shares * cycle.probability)
        return mixture(np.concatenate(states), np.concatenate(chances))

    def success(self, inside: Bools) -> float:
        """Probability of resting inside a set of states, cycles wholly inside included."""
        rests = sum(rest.probability for rest in self.rests if inside[rest.state])
        return float(rests + sum(c.probability for c in self.cycles if inside[c.states].all()))

    def partly(self, inside: Bools) -> float:
        """Probability of cycles that are partly inside a set of states."""
        partial = (c for c in self.cycles if inside[c.states].any() and not inside[c.states].all())
        return float(sum(cycle.probability for cycle in partial))


def mixture(states: Int64, chances: Floats) -> Mixture:
    """A mixture from states that may repeat; what has no mass is left out."""
    distinct, place = np.unique(states, return_inverse=True)
    mass = np.bincount(place.ravel(), weights=chances, minlength=len(distinct)).astype(np.float64)
    return Mixture(distinct[mass > 0].astype(np.int64), mass[mass > 0])


def play(stages: tuple[Stage, ...], start: Mixture) -> Course:
    """Play a strategy from a mixture of states.

    Parameters
    ----------
    stages : at least one.
    start : states of the free graph with their probabilities.

    Raises
    ------
    RefusedError
        A table, or noisy choice, asks for gains of a party known only by order.
    """
    phases: list[Phase] = []
    rests: list[Rest] = []
    cycles: list[Cycle] = []
    for index, stage in enumerate(stages):
        phase = _phase(stage, start, last=index == len(stages) - 1)
        phases.append(phase)
        blocked = np.flatnonzero(phase.entered == NEVER)
        rests += [Rest(int(start.states[k]), float(start.chances[k]), index, "blocked") for k in blocked]
        for component in np.flatnonzero(phase.arrived > 0):
            if not phase.goes_on[component]:
                _end(phase, int(component), index, rests, cycles)
        start = _onward(phase)
        if len(start.states) == 0:
            break
    return Course(tuple(phases), tuple(rests), tuple(cycles))


def values(course: Course, inside: Bools) -> tuple[Floats, ...]:
    """Probability of success from every local state of every phase: of ending inside a set of states.

    What `Course.success` is from the start, from anywhere on the way: resting inside, or in a cycle wholly
    inside, at the end of the strategy.
    """
    found: list[Floats] = []
    following: Phase | None = None
    entry = np.zeros(0)
    for phase in reversed(course.phases):
        worth = _worth(phase, inside, following, entry)
        local = phase.endings.values(worth)
        entry = entry_values(phase, local, inside)
        following = phase
        found.append(local)
    return tuple(reversed(found))


def entry_values(phase: Phase, local: Floats, inside: Bools) -> Floats:
    """Probability of success from every state where a phase may begin; where it cannot start, play is over."""
    started = phase.entered != NEVER
    stuck = inside[phase.start.states].astype(np.float64)
    return np.where(started, local[np.where(started, phase.entered, 0)], stuck) if len(local) else stuck


def values_from(stages: tuple[Stage, ...], states: Int64, inside: Bools) -> Floats:
    """Probability of success when a strategy, or what is left of it, begins in each of some distinct states."""
    order = np.argsort(states)
    course = play(stages, Mixture(states[order], np.full(len(states), 1.0 / max(len(states), 1))))
    first = course.phases[0]
    found = np.empty(len(states))
    found[order] = entry_values(first, values(course, inside)[0], inside)
    return found


def commit(graph: StateGraph, states: Int64, fixed: Fixed) -> Int64:
    """Where some states lead when axes are set to given levels; -1 where that is infeasible or turns back.

    An axis that may only rise cannot be set lower, one that may only fall not higher, a fixed one not at all.
    """
    codes, legal = graph.codes[states].copy(), np.ones(len(states), dtype=np.bool_)
    for place, level in fixed:
        axis, stride = graph.axes[place], graph.strides[place]
        rise = level - codes // stride % axis.size
        codes += rise * stride
        allowed = {"both": rise == rise, "up": rise > 0, "down": rise < 0, "fixed": rise != rise}
        legal &= (rise == 0) | allowed[axis.moves]
    reached = np.minimum(np.searchsorted(graph.codes, codes), graph.states - 1)
    return np.where(legal & (graph.codes[reached] == codes), reached, NEVER).astype(np.int64)


def dropped(graph: StateGraph, states: Int64, lapse: Lapse) -> Int64:
    """Where some states lead when a commitment is quietly dropped; to themselves where its option cannot."""
    led = commit(graph, states, ((lapse.axis, lapse.back),))
    return np.where(led == NEVER, states, led).astype(np.int64)


def _phase(stage: Stage, start: Mixture, last: bool) -> Phase:
    """Play one stage."""
    begun = commit(stage.cached.graph, start.states, stage.fixed)
    distinct = np.unique(begun[begun != NEVER])
    cached = stage.cached.around(distinct, stage.fixed)
    entered = np.where(begun == NEVER, NEVER, np.searchsorted(distinct, begun))
    stays = None if stage.until is None else stage.until[cached.home]
    chain = walk(cached, stage.conduct, cached.place(distinct), stage.tables, stays)
    ends = endings(chain)
    mass = np.bincount(
        entered[entered != NEVER], weights=start.chances[entered != NEVER], minlength=len(chain.states)
    )
    visits = ends.visits(mass.astype(np.float64))
    until = np.zeros(len(chain.states), dtype=np.bool_) if stays is None else stays[chain.states]
    return Phase(
        stage=stage,
        cached=cached,
        start=start,
        entered=entered,
        walk=chain,
        endings=ends,
        visits=visits,
        arrived=_arrived(ends, visits),
        until=until,
        goes_on=_goes_on(stage, ends, until, last),
    )


def _arrived(ends: Endings, visits: Floats) -> Floats:
    """Probability of ending in each component; 0 for those that play leaves."""
    mass = np.bincount(ends.component, weights=visits, minlength=len(ends.closed))
    return np.where(ends.closed, mass, 0.0)


def _goes_on(stage: Stage, ends: Endings, until: Bools, last: bool) -> Bools:
    """Closed components from which the next stage starts."""
    if last:
        return np.zeros(len(ends.closed), dtype=np.bool_)
    if not stage.require or stage.until is None:
        return ends.closed
    met = np.zeros(len(ends.closed), dtype=np.bool_)
    met[ends.component[until]] = True
    return ends.closed & met


def _end(phase: Phase, component: int, index: int, rests: list[Rest], cycles: list[Cycle]) -> None:
    """Note that play ends in a closed component of a phase."""
    members = phase.endings.members(component)
    states, probability = phase.home[members], float(phase.arrived[component])
    if len(members) == 1:
        rests.append(Rest(int(states[0]), probability, index, _why(phase, int(members[0]))))
        return
    order = np.argsort(states)
    shares = phase.endings.stationary[members]
    cycles.append(Cycle(states[order], shares[order], probability, index))


def _why(phase: Phase, local: int) -> Why:
    if phase.until[local]:
        return "until"
    return "missed" if phase.stage.require and phase.stage.until is not None else "rest"


def _onward(phase: Phase) -> Mixture:
    """The mixture from which the next stage starts."""
    mass = phase.arrived[phase.endings.component] * phase.endings.stationary
    mass[~phase.goes_on[phase.endings.component]] = 0.0
    return mixture(phase.home, mass)


def _worth(phase: Phase, inside: Bools, following: Phase | None, entry: Floats) -> Floats:
    """Probability of success from each closed component of a phase, by the phase that follows."""
    component, count = phase.endings.component, len(phase.endings.closed)
    outside = np.bincount(component, weights=~inside[phase.home], minlength=count)
    worth: Floats = (outside == 0).astype(np.float64)
    if following is None:
        return worth
    place = np.searchsorted(following.start.states, phase.home)
    place = np.minimum(place, len(following.start.states) - 1)
    known = following.start.states[place] == phase.home
    later = np.where(known, entry[place], 0.0) * phase.endings.stationary
    ahead = np.bincount(component, weights=later, minlength=count).astype(np.float64)
    found: Floats = np.where(phase.goes_on, ahead, worth)
    return found
