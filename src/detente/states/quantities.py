"""Pressure on an economy, solved once for every way in which its channels can stand."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from detente.errors import TooLargeError
from detente.scenario.model import Pressure
from detente.states.state_graph import Bools, Floats
from detente.trade.economy import Economy, economy

MAX_PROGRAMS = 1 << 16
DIGITS = 9  # solutions are exact to about this many; the rest is the solver's path


def pressures(pressure: Pressure, opens: Floats, active: Bools, aided: Bools) -> tuple[Floats, Floats]:
    """Pressure on a target and the share of its trade that it retains, per combination.

    Equal combinations are solved once, and once per process.

    Parameters
    ----------
    pressure
        The target's trade.
    opens
        Open share, (combination, channel).
    active
        Whether a route is in use, (combination, route).
    aided
        Whether an aid flows, (combination, aid).

    Returns
    -------
    tuple of two arrays (combination,)
        Pressure, at least 0, and retained share; rounded to 1e-9, so that equal situations are equal numbers.

    Raises
    ------
    TooLargeError
        More than 65,536 different situations.
    """
    rows = np.hstack([opens, active, aided])
    distinct, place = np.unique(rows, axis=0, return_inverse=True)
    if len(distinct) > MAX_PROGRAMS:
        raise TooLargeError(
            f"the trade of {pressure.target} can stand in {len(distinct):,} different ways; at most "
            f"{MAX_PROGRAMS:,} are solved. Let fewer options cut or divert it."
        )
    target = economy(pressure)
    shares = [kept(target, *_split(row, opens.shape[1], active.shape[1])) for row in distinct]
    pressed = np.array([max(0.0, 1.0 - share) for share in shares]).round(DIGITS)
    retained = np.array(shares).round(DIGITS)
    place = place.reshape(-1)
    return pressed[place], retained[place]


@lru_cache(maxsize=MAX_PROGRAMS)
def kept(target: Economy, opens: tuple[float, ...], active: tuple[bool, ...], aided: tuple[bool, ...]) -> float:
    """Share of its trade that the target keeps in one situation, whichever of equally good flows it chooses.

    Remembered, since variants of a crisis share most situations.
    """
    return target.optimum(opens, active, aided) / target.program.weighted


def _split(
    row: Floats, channels: int, routes: int
) -> tuple[tuple[float, ...], tuple[bool, ...], tuple[bool, ...]]:
    active = row[channels : channels + routes] > 0.5
    aided = row[channels + routes :] > 0.5
    return tuple(row[:channels].tolist()), tuple(active.tolist()), tuple(aided.tolist())
