"""Exits: who leaves what a table agreed on without having sat at it.

A table asks whether its members would leave an agreement, never whether others would. An agreement *stands*
from the table's move until play leaves the state: also where a stage ends there and the next one sets nothing
new, and where the strategy ends there and play goes on with nobody bound. An *exit* is a move by which one
party that is no member of the table leaves it. The probability of an exit in a stage is that of its being made
at least once:

- where play passes once, expected arrivals by the table's move × chance of the exit;
- where play may come back, that number over 1 + the times it is made again after the first (renewal);
- in a cycle of which both the table's move and the exit are part, the probability of getting into the cycle.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.play.linear import solve
from detente.play.stages import NEVER, Course, Mixture, Phase, mixture, values
from detente.play.table_deals import Table
from detente.states.state_graph import Bools, Floats, Int64

MOST = 20  # at most so many exits are told
SLIGHT = 1e-9  # exits less probable than this are left out
DIGITS = 12  # costs are compared to so many digits

Who = tuple[str, tuple[int, ...]]  # a table's name and members
Standing = dict[Who, Mixture]  # where play stands as a table has agreed


@dataclass(frozen=True)
class Exit:
    """A move away from an agreement by a party outside the table.

    `start` and `end` are states of the free graph, `start` the one agreed on. `phase` is None where the move
    is made in one more stage after the strategy, with nobody bound. `success` is the probability of ending in
    the aim (of lasting, in that last stage) once the move is made; None without an aim.
    """

    party: int
    table: str
    start: int
    end: int
    phase: int | None
    probability: float
    success: float | None


@dataclass(frozen=True, eq=False)
class _Agreed:
    """What a table has brought about in a phase, per local state.

    `fresh`: how often, in expectation, its agreement comes to stand there before play is in a cycle for good.
    `turning`: how often per round in such cycles, times the probability of the cycle.
    """

    fresh: Floats
    turning: Floats


def exits(
    course: Course,
    after: Course,
    aim: Bools | None = None,
    worth: tuple[Floats, ...] = (),
    most: int = MOST,
) -> tuple[Exit, ...]:
    """The exits from what a strategy's tables agree on: first what costs most of the aim, then the likeliest.

    What an exit costs is its probability × (1 - success once it is made) where the state agreed on is in the
    aim, and nothing elsewhere.

    Parameters
    ----------
    course : the strategy as played.
    after : one more stage from where it ended, with no commitments and no tables.
    aim : (state,) the aim, if any.
    worth : per phase of the course, probability of success from every local state (`stages.values`), if any.
    most : how many to return.
    """
    if not any(phase.stage.tables for phase in course.phases):
        return ()
    found: list[tuple[float, Exit]] = []
    standing: Standing = {}
    over: Standing = {}
    for index, phase in enumerate(course.phases):
        agreed = _agreed(phase, standing)
        found += _leaving(phase, index, agreed, aim, worth[index] if aim is not None else None, most)
        standing, ended = _kept(phase, standing, agreed)
        over = _joined(over, ended)
    (last,) = after.phases
    lasting = values(after, aim)[0] if aim is not None else None
    found += _leaving(last, None, _agreed(last, over), aim, lasting, most)
    found.sort(key=lambda item: (-item[0], -item[1].probability, item[1].start, item[1].end, item[1].table))
    return tuple(way for _, way in found[:most])


def _agreed(phase: Phase, standing: Standing) -> dict[Who, _Agreed]:
    """What every table has brought about: by its moves here, or before and still standing as play begins."""
    walk, parties = phase.walk, len(phase.cached.graph.parties)
    moves = np.flatnonzero(walk.mover >= parties)
    source = np.searchsorted(walk.first, moves, side="right") - 1
    component = phase.endings.component[source]
    closed = phase.endings.closed[component]
    once = np.where(closed, 0.0, phase.visits[source]) * walk.chance[moves]
    often = phase.arrived[component] * phase.endings.stationary[source] * walk.chance[moves]
    found: dict[Who, _Agreed] = {}
    for who in dict.fromkeys((*map(_who, phase.stage.tables), *standing)):
        fresh = _begun(phase, standing[who]) if who in standing else np.zeros(len(walk.states))
        turning = np.zeros(len(walk.states))
        for place, table in enumerate(phase.stage.tables):
            own = (walk.mover[moves] == parties + place) & (_who(table) == who)
            np.add.at(fresh, walk.target[moves[own]], once[own])
            np.add.at(turning, walk.target[moves[own]], often[own])
        found[who] = _Agreed(fresh, turning)
    return found


def _who(table: Table) -> Who:
    return table.id, table.members


def _begun(phase: Phase, standing: Mixture) -> Floats:
    """Mass, per local state, that begins a phase on an agreement that its commitments leave as it is."""
    found = np.zeros(len(phase.walk.states))
    entered, mass = _placed(phase, standing)
    there = entered != NEVER
    still = there.copy()
    still[there] = phase.home[entered[there]] == phase.start.states[there]
    found[entered[still]] = mass[still]
    return found


def _placed(phase: Phase, standing: Mixture) -> tuple[Int64, Floats]:
    """Where each state of a phase's start begins, and the part of its mass that stands on an agreement."""
    mass = np.zeros(len(phase.start.states))
    spot = np.minimum(np.searchsorted(phase.start.states, standing.states), max(len(mass) - 1, 0))
    known = phase.start.states[spot] == standing.states
    mass[spot[known]] = standing.chances[known]
    return phase.entered, mass


