"""Timed play as a chain: every place that play may come to when shocks may come between the moves.

A round: the shocks may come, each with its chance and in the order of the document; then commitments may be
quietly dropped, each with its chance and in the order of options; then a mover moves. A stage is over where
its `until` holds; without `require` also where play has come to rest or goes round for ever. The next one
begins at once; where its commitments cannot be set, the one before goes on. A commitment binds until a shock
overturns it, it is dropped or the stage is over. A shock by name comes once and for good, and what parties
want is then as it leaves it; nature's options rise as they may.

Shocks lead to other worlds, more of them with each shock, and to work out what parties do in one is dear. So
worlds are opened as they are wanted: what leads to a closed one is kept apart and not followed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from detente.play.absorption import endings
from detente.play.cached_graph import Fixed
from detente.play.chain import Walk, walk
from detente.play.shocks import Shock
from detente.play.stages import NEVER, Stage, commit, dropped
from detente.states.state_graph import Bools, Floats, Int64, StateGraph

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Struck = frozenset[int]
Stages = Callable[[Struck], tuple[Stage, ...]]
"""A strategy's stages in the crisis that some shocks by name (by index) have left."""


class World(NamedTuple):
    """What shocks have made of the crisis: which have come by name, and how nature's options stand."""

    struck: Struck
    nature: tuple[int, ...]


class Place(NamedTuple):
    """Where in a strategy play is: in which world, in which phase, and which commitments stand."""

    world: World
    phase: int
    fixed: Fixed


@dataclass(frozen=True, eq=False)
class _Walked:
    """What play does in a place: the walk on it, where the next phase begins, and what shocks do there."""

    walk: Walk
    home: Int64  # (local,) state of the free graph
    local: dict[int, int]  # the same, the other way round
    onward: Int64  # (local,) state in which the next phase begins; -1: this one goes on
    hazards: Floats  # (local, upset)


@dataclass(frozen=True, eq=False)
class Turns:
    """The chain of one round, on nodes: a place and a state in which somebody is to move.

    `moves[i, j]` is the chance that the mover of a round leads from node i to node j. Before that, upset k
    comes with `hazards[k, i]` and leads to node `leads[k, i]`, or to the closed world -1 - `leads[k, i]`. The
    upsets are the shocks, then the commitments that may be dropped, by `lapsing`, their axes.
    """

    start: int
    states: Int64  # (node,) of the free graph
    worlds: tuple[World, ...]  # (node,)
    closed: tuple[World, ...]
    moves: csr_array
    hazards: Floats  # (upset, node)
    leads: Int64  # (upset, node)
    lapsing: tuple[int, ...]


