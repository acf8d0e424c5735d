"""Where play goes in a stage and how it ends, as `play.chain` and `play.absorption` have it.

A walk is explored from where the stage begins; chances are then carried to its ends exactly.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.play.absorption import strong_components
from detente.stability.compiled import step
from detente.states.state_graph import Floats, Int64
from detente.worlds.fast.deals import agree
from detente.worlds.fast.replies import NOTHING, best_moves

NO_ROOM = np.int64(-1)
LOCAL, MOVES = 1 << 12, 1 << 15  # states that a walk may reach, and their moves


class Path(NamedTuple):
    """A walk: local states in the order of discovery, and their moves; room to work in.

    From the k-th play takes the moves `first[k]:first[k + 1]`. `lasts[k]` is how many rounds it stays.
    """

    local: Int64  # (cell,) its local state, -1 where play has not come
    cell: Int64  # (local,)
    first: Int64  # (local + 1,)
    target: Int64  # (move,)
    chance: Floats  # (move,)
    lasts: Floats  # (local,)
    mass: Floats  # (local,)
    share: Floats  # (local,): long-run share in its closed class
    end: Int64  # (mover + 1,)


class Movers(NamedTuple):
    """How often each party gets to move; each table, and how often what it agrees on is ratified."""

    party: Floats
    table: Floats
    ratified: Floats


def path_for(cells: int, movers: int) -> Path:
    """Room for walks over so many cells with so many movers."""
    cell, first, target = (np.empty(size, dtype=np.int64) for size in (LOCAL, LOCAL + 1, MOVES))
    chance, lasts, mass, share = (np.empty(size) for size in (MOVES, LOCAL, LOCAL, LOCAL))
    end = np.empty(movers + 1, dtype=np.int64)
    return Path(np.full(cells, -1), cell, first, target, chance, lasts, mass, share, end)


@step
def explore(ground, script, worth, movers, room, stage, starts):  # type: ignore[no-untyped-def]
    """Walk on in a stage from the first `starts` cells of the path; how many states; NO_ROOM: too many."""
    path, until = room.path, script.ends[stage]
    size, moves, k = starts, NOTHING, NOTHING
    for start in range(starts):
        path.local[path.cell[start]] = start
    while k < size and moves >= 0:
        path.first[k], path.lasts[k] = moves, 1.0
        if until < 0 or not script.until[until, path.cell[k]]:
            size, moves = _move(ground, script, worth, movers, room, stage, k, size, moves)
        k += 1
    if moves >= 0:
        path.first[size] = moves
    for known in range(size):
        path.local[path.cell[known]] = -1
    return size if moves >= 0 else NO_ROOM


@step
def _move(ground, script, worth, movers, room, stage, k, size, moves):  # type: ignore[no-untyped-def]
    """Take down the moves out of a local state; how many states and moves there are then."""
    path, parties, total, every = room.path, movers.party.size, 0.0, 0.0
    seat, fixed = script.seats[stage], script.commitments[stage]
    many = parties + script.seats[stage + 1] - seat
    path.end[0] = moves
    for mover in range(many):
        begin = path.end[mover]
        path.end[mover + 1] = begin
        if begin + room.desk.moves.size > path.target.size:
            return size, NO_ROOM
        table = seat + mover - parties
        weight = movers.party[mover] if mover < parties else movers.table[table] * movers.ratified[table]
        if weight > 0.0:
            if mover < parties:
                end = best_moves(ground, worth, room.desk, mover, path.cell[k], fixed, path.target, begin)
            else:
                members, binding = script.members[table], script.binding[table]
                place = (path.cell[k], fixed, path.target, begin)
                end = agree(ground, worth, room.peaks, room.desk, room.tray, members, binding, *place)
                if end < 0:
                    return size, NO_ROOM
            if end > begin:
                path.end[mover + 1] = end
                total += weight
                every += movers.party[mover] if mover < parties else movers.table[table]
    for mover in range(many):
        table = seat + mover - parties
        weight = movers.party[mover] if mover < parties else movers.table[table] * movers.ratified[table]
        for move in range(path.end[mover], path.end[mover + 1]):
            there = path.target[move]
            if path.local[there] < 0:
                if size == path.cell.size:
                    return size, NO_ROOM
                path.local[there], path.cell[size] = size, there
                size += 1
            path.target[move] = path.local[there]
            path.chance[move] = weight / total * (1.0 / (path.end[mover + 1] - path.end[mover]))
    if total > 0.0:
        path.lasts[k] = every / total
    return size, path.end[many]


@step
def carry(path, size):  # type: ignore[no-untyped-def]
    """Carry the mass of a walk to its ends: the component of each local state, which of them are closed.

    In closed ones `mass` becomes what enters, and `share` is the long-run share of each state.
    """
    first, target = path.first[: size + 1], path.target[: path.first[size]]
    component = strong_components(first, target)
    count = _count(component)
    closed = np.ones(count, np.bool_)
    for k in range(size):
        path.share[k] = 0.0
        for move in range(first[k], first[k + 1]):
            if component[target[move]] != component[k]:
                closed[component[k]] = False
    begin, order = _sorted(component, count)
    where = np.full(size, -1, np.int64)
    for one in range(count - 1, -1, -1):
        states = order[begin[one] : begin[one + 1]]
        for k in range(states.size):
            where[states[k]] = k
        if closed[one]:
            _long_run(path, states, where)
        else:
            _pass_on(path, states, where)
        for k in range(states.size):
            where[states[k]] = -1
    return component, closed


@step
def _count(component):  # type: ignore[no-untyped-def]
    """How many components there are."""
    count = NOTHING
    for k in range(component.size):
        count = max(count, component[k] + 1)
    return count


@step
def _sorted(component, count):  # type: ignore[no-untyped-def]
    """Local states by their component: where those of each begin, and all of them."""
    begin, order = np.zeros(count + 1, np.int64), np.empty(component.size, np.int64)
    for k in range(component.size):
        begin[component[k] + 1] += 1
    for one in range(count):
        begin[one + 1] += begin[one]
    put = begin.copy()
    for k in range(component.size):
        order[put[component[k]]] = k
        put[component[k]] += 1
    return begin, order


@step
def _long_run(path, states, where):  # type: ignore[no-untyped-def]
    """Long-run shares in a closed class: expected rounds between two visits to its first state, scaled."""
    count = states.size
    matrix, right = np.eye(count - 1), np.zeros(count - 1)
    for k in range(count):
        for move in range(path.first[states[k]], path.first[states[k] + 1]):
            there = where[path.target[move]]
            if there > 0 and k == 0:
                right[there - 1] += path.chance[move]
            elif there > 0:
                matrix[there - 1, k - 1] -= path.chance[move]
    _eliminate(matrix, right)
    total = 0.0
    for k in range(count):
        path.share[states[k]] = (1.0 if k == 0 else right[k - 1]) * path.lasts[states[k]]
        total += path.share[states[k]]
    for k in range(count):
        path.share[states[k]] /= total


@step
def _pass_on(path, states, where):  # type: ignore[no-untyped-def]
    """Carry the mass of a class that play leaves to where it goes."""
    count = states.size
    if count > 1:
        matrix, right = np.eye(count), np.empty(count)
        for k in range(count):
            right[k] = path.mass[states[k]]
            for move in range(path.first[states[k]], path.first[states[k] + 1]):
                if where[path.target[move]] >= 0:
                    matrix[where[path.target[move]], k] -= path.chance[move]
        _eliminate(matrix, right)
        for k in range(count):
            path.mass[states[k]] = right[k]
    for k in range(count):
        for move in range(path.first[states[k]], path.first[states[k] + 1]):
            if where[path.target[move]] < 0:
                path.mass[path.target[move]] += path.mass[states[k]] * path.chance[move]


@step
def _eliminate(matrix, right):  # type: ignore[no-untyped-def]
    """Solve a linear system in place, by elimination with partial pivoting."""
    size = right.size
    for k in range(size):
        pivot = k
        for row in range(k + 1, size):
            if abs(matrix[row, k]) > abs(matrix[pivot, k]):
                pivot = row
        if pivot != k:
            for column in range(k, size):
                matrix[k, column], matrix[pivot, column] = matrix[pivot, column], matrix[k, column]
            right[k], right[pivot] = right[pivot], right[k]
        for row in range(k + 1, size):
            factor = matrix[row, k] / matrix[k, k]
            if factor != 0.0:
                for column in range(k, size):
                    matrix[row, column] -= factor * matrix[k, column]
                right[row] -= factor * right[k]
    for k in range(size - 1, -1, -1):
        for column in range(k + 1, size):
            right[k] -= matrix[k, column] * right[column]
        right[k] /= matrix[k, k]
