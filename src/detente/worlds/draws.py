"""Numbers drawn from spreads: one stream for every judgement, whoever draws it and however many there are.

The k-th draw of a number hangs on the seed, on its address and on k alone (Philox, a generator that counts:
Salmon et al. 2011). Another number in the scenario, more worlds, or another worker change no draw. Draws are
independent, so that shares over worlds have the intervals of plain sampling.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.scenario.model import Spread
from detente.states.state_graph import Floats

TWO_SIDED = 2.0
"""A normal spread names its central value ± so many standard deviations."""


@dataclass(frozen=True)
class Stream:
    """Where the chances of one judgement come from."""

    seed: int
    name: str

    def uniform(self, first: int, count: int) -> Floats:
        """Numbers in (0, 1), those of the worlds from `first` on (the first world is 1)."""
        digest = hashlib.sha256(f"{self.seed}\n{self.name}".encode()).digest()
        source = np.random.Philox(key=np.frombuffer(digest[:16], dtype=np.uint64))
        block, within = divmod(first - 1, _BLOCK)
        source.advance(block)
        whole = source.random_raw(within + count)[within:]
        return ((whole >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53


_BLOCK = 4  # numbers that a step of the counter makes
_LEAST = 2.0**-53  # the chance that is told from 0, and from 1


def coupled(chances: Sequence[Floats], factor: Floats) -> Floats:
    """(number, world) chances that correlate, from independent ones: a Gaussian copula.

    Parameters
    ----------
    chances : of each number, (world,) in (0, 1).
    factor : (number, number) the lower triangle of their normal correlations' Cholesky factor.
    """
    from scipy.special import ndtr, ndtri

    found: Floats = ndtr(factor @ ndtri(np.stack(chances)))
    return np.clip(found, _LEAST, 1 - _LEAST)


def quantile(spread: Spread, central: float, low: float, high: float, chances: Floats) -> Floats:
    """The values of a spread below which these shares of it lie.

    Parameters
    ----------
    spread, central : as in the scenario.
    low, high : what the field admits; a normal spread ends there.
    chances : in (0, 1).
    """
    if spread.low == spread.high:
        return np.full(len(chances), spread.low)
    match spread.kind:
        case "uniform":
            values = spread.low + chances * (spread.high - spread.low)
        case "triangular":
            values = _triangular(spread.low, central, spread.high, chances)
        case "normal":
            values = _normal(central, (spread.high - spread.low) / (2 * TWO_SIDED), low, high, chances)
    return np.clip(values, low, high)


def _triangular(low: float, mode: float, high: float, chances: Floats) -> Floats:
    width = high - low
    rising = low + np.sqrt(chances * width * (mode - low))
    falling = high - np.sqrt((1 - chances) * width * (high - mode))
    return np.where(chances * width <= mode - low, rising, falling)


def _normal(mean: float, deviation: float, low: float, high: float, chances: Floats) -> Floats:
    """Truncated where the field ends; counted from the nearer tail, where steps of a float are finest."""
    from scipy.special import ndtr, ndtri

    below, above = float(ndtr((low - mean) / deviation)), float(ndtr((mean - high) / deviation))
    left = below + chances * (1 - below - above)
    right = above + (1 - chances) * (1 - below - above)
    found: Floats = mean + deviation * np.where(left <= 0.5, ndtri(left), -ndtri(right))
    return found
