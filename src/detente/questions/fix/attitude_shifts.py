"""How attitudes would have to shift for a state to hold for a party: programs in the shifts.

A shift Δ of the attitude to j adds Δ·V'_j to the party's payoffs. With g(x) = U(x) − U(s) and d_j(x) =
V'_j(x) − V'_j(s), a state x is then no better for the party than s when g(x) + Σ_j Δ_j d_j(x) <= 0. A move
t of its own tempts no more when this holds for t itself, or for one of the replies to t (for the symmetric
concepts: also for every escape of its own from there). Under Nash there is one way per move: a linear
program. Under GMR and SMR replies do not depend on payoffs, so choosing one of the ways for each move is a
mixed-integer program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.concepts import Concept
from detente.questions.fix.program import SAME, evenly
from detente.stability.witness import onward
from detente.states.moves import own_moves
from detente.states.state_graph import Bools, Floats, Int64, StateGraph

SLACK = 2e-8  # payoff: some steps of the grid, so that rounding turns nothing round
MOST_WAYS = 200

Way = Floats  # (row, 1 + party): g and d of every state that must be no better
Tempting = list[list[Way]]  # per move that tempts, the ways in which it would tempt no more


@dataclass(frozen=True, eq=False)
class Shifts:
    """The least shifts, (party,), and whether every way to deter was looked at."""

    amounts: Floats
    exact: bool

    @property
    def size(self) -> float:
        """The sum of the shifts' sizes."""
        return float(np.abs(self.amounts).sum())


def tempting(graph: StateGraph, worth: Floats, concept: Concept, party: int, state: int) -> Tempting:
    """What each of a party's moves would take to tempt it no more, as rows in the shifts.

    Parameters
    ----------
    graph : the crisis.
    worth : (party, state) what others' attitudes pick up of each party, in payoff units (V' of the model).
    concept : nash, gmr or smr.
    party, state : indices.
    """
    rows = _Rows(graph, worth, party, state)
    found: Tempting = []
    for move in own_moves(graph, party, state).tolist():
        ways = [rows.of(np.array([move]))]
        if concept.replies == "moves":
            for answer in replies(graph, party, move).tolist():
                after = own_moves(graph, party, answer) if concept.escapes else np.zeros(0, np.int64)
                ways.append(rows.of(np.array([answer, *after.tolist()])))
        found.append(ways)
    return found


def replies(graph: StateGraph, party: int, start: int) -> Int64:
    """States that the others can bring about from a state, ascending, without the state itself."""
    reached = np.zeros(graph.states, dtype=bool)
    reached[start] = True
    frontier = np.array([start], dtype=np.int64)
    others = [mover for mover in range(len(graph.parties)) if mover != party]
    while len(frontier):
        before = reached.copy()
        for mover in others:
            for _, target in onward(graph, party, mover, frontier):
                reached[target] = True
        frontier = np.flatnonzero(reached & ~before)
    reached[start] = False
    return np.flatnonzero(reached)


def least_alone(moves: Tempting, other: int, low: float, high: float) -> float | None:
    """The least shift of the attitude to one other party; None where none between `low` and `high` will do.

    Every way is an interval of shifts; the answer is nought or an end of one of them, a little inside where
    there is room, so that rounding turns nothing round, else exactly the end.
    """
    for slack in (SLACK, 0.0):
        shift = _first_end(moves, other, low, high, slack)
        if shift is not None:
            return shift
    return None


def _first_end(moves: Tempting, other: int, low: float, high: float, slack: float) -> float | None:
    spans = [np.array([_interval(way, other, low, high, slack) for way in ways]) for ways in moves]
    ends = np.unique(np.concatenate([np.zeros(1), *(part.ravel() for part in spans)]))
    ends = ends[np.isfinite(ends) & (ends >= low) & (ends <= high)]
    for shift in ends[np.lexsort((ends, np.abs(ends)))].tolist():
        if all(((part[:, 0] <= shift) & (shift <= part[:, 1])).any() for part in spans):
            return float(shift)
    return None


def least_together(moves: Tempting, low: Floats, high: Floats, most: float = np.inf) -> Shifts | None:
    """The least shifts of all attitudes together, by the sum of their sizes; a little more where there is room.

    Of equally small ones those are taken that ask most evenly of every attitude.

    Parameters
    ----------
    moves : what each move takes.
    low, high : (party,) how far each attitude can shift; 0 for what cannot.
    most : a sum of sizes that is known to do, which rules out ways that would take more.

    Returns
    -------
    Shifts or None
        None where no shifts within the bounds will do.
    """
    for slack in (SLACK, 0.0):
        shifts = _least_together(moves, low, high, most, slack)
        if shifts is not None:
            return shifts
    return None


def _least_together(moves: Tempting, low: Floats, high: Floats, most: float, slack: float) -> Shifts | None:
    found = block(moves, low, high, min(most, float(np.maximum(-low, high).sum())), slack)
    if found is None:
        return None
    price = np.where(found.whole, 0.0, 1.0)
    point = evenly(price, found.rows, found.at_least, found.high, found.whole.tolist(), both_ways(found.whole))
    return None if point is None else Shifts(shifted(point[~found.whole]), found.exact)


