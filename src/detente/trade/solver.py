"""HiGHS behind one door: one model per economy, new bounds per solve, always from a cold start.

A cold start makes the flows of a combination independent of what was solved before it.

Equally good flows are told apart by further aims, one after the other, each over the flows that are best by all
aims before it. Those are known exactly from one solution's prices (complementary slackness): a column with a
price of its own stands at its bound in all of them, and a row with a price is full. Nothing is added to the
worth, so no aim can take anything away from an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.optimiser import optimal, optimiser
from detente.trade.certificate import UncertifiedError
from detente.trade.program import Bounds, Program

if TYPE_CHECKING:
    import highspy

Floats = NDArray[np.float64]

_PRICELESS = 1e-9  # prices this small beside the greatest worth are the solver's path


class Solver:
    """The linear program of one economy, kept in HiGHS."""

    def __init__(self, program: Program) -> None:
        rows, columns = program.matrix.shape
        self._worth = program.worth
        self._columns = np.arange(columns, dtype=np.int32)
        self._rows = np.arange(rows, dtype=np.int32)
        self._least = np.zeros(columns)
        self._unbounded = np.full(rows, -np.inf)
        self._lock = Lock()
        self._highs = optimiser(
            presolve="off",
            threads=1,
            solver="simplex",
            primal_feasibility_tolerance=1e-9,
            dual_feasibility_tolerance=1e-9,
        )
        self._highs.passModel(_model(program))

    def maximise(self, bounds: Bounds, aims: Iterable[Floats] = ()) -> tuple[Floats, Floats]:
        """Best flows per column and the price of every row under these bounds.

        Of equally good flows those that are best by the first aim (an amount per unit of each column), of those
        the ones best by the second, and so on until no choice is left.
        """
        with self._lock:
            self._highs.clearSolver()
            self._bound(self._least, bounds.columns, self._unbounded, bounds.rows)
            flows = self._run(self._worth)
            prices = np.array(self._highs.getSolution().row_dual)
            least, most, lowest = self._least.copy(), bounds.columns.copy(), self._unbounded.copy()
            for aim in aims:
                self._keep(flows, least, most, lowest, bounds.rows)
                open_still = least < most
                if not open_still.any():
                    break
                if aim[open_still].any():
                    self._bound(least, most, lowest, bounds.rows)
                    flows = self._run(aim)
            return flows, prices

    def _run(self, aim: Floats) -> Floats:
        self._highs.changeColsCost(len(self._columns), self._columns, aim)
        self._highs.run()
        if not optimal(self._highs):
            raise UncertifiedError(f"the solver ended without an optimum: {self._highs.getModelStatus()}.")
        return np.array(self._highs.getSolution().col_value)

    def _bound(self, least: Floats, most: Floats, lowest: Floats, highest: Floats) -> None:
        self._highs.changeColsBounds(len(self._columns), self._columns, least, most)
        self._highs.changeRowsBounds(  # type: ignore[attr-defined]
            len(self._rows), self._rows, lowest, highest
        )

    def _keep(self, flows: Floats, least: Floats, most: Floats, lowest: Floats, highest: Floats) -> None:
        """Narrow bounds to everything that is as good as the last solution."""
        solution = self._highs.getSolution()
        slight = _PRICELESS * max(1.0, float(self._worth.max(initial=0.0)))
        fixed = np.abs(np.array(solution.col_dual)) > slight
        least[fixed] = most[fixed] = np.clip(flows[fixed], least[fixed], most[fixed])
        full = np.abs(np.array(solution.row_dual)) > slight
        lowest[full] = highest[full]


def _model(program: Program) -> highspy.HighsLp:
    """The program as HiGHS takes it, with the bounds of an open economy."""
    import highspy

    rows, columns = program.matrix.shape
    where = np.nonzero(program.matrix)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, rows
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = program.worth
    model.col_lower_, model.col_upper_ = np.zeros(columns), np.ones(columns)
    model.row_lower_, model.row_upper_ = np.full(rows, -np.inf), program.limits
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    starts = np.searchsorted(where[0], np.arange(rows + 1))
    model.a_matrix_.start_ = starts.astype(np.int32)
    model.a_matrix_.index_ = where[1].astype(np.int32)
    model.a_matrix_.value_ = program.matrix[where]
    return model
