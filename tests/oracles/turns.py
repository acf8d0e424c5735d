"""Timed play word for word: dictionaries of chances, one round after another, for small graphs only.

Upsets are the shocks, then the commitments that may be quietly dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from detente.play.shocks import Shock
from detente.play.stages import Stage
from detente.states.state_graph import StateGraph
from oracles.chains import Chain, classes, set_levels, sub_graph

Stages = Callable[[frozenset[int]], tuple[Stage, ...]]


@dataclass(frozen=True)
class Spot:
    """Where play stands: the shocks by name that have come, the phase, what is bound, the state."""

    struck: frozenset[int]
    phase: int
    fixed: tuple[tuple[int, int], ...]
    state: int


class Clock:
    """One crisis, one strategy, round by round."""

    def __init__(self, graph: StateGraph, stages: Stages, shocks: Sequence[Shock]) -> None:
        self.graph, self.stages, self.shocks = graph, stages, shocks
        self._moves: dict[tuple, tuple[dict, set[int]]] = {}

    def moves(self, spot: Spot) -> tuple[dict[int, list[tuple[int, float]]], set[int]]:
        """Where movers lead from every state of a phase, and the states of its closed classes."""
        key = spot.struck, spot.phase, spot.fixed
        if key not in self._moves:
            stage = self.stages(spot.struck)[spot.phase]
            small, states = sub_graph(stage.cached.graph, dict(spot.fixed))
            until = set() if stage.until is None else set(np.flatnonzero(stage.until).tolist())
            stays = {k for k, state in enumerate(states) if state in until}
            chain = Chain(small, stage.conduct, stage.tables, stays)
            found = {}
            for k, state in enumerate(states):
                found[state] = [(states[t], chance) for _, t, chance in chain.moves(k)] or [(state, 1.0)]
            closed = {states[k] for members in classes(chain.matrix()) for k in members}
            self._moves[key] = found, closed
        return self._moves[key]

    def settled(self, spot: Spot) -> Spot:
        """Phases that are over make way for the next, where that can begin."""
        stages = self.stages(spot.struck)
        if spot.phase + 1 == len(stages):
            return spot
        stage, following = stages[spot.phase], stages[spot.phase + 1]
        met = stage.until is not None and bool(stage.until[spot.state])
        waits = stage.require and stage.until is not None
        if not met and (waits or spot.state not in self.moves(spot)[1]):
            return spot
        begun = set_levels(self.graph, spot.state, dict(following.fixed))
        return (
            spot if begun is None else self.settled(Spot(spot.struck, spot.phase + 1, following.fixed, begun))
        )

    def begun(self, state: int) -> Spot:
        fixed = self.stages(frozenset())[0].fixed
        begun = set_levels(self.graph, state, dict(fixed))
        assert begun is not None
        return self.settled(Spot(frozenset(), 0, fixed, begun))

    def shaken(self, spot: Spot, shock: int) -> Spot:
        after = int(self.shocks[shock].leads[spot.state])
        levels = self.graph.levels(after)
        struck = spot.struck if self.shocks[shock].natural else spot.struck | {shock}
        bound = tuple((axis, level) for axis, level in spot.fixed if levels[axis] == level)
        return self.settled(Spot(struck, spot.phase, bound, after))

    def hazard(self, spot: Spot, shock: int) -> float:
        return 0.0 if shock in spot.struck else float(self.shocks[shock].chance[spot.state])

    def lapsing(self) -> list[int]:
        """The axes whose commitments may be dropped."""
        return sorted({lapse.axis for stage in self.stages(frozenset()) for lapse in stage.lapses})

    def drop(self, spot: Spot, axis: int) -> float:
        """The chance that a commitment is dropped in a round; nothing where it does not bind."""
        lapses = self.stages(spot.struck)[spot.phase].lapses
        bound = [known for known, _ in spot.fixed]
        return sum(lapse.chance for lapse in lapses if lapse.axis == axis and axis in bound)

    def without(self, spot: Spot, axis: int) -> Spot:
        """A commitment binds no longer, and its option goes back where it may."""
        [lapse] = [one for one in self.stages(spot.struck)[spot.phase].lapses if one.axis == axis]
        back = set_levels(self.graph, spot.state, {axis: lapse.back})
        bound = tuple(pair for pair in spot.fixed if pair[0] != axis)
        return self.settled(Spot(spot.struck, spot.phase, bound, spot.state if back is None else back))

    def upsets(self) -> int:
        return len(self.shocks) + len(self.lapsing())

    def chance(self, spot: Spot, upset: int) -> float:
        """Of the upsets (the shocks, then the commitments that may be dropped) how probable one is."""
        many = len(self.shocks)
        return self.hazard(spot, upset) if upset < many else self.drop(spot, self.lapsing()[upset - many])

    def upset(self, spot: Spot, upset: int) -> Spot:
        many = len(self.shocks)
        return self.shaken(spot, upset) if upset < many else self.without(spot, self.lapsing()[upset - many])

    def mover(self, spot: Spot) -> Iterator[tuple[Spot, float]]:
        for state, chance in self.moves(spot)[0][spot.state]:
            yield self.settled(Spot(spot.struck, spot.phase, spot.fixed, state)), chance

    def round(self, mass: dict[Spot, float], shaking: bool = True) -> dict[Spot, float]:
        """One round: every upset in its order, then a mover."""
        for upset in range(self.upsets()) if shaking else ():
            after: dict[Spot, float] = {}
            for spot, share in mass.items():
                hazard = self.chance(spot, upset)
                add(after, spot, share * (1 - hazard))
                if hazard > 0:
                    add(after, self.upset(spot, upset), share * hazard)
            mass = after
        after = {}
        for spot, share in mass.items():
            for end, chance in self.mover(spot):
                add(after, end, share * chance)
        return after

    def worth(self, spot: Spot, inside: set[int], rounds: int, shaking: bool) -> float:
        """The chance to stand inside when so many rounds are left, the first of them with only its mover."""
        mass = {spot: 1.0}
        mass = self.round(mass, shaking=False)
        for _ in range(rounds - 1):
            mass = self.round(mass, shaking)
        return sum(share for end, share in mass.items() if end.state in inside)

    def simulate(self, state: int, rounds: int, rng: np.random.Generator) -> Spot:
        """One play."""
        spot = self.begun(state)
        for _ in range(rounds):
            for upset in range(self.upsets()):
                if rng.random() < self.chance(spot, upset):
                    spot = self.upset(spot, upset)
            ends, chances = zip(*self.mover(spot), strict=True)
            spot = ends[rng.choice(len(ends), p=np.array(chances) / sum(chances))]
        return spot


def add(mass: dict[Spot, float], spot: Spot, share: float) -> None:
    if share > 0:
        mass[spot] = mass.get(spot, 0.0) + share
