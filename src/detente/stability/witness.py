"""Why a cell of the table is what it is: the move that tempts, the replies that deter it or fail to.

Reads the anticipated values to find the improvement that matters and then searches for the replies step by
step, on states and moves, so that what it shows can be followed by hand. Returns indices; questions name
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import assert_never

import numpy as np

from detente.concepts import Concept, named
from detente.stability.anticipate import anticipated
from detente.stability.iterated import promised
from detente.states.moves import free_axes, own_moves
from detente.states.state_graph import Int32, Int64, StateGraph

_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Step:
    """One move of one party from a state to a state."""

    mover: int
    start: int
    end: int


@dataclass(frozen=True)
class Witness:
    """What decides one cell (concept, party, state) of the table.

    `improvement` is the most tempting of the party's own improvements: the one it expects most of (None: it has
    none, so the state is stable). Where that is deterred, so is every other one. `replies` then is a shortest
    sequence of moves of the others, from the improvement on, after which the party can end no better than
    where it stood; where it is not deterred, a shortest sequence to the worst that the others can do
    (empty: nothing they would do costs the party anything). `escapes` are the party's own moves from the
    end of the replies, which the symmetric concepts count on. `anticipated` and `staying` are in the
    party's own ranks.
    """

    concept: str
    party: int
    state: int
    stable: bool
    staying: int
    improvement: int | None
    improvements: int
    anticipated: int | None
    replies: tuple[Step, ...]
    escapes: tuple[int, ...]


def witness(
    graph: StateGraph, concept: str | Concept, party: int, state: int, values: Int32 | None = None
) -> Witness:
    """The moves that decide whether a state holds for a party.

    Parameters
    ----------
    graph
        The compiled crisis.
    concept
        A row of `CONCEPTS` or its name.
    party, state
        Indices.
    values
        What `anticipated` returned for this party and concept, where the caller has it; computed otherwise.
    """
    concept = named(concept) if isinstance(concept, str) else concept
    ranks = graph.ranks[party]
    staying = int(ranks[state])
    moves = own_moves(graph, party, state)
    better = moves[ranks[moves] > staying]
    if not len(better):
        return Witness(concept.name, party, state, True, staying, None, 0, None, (), ())
    values = anticipated(graph, party, concept) if values is None else values
    target = int(better[np.lexsort((-better, ranks[better], values[better]))[-1]])
    return _judged(graph, concept, party, state, target, len(better), values)


def witness_of_move(
    graph: StateGraph,
    concept: str | Concept,
    party: int,
    state: int,
    target: int,
    values: Int32 | None = None,
    worst: bool = False,
) -> Witness:
    """As `witness`, for one move of the party (an improvement or not) instead of the most tempting one.

    `worst`: the replies lead to the worst that the others can do, also where less would deter.
    """
    concept = named(concept) if isinstance(concept, str) else concept
    values = anticipated(graph, party, concept) if values is None else values
    ranks, moves = graph.ranks[party], own_moves(graph, party, state)
    better = int((ranks[moves] > ranks[state]).sum())
    return _judged(graph, concept, party, state, target, better, values, worst)


def _judged(
    graph: StateGraph,
    concept: Concept,
    party: int,
    state: int,
    target: int,
    improvements: int,
    values: Int32,
    worst: bool = False,
) -> Witness:
    """What decides whether one move is worth making."""
    staying, expects = int(graph.ranks[party, state]), int(values[target])
    stable = expects <= staying
    bound = staying if stable and not worst else expects
    replies = _replies(graph, concept, party, target, bound)
    end = replies[-1].end if replies else target
    escapes = tuple(own_moves(graph, party, end).tolist()) if concept.escapes and replies else ()
    return Witness(concept.name, party, state, stable, staying, target, improvements, expects, replies, escapes)


def punished(graph: StateGraph, viewer: int, step: Step) -> tuple[Step, ...]:
    """Why the maker of a step would not dare it, as the viewer pictures everybody under iterated foresight.

    A shortest sequence of the others' moves, each surely dared, from the end of the step on, after which its
    maker is no better off than before the step. Empty where it may dare the step.
    """
    mind = viewer if any(one == viewer for one, _ in graph.seen) else step.mover
    ranks, known = graph.seen.get((mind, step.mover), graph.ranks[step.mover]), promised(graph, mind)
    bound = int(ranks[step.start])
    if known.most[step.mover][step.end] > bound:
        return ()

    def end_among(states: Int64) -> int | None:
        least = int(states[np.argmin(ranks[states])]) if len(states) else None
        return least if least is not None and ranks[least] <= bound else None

    return _shortest(graph, mind, step.mover, step.end, known.least, end_among)


def _replies(graph: StateGraph, concept: Concept, party: int, start: int, bound: int) -> tuple[Step, ...]:
    """A shortest legal sequence of the others' moves from `start` to an end worth at most the bound to it."""
    if graph.ranks[party, start] <= bound:
        return ()

    def end_among(states: Int64) -> int | None:
        return _worst(graph, concept, party, states, bound)

    return _shortest(graph, party, party, start, gains_of(graph, concept, party), end_among)