class Explorer:
    """Finds every place that play may come to, world by world."""

    def __init__(self, stages: Stages, shocks: Sequence[Shock], graph: StateGraph, start: int) -> None:
        self._stages, self._shocks, self._graph = stages, shocks, graph
        self._natural = [axis for axis, part in enumerate(graph.axes) if part.owner < 0]
        self._hazards = np.array([shock.chance for shock in shocks]).reshape(len(shocks), graph.states)
        self._known: dict[Struck, tuple[Stage, ...]] = {}
        self._entries: dict[Place, set[int]] = {}
        self._walked: dict[Place, _Walked] = {}
        self._open: set[World] = set()
        calm = self._stages_of(frozenset())
        self._lapsing = tuple(sorted({lapse.axis for stage in calm for lapse in stage.lapses}))
        first = calm[0].fixed
        begun = int(commit(graph, np.array([start]), first)[0])
        assert begun != NEVER
        self._start = Place(World(frozenset(), self._nature(begun)), 0, first), begun
        self._open.add(self._start[0].world)
        self._entries[self._start[0]] = {begun}

    def open(self, worlds: Sequence[World]) -> Turns:
        """The chain, with some more worlds opened."""
        self._open |= set(worlds)
        waiting = [place for place in self._entries if place.world in self._open]
        while waiting:
            place = waiting.pop()
            known = self._walked.get(place)
            if known is None or not self._entries[place] <= known.local.keys():
                self._walked[place] = self._walk(place)
                waiting += self._leading_on(place)
        return self._assembled()

    def _stages_of(self, struck: Struck) -> tuple[Stage, ...]:
        if struck not in self._known:
            self._known[struck] = self._stages(struck)
        return self._known[struck]

    def _nature(self, state: int) -> tuple[int, ...]:
        levels = self._graph.levels(state)
        return tuple(levels[axis] for axis in self._natural)

    def _walk(self, place: Place) -> _Walked:
        """Walk on from everywhere that play enters a place."""
        stages = self._stages_of(place.world.struck)
        stage, entries = stages[place.phase], np.array(sorted(self._entries[place]), dtype=np.int64)
        cached = stage.cached.around(entries, place.fixed)
        stays = None if stage.until is None else stage.until[cached.home]
        path = walk(cached, stage.conduct, cached.place(entries), stage.tables, stays)
        home = cached.home[path.states]
        onward = np.full(len(home), NEVER)
        if place.phase + 1 < len(stages):
            over = _over(stage, path, home)
            onward[over] = commit(self._graph, home[over], stages[place.phase + 1].fixed)
        hazards = np.clip(self._hazards[:, home].T, 0.0, 1.0)
        hazards[:, list(place.world.struck)] = 0.0
        hazards = np.hstack([hazards, np.tile(self._dropping(place, stage), (len(home), 1))])
        return _Walked(path, home, {int(s): k for k, s in enumerate(home)}, onward, hazards)

    def _dropping(self, place: Place, stage: Stage) -> list[float]:
        """The chance per round that each commitment is quietly dropped; 0 for what does not bind."""
        chances = {lapse.axis: lapse.chance for lapse in stage.lapses}
        binding = {axis for axis, _ in place.fixed}
        return [chances.get(axis, 0.0) if axis in binding else 0.0 for axis in self._lapsing]

    def _leading_on(self, place: Place) -> list[Place]:
        """The places to look at after one, in worlds that are open; a phase that begins opens its own."""
        walked = self._walked[place]
        found: list[tuple[Place, int]] = []
        for local in np.flatnonzero(walked.onward != NEVER):
            found.append(self._next(place, int(walked.onward[local])))
        fresh = {after.world for after, _ in found} - self._open
        self._open |= fresh
        for local, upset in zip(*np.nonzero(walked.hazards), strict=True):
            if walked.onward[local] == NEVER:
                found.append(self._upset(place, int(walked.home[local]), int(upset)))
        for after, state in found:
            self._entries.setdefault(after, set()).add(state)
        entered = [after for after, _ in found if after.world in self._open]
        return [*dict.fromkeys(entered), *(known for known in self._entries if known.world in fresh)]

    def _next(self, place: Place, state: int) -> tuple[Place, int]:
        """Where the next phase begins."""
        phase = place.phase + 1
        fixed = self._stages_of(place.world.struck)[phase].fixed
        return Place(World(place.world.struck, self._nature(state)), phase, fixed), state

    def _upset(self, place: Place, state: int, upset: int) -> tuple[Place, int]:
        """Where a shock, or a commitment that is dropped, leaves play."""
        if upset < len(self._shocks):
            return self._shaken(place, state, upset)
        axis = self._lapsing[upset - len(self._shocks)]
        stage = self._stages_of(place.world.struck)[place.phase]
        lapse = next(known for known in stage.lapses if known.axis == axis)
        after = int(dropped(self._graph, np.array([state]), lapse)[0])
        return place._replace(fixed=tuple(pair for pair in place.fixed if pair[0] != axis)), after

    def _shaken(self, place: Place, state: int, shock: int) -> tuple[Place, int]:
        """Where a shock leaves play: commitments that it overturns no longer bind."""
        after = int(self._shocks[shock].leads[state])
        levels = self._graph.levels(after)
        struck = place.world.struck if self._shocks[shock].natural else place.world.struck | {shock}
        fixed = tuple((axis, level) for axis, level in place.fixed if levels[axis] == level)
        return Place(World(struck, self._nature(after)), place.phase, fixed), after

    def _settled(self, place: Place, state: int) -> tuple[Place, int]:
        """Where play stands once every phase that is over has made way for the next."""
        walked = self._walked[place]
        begun = int(walked.onward[walked.local[state]])
        return (place, state) if begun == NEVER else self._settled(*self._next(place, begun))

    def _assembled(self) -> Turns:
        from scipy.sparse import csr_array

        nodes: dict[tuple[Place, int], int] = {}
        for place, walked in self._walked.items():
            for local in np.flatnonzero(walked.onward == NEVER).tolist():
                nodes[place, int(walked.home[local])] = len(nodes)
        closed: dict[World, int] = {}
        moves: list[tuple[int, int, float]] = []
        upsets = len(self._shocks) + len(self._lapsing)
        hazards, leads = (np.zeros((upsets, len(nodes)), dtype=kind) for kind in (float, np.int64))
        for (place, state), node in nodes.items():
            walked = self._walked[place]
            local = walked.local[state]
            for after, chance in _moves(walked, local):
                moves.append((node, nodes[self._settled(place, after)], chance))
            hazards[:, node], leads[:, node] = walked.hazards[local], node
            for upset in np.flatnonzero(walked.hazards[local]).tolist():
                led, begun = self._upset(place, state, upset)
                if led.world in self._open:
                    leads[upset, node] = nodes[self._settled(led, begun)]
                else:
                    leads[upset, node] = -1 - closed.setdefault(led.world, len(closed))
        rows, columns, chances = zip(*moves, strict=True)
        return Turns(
            start=nodes[self._settled(*self._start)],
            states=np.array([state for _, state in nodes], dtype=np.int64),
            worlds=tuple(place.world for place, _ in nodes),
            closed=tuple(closed),
            moves=csr_array((chances, (rows, columns)), shape=(len(nodes), len(nodes))),
            hazards=hazards,
            leads=leads,
            lapsing=self._lapsing,
        )


def _over(stage: Stage, path: Walk, home: Int64) -> Bools:
    """Where a stage that another follows is over."""
    until = np.zeros(len(home), dtype=np.bool_) if stage.until is None else stage.until[home]
    if stage.require and stage.until is not None:
        return until
    ends = endings(path)
    return until | ends.closed[ends.component]


def _moves(walked: _Walked, local: int) -> list[tuple[int, float]]:
    """Where the mover of a round leads from a local state; what is turned down leaves play there."""
    path, moves = walked.walk, slice(walked.walk.first[local], walked.walk.first[local + 1])
    if moves.start == moves.stop:
        return [(int(walked.home[local]), 1.0)]
    going = 1.0 / float(path.lasts[local])
    found = [
        (int(walked.home[target]), going * float(chance))
        for target, chance in zip(path.target[moves], path.chance[moves], strict=True)
    ]
    return found if going == 1.0 else [*found, (int(walked.home[local]), 1.0 - going)]
