"""A state graph laid out for play: flat arrays that compiled code can walk on.

Every party's own options form patterns (mixed radix, first option fastest); a move replaces the mover's pattern
in a state's code and is legal when no one-way option turns back and the new state is feasible.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.stability.compiled import native, step
from detente.states.space import CHUNK, chunks
from detente.states.state_graph import Axis, Int64, StateGraph

Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]

NOWHERE = -1
WAYS = {"both": 0, "up": 1, "down": -1}
DENSE = 1 << 25  # up to this many combinations, states are looked up in a table rather than searched


class MoveIndex(NamedTuple):
    """Codes, a table from code to state (empty: search), and own patterns.

    Party p owns `axis_first[p]:axis_first[p + 1]` of the flattened axes and `pattern_first[p]:…` of `offset`,
    the code that each of its patterns adds.
    """

    codes: Int64  # (state,)
    lookup: Int32  # (code,)
    axis_first: Int64  # (party + 1,)
    stride: Int64  # (own axis,)
    size: Int64  # (own axis,)
    way: Int8  # (own axis,): 0 both, 1 up, -1 down
    pattern_first: Int64  # (party + 1,)
    offset: Int64  # (own pattern,)
    one_way: NDArray[np.bool_]  # (party,)


def lay_out(graph: StateGraph) -> MoveIndex:
    """Lay a graph out for play."""
    own = [_own_axes(graph, party) for party in range(len(graph.parties))]
    flat = [pair for pairs in own for pair in pairs]
    patterns = [_offsets(pairs) for pairs in own]
    return MoveIndex(
        codes=graph.codes,
        lookup=_lookup(graph),
        axis_first=_firsts([len(pairs) for pairs in own]),
        stride=np.array([stride for _, stride in flat], dtype=np.int64),
        size=np.array([axis.size for axis, _ in flat], dtype=np.int64),
        way=np.array([WAYS[axis.moves] for axis, _ in flat], dtype=np.int8),
        pattern_first=_firsts([len(offsets) for offsets in patterns]),
        offset=np.concatenate(patterns) if patterns else np.zeros(0, dtype=np.int64),
        one_way=np.array([any(axis.moves != "both" for axis, _ in pairs) for pairs in own], dtype=np.bool_),
    )


def _own_axes(graph: StateGraph, party: int) -> list[tuple[Axis, int]]:
    """Axes that a party may move on, with their strides."""
    return [
        (axis, stride)
        for axis, stride in zip(graph.axes, graph.strides, strict=True)
        if axis.owner == party and axis.moves != "fixed" and axis.size > 1
    ]


def _offsets(pairs: list[tuple[Axis, int]]) -> Int64:
    """Code that each pattern of these axes adds, first axis fastest."""
    offsets = np.zeros(1, dtype=np.int64)
    for axis, stride in pairs:
        offsets = (np.arange(axis.size, dtype=np.int64)[:, None] * stride + offsets[None, :]).ravel()
    return offsets


def _firsts(counts: list[int]) -> Int64:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _lookup(graph: StateGraph) -> Int32:
    """State of every code, `NOWHERE` for infeasible ones; empty where codes are searched instead."""
    if graph.combinations > DENSE:
        return np.zeros(0, dtype=np.int32)
    lookup = np.full(graph.combinations, NOWHERE, dtype=np.int32)
    lookup[graph.codes] = np.arange(graph.states, dtype=np.int32)
    return lookup


@step
def lower_bound(numbers: Int64, low: int, high: int, wanted: int) -> int:
    """First place in an ascending stretch of numbers that is not below the wanted one."""
    while low < high:
        middle = (low + high) // 2
        if numbers[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@step
def find(move_index: MoveIndex, code: int) -> int:
    """State with this code, `NOWHERE` where it is infeasible."""
    if move_index.lookup.size > 0:
        return int(move_index.lookup[code])
    place = lower_bound(move_index.codes, 0, move_index.codes.size, code)
    if place < move_index.codes.size and move_index.codes[place] == code:
        return place
    return NOWHERE


@step
def pattern_of(move_index: MoveIndex, party: int, code: int) -> int:
    """How a party's own options stand in a state."""
    pattern, step = 0, 1
    for k in range(move_index.axis_first[party], move_index.axis_first[party + 1]):
        size = int(move_index.size[k])
        pattern += code // int(move_index.stride[k]) % size * step
        step *= size
    return pattern


@step
def allowed(move_index: MoveIndex, party: int, before: int, after: int) -> bool:
    """Whether a party may go from one own pattern to another: no one-way option turns back."""
    if not move_index.one_way[party]:
        return True
    for k in range(move_index.axis_first[party], move_index.axis_first[party + 1]):
        size = int(move_index.size[k])
        if (after % size - before % size) * move_index.way[k] < 0:
            return False
        before //= size
        after //= size
    return True


