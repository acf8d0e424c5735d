"""The likeliest way to each ending of a strategy, step by step.

A path runs through the walks of the stages that were played: what is committed as a stage begins, then moves
of parties and tables until the stage ends, then the next stage. Its probability is the product of the chances
along it. For every ending the path with the largest product is found (Dijkstra 1959 on minus the logarithms);
an ending that more than one path leads to is likelier than its likeliest path.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from math import exp, inf, log

import numpy as np

from detente.play.stages import NEVER, Course

Node = tuple[int, int]  # phase, local state


@dataclass(frozen=True)
class Leg:
    """One step: from a state to a state (of the free graph), in a phase, by a mover, with a chance.

    `mover` is a party, or the number of parties plus the place of a table of the stage; None where commitments
    are set as the phase begins. `local` is the local state of the phase's walk at which the step ends.
    """

    phase: int
    mover: int | None
    start: int
    end: int
    chance: float
    local: int


@dataclass(frozen=True)
class Path:
    """The likeliest way to one ending, and how likely the ending is by all ways.

    `end` is where the path stops: the state of rest, or the state met first of a cycle whose states are
    `cycle`. `phase` is where play ends, `local` the state there (-1: the phase could not start).
    """

    legs: tuple[Leg, ...]
    chance: float
    probability: float
    end: int
    phase: int
    local: int
    cycle: tuple[int, ...] = ()


def paths(course: Course) -> tuple[Path, ...]:
    """The likeliest path to every ending of a strategy as it was played, likeliest ending first."""
    search = _Search(course)
    search.run()
    found = [
        search.path(index, component)
        for index, phase in enumerate(course.phases)
        for component in np.flatnonzero((phase.arrived > 0) & ~phase.goes_on).tolist()
    ]
    found += search.blocked
    return tuple(sorted(found, key=lambda path: (-path.probability, path.phase, path.end)))


class _Search:
    """Dijkstra's search over all phases at once.

    `cost[node]` is minus the logarithm of the likeliest way's chance to a local state of a phase,
    `came_by[node]` the node before (None at the start) and the step that led here.
    """

    def __init__(self, course: Course) -> None:
        self.course = course
        self.cost: dict[Node, float] = {}
        self.came_by: dict[Node, tuple[Node | None, Leg]] = {}
        self.blocked: list[Path] = []
        self.heap: list[tuple[float, Node]] = []

    def run(self) -> None:
        """Find the likeliest way to everything that play reaches."""
        for place, chance in enumerate(self.course.phases[0].start.chances.tolist()):
            self._enter(0, place, chance, -log(chance), None)
        while self.heap:
            cost, node = heapq.heappop(self.heap)
            if cost == self.cost[node]:
                self._move_on(node, cost)
                self._go_on(node, cost)

    def path(self, index: int, component: int) -> Path:
        """The likeliest way to a closed component of a phase."""
        phase = self.course.phases[index]
        members = phase.endings.members(component).tolist()
        local = min(members, key=lambda member: (self.cost.get((index, member), inf), member))
        return Path(
            legs=self._trace((index, local)),
            chance=exp(-self.cost[index, local]),
            probability=float(phase.arrived[component]),
            end=int(phase.home[local]),
            phase=index,
            local=local,
            cycle=tuple(sorted(phase.home[members].tolist())) if len(members) > 1 else (),
        )

    def _move_on(self, node: Node, cost: float) -> None:
        """Offer every move from a node."""
        index, local = node
        phase = self.course.phases[index]
        for k in range(int(phase.walk.first[local]), int(phase.walk.first[local + 1])):
            goal, chance = int(phase.walk.target[k]), float(phase.walk.chance[k])
            if chance > 0:
                start, end = int(phase.home[local]), int(phase.home[goal])
                leg = Leg(index, int(phase.walk.mover[k]), start, end, chance, goal)
                self._offer((index, goal), cost - log(chance), node, leg)

    def _go_on(self, node: Node, cost: float) -> None:
        """Enter the next phase from a node at which this one ends."""
        index, local = node
        phase = self.course.phases[index]
        share = float(phase.endings.stationary[local])
        if index + 1 < len(self.course.phases) and phase.goes_on[phase.endings.component[local]] and share > 0:
            place = int(np.searchsorted(self.course.phases[index + 1].start.states, phase.home[local]))
            self._enter(index + 1, place, share, cost - log(share), node)

    def _enter(self, index: int, place: int, chance: float, cost: float, origin: Node | None) -> None:
        """Begin a phase in one state of its start: set what is committed, or note that it cannot be set."""
        phase = self.course.phases[index]
        state, local = int(phase.start.states[place]), int(phase.entered[place])
        if local != NEVER:
            leg = Leg(index, None, state, int(phase.home[local]), chance, local)
            self._offer((index, local), cost, origin, leg)
            return
        legs = () if origin is None else self._trace(origin)
        probability = float(phase.start.chances[place])
        self.blocked.append(Path(legs, exp(-cost), probability, state, index, NEVER))

    def _offer(self, node: Node, cost: float, origin: Node | None, leg: Leg) -> None:
        if cost < self.cost.get(node, inf):
            self.cost[node], self.came_by[node] = cost, (origin, leg)
            heapq.heappush(self.heap, (cost, node))

    def _trace(self, node: Node) -> tuple[Leg, ...]:
        """The steps of the likeliest way to a node; commitments that change nothing are left out."""
        legs: list[Leg] = []
        at: Node | None = node
        while at is not None:
            at, leg = self.came_by[at]
            if leg.start != leg.end:
                legs.append(leg)
        return tuple(reversed(legs))
