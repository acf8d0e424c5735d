"""Linear and mixed-integer programs, small ones: the least cost under rows of bounds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.optimiser import EXACT, optimal, optimiser
from detente.states.state_graph import Floats

SAME = 1e-9
"""Figures this close are the same."""


def least(
    costs: Floats, rows: Floats, at_least: Floats, low: Floats, high: Floats, whole: Sequence[bool]
) -> Floats | None:
    """The cheapest point with `rows @ point >= at_least` between `low` and `high`; None where there is none.

    Parameters
    ----------
    costs, low, high : (column,)
    rows : (row, column)
    at_least : (row,)
    whole : which columns take whole numbers only.
    """
    import highspy

    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows.shape
    model.col_cost_, model.col_lower_, model.col_upper_ = costs, low, high
    model.row_lower_, model.row_upper_ = at_least, np.full(len(rows), np.inf)
    where = np.nonzero(rows)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.searchsorted(where[0], np.arange(len(rows) + 1)).astype(np.int32)
    model.a_matrix_.index_ = where[1].astype(np.int32)
    model.a_matrix_.value_ = rows[where]
    if any(whole):
        integer, continuous = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        model.integrality_ = [integer if one else continuous for one in whole]
    highs = optimiser(**EXACT)
    highs.passModel(model)
    highs.run()
    if not optimal(highs):
        return None
    return np.array(highs.getSolution().col_value)


def evenly(
    costs: Floats,
    rows: Floats,
    at_least: Floats,
    high: Floats,
    whole: Sequence[bool],
    shares: Floats,
) -> Floats | None:
    """The cheapest point from nought up; of equally cheap ones that which asks most evenly.

    That is the one whose largest share is least, then its second largest, and so on. Where nothing is to be
    chosen in whole numbers there is one such point, whatever the order of columns and rows; else the one that
    goes with the choice that was found.

    Parameters
    ----------
    costs, rows, at_least, high, whole : as of `least`.
    shares : (share, column) what each column adds to each share.
    """
    low = np.zeros(len(costs))
    point = least(costs, rows, at_least, low, high, whole)
    if point is None or len(shares) < 2:
        return point
    chosen = np.array(whole, dtype=np.bool_)
    low, high = np.where(chosen, np.rint(point), low), np.where(chosen, np.rint(point), high)
    rows = np.vstack([rows, -costs])
    at_least = np.append(at_least, -float(costs @ point) - SAME / 10)

    def within(caps: Floats, aim: Floats, level: bool = False) -> Floats | None:
        """The least of an aim where no share exceeds its cap; with `level`, the least level of the others."""
        over = np.isinf(caps) if level else np.zeros(len(caps), dtype=np.bool_)
        return least(
            np.append(np.zeros(len(costs)), 1.0) if level else np.append(aim, 0.0),
            np.vstack([np.column_stack([rows, np.zeros(len(rows))]), np.column_stack([-shares, over])]),
            np.concatenate([at_least, np.where(np.isinf(caps), 0.0 if level else -np.inf, -caps)]),
            np.append(low, 0.0),
            np.append(high, np.inf),
            [False] * (len(costs) + 1),
        )

    caps = np.full(len(shares), np.inf)
    while np.isinf(caps).any():
        best = within(caps, costs, level=True)
        if best is None:
            break
        point, level, free = best[:-1], float(best[-1]), np.flatnonzero(np.isinf(caps))
        bound = caps.copy()
        bound[free] = level + SAME / 10
        lowest = {share: within(bound, shares[share]) for share in free.tolist() if level > SAME}
        stuck = [share for share, at in lowest.items() if at is None or shares[share] @ at[:-1] > level - SAME]
        caps[stuck or free] = level + SAME / 10
    return point
