"""Under which beliefs an answer holds: boxes of worlds in which it holds far more often than elsewhere.

The patient rule induction of Friedman and Fisher (1999), as Bryant and Lempert (2010) use it to discover
scenarios: from all worlds a thin slice is peeled off, again and again, always the one whose loss raises the
share of the rest most; then slices are pasted back as long as that raises it. A limit that chance could have
drawn is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from detente.states.state_graph import Bools, Floats

PEEL, PASTE = 0.05, 0.01
SMALLEST = 0.05
"""A box holds at least this share of all worlds."""
LIMITS = 4
"""A box with more limits says nothing to anybody."""
SURE = 0.01


@dataclass(frozen=True)
class Box:
    """Limits on some numbers, and how well they sort the worlds.

    Attributes
    ----------
    limits : by the place of a number, from where to where; infinite where it is open.
    density : the share of its worlds in which the answer holds.
    coverage : the share of all worlds with the answer that are in it.
    mass : the share of all worlds that are in it.
    """

    limits: dict[int, tuple[float, float]]
    density: float
    coverage: float
    mass: float


def boxes(inputs: Floats, holds: Bools, most: int = 2) -> tuple[Box, ...]:
    """Up to so many boxes, one after another, each found in the worlds that those before it left over.

    Parameters
    ----------
    inputs : (world, input)
    holds : (world,) whether the answer holds.
    """
    found: list[Box] = []
    left = np.ones(len(holds), dtype=np.bool_)
    for _ in range(most):
        if not holds[left].any() or holds[left].all():
            break
        box = _box(inputs, holds, left)
        if box is None:
            break
        found.append(box)
        left &= ~inside(inputs, box.limits)
    return tuple(found)


def inside(inputs: Floats, limits: dict[int, tuple[float, float]]) -> Bools:
    """(world,) which worlds obey all limits."""
    kept = np.ones(len(inputs), dtype=np.bool_)
    for place, (low, high) in limits.items():
        kept &= (inputs[:, place] >= low) & (inputs[:, place] <= high)
    return kept


def _box(inputs: Floats, holds: Bools, left: Bools) -> Box | None:
    base = holds[left].mean()
    limits = _simplest(inputs, holds, left, _pasted(inputs, holds, left, _peeled(inputs, holds, left)))
    kept = left & inside(inputs, limits)
    if not limits or holds[kept].mean() <= base:
        return None
    return Box(limits, float(holds[kept].mean()), float(holds[kept].sum() / holds.sum()), float(kept.mean()))


def _peeled(inputs: Floats, holds: Bools, left: Bools) -> dict[int, tuple[float, float]]:
    """The limits of the box on the way down that is best by density and coverage alike."""
    kept = left.copy()
    limits: dict[int, tuple[float, float]] = {}
    best: tuple[float, dict[int, tuple[float, float]]] = (0.0, {})
    smallest = max(10, int(SMALLEST * len(holds)))
    base, all_holding = holds[left].mean(), holds[left].sum()
    while kept.sum() > smallest:
        step = _best_peel(inputs, holds, kept, limits)
        if step is None or step[0] <= holds[kept].mean():
            break
        _, place, bounds = step
        limits = {**limits, place: bounds}
        kept &= (inputs[:, place] >= bounds[0]) & (inputs[:, place] <= bounds[1])
        merit = (holds[kept].mean() - base) / (1 - base) * np.sqrt(holds[kept].sum() / all_holding)
        if merit > best[0]:
            best = (float(merit), limits)
    return best[1]


def _best_peel(
    inputs: Floats, holds: Bools, kept: Bools, limits: dict[int, tuple[float, float]]
) -> tuple[float, int, tuple[float, float]] | None:
    """The slice whose loss leaves the highest share, as that share, the number and its new limits."""
    best = None
    values, yes = inputs[kept], holds[kept].astype(np.float64)
    allowed = range(values.shape[1]) if len(limits) < LIMITS else limits
    lows, highs = np.quantile(values, [PEEL, 1 - PEEL], axis=0)
    for place in allowed:
        low, high = limits.get(place, (-inf, inf))
        for bounds, stay in (
            ((float(lows[place]), high), values[:, place] >= lows[place]),
            ((low, float(highs[place])), values[:, place] <= highs[place]),
        ):
            if stay.all() or not stay.any():
                continue
            share = float(yes[stay].mean())
            if best is None or share > best[0]:
                best = (share, place, bounds)
    return best


def _pasted(
    inputs: Floats, holds: Bools, left: Bools, limits: dict[int, tuple[float, float]]
) -> dict[int, tuple[float, float]]:
    """The limits moved outwards as long as that costs no density."""
    changed = True
    while changed:
        changed = False
        for place in limits:
            for side in (0, 1):
                wider = _wider(inputs, holds, left, limits, place, side)
                if wider is not None:
                    limits, changed = wider, True
    return limits


def _wider(
    inputs: Floats, holds: Bools, left: Bools, limits: dict[int, tuple[float, float]], place: int, side: int
) -> dict[int, tuple[float, float]] | None:
    low, high = limits[place]
    others = {other: bounds for other, bounds in limits.items() if other != place}
    column, kept = inputs[:, place], left & inside(inputs, limits)
    beyond = left & inside(inputs, others) & ((column < low) if side == 0 else (column > high))
    if not beyond.any() or np.isinf(limits[place][side]):
        return None
    many = max(1, int(PASTE * kept.sum()))
    near = np.sort(column[beyond])[-many:] if side == 0 else np.sort(column[beyond])[:many]
    bounds = (float(near[0]), high) if side == 0 else (low, float(near[-1]))
    wider = left & inside(inputs, {**others, place: bounds})
    return {**others, place: bounds} if holds[wider].mean() >= holds[kept].mean() else None


def _simplest(
    inputs: Floats, holds: Bools, left: Bools, limits: dict[int, tuple[float, float]]
) -> dict[int, tuple[float, float]]:
    """The limits without those that chance could have drawn, the least needed first."""
    from scipy.special import bdtrc

    while limits:
        kept = left & inside(inputs, limits)
        chances = {}
        for place in limits:
            without = left & inside(inputs, {other: b for other, b in limits.items() if other != place})
            chances[place] = float(bdtrc(holds[kept].sum() - 1, kept.sum(), holds[without].mean()))
        worst = max(chances, key=lambda place: chances[place])
        if chances[worst] <= SURE:
            break
        limits = {place: bounds for place, bounds in limits.items() if place != worst}
    return limits
