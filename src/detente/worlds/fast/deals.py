"""What a table agrees on where play comes by: the best of what its members can bring about together.

As `play.table_deals` and `play.choices` have it: those who change something gain, the others lose nothing, and
of such changes the one with the largest product of the changers' gains is taken (Nash 1950) of which no member,
alone, would go on. Ties are ties within what payoffs are rounded by.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.play.choices import ROUNDED
from detente.stability.compiled import step
from detente.states.payoffs import GRID
from detente.states.state_graph import Floats, Int32, Int64
from detente.worlds.fast.ground import Ground
from detente.worlds.fast.replies import NOTHING, is_open

ROOM, HALL = 1, 2


class Peaks(NamedTuple):
    """The highest key of each party in every room and in every hall of cells."""

    room: Int32  # (party, room)
    hall: Int32  # (party, hall)


class Tray(NamedTuple):
    """What a table might agree on at a cell: candidates with their products; room to work in."""

    candidate: Int64
    product: Floats
    doubt: Floats  # by how much each product may be off


def peaks_for(ground: Ground, parties: int) -> Peaks:
    """Room for the peaks of a ground."""
    cells = len(ground.feasible)
    room, hall = (np.empty((parties, cells // int(size)), dtype=np.int32) for size in ground.size)
    return Peaks(room, hall)


def tray_for(most: int) -> Tray:
    """Room for so many candidates."""
    return Tray(np.empty(most, dtype=np.int64), np.empty(most), np.empty(most))


@step
def find_peaks(ground, worth, peaks):  # type: ignore[no-untyped-def]
    """Write down the highest keys."""
    rooms = ground.size[1] // ground.size[0]
    for party in range(peaks.room.shape[0]):
        keys = worth.key[party]
        for room in range(peaks.room.shape[1]):
            highest = keys[room * ground.size[0]]
            for cell in range(room * ground.size[0] + 1, (room + 1) * ground.size[0]):
                highest = max(highest, keys[cell])
            peaks.room[party, room] = highest
        for hall in range(peaks.hall.shape[1]):
            highest = peaks.room[party, hall * rooms]
            for room in range(hall * rooms + 1, (hall + 1) * rooms):
                highest = max(highest, peaks.room[party, room])
            peaks.hall[party, hall] = highest


@step
def agree(ground, worth, peaks, desk, tray, members, binding, cell, fixed, found, begin):  # type: ignore[no-untyped-def]
    """Write what a table agrees on at a cell to `found[begin:end]`; return the end, -1: too many candidates."""
    many = _candidates(ground, worth, peaks, tray, members, cell, fixed)
    if many < 0:
        return -1
    widest = 0.0
    for k in range(many):
        widest = max(widest, tray.doubt[k])
    end, largest, doubt = begin, 0.0, 0.0
    for best in np.argsort(-tray.product[:many]):
        product, there = tray.product[best], tray.candidate[best]
        if end > begin and product < largest - doubt - widest:
            return end
        if end > begin and product < largest - doubt - tray.doubt[best]:
            continue
        if binding or _kept(ground, worth, desk, members, there, fixed):
            if end == found.size:
                return -1
            if end == begin:
                largest, doubt = product, tray.doubt[best]
            found[end] = there
            end += 1
    return end


@step
def _kept(ground, worth, desk, members, cell, fixed):  # type: ignore[no-untyped-def]
    """Whether no member, alone, has an open move out of a cell."""
    for member in range(members.size):
        if members[member] and is_open(ground, worth, desk, member, cell, fixed):
            return False
    return True


@step
def _candidates(ground, worth, peaks, tray, members, cell, fixed):  # type: ignore[no-untyped-def]
    """Fill the tray with what the members could agree on at a cell; how many, -1: more than there is room for.

    The members' moves are combined, those of the outermost first. Where those left stay within a room or a
    hall of cells in which some member must lose, they are passed over.
    """
    who = _seated(ground.inner, members)
    count = who.size
    key, steps, feasible, candidate = worth.key, ground.step, ground.feasible, tray.candidate
    first, last, here = np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count, np.int64)
    for seat in range(count):
        place = ground.spot[cell, who[seat]]
        first[seat], last[seat] = ground.begin[fixed, place], ground.begin[fixed, place + 1]
        here[seat] = key[who[seat], cell]
    within = _within(ground.inmost, who)
    turn, cells = (
        first - 2,
        np.empty(count + 1, np.int64),
    )  # the move of each so far; before the first: it stays
    depth, many = NOTHING, NOTHING
    cells[0] = cell
    while depth >= 0:
        turn[depth] += 1
        if turn[depth] >= last[depth]:
            turn[depth] = first[depth] - 2
            depth -= 1
            continue
        there = cells[depth] + (steps[turn[depth]] if turn[depth] >= first[depth] else 0)
        cells[depth + 1] = there
        if depth + 1 < count:
            pruned = False
            if within[depth] == ROOM:
                pruned = _loses(peaks.room, there // ground.size[0], who, here, turn, first, depth)
            elif within[depth] == HALL:
                pruned = _loses(peaks.hall, there // ground.size[1], who, here, turn, first, depth)
            if not pruned:
                depth += 1
        elif feasible[there]:
            product, doubt = _product(key, who, here, turn, first, there)
            if product > 0.0:
                if many == candidate.size:
                    return -1
                candidate[many], tray.product[many], tray.doubt[many] = there, product, doubt
                many += 1
    return many


@step
def _seated(inner, members):  # type: ignore[no-untyped-def]
    """The members, outermost first."""
    who = np.empty(members.size, np.int64)
    count = NOTHING
    for member in range(members.size):
        if members[member]:
            at = count
            while at > 0 and inner[who[at - 1]] < inner[member]:
                who[at] = who[at - 1]
                at -= 1
            who[at] = member
            count += 1
    return who[:count]


@step
def _within(inmost, who):  # type: ignore[no-untyped-def]
    """Whether the members left, once the move of one is chosen, stay within a room, a hall, or neither."""
    within = np.zeros(who.size, np.int64)
    for seat in range(who.size - 1):
        left = who.size - seat - 1
        if left == 1 and who[seat + 1] == inmost[0]:
            within[seat] = ROOM
        elif who[seat + 1] == inmost[1] and (left == 1 or (left == 2 and who[seat + 2] == inmost[0])):
            within[seat] = HALL
    return within


@step
def _loses(peak, place, who, here, turn, first, depth):  # type: ignore[no-untyped-def]
    """Whether some member loses wherever the members left to move may go, as far as peaks tell."""
    for seat in range(who.size):
        highest = peak[who[seat], place]
        if highest < here[seat] or (highest == here[seat] and seat <= depth and turn[seat] >= first[seat]):
            return True
    return False


@step
def _product(key, who, here, turn, first, there):  # type: ignore[no-untyped-def]
    """Product of the gains of those who change something, and by how much it may be off; 0 where one loses."""
    for seat in range(who.size):
        gain = key[who[seat], there] - here[seat]
        if gain < 0 or (gain == 0 and turn[seat] >= first[seat]):
            return 0.0, 0.0
    product, share, changers = 1.0, 0.0, 0
    for seat in range(who.size):
        if turn[seat] >= first[seat]:
            gain = key[who[seat], there] - here[seat]
            product *= gain * GRID
            share += ROUNDED / (gain * GRID)
            changers += 1
    return (product, product * share) if changers > 0 else (0.0, 0.0)