def _shortest(
    graph: StateGraph,
    viewer: int,
    party: int,
    start: int,
    gains: Gains,
    end_among: Callable[[Int64], int | None],
) -> tuple[Step, ...]:
    """A shortest sequence of moves of everybody but the party, from `start` to an end.

    Breadth first and stopped at the first end. A shortest sequence never has a party twice in a row, because
    whatever a party reaches by two moves it reaches by one.
    """
    mover_of: dict[int, tuple[int, int]] = {}
    reached = np.zeros(graph.states, bool)
    reached[start] = True
    frontier = np.array([start], np.int64)
    while len(frontier):
        found: list[Int64] = []
        for mover in range(len(graph.parties)):
            if mover == party:
                continue
            for source, target in onward(graph, viewer, mover, frontier, gains):
                fresh, first = np.unique(target[~reached[target]], return_index=True)
                origin = source[~reached[target]][first]
                reached[fresh] = True
                mover_of.update(zip(fresh.tolist(), ((mover, at) for at in origin.tolist()), strict=True))
                found.append(fresh)
                end = end_among(fresh)
                if end is not None:
                    return _trace(mover_of, start, end)
        frontier = np.concatenate(found) if found else np.zeros(0, np.int64)
    raise AssertionError("the anticipated value is the value of no reply")


def _worst(graph: StateGraph, concept: Concept, party: int, states: Int64, bound: int) -> int | None:
    """Among these states the one worth least to the party, if that is at most `bound`, escapes counted."""
    ranks = graph.ranks[party]
    low = states[ranks[states] <= bound]
    for state in low[np.argsort(ranks[low], kind="stable")].tolist():
        if not concept.escapes or np.all(ranks[own_moves(graph, party, state)] <= bound):
            return int(state)
    return None


def _trace(mover_of: dict[int, tuple[int, int]], start: int, end: int) -> tuple[Step, ...]:
    steps: list[Step] = []
    while end != start:
        mover, origin = mover_of[end]
        steps.append(Step(mover, origin, end))
        end = origin
    return tuple(reversed(steps))


Gains = Sequence[Int32] | None
"""Per party what it promises itself of arriving in a state; without, a step counts whatever it brings."""


def gains_of(graph: StateGraph, concept: Concept, viewer: int) -> Gains:
    """By what the viewer, looking ahead by a concept, expects everybody to step; none where any step counts."""
    match concept.replies:
        case "none" | "moves":
            return None
        case "improvements":
            return [graph.seen.get((viewer, mover), own) for mover, own in enumerate(graph.ranks)]
        case "dared":
            return promised(graph, viewer).most
        case _:
            assert_never(concept.replies)


def onward(
    graph: StateGraph, viewer: int, mover: int, states: Int64, gains: Gains = None
) -> Iterator[tuple[Int64, Int64]]:
    """Pairs of a state and where the mover can go from it, some at a time.

    With gains only where the mover, as the viewer sees it, would: where its gain exceeds what it leaves.
    """
    ranks = graph.seen.get((viewer, mover), graph.ranks[mover])
    axes = free_axes(graph, mover)
    count = prod(graph.axes[axis].size for axis in axes)
    if count == 1:
        return
    levels, offsets = _positions(graph, axes, count)
    for begin in range(0, len(states), max(1, _AT_ONCE // count)):
        some = states[begin : begin + max(1, _AT_ONCE // count)]
        now = np.stack([graph.codes[some] // graph.strides[axis] % graph.axes[axis].size for axis in axes])
        legal = np.ones((len(some), count), bool)
        for row, axis in enumerate(axes):
            if graph.axes[axis].moves == "up":
                legal &= levels[row][None, :] >= now[row][:, None]
            elif graph.axes[axis].moves == "down":
                legal &= levels[row][None, :] <= now[row][:, None]
        bare = graph.codes[some] - np.array([graph.strides[axis] for axis in axes]) @ now
        codes = bare[:, None] + offsets[None, :]
        place = np.minimum(np.searchsorted(graph.codes, codes), graph.states - 1)
        legal &= (graph.codes[place] == codes) & (place != some[:, None])
        if gains is not None:
            legal &= gains[mover][place] > ranks[some][:, None]
        rows, columns = np.nonzero(legal)
        yield some[rows], place[rows, columns]


def _positions(graph: StateGraph, axes: Sequence[int], count: int) -> tuple[Int64, Int64]:
    """Levels (axis, position) and code of every combination of levels of these axes."""
    rest, levels = np.arange(count), []
    for axis in axes:
        rest, level = np.divmod(rest, graph.axes[axis].size)
        levels.append(level)
    table = np.stack(levels)
    return table, np.array([graph.strides[axis] for axis in axes]) @ table
