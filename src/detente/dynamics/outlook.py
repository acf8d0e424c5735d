"""What each mover would do at each state, worked out once and kept for every walk that comes by."""

from __future__ import annotations

from threading import Lock

import numpy as np

from detente.dynamics.board import Board, Int32
from detente.dynamics.movers import open_moves
from detente.dynamics.seats import Seats
from detente.graph.state_graph import Floats, Int64

ROOM = 1 << 16  # moves for which there is room at first


class Outlook:
    """The open moves at the states of a ground, under one conduct and with the same tables open.

    Movers are the parties, then the tables. Several threads may ask at once; what one has found out the others
    need not.
    """

    def __init__(
        self,
        board: Board,
        seats: Seats,
        ahead: Int32,
        ranks: Int32,
        payoffs: Int64,
        grid: float,
        initiative: Floats,
        best: bool,
    ) -> None:
        self.initiative = initiative
        self._given = (ahead, ranks, payoffs, grid, initiative, best)
        self._board, self._seats = board, seats
        self.states, self.movers = board.codes.size, len(initiative)
        self._row = np.full(self.states, -1, dtype=np.int32)
        self._rows = 0
        self._ends = np.zeros(1, dtype=np.int64)
        self._targets = np.empty(0, dtype=np.int64)
        self._asking = Lock()

    def moves(self, states: Int64) -> tuple[Int64, Int64]:
        """How many open moves each mover has at some distinct states, (state, mover), and their targets."""
        with self._asking:
            self._learn(states[self._row[states] < 0])
            at = self._row[states].astype(np.int64)[:, None] * self.movers + np.arange(self.movers)
            many = self._ends[at + 1] - self._ends[at]
            first, counts = self._ends[at[:, 0]], many.sum(axis=1)
            shift = first - (np.cumsum(counts) - counts)
            places = np.arange(int(counts.sum()), dtype=np.int64) + np.repeat(shift, counts)
            return many, self._targets[places]

    def _learn(self, states: Int64) -> None:
        """Work out the moves at states that nobody has asked about."""
        rows = self._rows + len(states)
        if rows * self.movers >= len(self._ends):
            self._ends = _longer(self._ends, 2 * rows * self.movers + 1)
        done = 0
        while done < len(states):
            done += open_moves(
                self._board,
                self._seats,
                states[done:],
                *self._given,
                self._rows + done,
                self._ends,
                self._targets,
            )
            if done < len(states):
                most = self._board.offset.size + self._seats.candidate.size
                self._targets = _longer(self._targets, 2 * len(self._targets) + most + ROOM)
        self._row[states] = np.arange(self._rows, rows)
        self._rows = rows


def _longer(numbers: Int64, size: int) -> Int64:
    """The same numbers with more room."""
    longer = np.empty(size, dtype=np.int64)
    longer[: len(numbers)] = numbers
    return longer
