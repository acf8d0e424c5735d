"""Who can bring about what alone or together, and what is left when options are held in place.

Directions of one-way options are handled here: a level may rise where an option moves `both` or `up`, and fall
where it moves `both` or `down`. Nature's options move for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import prod

import numpy as np

from detente.errors import RefusedError
from detente.states.space import Space, chunks, strides_of
from detente.states.state_graph import Bools, Int64, StateGraph


def own_moves(graph: StateGraph, party: int, state: int) -> Int64:
    """States that a party can bring about alone from a state.

    R_i(s) of the graph model: feasible t ≠ s that differ from s only in the party's options, each changed in an
    allowed direction; several may change at once, and only the end state must be feasible (Fang, Hipel and
    Kilgour 1993).

    Returns
    -------
    Int64 array
        Ascending state indices.
    """
    return joint_moves(graph, (party,), state)


def joint_moves(graph: StateGraph, members: Iterable[int], state: int) -> Int64:
    """States that several parties can bring about together from a state, each changing only its own options.

    Returns
    -------
    Int64 array
        Ascending state indices, without the state itself.
    """
    owners = frozenset(members)
    allowed = _allowed(graph, owners, graph.levels(state))
    if prod(map(len, allowed.values())) > graph.states // 4:
        found = _filtered(graph, allowed)
    else:
        found = _looked_up(graph, allowed)
    others: Int64 = found[found != state]
    return others


def free_axes(graph: StateGraph, party: int) -> tuple[int, ...]:
    """Axes that a party can change."""
    return tuple(
        place
        for place, axis in enumerate(graph.axes)
        if axis.owner == party >= 0 and axis.size > 1 and axis.moves != "fixed"
    )


def untouched(graph: StateGraph, state: int) -> Bools:
    """(state,) where what no party may change, nature's options and fixed ones, stands as in a state."""
    alike = np.ones(graph.states, dtype=np.bool_)
    for axis, stride, level in zip(graph.axes, graph.strides, graph.levels(state), strict=True):
        if axis.owner < 0 or axis.moves == "fixed":
            alike &= graph.codes // stride % axis.size == level
    return alike


def restrict(graph: StateGraph, fixed: Mapping[int, int]) -> tuple[StateGraph, Int64]:
    """The crisis with some options held in place: for moves, replies, tables and anticipation alike.

    Parameters
    ----------
    graph
        The whole graph.
    fixed
        Level per axis that is held.

    Returns
    -------
    StateGraph
        States in which the axes stand at these levels; the axes have size 1, move no more, and remember their
        level. Payoffs, ranks and spans keep their values, so ranks need not be dense.
    Int64 array (state,)
        Index of each of its states in `graph`.

    Raises
    ------
    RefusedError
        No feasible state has these levels.
    """
    every = {axis: [level] for axis, level in fixed.items()}
    index = _filtered(graph, {axis: every.get(axis, range(part.size)) for axis, part in enumerate(graph.axes)})
    if not len(index):
        held = ", ".join(f"{graph.axes[axis].option} at level {level}" for axis, level in fixed.items())
        raise RefusedError(f"no feasible state has {held}.")
    axes = tuple(
        replace(part, size=1, moves="fixed", first=part.first + fixed[axis]) if axis in fixed else part
        for axis, part in enumerate(graph.axes)
    )
    space, steps = Space(graph.axes), strides_of([axis.size for axis in axes])
    weights = {
        axis: steps[axis] * np.arange(part.size, dtype=np.int64)
        for axis, part in enumerate(graph.axes)
        if axis not in fixed
    }
    low_table, high_table = space.tables(weights)
    low, high = space.halves(graph.codes[index])
    return (
        replace(
            graph,
            axes=axes,
            codes=low_table[low] + high_table[high],
            ranks=graph.ranks[:, index],
            payoffs=graph.payoffs[:, index],
            seen={pair: ranks[index] for pair, ranks in graph.seen.items()},
        ),
        index,
    )


def _allowed(graph: StateGraph, owners: frozenset[int], levels: tuple[int, ...]) -> dict[int, Sequence[int]]:
    """Levels that each axis may take when these owners move from these levels."""
    allowed: dict[int, Sequence[int]] = {}
    for place, (axis, level) in enumerate(zip(graph.axes, levels, strict=True)):
        mine = axis.owner in owners and axis.owner >= 0
        lowest = 0 if mine and axis.moves in ("both", "down") else level
        highest = axis.size - 1 if mine and axis.moves in ("both", "up") else level
        allowed[place] = range(lowest, highest + 1)
    return allowed


def _looked_up(graph: StateGraph, allowed: Mapping[int, Sequence[int]]) -> Int64:
    """States with allowed levels, by finding each combination among the codes."""
    codes = np.zeros(1, dtype=np.int64)
    for (_, levels), stride in zip(sorted(allowed.items()), graph.strides, strict=True):
        codes = (np.asarray(levels, dtype=np.int64)[:, None] * stride + codes[None, :]).ravel()
    places = np.searchsorted(graph.codes, codes)
    places = np.minimum(places, graph.states - 1)
    found: Int64 = np.sort(places[graph.codes[places] == codes])
    return found


def _filtered(graph: StateGraph, allowed: Mapping[int, Sequence[int]]) -> Int64:
    """States with allowed levels, by looking at every state."""
    wrong = {}
    for axis, levels in allowed.items():
        wrong[axis] = np.ones(graph.axes[axis].size, dtype=np.int64)
        wrong[axis][list(levels)] = 0
    space = Space(graph.axes)
    low_wrong, high_wrong = space.tables(wrong)
    found = []
    for part in chunks(graph.states):
        low, high = space.halves(graph.codes[part])
        found.append(np.flatnonzero((low_wrong[low] + high_wrong[high]) == 0) + part.start)
    return np.concatenate(found)
