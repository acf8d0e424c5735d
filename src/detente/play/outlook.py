"""What parties expect of arriving in states, each under its own foresight: as far as it is asked.

Under most concepts one sweep tells it for all states at once. Under the iterated one it takes many, so moves
are asked about one by one until somebody wants to know all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from threading import Lock

import numpy as np

from detente.concepts import named
from detente.play.move_index import Int8, Int32, MoveIndex, improvements, quiet_states
from detente.stability.anticipate import foreseen
from detente.stability.closure.closures import Field
from detente.stability.move_search import CLOSED, OPEN, MoveSearch
from detente.states.state_graph import Bools, Int64

Foresight = tuple[str, ...]  # a concept's name per party

FEW = 1 << 16
"""With so few ranks all rounds take less time than it takes to compile the search."""
ROUNDS = 1
"""So many rounds of bounds over all states are made before a table looks for what its members would keep."""
STAYS, LEAVES = 1, -1


class Outlook:
    """The anticipations of one graph, kept; several threads may ask at once.

    Parameters
    ----------
    move_index, ranks : the graph, laid out for play.
    laid_out : opens the graph for anticipations.
    """

    def __init__(
        self, move_index: MoveIndex, ranks: Int32, laid_out: Callable[[], AbstractContextManager[Field]]
    ) -> None:
        self._move_index, self._ranks, self._laid_out = move_index, ranks, laid_out
        self._rows: dict[tuple[int, str], Int32] = {}
        self._matrices: dict[Foresight, Int32] = {}
        self._leaving: dict[tuple[Foresight, tuple[int, ...]], Int32] = {}
        self._staying: dict[int, Int8] = {}  # (state,) per party: STAYS, LEAVES, or 0
        self._search: MoveSearch | None = None
        self._asking = Lock()

    def row(self, party: int, concept: str) -> Int32:
        """What a party expects of arriving in each state, as a rank."""
        if not self._looks_ahead(party, concept):
            own: Int32 = self._ranks[party]
            return own
        if (party, concept) not in self._rows:
            self._work_out([(party, concept)])
        return self._rows[party, concept]

    def rows(self, foresight: Foresight) -> Int32:
        """The same of every party, each under its own foresight: [party, state]."""
        if all(concept == "nash" for concept in foresight):
            return self._ranks
        if foresight not in self._matrices:
            pairs = [pair for pair in enumerate(foresight) if self._looks_ahead(*pair)]
            self._work_out([pair for pair in pairs if pair not in self._rows])
            self._matrices[foresight] = _sealed(np.stack([self.row(*pair) for pair in enumerate(foresight)]))
        return self._matrices[foresight]

    def at(self, party: int, concept: str, states: Int64) -> Int32:
        """What a party expects of arriving in some states, as ranks."""
        if not self._asked_singly(party, concept):
            return self.row(party, concept)[states]
        with self._asking:
            return self._searching().values(party, states)

    def most(self, party: int, concept: str, states: Int64) -> int:
        """The most that a party expects of arriving in any of some states (at least one), as a rank."""
        if not self._asked_singly(party, concept):
            return int(self.row(party, concept)[states].max())
        with self._asking:
            whole, nothing = np.array([0, len(states)]), np.full(1, -1)
            return int(self._searching().most(party, states, whole, nothing)[0])

    def leaving(self, foresight: Foresight, states: Int64, best: bool = False) -> Int32:
        """As `rows`, right where improvements lead from these states; elsewhere perhaps too low.

        `best`: right perhaps only where the best improvements lead.
        """
        singly = [party for party, concept in enumerate(foresight) if self._asked_singly(party, concept)]
        if not singly:
            return self.rows(foresight)
        with self._asking:
            ahead = self._told(foresight, tuple(singly))
            for party in singly:
                first, ends = improvements(self._move_index, party, self._ranks[party], states)
                (self._tell_best if best else self._tell_open)(party, states, first, ends, ahead[party])
            return _sealed(ahead)

    def quiet(self, members: Sequence[int], foresight: Foresight, states: Int64) -> tuple[Int64, bool]:
        """Those of some states at which none of some parties, alone, has an open move.

        And whether that is sure of all; where it is not, `keeps` tells it of some.
        """
        singly = [party for party in members if self._asked_singly(party, foresight[party])]
        first = self._move_index.pattern_first
        with self._asking:
            for party in singly:
                self._searching().prepare(party, ROUNDS)
            for party in sorted(members, key=lambda one: first[one] - first[one + 1]):
                if party in singly:
                    ahead = self._searching().least(party)
                else:
                    ahead = self.row(party, foresight[party])
                states = quiet_states(self._move_index, party, states, ahead, self._ranks[party])
        return states, not singly

    def keeps(
        self, members: Sequence[int], foresight: Foresight, states: Int64, briefly: bool = False
    ) -> Bools:
        """Which of some states none of some parties, alone, has an open move out of.

        `briefly`: also those of which a short look does not tell.
        """
        kept = np.ones(len(states), dtype=np.bool_)
        for party in members:
            left = states[kept]
            if self._asked_singly(party, foresight[party]):
                with self._asking:
                    kept[kept] = self._stays(party, left, briefly)
            else:
                ahead = self.row(party, foresight[party])
                first, ends = improvements(self._move_index, party, self._ranks[party], left)
                starts = np.repeat(left, np.diff(first))
                kept[kept] = ~np.isin(left, starts[ahead[ends] > self._ranks[party, starts]])
        return kept

    @property
    def kept(self) -> int:
        """How many numbers are kept, roughly."""
        searching = 0 if self._search is None else self._search.kept
        return self._ranks.size * 2 * (len(self._matrices) + len(self._leaving)) + searching

    def _told(self, foresight: Foresight, singly: tuple[int, ...]) -> Int32:
        """What was told of moves from states so far, [party, state]; -1 where some parties were not asked."""
        if (foresight, singly) not in self._leaving:
            told = np.full(self._ranks.shape, -1, np.int32)
            for party, concept in enumerate(foresight):
                if party not in singly:
                    told[party] = self.row(party, concept)
            self._leaving[foresight, singly] = told
        return self._leaving[foresight, singly]

    def _tell_open(self, party: int, states: Int64, first: Int64, ends: Int64, told: Int32) -> None:
        """Write what a party expects of each of its open moves from some states; as `improvements` has them."""
        search = self._searching()
        opened = np.unique(ends[search.opens(party, np.repeat(states, np.diff(first)), ends) == OPEN])
        fresh = opened[told[opened] < 0]
        told[fresh] = search.values(party, fresh)

    def _tell_best(self, party: int, states: Int64, first: Int64, ends: Int64, told: Int32) -> None:
        """Write what a party expects of its best open moves from each of some states."""
        search, sizes = self._searching(), np.diff(first)
        some = sizes > 0
        here = self._ranks[party, states[some]].astype(np.int64)
        most = search.most(party, ends, np.append(first[:-1][some], first[-1]), here)
        best, opened = np.repeat(most, sizes[some]), np.repeat(most > here, sizes[some])
        ends, best = ends[opened], best[opened]
        reached = search.reaches(party, ends, best)
        told[ends[reached]] = best[reached]

    def _stays(self, party: int, states: Int64, briefly: bool) -> Bools:
        """Which of some states a party, alone, has no open move out of; what is known is not asked again."""
        known = self._staying.setdefault(party, np.zeros(self._ranks.shape[1], np.int8))
        fresh = states[known[states] == 0]
        if len(fresh):
            first, ends = improvements(self._move_index, party, self._ranks[party], fresh)
            starts = np.repeat(fresh, np.diff(first))
            told = self._searching().any_opens(party, starts, ends, first, briefly)
            doubt = 0 if briefly else STAYS
            known[fresh] = np.where(told == OPEN, LEAVES, np.where(told == CLOSED, STAYS, doubt))
        stays: Bools = known[states] != LEAVES
        return stays

    def _looks_ahead(self, party: int, concept: str) -> bool:
        """Whether a party has moves, and fears replies to them."""
        first = self._move_index.pattern_first
        return concept != "nash" and bool(first[party + 1] - first[party] > 1)

    def _asked_singly(self, party: int, concept: str) -> bool:
        """Whether single answers come cheaper than all of them, and these are not known yet."""
        if named(concept).replies != "dared" or (party, concept) in self._rows:
            return False
        return self._ranks.size > FEW and self._looks_ahead(party, concept)

    def _searching(self) -> MoveSearch:
        if self._search is None:
            with self._laid_out() as field:
                self._search = MoveSearch(field)
        return self._search

    def _work_out(self, wanted: Sequence[tuple[int, str]]) -> None:
        with self._laid_out() as field:
            for party, concept in wanted:
                row = np.ascontiguousarray(foreseen(field, party, named(concept)))
                row.setflags(write=False)
                self._rows[party, concept] = row


def _sealed(rows: Int32) -> Int32:
    """The same numbers, read-only: one layout, as loops are compiled for."""
    sealed = rows.view()
    sealed.setflags(write=False)
    return sealed
