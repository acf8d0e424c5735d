"""A state graph laid out for play: flat arrays that compiled code can walk on.

Every party's own options form patterns (mixed radix, first option fastest); a move replaces the mover's pattern
in a state's code and is legal when no one-way option turns back and the new state is feasible.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.dynamics.native import native, step
from detente.graph.state_graph import Axis, Int64, StateGraph

Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]

NOWHERE = -1
WAYS = {"both": 0, "up": 1, "down": -1}
DENSE = 1 << 25  # up to this many combinations, states are looked up in a table rather than searched


class Board(NamedTuple):
    """Codes, a table from code to state (empty: search; one entry: code and state agree), and own patterns.

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


def lay_out(graph: StateGraph) -> Board:
    """Lay a graph out for play."""
    own = [_own_axes(graph, party) for party in range(len(graph.parties))]
    flat = [pair for pairs in own for pair in pairs]
    patterns = [_offsets(pairs) for pairs in own]
    return Board(
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
    """State of every code, `NOWHERE` for infeasible ones; see `find` for the two short forms."""
    if graph.combinations == graph.states:
        return np.zeros(1, dtype=np.int32)
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
def find(board: Board, code: int) -> int:
    """State with this code, `NOWHERE` where it is infeasible."""
    if board.lookup.size == 1:
        return code
    if board.lookup.size > 0:
        return int(board.lookup[code])
    place = lower_bound(board.codes, 0, board.codes.size, code)
    if place < board.codes.size and board.codes[place] == code:
        return place
    return NOWHERE


@step
def pattern_of(board: Board, party: int, code: int) -> int:
    """How a party's own options stand in a state."""
    pattern, step = 0, 1
    for k in range(board.axis_first[party], board.axis_first[party + 1]):
        size = int(board.size[k])
        pattern += code // int(board.stride[k]) % size * step
        step *= size
    return pattern


@step
def allowed(board: Board, party: int, before: int, after: int) -> bool:
    """Whether a party may go from one own pattern to another: no one-way option turns back."""
    if not board.one_way[party]:
        return True
    for k in range(board.axis_first[party], board.axis_first[party + 1]):
        size = int(board.size[k])
        if (after % size - before % size) * board.way[k] < 0:
            return False
        before //= size
        after //= size
    return True


@native
def own_moves(board: Board, party: int, state: int) -> Int64:
    """Every other state that a party can bring about alone, in the order of its patterns."""
    first, last = board.pattern_first[party], board.pattern_first[party + 1]
    code = int(board.codes[state])
    before = pattern_of(board, party, code)
    base = code - int(board.offset[first + before])
    found = np.empty(last - first, dtype=np.int64)
    count = 0
    for after in range(last - first):
        if after != before and allowed(board, party, before, after):
            target = find(board, base + int(board.offset[first + after]))
            if target >= 0:
                found[count] = target
                count += 1
    return found[:count]


@native
def quiet_states(board: Board, party: int, among: Int64, ahead: Int32, ranks: Int32) -> Int64:
    """Those of some (ascending) states at which a party alone has no open move.

    States that differ only in the party's own options are looked at together, once.
    """
    first, last = int(board.pattern_first[party]), int(board.pattern_first[party + 1])
    size = last - first
    wanted = np.zeros(board.codes.size, dtype=np.bool_)
    wanted[among] = True
    quiet = np.zeros(board.codes.size, dtype=np.bool_)
    block, best = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int32)
    for state in among:
        if not wanted[state]:
            continue
        code = int(board.codes[state])
        base = code - int(board.offset[first + pattern_of(board, party, code)])
        top = ahead[state]
        for pattern in range(size):
            member = find(board, base + int(board.offset[first + pattern]))
            block[pattern] = member
            best[pattern] = ahead[member] if member >= 0 else -1
            top = max(top, best[pattern])
        if board.one_way[party]:
            _best_within(board, party, best)
        else:
            best[:] = top
        for pattern in range(size):
            member = int(block[pattern])
            if member >= 0 and wanted[member]:
                wanted[member] = False
                quiet[member] = best[pattern] <= ranks[member]
    return among[quiet[among]]


@step
def _best_within(board: Board, party: int, best: Int32) -> None:
    """Turn values per own pattern into the best value among the patterns that the party may go to from each."""
    step = 1
    for k in range(board.axis_first[party], board.axis_first[party + 1]):
        size, way = int(board.size[k]), int(board.way[k])
        for low in range(0, best.size, step * size):
            for inner in range(low, low + step):
                if way >= 0:
                    for level in range(size - 2, -1, -1):
                        place = inner + level * step
                        best[place] = max(best[place], best[place + step])
                if way <= 0:
                    for level in range(1, size):
                        place = inner + level * step
                        best[place] = max(best[place], best[place - step])
        step *= size
