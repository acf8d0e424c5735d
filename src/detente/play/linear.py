"""Linear systems of a part of a walk that play leaves: (I - Q) x = b, or its transpose.

Small parts are solved densely. Large ones by sweeps, of which few are needed where play mixes fast; where they
do not settle, by sparse elimination, which is cheap where play mixes slowly (long, thin parts fill in little).
"""

from __future__ import annotations

import numpy as np

from detente.play.cached_choices import stretches
from detente.play.chain import Walk
from detente.stability.compiled import native
from detente.states.state_graph import Floats, Int64

DENSE = 600  # up to this many states a part is solved densely
SETTLED = 1e-14  # residual, relative to the largest value, at which sweeps may stop
SWEEPS = 2000


def solve(walk: Walk, states: Int64, right: Floats, transposed: bool = False) -> Floats:
    """Solve (I - Q) x = b on some states of a walk, Q the chances of moving among them.

    Parameters
    ----------
    walk : the chain.
    states : (part,) ascending local states that play leaves for good with certainty.
    right : (part,) b.
    transposed : solve xᵀ (I - Q) = bᵀ instead: expected visits when b is the mass that enters.
    """
    rows, columns, chances = moves_within(walk, states)
    if transposed:
        rows, columns = columns, rows
    if len(states) <= DENSE:
        matrix = np.eye(len(states))
        np.subtract.at(matrix, (rows, columns), chances)
        return np.asarray(np.linalg.solve(matrix, right), dtype=np.float64)
    return _sparse(rows, columns, chances, right)


def moves_within(walk: Walk, states: Int64) -> tuple[Int64, Int64, Floats]:
    """Moves of a walk that stay among some (ascending) states: places from and to, and chances."""
    counts = walk.first[states + 1] - walk.first[states]
    moves = stretches(walk.first[states], counts)
    rows = np.repeat(np.arange(len(states), dtype=np.int64), counts)
    targets = walk.target[moves]
    columns = np.minimum(np.searchsorted(states, targets), len(states) - 1)
    kept = states[columns] == targets
    return rows[kept], columns[kept], walk.chance[moves[kept]]


def _sparse(rows: Int64, columns: Int64, chances: Floats, right: Floats) -> Floats:
    """Solve a large part: sweeps that settle fast where play mixes fast, else sparse elimination.

    scipy is loaded only here, since most walks never need it.
    """
    size = len(right)
    order = np.argsort(rows, kind="stable")
    first = np.searchsorted(rows[order], np.arange(size + 1)).astype(np.int64)
    solution, settled = _swept(first, columns[order], chances[order], right)
    if not settled:
        from scipy.sparse import csc_array, eye_array
        from scipy.sparse.linalg import splu

        matrix = eye_array(size) - csc_array((chances, (rows, columns)), shape=(size, size))
        solution = splu(csc_array(matrix)).solve(right)
    return np.asarray(solution, dtype=np.float64)


@native
def _swept(first: Int64, columns: Int64, chances: Floats, right: Floats) -> tuple[Floats, bool]:
    """Gauss-Seidel for x = b + Q x; after every sweep x is scaled so that the equations hold on the whole.

    The scaling removes the slow mode in which mass stays for long before it leaves (one-block aggregation).
    """
    size, entered = right.size, 0.0
    x = np.empty(size, np.float64)
    for k in range(size):
        x[k] = right[k]
        entered += right[k]
    for _ in range(SWEEPS):
        for k in range(size):
            total = right[k]
            for move in range(first[k], first[k + 1]):
                total += chances[move] * x[columns[move]]
            x[k] = total
        taken, wrong, largest = 0.0, 0.0, 0.0
        for k in range(size):
            inner = 0.0
            for move in range(first[k], first[k + 1]):
                inner += chances[move] * x[columns[move]]
            taken += x[k] - inner
            wrong = max(wrong, abs(x[k] - inner - right[k]))
            largest = max(largest, abs(x[k]))
        if wrong <= SETTLED * largest:
            return x, True
        if taken > 0.0:
            for k in range(size):
                x[k] *= entered / taken
    return x, False
