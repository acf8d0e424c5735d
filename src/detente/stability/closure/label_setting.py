"""Closures on lists of states: label setting, for crises whose grid would be too large or too empty.

Every state receives its final value once, because values are handed out from the least upwards: whoever can
reach a state by replies inherits its value unless it already has a lower one. A room's states are kept in
the order of the mover's ranks with a mark up to which they are labelled, so no pair of states is looked at
twice. The time is nearly proportional to states times parties, whatever the preferences.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.stability.closure.components import Components, components_of
from detente.stability.closure.grid import NONE
from detente.stability.compiled import native
from detente.states.state_graph import Int32, Int64, StateGraph


def least_reply(
    graph: StateGraph, viewer: int | None, movers: Sequence[int], improving: bool, values: Int32
) -> Int32:
    """The least value over each state and what the movers' moves (or improvements) can make of it.

    Int32[state] in and out; improvements are those that the viewer expects (None: the true ones).
    """
    if not movers:
        return values
    ranks = np.stack([_expected(graph, viewer, mover) for mover in movers])
    return _handed_out(graph, movers, ranks, ranks, improving, values)


def least_open_reply(
    graph: StateGraph, movers: Sequence[int], ranks: Sequence[Int32], ahead: Sequence[Int32], values: Int32
) -> Int32:
    """As `least_reply`, by moves of which each promises its mover (`ahead`) more than it leaves (`ranks`).

    Both for each of the movers, as Int32[state]; no promise exceeds the rank of its state.
    """
    if not movers:
        return values
    return _handed_out(graph, movers, np.stack(ranks), np.stack(ahead), True, values)


def _handed_out(
    graph: StateGraph, movers: Sequence[int], ranks: Int32, ahead: Int32, improving: bool, values: Int32
) -> Int32:
    """Label by the movers' moves, as far as these exceed by `ahead` the `ranks` that they leave (or all)."""
    components = [components_of(graph, mover) for mover in movers]
    behind, doors = _behind(components)
    offsets = np.cumsum([0, *(len(part.starts) - 1 for part in components)])
    room_of = np.stack([part.room_of + offset for part, offset in zip(components, offsets, strict=False)])
    members = np.stack([part.members[_by_rank(part, row)] for part, row in zip(components, ranks, strict=True)])
    starts = [part.starts[:-1] + graph.states * place for place, part in enumerate(components)]
    first = np.concatenate([*starts, [graph.states * len(components)]]).astype(np.int32)
    result = np.array(values)
    ascending = np.argsort(values, kind="stable").astype(np.int32)
    rooms, listed = room_of.astype(np.int32), members.ravel()
    _label(result, ascending, rooms, listed, first, behind, doors, ranks, ahead, improving)
    return result


def best_own(graph: StateGraph, party: int, values: Int32) -> Int32:
    """The best value over the party's other moves from each state, NONE without any."""
    components = components_of(graph, party)
    order = np.lexsort((values, components.room_of))
    sizes = np.diff(components.starts)
    tops = values[order[components.starts[1:] - 1]]
    seconds = np.where(sizes > 1, values[order[np.maximum(components.starts[1:] - 2, 0)]], NONE)
    beyond = np.full(len(sizes), NONE, np.int32)
    source = np.repeat(np.arange(len(sizes)), np.diff(components.leads))
    np.maximum.at(beyond, source, tops[components.onward])
    top, second = tops[components.room_of], seconds[components.room_of]
    best: Int32 = np.maximum(np.where(values == top, second, top), beyond[components.room_of]).astype(np.int32)
    return best


def _expected(graph: StateGraph, viewer: int | None, mover: int) -> Int32:
    return graph.ranks[mover] if viewer is None else graph.seen.get((viewer, mover), graph.ranks[mover])


def _by_rank(components: Components, ranks: Int32) -> Int64:
    """Places of `members` in the order of the mover's ranks within each room."""
    return np.lexsort((ranks[components.members], components.room_of[components.members]))


def _behind(components: Sequence[Components]) -> tuple[Int32, Int32]:
    """For each room of each mover the rooms that lead to it, itself included, numbered throughout."""
    sources: list[Int64 | Int32] = []
    targets: list[Int64 | Int32] = []
    total = 0
    for part in components:
        count = len(part.starts) - 1
        itself = np.arange(count)
        sources += [itself + total, np.repeat(itself, np.diff(part.leads)) + total]
        targets += [itself + total, part.onward + total]
        total += count
    source, target = np.concatenate(sources), np.concatenate(targets)
    doors = np.concatenate([[0], np.cumsum(np.bincount(target, minlength=total))])
    return source[np.argsort(target, kind="stable")].astype(np.int32), doors.astype(np.int32)


@native
def _label(values, ascending, room_of, members, first, behind, doors, ranks, ahead, improving):  # type: ignore[no-untyped-def]
    """Hand out values from the least upwards; `mark[room]` is how far a room's list has been labelled."""
    movers, states = ranks.shape
    mark = first.copy()
    done = np.zeros(states, np.uint8)
    waiting = np.empty(states, np.int32)
    for source in ascending:
        if done[source]:
            continue
        done[source] = 1
        waiting[0], count = source, 1
        while count > 0:
            count -= 1
            here = waiting[count]
            for mover in range(movers):
                room = room_of[mover, here]
                for door in range(doors[room], doors[room + 1]):
                    start = behind[door]
                    while mark[start] < first[start + 1]:
                        state = members[mark[start]]
                        if improving and ranks[mover, state] >= ahead[mover, here]:
                            break
                        mark[start] += 1
                        if not done[state]:
                            done[state] = 1
                            values[state] = values[source]
                            waiting[count] = state
                            count += 1
