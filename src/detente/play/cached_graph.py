"""Where play happens: a graph with what has been worked out on it, kept while a question is answered."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from detente.errors import RefusedError
from detente.play.cached_choices import CachedChoices, of_parties, of_table
from detente.play.move_index import MoveIndex, lay_out
from detente.play.outlook import Foresight, Outlook
from detente.play.table_deals import Table, seat
from detente.stability.closure.closures import open_field
from detente.states.moves import restrict
from detente.states.state_graph import Floats, Int64, StateGraph

KEPT = 1 << 28  # numbers kept on sub-graphs before the oldest are forgotten (about 1 GiB)

Number = TypeVar("Number", np.int32, np.int64)
Fixed = tuple[tuple[int, int], ...]  # (axis, level) pairs, ascending


class CachedGraph:
    """A graph, the base index of each of its states, and memories of choices, agreements and sub-graphs.

    Several threads may ask at once: what two of them work out at the same time is the same.
    `home[state]` is the state's index in the free graph of the same combinations; a ground made from a whole
    graph is its own home.
    """

    def __init__(self, graph: StateGraph, home: Int64 | None = None) -> None:
        self.graph = graph
        self.ranks = _sealed(graph.ranks)
        self.payoffs = _sealed(graph.payoffs)
        self.home = np.arange(graph.states, dtype=np.int64) if home is None else home
        self._restricted: dict[Fixed, CachedGraph] = {}
        self._parties: dict[tuple[Foresight, tuple[float, ...], bool], CachedChoices] = {}
        self._tables: dict[tuple[Table, Foresight], CachedChoices] = {}
        self._worths: dict[int, Floats] = {}

    @cached_property
    def move_index(self) -> MoveIndex:
        """The graph laid out for compiled loops."""
        return lay_out(self.graph)

    @cached_property
    def outlook(self) -> Outlook:
        """What parties expect of their moves here."""
        return Outlook(self.move_index, self.ranks, partial(open_field, self.graph))

    def restricted(self, fixed: Fixed) -> CachedGraph:
        """The same ground where some axes stand at given levels and nobody may move them."""
        if not fixed:
            return self
        if fixed not in self._restricted:
            self._forget()
            graph, states = restrict(self.graph, dict(fixed))
            return self._restricted.setdefault(fixed, CachedGraph(graph, self.home[states]))
        return self._restricted[fixed]

    def around(self, states: Int64, fixed: Fixed = ()) -> CachedGraph:
        """The ground restricted to `fixed` and to what stands alike at some states and nobody can move.

        Nature's options change in no move, reply, table or walk, so nothing is lost by leaving out the states
        where they stand elsewhere. The states are those of this ground, after `fixed` is set.
        """
        if len(states) == 0:  # nothing will be played, perhaps since no feasible state has these levels
            return self
        given = {axis for axis, _ in fixed}
        still = []
        for place, (axis, stride) in enumerate(zip(self.graph.axes, self.graph.strides, strict=True)):
            if axis.size > 1 and (axis.owner < 0 or axis.moves == "fixed") and place not in given:
                levels = np.unique(self.graph.codes[states] // stride % axis.size)
                still += [(place, int(levels[0]))] if len(levels) == 1 else []
        return self.restricted(tuple(sorted((*fixed, *still))))

    def part(self, states: Int64) -> tuple[CachedGraph, Int64]:
        """The part that moves from some states can come to, and the index here of each of its states."""
        part = self.around(states)
        return part, self.place(part.home)

    def of_parties(self, foresight: Foresight, initiative: tuple[float, ...], best: bool) -> CachedChoices:
        """What each party would do at each state; `best`: only its best moves, else any that is open."""
        key = (foresight, initiative, best)
        if key not in self._parties:
            weights = np.array(initiative, dtype=np.float64)
            cached_choices = of_parties(self.move_index, self.outlook, foresight, self.ranks, weights, best)
            return self._parties.setdefault(key, cached_choices)
        return self._parties[key]

    def of_table(self, table: Table, foresight: Foresight) -> CachedChoices:
        """What a table would agree on at each state.

        A binding table may agree on any state; others only where no member, alone, has an open move.

        Raises
        ------
        RefusedError
            A member is known only by the order of its preferences: gains cannot be multiplied.
        """
        key = (table, () if table.binding else foresight)
        if key not in self._tables:
            self._refuse_ordinal(table)
            states, sure = self._agreeable(table, foresight)
            states = states[: None if table.weight > 0 else 0]
            deals = seat(self.move_index, self.ranks, self.payoffs, table.members, states)
            keeps = None if sure else partial(self.outlook.keeps, table.members, foresight)
            cached_choices = of_table(self.move_index, deals, self.ranks, self.payoffs, self.graph.grid, keeps)
            return self._tables.setdefault(key, cached_choices)
        return self._tables[key]

    def forget_tables(self) -> None:
        """Drop what was worked out about tables."""
        self._tables.clear()

    def _refuse_ordinal(self, table: Table) -> None:
        graph = self.graph
        ordinal = [graph.parties[party] for party in table.members if not graph.cardinal[party]]
        if ordinal:
            raise RefusedError(
                f"table '{table.id}' seats {', '.join(ordinal)}, known only by an order of states; an "
                "agreement weighs gains. Give it interests instead of a ranking or statements, or close "
                "the table."
            )

    def _agreeable(self, table: Table, foresight: Foresight) -> tuple[Int64, bool]:
        """States on which a table may agree, and whether it is sure that all of them would be kept."""
        every = np.arange(self.graph.states, dtype=np.int64)
        return (every, True) if table.binding else self.outlook.quiet(table.members, foresight, every)

    def worths(self, party: int) -> Floats:
        """What each rank is worth to a cardinal party, in payoff units."""
        if party not in self._worths:
            ranks, payoffs = self.graph.ranks[party], self.graph.payoffs[party]
            worths = np.zeros(int(ranks.max()) + 1)
            worths[ranks] = payoffs * self.graph.grid
            self._worths[party] = worths
        return self._worths[party]

    def place(self, states: NDArray[np.int64]) -> Int64:
        """Index here of states of the free graph, -1 where they do not belong to this ground."""
        spot = np.searchsorted(self.home, states)
        spot[spot == len(self.home)] = 0
        return np.where(self.home[spot] == states, spot, -1).astype(np.int64)

    def _forget(self) -> None:
        """Drop the oldest sub-graphs when many numbers are kept."""
        while self._restricted and sum(part.kept for part in list(self._restricted.values())) > KEPT:
            self._restricted.pop(next(iter(list(self._restricted))), None)

    @property
    def kept(self) -> int:
        """How many numbers this ground keeps, roughly."""
        return self.graph.states * len(self.graph.parties) * 3 + self.outlook.kept


def _sealed(array: NDArray[Number]) -> NDArray[Number]:
    """The same numbers row by row and read-only: one layout, so that loops are compiled once."""
    sealed = np.ascontiguousarray(array)
    sealed.setflags(write=False)
    return sealed