def _leaving(
    phase: Phase,
    index: int | None,
    agreed: dict[Who, _Agreed],
    aim: Bools | None,
    worth: Floats | None,
    most: int,
) -> list[tuple[float, Exit]]:
    """The exits of one phase, each with what it costs: of every table at least those that come first.

    How often a move is expected bounds its chance, so moves are looked at in that order, and no further once
    enough exits come before whatever is left.
    """
    walk, home = phase.walk, phase.home
    source = walk.source if agreed else np.zeros(0, dtype=np.int64)
    found = []
    for who, made in agreed.items():
        moves = _ways_out(phase, who, made, source)
        likely = _expected(phase, made, source[moves], moves)
        after = np.ones(len(moves)) if worth is None else worth[walk.target[moves]]
        left = np.zeros(len(moves)) if aim is None else aim[home[source[moves]]].astype(np.float64)
        at_stake, at_most = left * (1 - after), np.minimum(likely, 1.0)
        renewed: dict[int, tuple[Int64, Floats]] = {}
        first: list[tuple[float, float]] = []  # cost and chance of the exits that come first so far
        for k in np.lexsort((-at_most, -np.round(at_most * at_stake, DIGITS))).tolist():
            if len(first) >= most and first[-1] > (_cost(at_most[k], at_stake[k]), float(at_most[k])):
                break
            start, end = int(source[moves[k]]), int(walk.target[moves[k]])
            if start not in renewed:
                renewed[start] = _renewed(phase, who, start)
            again = _again(renewed[start], end) * float(walk.chance[moves[k]])
            chance = min(float(likely[k]) / (1 + again), 1.0)
            if chance > SLIGHT:
                success = None if worth is None else float(after[k])
                cost = _cost(chance, at_stake[k])
                way = Exit(
                    int(walk.mover[moves[k]]), who[0], int(home[start]), int(home[end]), index, chance, success
                )
                found.append((cost, way))
                first = sorted([*first, (cost, chance)], reverse=True)[:most]
    return found


def _cost(chance: float, at_stake: float) -> float:
    """How much of the aim an exit costs, without the noise of rounding."""
    return round(float(chance * at_stake), DIGITS)


def _ways_out(phase: Phase, who: Who, made: _Agreed, source: Int64) -> Int64:
    """Moves of parties outside a table from states on which it has agreed."""
    walk, parties = phase.walk, len(phase.cached.graph.parties)
    outside = np.zeros(parties + len(phase.stage.tables), dtype=np.bool_)
    outside[:parties] = True
    outside[list(who[1])] = False
    stands = (made.fresh > 0) | (made.turning > 0)
    return np.flatnonzero(stands[source] & outside[walk.mover])


def _expected(phase: Phase, made: _Agreed, start: Int64, moves: Int64) -> Floats:
    """How often moves are made from an agreement; in a cycle that comes back to it, how probably at all."""
    cycle = phase.arrived[phase.endings.component[start]]
    found: Floats = np.where(made.turning[start] > 0, cycle, made.fresh[start] * phase.walk.chance[moves])
    return found


def _renewed(phase: Phase, who: Who, start: int) -> tuple[Int64, Floats]:
    """Where play may come back to a state, and how often from there the table is expected to agree on it."""
    walk, component = phase.walk, int(phase.endings.component[start])
    states = phase.endings.members(component)
    if phase.endings.closed[component] or len(states) == 1:
        return states[:0], np.zeros(0)
    tables = [place for place, table in enumerate(phase.stage.tables) if _who(table) == who]
    back = np.isin(walk.mover, np.array(tables) + len(phase.cached.graph.parties)) & (walk.target == start)
    chances = np.zeros(len(walk.states))
    np.add.at(chances, walk.source[back], walk.chance[back])
    return states, solve(walk, states, chances[states])


def _again(renewed: tuple[Int64, Floats], end: int) -> float:
    """How often, in expectation, an agreement is renewed after an exit to a state; 0 without a way back."""
    states, times = renewed
    place = int(np.searchsorted(states, end))
    return float(times[place]) if place < len(states) and states[place] == end else 0.0


def _kept(phase: Phase, standing: Standing, agreed: dict[Who, _Agreed]) -> tuple[Standing, Standing]:
    """On what agreements play stands when a phase is over: where it goes on, and where the strategy ends."""
    component = phase.endings.component
    alone = (np.diff(phase.endings.begin) == 1)[component]
    closed, goes_on = phase.endings.closed[component], phase.goes_on[component]
    onward: Standing = {}
    over: Standing = {}
    for who, made in agreed.items():
        mass = np.where(closed, np.where(alone, made.fresh, made.turning), 0.0)
        onward[who] = mixture(phase.home[goes_on], mass[goes_on])
        states, masses = [phase.home[~goes_on]], [mass[~goes_on]]
        if who in standing:
            entered, held = _placed(phase, standing[who])
            states.append(phase.start.states[entered == NEVER])
            masses.append(held[entered == NEVER])
        over[who] = mixture(np.concatenate(states), np.concatenate(masses))
    return onward, over


def _joined(one: Standing, other: Standing) -> Standing:
    """Two parts of where play stands, together."""
    joined = dict(one)
    for who, part in other.items():
        known = joined.get(who, Mixture(np.zeros(0, dtype=np.int64), np.zeros(0)))
        joined[who] = mixture(
            np.concatenate([known.states, part.states]), np.concatenate([known.chances, part.chances])
        )
    return joined