def shifted(point: Floats) -> Floats:
    """(party,) the shifts in a solution, up less down; what is there by rounding alone is left out."""
    up, down = np.split(point, 2)
    shifts: Floats = np.where(np.abs(up - down) < SAME, 0.0, up - down)
    return shifts


def both_ways(whole: Bools) -> Floats:
    """(party, column) 1 in the two columns, up and down, of every shift in a block."""
    parties = int(np.count_nonzero(~whole)) // 2
    shares = np.zeros((parties, len(whole)))
    shares[:, ~whole] = np.hstack([np.eye(parties), np.eye(parties)])
    return shares


@dataclass(frozen=True, eq=False)
class Block:
    """What keeps one party in a state, as rows of a program: `rows @ point >= at_least`.

    Columns are the party's shifts up, then down, one per party each, then one choice for every way of a move
    that has several ways. `counts` marks the rows that compare payoffs, to which whatever else the party gets
    in the state adds.
    """

    rows: Floats  # (row, column)
    at_least: Floats  # (row,)
    counts: Bools  # (row,)
    high: Floats  # (column,); every column begins at 0
    whole: Bools  # (column,) which take whole numbers only
    exact: bool


def block(
    moves: Tempting, low: Floats, high: Floats, most: float, slack: float, given: float = 0.0
) -> Block | None:
    """The rows of one party; None where some move tempts whatever is done.

    Parameters
    ----------
    moves, low, high : as of `least_together`.
    most : ways that need more than this in all are left out.
    slack : payoff by which a move that gains something must lose.
    given : the most payoff that the party may give up in the state besides.
    """
    parties = len(low)
    kept, exact = zip(*(_affordable(ways, most) for ways in moves), strict=True) if moves else ((), ())
    if any(not ways for ways in kept):
        return None
    choices, reach = sum(len(ways) for ways in kept if len(ways) > 1), np.maximum(-low, high)
    rows, at_least, counts, place = [np.zeros((0, 2 * parties + choices))], [], [], 2 * parties
    for ways in kept:
        chosen = np.zeros((1, 2 * parties + choices))
        for way in ways:
            part = np.zeros((len(way), 2 * parties + choices))
            part[:, :parties], part[:, parties : 2 * parties] = -way[:, 1:], way[:, 1:]
            needed = way[:, 0] + np.where(way[:, 0] > 0, slack, 0.0)
            if len(ways) > 1:
                room = np.maximum(needed + np.abs(way[:, 1:]) @ reach + given, 0.0)
                part[:, place] = -room
                needed = needed - room
                chosen[0, place] = 1.0
                place += 1
            rows.append(part)
            at_least += needed.tolist()
            counts += [True] * len(way)
        if len(ways) > 1:
            rows.append(chosen)
            at_least.append(1.0)
            counts.append(False)
    ends = np.concatenate([np.maximum(high, 0.0), np.maximum(-low, 0.0), np.ones(choices)])
    whole = np.arange(len(ends)) >= 2 * parties
    return Block(np.vstack(rows), np.array(at_least), np.array(counts, dtype=np.bool_), ends, whole, all(exact))


class _Rows:
    """g and d of states seen from one state by one party."""

    def __init__(self, graph: StateGraph, worth: Floats, party: int, state: int) -> None:
        self.payoffs, self.grid, self.worth = graph.payoffs[party], graph.grid, worth
        self.state, self.party = state, party

    def of(self, states: Int64) -> Way:
        gains = (self.payoffs[states] - self.payoffs[self.state]) * self.grid
        steps = (self.worth[:, states] - self.worth[:, [self.state]]).T.copy()
        steps[:, self.party] = 0.0
        return np.column_stack([gains, steps])


def _interval(way: Way, other: int, low: float, high: float, slack: float) -> tuple[float, float]:
    """The shifts of one attitude under which a way deters; an empty interval runs backwards."""
    for gain, slope in way[:, [0, 1 + other]].tolist():
        if abs(slope) < 1e-12:
            if gain > 0:
                return np.inf, -np.inf
        elif slope > 0:
            high = min(high, -(gain + (slack if gain > 0 else 0)) / slope)
        else:
            low = max(low, (gain + (slack if gain > 0 else 0)) / -slope)
    return low, high


def _affordable(ways: Sequence[Way], most: float) -> tuple[list[Way], bool]:
    """The ways that shifts of this total size could open, the nearest first; and whether these are all of them.

    A way that is open without any shift, as the only row of a move that gains nothing, needs no others.
    """
    needs = [float(_need(way)) for way in ways]
    order = sorted((need, place) for place, need in enumerate(needs) if need <= most + 1e-9)
    return [ways[place] for _, place in order[:MOST_WAYS]], len(order) <= MOST_WAYS


def _need(way: Way) -> float:
    """The least total size of shifts without which some row of a way stays above nought."""
    steepest = np.abs(way[:, 1:]).max(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.where(way[:, 0] > 0, way[:, 0] / steepest, 0.0)
    return float(np.nan_to_num(needed, nan=np.inf, posinf=np.inf).max())
