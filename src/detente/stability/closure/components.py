"""Rooms: sets of states between which a party goes to and fro, and the one-way doors between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.errors import TooLargeError
from detente.states.moves import free_axes
from detente.states.space import Space
from detente.states.state_graph import Int32, Int64, StateGraph

_MOST_DOORS = 1 << 27


@dataclass(frozen=True, eq=False)
class Components:
    """All rooms of one party, whatever the others do.

    `members[starts[room]:starts[room + 1]]` are a room's states; `onward[leads[room]:leads[room + 1]]` are
    the other rooms that the party can reach from it (one move reaches all of them).
    """

    room_of: Int32
    members: Int32
    starts: Int32
    onward: Int32
    leads: Int32


def components_of(graph: StateGraph, party: int) -> Components:
    """Sort the states into the party's rooms."""
    free = free_axes(graph, party)
    one_way = [axis for axis in free if graph.axes[axis].moves != "both"]
    rest = graph.codes - _part(graph, [axis for axis in free if axis not in one_way])
    keys, room_of = np.unique(rest, return_inverse=True)
    room_of = room_of.reshape(-1).astype(np.int32)
    members = np.argsort(room_of, kind="stable").astype(np.int32)
    starts = np.concatenate([[0], np.cumsum(np.bincount(room_of))]).astype(np.int32)
    onward, leads = _doors(graph, one_way, keys)
    return Components(room_of, members, starts, onward, leads)


def onward_components(heights: Int64) -> tuple[Int32, Int32]:
    """For each row the other rows that are at least as high in every column, as one list with starts."""
    found: list[Int64] = []
    total = 0
    for row, height in enumerate(heights):
        above = np.all(heights >= height, axis=1)
        above[row] = False
        found.append(np.flatnonzero(above))
        total += len(found[-1])
        if total > _MOST_DOORS:
            raise TooLargeError(
                f"the one-way options of one party lead through more than {_MOST_DOORS:,} pairs of positions; "
                "make some of them reversible or fixed, or levels of one option."
            )
    leads = np.concatenate([[0], np.cumsum([len(row) for row in found])]).astype(np.int32)
    return np.concatenate(found).astype(np.int32), leads


def _part(graph: StateGraph, axes: list[int]) -> Int64:
    """The part of every state's code that these axes make."""
    space = Space(graph.axes)
    weights = {axis: graph.strides[axis] * np.arange(graph.axes[axis].size, dtype=np.int64) for axis in axes}
    low_table, high_table = space.tables(weights)
    low, high = space.halves(graph.codes)
    return low_table[low] + high_table[high]


def _doors(graph: StateGraph, one_way: list[int], keys: Int64) -> tuple[Int32, Int32]:
    """Which rooms (by the code that their states share) lead to which others."""
    count = len(keys)
    if not one_way:
        return np.zeros(0, np.int32), np.zeros(count + 1, np.int32)
    levels = np.stack([keys // graph.strides[axis] % graph.axes[axis].size for axis in one_way], axis=1)
    rising = np.array([1 if graph.axes[axis].moves == "up" else -1 for axis in one_way])
    strides = np.array([graph.strides[axis] for axis in one_way])
    kinds, kind_of = np.unique(levels * rising, axis=0, return_inverse=True)
    kind_of = kind_of.reshape(-1)
    onward, leads = onward_components(kinds)
    codes = (kinds * rising) @ strides
    sources, targets = [], []
    for kind in range(len(kinds)):
        components = np.flatnonzero(kind_of == kind)
        for other in onward[leads[kind] : leads[kind + 1]]:
            wanted = keys[components] + (codes[other] - codes[kind])
            place = np.minimum(np.searchsorted(keys, wanted), count - 1)
            there = keys[place] == wanted
            sources.append(components[there])
            targets.append(place[there])
    source = np.concatenate(sources) if sources else np.zeros(0, np.int64)
    target = np.concatenate(targets) if targets else np.zeros(0, np.int64)
    first = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=count))]).astype(np.int32)
    return target[np.argsort(source, kind="stable")].astype(np.int32), first
