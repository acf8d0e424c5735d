"""How every strategy fares in one world: success, whether it lasts, by how much it holds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.stability.compiled import native, step
from detente.states.payoffs import GRID
from detente.states.state_graph import Floats, Int64
from detente.worlds.fast.deals import Peaks, Tray, find_peaks
from detente.worlds.fast.replies import LOWEST, NOTHING, Desk, least_reply
from detente.worlds.fast.walk import NO_ROOM, Path, carry, explore

PATIENCE = 8  # cells looked at for a reply before the other moves are looked at again


class Room(NamedTuple):
    """Room to work in, used again for every world; each thread has its own."""

    desk: Desk
    peaks: Peaks
    tray: Tray
    path: Path


class Mix(NamedTuple):
    """Cells with chances; the first few count."""

    cell: Int64
    chance: Floats


@native
def fares(ground, script, worth, movers, room, found):  # type: ignore[no-untyped-def]
    """Write how the strategies fare to `found[strategy]`; whether there was room for it.

    Success by outcome, then, with an aim, lasting success on it and the margin (as `play.verdict.Fare`).
    """
    find_peaks(ground, worth, room.peaks)
    size, outcomes = room.path.cell.size, script.inside.shape[0]
    now, ends, rests = _mix(size), _mix(size), np.empty(size, np.int64)
    after = script.first[script.first.size - 1]
    for one in range(script.first.size - 1):
        now.cell[0], now.chance[0], standing = script.start, 1.0, NOTHING + 1
        for free in range(1 if script.aim < 0 else 2):  # the strategy, then one more stage with nobody bound
            first, last = (script.first[one], script.first[one + 1]) if free == 0 else (after, after + 1)
            success = found[one, :outcomes] if free == 0 else np.empty(outcomes)
            ended, rested = _play(
                ground, script, worth, movers, room, first, last, standing, now, ends, rests, success
            )
            if ended == NO_ROOM:
                return False
            for outcome in range(outcomes):
                success[outcome] = min(max(success[outcome], 0.0), 1.0)
            if free == 1:
                found[one, outcomes] = success[script.aim]
            elif script.aim >= 0:
                found[one, outcomes + 1] = _margin(ground, worth, room.desk, rests, rested)
            standing = ended
            for k in range(ended):
                now.cell[k], now.chance[k] = ends.cell[k], ends.chance[k]
    return True


@step
def _mix(size):  # type: ignore[no-untyped-def]
    return Mix(np.empty(size, np.int64), np.empty(size))


@step
def _add(mix, many, cell, chance):  # type: ignore[no-untyped-def]
    """Add mass to a mix of so many cells; how many it has then, NO_ROOM where it is full."""
    for k in range(many):
        if mix.cell[k] == cell:
            mix.chance[k] += chance
            return many
    if many == mix.cell.size:
        return NO_ROOM
    mix.cell[many], mix.chance[many] = cell, chance
    return many + 1


@step
def _play(ground, script, worth, movers, room, begin, end, standing, now, ends, rests, success):  # type: ignore[no-untyped-def]
    """Play stages from so many cells of a mix: in how many it ends, and in how many rests; NO_ROOM: too many.

    Where it ends, with what chance, is written to `ends`, where it rests to `rests`, and to `success` how often
    that is inside each outcome.
    """
    path = room.path
    for outcome in range(script.inside.shape[0]):
        success[outcome] = 0.0
    ended, rested = NOTHING, NOTHING
    for stage in range(begin, end):
        last, until = stage == end - 1, script.ends[stage]
        starts = NOTHING
        for k in range(standing):
            cell = _set(ground, script, stage, now.cell[k])
            if cell >= 0:
                starts = _start(path, starts, cell, now.chance[k])
            else:
                ended = _add(ends, ended, now.cell[k], now.chance[k])
                if ended == NO_ROOM or rested == rests.size:
                    return NO_ROOM, NOTHING
                rests[rested] = now.cell[k]
                rested += 1
                for outcome in range(script.inside.shape[0]):
                    success[outcome] += now.chance[k] if script.inside[outcome, now.cell[k]] else 0.0
        if starts == 0:
            return ended, rested
        size = explore(ground, script, worth, movers, room, stage, starts)
        if size == NO_ROOM:
            return NO_ROOM, NOTHING
        for k in range(starts, size):
            path.mass[k] = 0.0
        component, closed = carry(path, size)
        arrived, alone, met = _arrivals(path, size, component, closed, script.until, until)
        standing = NOTHING
        for k in range(size):
            entered = arrived[component[k]]
            if entered > 0.0:
                goes_on = not last and (not script.require[stage] or until < 0 or met[component[k]])
                if goes_on:
                    standing = _add(now, standing, path.cell[k], entered * path.share[k])
                else:
                    ended = _add(ends, ended, path.cell[k], entered * path.share[k])
                    if alone[component[k]] == 1:
                        if rested == rests.size:
                            return NO_ROOM, NOTHING
                        rests[rested] = path.cell[k]
                        rested += 1
                if standing == NO_ROOM or ended == NO_ROOM:
                    return NO_ROOM, NOTHING
        for outcome in range(script.inside.shape[0]):
            wholly = _wholly(path, size, component, script.inside[outcome])
            for place in range(closed.size):
                goes_on = not last and (not script.require[stage] or until < 0 or met[place])
                if arrived[place] > 0.0 and not goes_on and wholly[place]:
                    success[outcome] += arrived[place]
        if standing == 0:
            break
    return ended, rested


@step
def _set(ground, script, stage, cell):  # type: ignore[no-untyped-def]
    """Where a cell leads when a stage's commitments are set; -1 where they cannot be."""
    led = cell
    for party in range(ground.inner.size):
        place = ground.spot[cell, party]
        position = script.set_to[stage, place]
        if position < 0:
            return -1
        led += (position - (place - ground.first[party])) * ground.inner[party]
    return led if ground.feasible[led] else -1


