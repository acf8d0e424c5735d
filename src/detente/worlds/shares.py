"""Shares over worlds, with how far off they may be."""

from __future__ import annotations

from math import sqrt

import numpy as np

from detente.states.state_graph import Floats

Z = 1.959963984540054
"""Standard deviations on either side that hold 95 % of a normal law."""


def wilson(share: float, worlds: int) -> tuple[float, float]:
    """The interval of 95 % for a share that was seen in so many worlds (Wilson 1927).

    It serves for a mean of chances too, since these spread no more than noes and yeses with the same mean.
    """
    if worlds == 0:
        return 0.0, 1.0
    weight = Z * Z / worlds
    middle = (share + weight / 2) / (1 + weight)
    half = Z * sqrt(share * (1 - share) / worlds + weight / (4 * worlds)) / (1 + weight)
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def paired(one: Floats, other: Floats) -> tuple[float, float, float]:
    """The mean of how much more one is than the other, world by world, and its interval of 95 %.

    What both owe to the same world cancels out.
    """
    more = one - other
    mean, half = float(more.mean()), Z * float(np.std(more)) / sqrt(len(more))
    return mean, mean - half, mean + half
