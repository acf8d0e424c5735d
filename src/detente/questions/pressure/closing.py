"""The fewest channels to close for a wanted pressure.

Closing channels is one choice, the target's best answer another, and the second is a linear program. By its
dual, "the best answer keeps at most T" is the same as "some prices bound it by T", and prices can be chosen
together with the channels: one mixed-integer program instead of two nested choices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.optimiser import EXACT, optimal, optimiser
from detente.scenario.model import Pressure
from detente.trade.certificate import UncertifiedError
from detente.trade.economy import Flow, economy
from detente.trade.program import Bounds, Program, bounds

if TYPE_CHECKING:
    import highspy

Floats = NDArray[np.float64]
Bools = tuple[bool, ...]

TOLERANCE = 1e-9  # in shares of the baseline; a pressure this close to the wanted one counts as reached
_DOUBT = 1e-7


@dataclass(frozen=True)
class Closure:
    """The fewest channels that bring a pressure about, and among those the ones that carry least.

    `channels` are indices into `Pressure.channels`, ascending; `flow` is what the target keeps once they are
    closed, solved anew: the certificate.
    """

    channels: tuple[int, ...]
    flow: Flow


def closed(opens: tuple[float, ...], channels: tuple[int, ...]) -> tuple[float, ...]:
    """The open shares once some channels are closed, for their own trade and for diverted trade."""
    return tuple(0.0 if place in channels else share for place, share in enumerate(opens))


def least_closure(
    pressure: Pressure, opens: tuple[float, ...], active: Bools, aided: Bools, wanted: float
) -> Closure | None:
    """The fewest channels to close, beyond what is closed already, for a wanted pressure.

    A closed channel carries neither its own trade nor diverted trade. With T = (1 − wanted) of the baseline,
    0-1 variables z for closing, prices π of rows and q of columns, and with w, A, r and u the worth, the rows
    and the bounds of the target's program::

        min Σ z   s.t.   Aᵀπ + q + M z ≥ w,   r π + u q ≤ T,   π, q ≥ 0

    where z stands in the columns that closing a channel empties. A second program finds, among as few channels,
    those that carry the least open trade. The answer is believed only when the target's own program, solved
    anew with these channels closed, confirms it.

    Parameters
    ----------
    pressure, opens, active, aided
        As for `economy.solve`.
    wanted : float
        Pressure in [0, 1].

    Returns
    -------
    Closure or None
        None where not even closing every channel brings so much pressure about (aid remains).

    Raises
    ------
    UncertifiedError
        The solver's answer is not confirmed.
    """
    target = economy(pressure)
    everything = tuple(range(len(pressure.channels)))
    if not _reached(target.solve(closed(opens, everything), active, aided), wanted, TOLERANCE):
        return None
    search = _Search(target.program, bounds(target.program, opens, active, aided), wanted)
    few = search.best(np.ones(len(everything)), None)
    carried = np.array(opens) * target.program.values
    chosen = search.best(carried, len(few)) if few else few
    flow = target.solve(closed(opens, chosen), active, aided)
    if not _reached(flow, wanted, _DOUBT):
        raise UncertifiedError(
            f"closing {len(chosen)} channels was to bring pressure {wanted:g}; it brings {flow.pressure:g}."
        )
    return Closure(chosen, flow)


def _reached(flow: Flow, wanted: float, tolerance: float) -> bool:
    return 1.0 - flow.retained >= wanted - tolerance or flow.pressure >= wanted


class _Search:
    """The mixed-integer program: columns are z per channel, π per row, q per column of the target's program."""

    def __init__(self, program: Program, limits: Bounds, wanted: float) -> None:
        self.channels = len(program.values)
        rows, columns = program.matrix.shape
        highest = float(program.worth.max(initial=1.0))
        # A price beyond what any column is worth buys nothing; the trade balance alone has negative entries.
        refund = 2 * highest * -np.minimum(program.matrix, 0.0).sum(axis=0)
        self.matrix = np.zeros((columns + 1, self.channels + rows + columns))
        self.matrix[:columns, self.channels : self.channels + rows] = program.matrix.T
        self.matrix[:columns, self.channels + rows :] = np.eye(columns)
        for column, channel in enumerate(_emptied(program)):
            self.matrix[column, channel] = program.worth[column] + refund[column]
        self.matrix[columns, self.channels : self.channels + rows] = limits.rows
        self.matrix[columns, self.channels + rows :] = limits.columns
        most = (1.0 - wanted) * program.weighted / program.scale + TOLERANCE
        self.lower = np.append(program.worth, -np.inf)
        self.upper = np.append(np.full(columns, np.inf), most)
        self.ceiling = np.append(np.ones(self.channels), np.full(rows + columns, 2 * highest))

    def best(self, costs: Floats, many: int | None) -> tuple[int, ...]:
        """The cheapest channels to close; exactly so many where a number is given."""
        highs = optimiser(**EXACT)
        highs.passModel(self._model(costs, many))
        _run(highs)
        if not optimal(highs):
            raise UncertifiedError(
                f"the search for channels ended without an optimum: {highs.getModelStatus()}."
            )
        values = np.array(highs.getSolution().col_value)[: self.channels]
        return tuple(int(place) for place in np.flatnonzero(values > 0.5))

    def _model(self, costs: Floats, many: int | None) -> highspy.HighsLp:
        import highspy

        count = np.append(np.ones(self.channels), np.zeros(self.matrix.shape[1] - self.channels))
        matrix = np.vstack([self.matrix, count])
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = matrix.shape
        model.col_cost_ = np.append(costs, np.zeros(matrix.shape[1] - self.channels))
        model.col_lower_, model.col_upper_ = np.zeros(matrix.shape[1]), self.ceiling
        model.row_lower_ = np.append(self.lower, 0 if many is None else many)
        model.row_upper_ = np.append(self.upper, self.channels if many is None else many)
        where = np.nonzero(matrix)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.searchsorted(where[0], np.arange(len(matrix) + 1)).astype(np.int32)
        model.a_matrix_.index_ = where[1].astype(np.int32)
        model.a_matrix_.value_ = matrix[where]
        integer, continuous = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        model.integrality_ = [integer] * self.channels + [continuous] * (matrix.shape[1] - self.channels)
        return model


def _run(highs: highspy.Highs) -> None:
    """Solve so that an interrupt from the keyboard stops the search at once."""
    highs.HandleUserInterrupt = True
    thread = highs.startSolve()
    try:
        while thread.is_alive():
            thread.join(0.1)
    except KeyboardInterrupt:
        highs.cancelSolve()
        thread.join()
        raise


def _emptied(program: Program) -> list[int]:
    """Per column of trade, the channel that empties it when closed; aid comes after and has none."""
    return [*range(len(program.values)), *(route.destination for route in program.routes)]