@step
def _start(path, starts, cell, chance):  # type: ignore[no-untyped-def]
    """Let a walk start in a cell too; how many starts it has."""
    for k in range(starts):
        if path.cell[k] == cell:
            path.mass[k] += chance
            return starts
    path.cell[starts], path.mass[starts] = cell, chance
    return starts + 1


@step
def _arrivals(path, size, component, closed, until, end):  # type: ignore[no-untyped-def]
    """Per component: the mass that ends there, how many states it has, and whether an end is met in it."""
    arrived, alone = np.zeros(closed.size), np.zeros(closed.size, np.int64)
    met = np.zeros(closed.size, np.bool_)
    for k in range(size):
        place = component[k]
        alone[place] += 1
        if closed[place]:
            arrived[place] += path.mass[k]
        if end >= 0 and until[end, path.cell[k]]:
            met[place] = True
    return arrived, alone, met


@step
def _wholly(path, size, component, inside):  # type: ignore[no-untyped-def]
    """Which components lie wholly inside some cells."""
    wholly = np.ones(size, np.bool_)
    for k in range(size):
        if not inside[path.cell[k]]:
            wholly[component[k]] = False
    return wholly


@step
def _margin(ground, worth, desk, rests, rested):  # type: ignore[no-untyped-def]
    """The least margin of some cells, in spans: infinite where nobody has a move, no number without a cell."""
    if rested == 0:
        return np.nan
    largest = -np.inf
    for k in range(rested):
        largest = _temptation(ground, worth, desk, rests[k], largest)
    return -largest


@step
def _temptation(ground, worth, desk, cell, least):  # type: ignore[no-untyped-def]
    """The most that anybody anticipates of a move out of a cell, in spans; `least` where it is no more.

    Every move counts for what its party has in its target until replies are found that lower it; the one that
    counts for most is looked at, with more and more patience, until nothing more is found against it.
    """
    who, target, counts, patience = _every_move(ground, worth, desk, cell)
    while True:
        top = -1
        for k in range(who.size):
            if counts[k] > least and (top < 0 or counts[k] > counts[top]):
                top = k
        if top < 0:
            return least
        party, span = who[top], worth.span[who[top]]
        here = np.int64(worth.key[party, cell])
        bound = LOWEST if least == -np.inf else np.int64(np.floor(least * span)) + here - 1
        low, whole = least_reply(ground, worth, desk, party, target[top], bound, patience[top], NOTHING)
        expected = (low - here) * GRID / (span * GRID)
        if whole:
            least, counts[top] = max(least, expected), -np.inf
        else:
            counts[top] = expected
            patience[top] *= 4


@step
def _every_move(ground, worth, desk, cell):  # type: ignore[no-untyped-def]
    """Everybody's moves out of a cell: whose, where to, what they count for in spans, with what patience."""
    many = ground.inner.size * desk.moves.size
    who, target, counts = np.empty(many, np.int64), np.empty(many, np.int64), np.empty(many)
    found = NOTHING
    for party in range(ground.inner.size):
        place, here = ground.spot[cell, party], np.int64(worth.key[party, cell])
        for move in range(ground.begin[0, place], ground.begin[0, place + 1]):
            there = cell + ground.step[move]
            if ground.feasible[there]:
                gain = np.int64(worth.key[party, there]) - here
                who[found], target[found] = party, there
                counts[found] = gain * GRID / (worth.span[party] * GRID)
                found += 1
    return who[:found], target[:found], counts[:found], np.full(found, PATIENCE, np.int64)
