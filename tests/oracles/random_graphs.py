"""Random small crises that reach into every corner.

One-way, many-level, fixed and nature's options, holes, ties, views, parties without options, any order.
"""

from __future__ import annotations

import numpy as np

from detente.states.state_graph import Axis, StateGraph

GRID = 0.01  # payoffs are small whole numbers of it: gains are far above the rounding of a scenario's


def random_graph(
    rng: np.random.Generator,
    largest: int = 48,
    parties: int | None = None,
    views: bool = True,
    ordinal: bool = True,
) -> StateGraph:
    """A graph with at most `largest` combinations."""
    count = int(rng.integers(2, 7)) if parties is None else parties
    axes = _axes(rng, count, largest)
    combinations = int(np.prod([axis.size for axis in axes]))
    codes = _feasible(rng, axes, combinations)
    payoffs = np.stack([_payoffs(rng, axes, codes) for _ in range(count)])
    cardinal = [not (ordinal and rng.random() < 0.05) for _ in range(count)]
    ranks = np.stack([dense(row) for row in payoffs])
    for party in range(count):
        if not cardinal[party]:
            payoffs[party] = ranks[party]
    spans = np.array([max(1.0, float(np.ptp(row)) * rng.choice([1.0, 1.5])) for row in payoffs])
    seen = {}
    if views and rng.random() < 0.4:
        for _ in range(int(rng.integers(1, 4))):
            viewer, mover = rng.choice(count, 2, replace=False)
            seen[int(viewer), int(mover)] = dense(_payoffs(rng, axes, codes))
    names = tuple(f"P{party}" for party in range(count))
    return StateGraph(names, axes, codes, ranks, payoffs, tuple(cardinal), spans, GRID, seen)


def dense(values: np.ndarray) -> np.ndarray:
    """Ranks from 0, equal values sharing one."""
    return np.unique(values, return_inverse=True)[1].reshape(values.shape).astype(np.int32)


def _axes(rng: np.random.Generator, parties: int, largest: int) -> tuple[Axis, ...]:
    axes: list[Axis] = []
    combinations = 1
    owners = list(rng.permutation(parties))
    while True:
        size = int(rng.choice([1, 2, 2, 2, 2, 2, 3, 3, 4]))
        if combinations * size > largest or len(axes) > 8:
            break
        combinations *= size
        owner = int(owners.pop()) if owners and rng.random() < 0.7 else int(rng.integers(0, parties))
        if rng.random() < 0.07:
            owner = -1
        moves = str(rng.choice(["both", "up", "down", "fixed"], p=[0.7, 0.13, 0.12, 0.05]))
        axes.append(Axis(f"o{len(axes)}", owner, size, moves))
    if rng.random() < 0.3:
        axes.sort(key=lambda axis: axis.owner)
    return tuple(axes)


def _feasible(rng: np.random.Generator, axes: tuple[Axis, ...], combinations: int) -> np.ndarray:
    keep = np.ones(combinations, bool)
    kind = rng.random()
    if kind < 0.3:
        keep = rng.random(combinations) > rng.choice([0.1, 0.3, 0.6])
    elif kind < 0.6:
        keep = _without_patterns(rng, axes, combinations)
    keep[int(rng.integers(combinations))] = True
    return np.flatnonzero(keep).astype(np.int64)


def _without_patterns(rng: np.random.Generator, axes: tuple[Axis, ...], combinations: int) -> np.ndarray:
    """Leave out what a few rules of the kind 'not these two levels together' forbid."""
    keep = np.ones(combinations, bool)
    levels = level_table(axes, np.arange(combinations))
    for _ in range(int(rng.integers(1, 4))):
        chosen = rng.choice(len(axes), min(2, len(axes)), replace=False)
        keep &= ~np.all([levels[axis] == rng.integers(axes[axis].size) for axis in chosen], axis=0)
    return keep


def level_table(axes: tuple[Axis, ...], codes: np.ndarray) -> np.ndarray:
    """Level of every axis (row) in every code (column)."""
    rows, rest = [], codes
    for axis in axes:
        rows.append(rest % axis.size)
        rest = rest // axis.size
    return np.array(rows)


def _payoffs(rng: np.random.Generator, axes: tuple[Axis, ...], codes: np.ndarray) -> np.ndarray:
    """Independent values, values with many ties, or sums of single and paired interests."""
    kind = rng.random()
    if kind < 0.35:
        return rng.permutation(len(codes)).astype(np.int64) * 7
    if kind < 0.6:
        return rng.integers(0, int(rng.choice([2, 4, 9])), len(codes)).astype(np.int64)
    levels = level_table(axes, codes)
    total = np.zeros(len(codes), np.int64)
    for axis in range(len(axes)):
        total += rng.integers(-9, 10) * levels[axis]
        other = int(rng.integers(len(axes)))
        total += rng.integers(-9, 10) * levels[axis] * levels[other]
    return total
