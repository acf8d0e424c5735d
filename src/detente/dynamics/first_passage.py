"""How long something lasts: first passage out of a set of states, without subtracting near-equal numbers.

Inside the set the chain moves by `inside`; what leaves is split by cause. Expected rounds and the shares of the
causes come from state reduction (Grassmann, Taksar and Heyman 1985; Sheskin 1985): states are eliminated one by
one with additions, products and quotients of positive numbers only, so that a set left once in a million
rounds is as exact as one left at once. Sets too large for that are followed round by round until their shape
no longer changes, and then by their constant rate of decay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]

REDUCED = 1200  # up to this many states are eliminated exactly
LONG = 1e9  # rounds beyond which only "longer than that" is said
FOLLOWED = 200_000  # rounds followed one by one before the decay must be constant
SETTLED = 1e-13  # change of the conditional distribution in one round at which decay counts as constant


@dataclass(frozen=True, eq=False)
class Passage:
    """How long the set is kept and how it is left.

    `rounds` is the expected number until it is left (inf where part of the mass never leaves), `never` the
    probability that it is never left, `exits[cause]` the probability to leave by each cause, `half_life` the
    first round after which at most half the mass is left (inf: never), `survival[round]` the share left.
    """

    rounds: float
    never: float
    exits: Floats  # (cause,)
    half_life: float
    survival: Floats  # (round,), from round 0


def first_passage(inside: csr_array, exits: Floats, start: Floats, horizon: int = 50) -> Passage:
    """Expected rounds inside a set, by cause of leaving, from a start distribution.

    Parameters
    ----------
    inside : (state, state) probabilities of staying in the set, self-loops included.
    exits : (state, cause) probabilities of leaving in one round; with `inside` each row sums to 1.
    start : (state,) where the mass starts; is scaled to 1.
    horizon : rounds of the survival curve.

    Raises
    ------
    ValueError
        Rows do not sum to 1 or the start has no mass.
    """
    _validate(inside, exits, start)
    start = start / start.sum()
    leaving = _can_leave(inside, exits)
    kept, trapped = np.flatnonzero(leaving), np.flatnonzero(~leaving)
    into_trap = np.asarray(inside[kept][:, trapped].sum(axis=1)).reshape(-1, 1)
    block, doors = inside[kept][:, kept], np.hstack([exits[kept], into_trap])
    solve = _reduce if len(kept) <= REDUCED else _follow
    rounds, shares = solve(block.tocsr(), doors, start[kept])
    never = float(start[trapped].sum() + shares[-1])
    return Passage(
        rounds=float("inf") if never > 0 else rounds,
        never=never,
        exits=shares[:-1],
        half_life=_half_life(inside, start, never),
        survival=_survival(inside, start, horizon),
    )


def _validate(inside: csr_array, exits: Floats, start: Floats) -> None:
    rows = np.asarray(inside.sum(axis=1)).ravel() + exits.sum(axis=1)
    if not np.allclose(rows, 1.0, atol=1e-9):
        raise ValueError("every row of inside and exits together must sum to 1")
    if not start.sum() > 0:
        raise ValueError("the start must carry some mass")


def _can_leave(inside: csr_array, exits: Floats) -> NDArray[np.bool_]:
    """States from which some exit can be reached."""
    found = exits.sum(axis=1) > 0
    while True:
        wider: NDArray[np.bool_] = found | (inside @ found.astype(np.float64) > 0)
        if (wider == found).all():
            return wider
        found = wider


def _reduce(moves: csr_array, exits: Floats, start: Floats) -> tuple[float, Floats]:
    """Expected rounds and mass by cause, eliminating the last state again and again."""
    block, exits, start = moves.toarray(), exits.copy(), start.copy()
    reward = np.ones(len(start))
    rounds, shares = 0.0, np.zeros(exits.shape[1])
    for last in range(len(start) - 1, -1, -1):
        onward = block[last, :last].sum() + exits[last].sum()
        if onward <= 0:
            continue
        forward, out, gain = block[last, :last] / onward, exits[last] / onward, reward[last] / onward
        rounds += start[last] * gain
        shares += start[last] * out
        start[:last] += start[last] * forward
        into = block[:last, last]
        block[:last, :last] += np.outer(into, forward)
        exits[:last] += np.outer(into, out)
        reward[:last] += into * gain
    return float(rounds), shares


def _follow(moves: csr_array, exits: Floats, start: Floats) -> tuple[float, Floats]:
    """The same by following the mass until its shape is constant, then by its rate of decay."""
    step, mass = moves.T.tocsr(), start
    rounds, shares = 0.0, np.zeros(exits.shape[1])
    for _ in range(FOLLOWED):
        total = mass.sum()
        rounds += total
        shares += mass @ exits
        after = step @ mass
        left = after.sum()
        if left < 1e-15:
            return float(rounds), shares
        if np.abs(after / left - mass / total).sum() < SETTLED:
            rate = (after @ exits).sum() / left
            if rate <= 1 / LONG:
                return LONG, shares
            return float(rounds + left / rate), shares + (after @ exits) / rate
        mass = after
    return LONG, shares


def _survival(inside: csr_array, start: Floats, horizon: int) -> Floats:
    step, mass = inside.T.tocsr(), start
    curve = np.empty(horizon + 1)
    for time in range(horizon + 1):
        curve[time] = mass.sum()
        mass = step @ mass
    return curve


def _half_life(inside: csr_array, start: Floats, never: float) -> float:
    """First round with at most half the mass left; by the rate of decay once that is constant."""
    if never > 0.5:
        return float("inf")
    step, mass = inside.T.tocsr(), start
    for time in range(FOLLOWED):
        total = mass.sum()
        if total <= 0.5:
            return float(time)
        after = step @ mass
        left = after.sum()
        kept = left / total
        if left > 0.5 and np.abs(after / left - mass / total).sum() < SETTLED:
            if kept >= 1.0:
                return float("inf")
            return float(min(LONG, time + 1 + np.ceil(np.log(left / 0.5) / -np.log(kept))))
        mass = after
    return LONG
