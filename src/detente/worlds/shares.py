"""Shares over worlds, with how far off they may be."""

from __future__ import annotations

from math import sqrt

import numpy as np

from detente.answers.vocabulary import Share
from detente.states.state_graph import Bools, Floats

CERTAIN = 1e-9  # a chance that falls short of 1 by less is certainty

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


def share(chances: Floats | Bools) -> Share:
    """What is seen of a chance over worlds: (world,) its value in each."""
    mean = float(np.clip(chances.mean(), 0, 1))
    certain, never = float((chances >= 1 - CERTAIN).mean()), float((chances <= CERTAIN).mean())
    return Share(mean, *wilson(mean, len(chances)), certain, never)


def paired(one: Floats, other: Floats) -> tuple[float, float, float]:
    """The mean of how much more one is than the other, world by world, and its interval of 95 %.

    What both owe to the same world cancels out.
    """
    more = one - other
    mean, half = float(more.mean()), Z * float(np.std(more)) / sqrt(len(more))
    return mean, mean - half, mean + half
