"""HiGHS behind one door: one model per economy, new bounds per solve, always from a cold start.

A cold start makes the flows of a combination independent of what was solved before it.
"""

from __future__ import annotations

from threading import Lock

import highspy
import numpy as np
from numpy.typing import NDArray

from detente.flows.certificate import UncertifiedError
from detente.flows.program import Bounds, Program

Floats = NDArray[np.float64]


class Solver:
    """The linear program of one economy, kept in HiGHS."""

    def __init__(self, program: Program) -> None:
        rows, columns = program.matrix.shape
        self._columns = np.arange(columns, dtype=np.int32)
        self._rows = np.arange(rows, dtype=np.int32)
        self._least = np.zeros(columns)
        self._unbounded = np.full(rows, -np.inf)
        self._lock = Lock()
        self._highs = highspy.Highs()
        for option, value in (
            ("output_flag", False),
            ("presolve", "off"),
            ("threads", 1),
            ("solver", "simplex"),
        ):
            self._highs.setOptionValue(option, value)
        for option in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
            self._highs.setOptionValue(option, 1e-9)
        self._highs.passModel(_model(program))

    def maximise(self, bounds: Bounds) -> tuple[Floats, Floats]:
        """Best flows per column and the price of every row under these bounds."""
        with self._lock:
            self._highs.changeColsBounds(len(self._columns), self._columns, self._least, bounds.columns)
            self._highs.changeRowsBounds(  # type: ignore[attr-defined]
                len(self._rows), self._rows, self._unbounded, bounds.rows
            )
            self._highs.clearSolver()
            self._highs.run()
            status = self._highs.getModelStatus()
            if status != highspy.HighsModelStatus.kOptimal:
                raise UncertifiedError(f"the solver ended without an optimum: {status}.")
            solution = self._highs.getSolution()
            return np.array(solution.col_value), np.array(solution.row_dual)


def _model(program: Program) -> highspy.HighsLp:
    """The program as HiGHS takes it, with the bounds of an open economy."""
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
