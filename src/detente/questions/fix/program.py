"""Linear and mixed-integer programs, small ones: the least cost under rows of bounds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.optimiser import EXACT, optimal, optimiser
from detente.states.state_graph import Floats


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