@native
def improvements(move_index: MoveIndex, party: int, ranks: Int32, states: Int64) -> tuple[Int64, Int64]:
    """Where a party's own moves lead from some states to what it ranks higher.

    Those from `states[k]` are `ends[first[k]:first[k + 1]]`, ascending by pattern.
    """
    begin, end = move_index.pattern_first[party], move_index.pattern_first[party + 1]
    first = np.zeros(states.size + 1, np.int64)
    ends = np.empty(states.size * (end - begin), np.int64)
    found = 0
    for k in range(states.size):
        code = int(move_index.codes[states[k]])
        before = pattern_of(move_index, party, code)
        base = code - int(move_index.offset[begin + before])
        for after in range(end - begin):
            if allowed(move_index, party, before, after):
                target = find(move_index, base + int(move_index.offset[begin + after]))
                if target >= 0 and ranks[target] > ranks[states[k]]:
                    ends[found] = target
                    found += 1
        first[k + 1] = found
    return first, ends[:found].copy()


def own_moves(move_index: MoveIndex, party: int, state: int) -> Int64:
    """Every other state that a party can bring about alone, ascending."""
    own = slice(int(move_index.axis_first[party]), int(move_index.axis_first[party + 1]))
    stride, size, way = move_index.stride[own, None], move_index.size[own, None], move_index.way[own, None]
    here = move_index.codes[state] // stride % size
    codes = move_index.codes[state] - (here * stride).sum() + _own_offsets(move_index, party)
    targets = states_of(move_index, codes)
    legal = ((codes // stride % size - here) * way >= 0).all(axis=0)
    found: Int64 = targets[legal & (targets >= 0) & (targets != state)]
    return found


def quiet_states(move_index: MoveIndex, party: int, among: Int64, ahead: Int32, ranks: Int32) -> Int64:
    """Those of some (ascending) states at which a party alone has no open move.

    States that differ only in the party's own options are looked at together, once.
    """
    offsets = _own_offsets(move_index, party)
    codes = move_index.codes[among]
    blocks = np.unique(codes - offsets[patterns_of(move_index, party, codes)])
    quiet = np.zeros(move_index.codes.size, dtype=np.bool_)
    for part in chunks(len(blocks), CHUNK // len(offsets) + 1):
        states = states_of(move_index, blocks[part] + offsets[:, None])
        best = _best_within(move_index, party, np.where(states < 0, NOWHERE, ahead[states]))
        holds = (states >= 0) & (best <= ranks[states])
        quiet[states[holds]] = True
    found: Int64 = among[quiet[among]]
    return found


def states_of(move_index: MoveIndex, codes: Int64) -> Int64:
    """States with these codes, `NOWHERE` where they are infeasible."""
    if move_index.lookup.size > 0:
        return move_index.lookup[codes].astype(np.int64)
    places = np.minimum(np.searchsorted(move_index.codes, codes), move_index.codes.size - 1)
    return np.where(move_index.codes[places] == codes, places, NOWHERE).astype(np.int64)


def patterns_of(move_index: MoveIndex, party: int, codes: Int64) -> Int64:
    """How a party's own options stand in states with these codes."""
    patterns, step = np.zeros(codes.shape, dtype=np.int64), 1
    for k in range(move_index.axis_first[party], move_index.axis_first[party + 1]):
        stride, size = int(move_index.stride[k]), int(move_index.size[k])
        patterns += codes // stride % size * step
        step *= size
    return patterns


def _own_offsets(move_index: MoveIndex, party: int) -> Int64:
    """The code that each of a party's patterns adds."""
    return move_index.offset[move_index.pattern_first[party] : move_index.pattern_first[party + 1]]


def _best_within(move_index: MoveIndex, party: int, values: Int32) -> Int32:
    """From values (own pattern, block), the best among the patterns that the party may go to from each."""
    axes = range(int(move_index.axis_first[party]), int(move_index.axis_first[party + 1]))
    best = values.reshape(*(int(move_index.size[k]) for k in reversed(axes)), -1)
    for place, k in enumerate(reversed(axes)):
        if move_index.way[k] == WAYS["both"]:
            best = np.broadcast_to(best.max(axis=place, keepdims=True), best.shape)
        elif move_index.way[k] == WAYS["down"]:
            best = np.maximum.accumulate(best, axis=place)
        else:
            best = np.flip(np.maximum.accumulate(np.flip(best, place), axis=place), place)
    return best.reshape(values.shape)
