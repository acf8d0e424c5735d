"""No optimum is believed unseen: every solution is checked against its own dual before it is used."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.errors import DetenteError
from detente.trade.program import Bounds, Program

Floats = NDArray[np.float64]

TOLERANCE = 1e-8  # in shares of the baseline


class UncertifiedError(DetenteError):
    """The solver's answer for a target economy breaks a constraint or is not shown to be the best."""


def certify(program: Program, bounds: Bounds, flows: Floats, prices: Floats) -> float:
    """Prove that flows are possible and that none are worth more; return the proof's gap.

    Any non-negative price per row bounds every possible optimum from above (weak duality): the value of the
    rows at their prices plus, per column, its greatest amount at whatever it is worth beyond its prices. A gap
    of zero between that bound and the flows' own worth leaves no room for a better answer.

    Parameters
    ----------
    program, bounds : Program, Bounds
        The economy and what the combination admits.
    flows : (column,)
        Proposed solution, in shares of the baseline.
    prices : (row,)
        Dual values; negative ones are taken as 0.

    Returns
    -------
    float
        The gap, in shares of the baseline.

    Raises
    ------
    UncertifiedError
        A constraint or the trade balance is broken, or the gap is above the tolerance.
    """
    breach = max(
        float(np.max(-flows, initial=0.0)),
        float(np.max(flows - bounds.columns, initial=0.0)),
        float(np.max(program.matrix @ flows - bounds.rows, initial=0.0)),
    )
    if not breach <= TOLERANCE:
        raise UncertifiedError(
            f"trade flows do not balance: a bound is exceeded by {breach:.3g} of the baseline."
        )
    prices = np.maximum(prices, 0.0)
    beyond = np.maximum(program.worth - prices @ program.matrix, 0.0)
    ceiling = float(prices @ bounds.rows + beyond @ bounds.columns)
    gap = ceiling - float(program.worth @ flows)
    if not gap <= TOLERANCE * max(1.0, ceiling):
        raise UncertifiedError(f"trade flows are not shown to be the best: {gap:.3g} of the baseline is open.")
    return gap
