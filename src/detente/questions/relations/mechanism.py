"""How a repair brings it about: the first step that play takes with it and did not take without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from detente.play.stages import Course, Phase

Step = tuple[int, int]  # mover, free graph's state that it leads to


@dataclass(frozen=True)
class Turn:
    """A step from a state to a state (of the free graph) by which a party gains now and did not before.

    `mover` is a party, or the number of parties plus the place of a table of the stage. The gains are those
    of `party`, in its spans, with attitudes as they are and as they are repaired.
    """

    phase: int
    mover: int
    start: int
    end: int
    dyad: tuple[int, int]
    party: int
    before: float
    after: float


def turn(plain: Course, repaired: Course, dyad: tuple[int, int]) -> Turn | None:
    """The first step in which two courses of a strategy differ, if a gain of one of the two explains it.

    Up to the first stage in which they differ both courses are the same. There states are looked at in the
    order in which play reaches them, and so are the steps that are new: one explains the difference if a party
    of the dyad takes part in it, lost or gained nothing by it before, and gains now. None where no step does.
    """
    for place, (before, after) in enumerate(zip(plain.phases, repaired.phases, strict=False)):
        new = list(_new(before, after))
        if new:
            told = (_turned(place, before, after, start, step, dyad) for start, step in new)
            return next((found for found in told if found is not None), None)
    return None


def _new(before: Phase, after: Phase) -> Iterator[tuple[int, Step]]:
    """Steps that only the second takes, from states that both come to, in the order of discovery."""
    known = {state: local for local, state in enumerate(before.home.tolist())}
    for local, state in enumerate(after.home.tolist()):
        if state in known:
            taken = set(_steps(before, known[state]))
            yield from ((state, step) for step in _steps(after, local) if step not in taken)


def _steps(phase: Phase, local: int) -> list[Step]:
    moves = range(int(phase.walk.first[local]), int(phase.walk.first[local + 1]))
    return [(int(phase.walk.mover[move]), int(phase.home[phase.walk.target[move]])) for move in moves]


def _turned(
    place: int, before: Phase, after: Phase, start: int, step: Step, dyad: tuple[int, int]
) -> Turn | None:
    mover, end = step
    parties = len(before.cached.graph.parties)
    moving = before.stage.tables[mover - parties].members if mover >= parties else (mover,)
    for party in dyad:
        if party in moving:
            was, now = _gain(before, party, start, end), _gain(after, party, start, end)
            if was <= 0 < now:
                return Turn(place, mover, start, end, dyad, party, was, now)
    return None


def _gain(phase: Phase, party: int, start: int, end: int) -> float:
    """What a party gains from a state to a state, in its spans."""
    graph = phase.cached.graph
    one, other = np.searchsorted(phase.cached.home, [start, end])
    gain = int(graph.payoffs[party, other]) - int(graph.payoffs[party, one])
    return gain / float(graph.spans[party])
