"""How long something lasts: first passage out of a set of states, without subtracting near-equal numbers.

Inside the set the chain moves by `inside`; what leaves is split by cause. Everything follows from the expected
number of rounds in each state. These come from sweeps, scaled so that what leaves is what came in; where
sweeps settle slowly, from state reduction (Grassmann, Taksar, Heyman 1985; Sheskin 1985). Both use additions,
products and quotients of positive numbers only, so that a set left once in a million rounds is as exact as one
left at once. Only sets too large for reduction are factorised, which loses a digit per digit of length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.stability.compiled import native

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Int64 = NDArray[np.int64]
Bools = NDArray[np.bool_]

REDUCED = 1200  # up to this many states are eliminated exactly
LONG = 1e9  # rounds beyond which only "longer than that" is said
SWEEPS = 2000
CERTAIN = 1e-12  # chances this close are the same
SETTLED = 1e-13  # relative error at which sweeps may stop; change of shape at which decay is constant
FOLLOWED = 500_000_000  # moves followed, round by round, before the present rate of decay must do


@dataclass(frozen=True, eq=False)
class Passage:
    """How long the set is kept and how it is left.

    `rounds` is the expected number until it is left (inf where part of the mass never leaves), `never` the
    probability that it is never left, `exits[cause]` the probability to leave by each cause, `half_life` the
    first round after which at most half the mass is left (inf: never), `survival[round]` the share left, and
    `visits[state]` the expected number of rounds spent in each state (inf where mass stays for ever).
    """

    rounds: float
    never: float
    exits: Floats  # (cause,)
    half_life: float
    survival: Floats  # (round,), from round 0
    visits: Floats  # (state,)


def first_passage(inside: csr_array, exits: Floats, start: Floats, rounds: int = 50) -> Passage:
    """Expected rounds inside a set, by cause of leaving, from a start distribution.

    Parameters
    ----------
    inside : (state, state) probabilities of staying in the set, self-loops included.
    exits : (state, cause) probabilities of leaving in one round; with `inside` each row sums to 1.
    start : (state,) where the mass starts; is scaled to 1.
    rounds : rounds of the survival curve.

    Raises
    ------
    ValueError
        Rows do not sum to 1 or the start has no mass.
    """
    _validate(inside, exits, start)
    start = start / start.sum()
    visits, never = _visits(inside, exits, start)
    leaving = np.isfinite(visits)
    return Passage(
        rounds=float(visits.sum()),
        never=never,
        exits=visits[leaving] @ exits[leaving],
        half_life=_half_life(inside, exits.sum(axis=1), start, never),
        survival=_survival(inside, start, rounds),
        visits=visits,
    )


def expected_rounds(inside: csr_array, exits: Floats, start: Floats) -> float:
    """Expected rounds inside a set, as `first_passage` gives them, and nothing else; inf where some stay."""
    _validate(inside, exits, start)
    return float(_visits(inside, exits, start / start.sum())[0].sum())


def _validate(inside: csr_array, exits: Floats, start: Floats) -> None:
    rows = np.asarray(inside.sum(axis=1)).ravel() + exits.sum(axis=1)
    if not np.allclose(rows, 1.0, atol=1e-9):
        raise ValueError("every row of inside and exits together must sum to 1")
    if not start.sum() > 0:
        raise ValueError("the start must carry some mass")


def _visits(inside: csr_array, exits: Floats, start: Floats) -> tuple[Floats, float]:
    """Expected rounds in each state, and the probability of never leaving."""
    leaving = _can_leave(inside, exits)
    if leaving.all():
        return _transient(inside.tocsr(), exits.sum(axis=1), start), 0.0
    kept, trapped = np.flatnonzero(leaving), np.flatnonzero(~leaving)
    into_trap = np.asarray(inside[kept][:, trapped].sum(axis=1)).ravel()
    out = exits[kept].sum(axis=1) + into_trap
    visits = np.zeros(len(start))
    if len(kept):
        visits[kept] = _transient(inside[kept][:, kept].tocsr(), out, start[kept])
    never = float(start[trapped].sum() + visits[kept] @ into_trap)
    reached = _closure(inside.T.tocsr(), start > 0)
    visits[trapped] = np.where(reached[trapped], np.inf, 0.0)
    return visits, never


def _can_leave(inside: csr_array, exits: Floats) -> Bools:
    """States from which some exit can be reached."""
    return _closure(inside, exits.sum(axis=1) > 0)


def _closure(links: csr_array, found: Bools) -> Bools:
    """The states found, and all that are linked to them by any number of steps."""
    while True:
        wider: Bools = found | (links @ found.astype(np.float64) > 0)
        if (wider == found).all():
            return wider
        found = wider


def _transient(moves: csr_array, out: Floats, start: Floats) -> Floats:
    """Expected rounds in each state of a part that all mass leaves at last, by `out` in one round."""
    into = moves.T.tocsr()
    first, source = into.indptr.astype(np.int64), into.indices.astype(np.int64)
    if not start.sum() > 0:
        return np.zeros(len(start))
    visits, settled = _swept(first, source, into.data, _onward(moves, out), out, start)
    if settled:
        return np.asarray(visits, dtype=np.float64)
    return _reduced(moves, out, start) if len(start) <= REDUCED else _factorised(moves, out, start)


def _onward(moves: csr_array, out: Floats) -> Floats:
    """Probability of being elsewhere after one round, without subtracting that of staying from 1."""
    stay = moves.diagonal()
    elsewhere = moves.copy()
    elsewhere.setdiag(np.zeros(len(stay)))
    return np.asarray(elsewhere.sum(axis=1)).ravel() + out


@native
def _swept(
    first: Int64, source: Int64, chance: Floats, onward: Floats, out: Floats, start: Floats
) -> tuple[Floats, bool]:
    """Gauss-Seidel for visits; after every sweep they are scaled so that what leaves is what came in.

    The scaling removes the slow mode of a set that is left seldom. Stops when the error that is still to be
    expected, from the last two changes, is small.
    """
    size, entered = start.size, start.sum()
    visits, before = np.zeros(size), np.inf
    for _ in range(SWEEPS):
        old = visits.copy()
        left = 0.0
        for k in range(size):
            total = start[k]
            for move in range(first[k], first[k + 1]):
                if source[move] != k:
                    total += visits[source[move]] * chance[move]
            visits[k] = total / onward[k]
            left += visits[k] * out[k]
        if left > 0.0:
            visits *= entered / left
        change = 0.0
        for k in range(size):
            if visits[k] > 0.0:
                change = max(change, abs(visits[k] - old[k]) / visits[k])
        if change == 0.0 or (change < before < np.inf and change * change <= SETTLED * (before - change)):
            return visits, True
        before = change
    return visits, False


def _reduced(moves: csr_array, out: Floats, start: Floats) -> Floats:
    """The same, exactly: states are eliminated from the last on, then their visits are read off forwards."""
    block, out, start = moves.toarray(), out.copy(), start.copy()
    onward = np.empty(len(start))
    for last in range(len(start) - 1, -1, -1):
        onward[last] = block[last, :last].sum() + out[last]
        forward, into = block[last, :last] / onward[last], block[:last, last]
        start[:last] += start[last] * forward
        block[:last, :last] += np.outer(into, forward)
        out[:last] += into * (out[last] / onward[last])
    visits = np.empty(len(start))
    for state in range(len(start)):
        visits[state] = (start[state] + visits[:state] @ block[:state, state]) / onward[state]
    return visits


def _factorised(moves: csr_array, out: Floats, start: Floats) -> Floats:
    """The same by sparse elimination, the self-loops taken out first so that what is left is not near 0."""
    from scipy.sparse import csc_array, diags_array
    from scipy.sparse.linalg import splu

    onward = _onward(moves, out)
    elsewhere = moves.copy()
    elsewhere.setdiag(np.zeros(len(start)))
    solved = splu(csc_array(diags_array(onward) - elsewhere.T)).solve(start)
    return np.asarray(np.maximum(solved, 0.0), dtype=np.float64)


def _survival(inside: csr_array, start: Floats, rounds: int) -> Floats:
    step, mass = inside.T.tocsr(), start
    curve = np.empty(rounds + 1)
    for time in range(rounds + 1):
        curve[time] = mass.sum()
        mass = step @ mass
    return curve


def _half_life(inside: csr_array, out: Floats, start: Floats, never: float) -> float:
    """First round with at most half the mass left, by the rate of decay once that is constant; inf: none.

    In a set of which one part is left far more slowly than another, the shape may change longer than can be
    followed; then the present rate of decay is taken. Where half of all plays never leave, what is left falls
    to one half only if the rest is gone for good after some round: within as many rounds as there are states,
    or never.
    """
    if never > 0.5 + CERTAIN:
        return float("inf")
    step = inside.T.tocsr()
    first, source = step.indptr.astype(np.int64), step.indices.astype(np.int64)
    if never > 0.5 - CERTAIN:
        return _emptied(step, _closure(inside, out > 0), start)
    rounds = max(1000, FOLLOWED // max(1, step.nnz))
    time, left, lost = _followed(first, source, step.data, out, start, rounds)
    if left <= 0.5:
        return float(time)
    if lost <= 0.0:
        return LONG
    return float(min(LONG, time + np.ceil(np.log(left / 0.5) / -np.log1p(-lost))))


def _emptied(step: csr_array, leaving: Bools, start: Floats) -> float:
    """The round after which nothing is left where it could still leave; inf where something always is."""
    mass = start
    for time in range(len(start) + 1):
        if not mass[leaving].any():
            return float(time)
        mass = step @ mass
    return float("inf")


@native
def _followed(
    first: Int64, source: Int64, chance: Floats, out: Floats, start: Floats, rounds: int
) -> tuple[int, float, float]:
    """Follow mass until half of it, or its shape, is left; the round, the mass and the share that it loses."""
    mass, after = start.copy(), np.empty(start.size)
    total, lost = mass.sum(), 0.0
    for time in range(rounds):
        if total <= 0.5:
            return time, total, lost
        left, gone = 0.0, 0.0
        for k in range(start.size):
            gone += out[k] * mass[k]
            here = 0.0
            for move in range(first[k], first[k + 1]):
                here += chance[move] * mass[source[move]]
            after[k] = here
            left += here
        change = 0.0
        for k in range(start.size):
            change += abs(after[k] / left - mass[k] / total) if left > 0.0 else 0.0
        lost = gone / total
        mass, after = after, mass
        total = left
        if change < SETTLED:
            return time + 1, total, lost
    return rounds, total, lost
