"""Where roads to an outcome are looked for: the ground, who sits at which table, and the ends."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.answers.vocabulary import MoveSeen
from detente.errors import RefusedError, UnknownNameError
from detente.play.cached_graph import CachedGraph
from detente.play.case import Case, conduct_of
from detente.play.durability import margins
from detente.play.table_deals import Table
from detente.questions.ends import best_end
from detente.questions.named import moved
from detente.questions.roadmap.direct_road import direct_road
from detente.questions.roadmap.exposure import exposures
from detente.questions.roadmap.road_search import Road, road
from detente.questions.subject import require_states, without_clashes
from detente.scenario.model import Scenario
from detente.states.state_graph import Bools, Int64

ENDS = 50  # to so many ends, at most, roads are looked for
DIRECT = 12  # options that differ, at most, where a road only towards the end is looked for besides
DIGITS = 12  # margins this close are the same


class Way:
    """A scenario in which roads to an outcome are looked for: its ground without nature, and the ends.

    `ends` are states of `ground`; where no state of the outcome holds, they are those nearest to holding.
    """

    def __init__(
        self,
        scenario: Scenario,
        outcome: str,
        chosen: bool,
        foresight: str | None,
        tables: Sequence[str] | None,
        most: int | None,
    ) -> None:
        self.scenario, self.outcome, self.most = scenario, outcome, most
        self.case = Case(scenario, conduct_of(scenario, foresight))
        self.foresight = self.case.conduct.foresight
        self.tables = _open(self.case, tables)
        self.members = tuple(table.members for table in self.tables)
        begin = np.array([self.case.start], dtype=np.int64)
        self.cached: CachedGraph = self.case.free.around(begin)
        self.start = int(self.cached.place(begin)[0])
        self.exposed = exposures(self.cached, self.foresight)
        self.cardinal = all(self.cached.graph.cardinal)
        self.best = None if chosen else best_end(self.case)
        self.ends, self.margins, self.holding = self._ends()

    def _ends(self) -> tuple[Int64, list[float], int]:
        """The ends with the best margin, of those the ones in which least changes; margins; how many hold."""
        graph = self.cached.graph
        row = [known.id for known in self.scenario.outcomes].index(self.outcome)
        require_states(self.outcome, self.case.outcomes[row])
        inside = self.case.outcomes[row]
        peaceful = without_clashes(self.scenario, self.case.free.graph, self.outcome, inside)[self.cached.home]
        among = np.flatnonzero(peaceful if peaceful.any() else inside[self.cached.home])
        if self.best is not None:
            ends = self.cached.place(self.best.within(inside).states)
            among = ends[ends >= 0] if (ends >= 0).any() else among
        if len(among) == 0:
            raise RefusedError(_out_of_reach(self.case, self.outcome, self.case.outcomes[row]))
        found = margins(self.cached, self.foresight, among).round(DIGITS)
        firm = found if self.cardinal else (found >= 0).astype(np.float64)
        here, changed = graph.levels(self.start), np.zeros(len(among), dtype=np.int64)
        for axis, stride, level in zip(graph.axes, graph.strides, here, strict=True):
            changed += graph.codes[among] // stride % axis.size != level
        order = np.lexsort((among, changed, -firm))
        holding = int((found >= 0).sum())
        nearest = int(((firm == firm[order[0]]) & (changed == changed[order[0]])).sum())
        chosen = order[: min(ENDS, holding or nearest)]
        return among[chosen], found[chosen].tolist(), holding

    def road(self, end: int, members: Sequence[tuple[int, ...]]) -> Road:
        """The road to an end: one that goes only towards it, unless turning aside makes it less exposed."""
        given = (self.cached, members, self.exposed, self.start, end)
        if self.most is not None:
            return direct_road(*given, self.most)
        found = road(*given)
        if not found.found or self._differing(end) > DIRECT:
            return found
        direct = direct_road(*given)
        return direct if direct.found and direct.worst <= found.worst else found

    def straight(self, end: int) -> Road | None:
        """The road to an end on which every change goes towards it; None where too many options differ."""
        if self._differing(end) > DIRECT:
            return None
        return direct_road(self.cached, self.members, self.exposed, self.start, end)

    def _differing(self, end: int) -> int:
        """How many options stand otherwise in an end than where roads begin."""
        levels = self.cached.graph.levels
        return sum(one != two for one, two in zip(levels(self.start), levels(end), strict=True))

    def holds(self, place: int) -> bool:
        """Whether an end is an equilibrium."""
        return self.margins[place] >= 0

    def changes(self, start: int, end: int) -> MoveSeen:
        """A move between two states of the ground, in words."""
        return moved(self.case, int(self.cached.home[start]), int(self.cached.home[end]))

    def gain(self, party: int, start: int, end: int) -> float | None:
        """What a party gains between two states, in its spans; None where it is known only by order."""
        graph = self.cached.graph
        if not graph.cardinal[party]:
            return None
        return float((graph.payoffs[party, end] - graph.payoffs[party, start]) / graph.spans[party])


def _open(case: Case, tables: Sequence[str] | None) -> tuple[Table, ...]:
    """The tables that are open, in the order of the scenario."""
    known = [table.id for table in case.scenario.tables]
    given = [tables] if isinstance(tables, str) else list(tables or ["all"])
    wanted = [id for one in given for id in one.replace(",", " ").split()]
    if wanted in (["all"], ["none"]):
        wanted = known if wanted == ["all"] else []
    for id in wanted:
        if id in ("all", "none") and id not in known:
            raise RefusedError(f"'{id}' cannot be joined with other tables. Keep '{id}', or name tables.")
        if id not in known:
            raise UnknownNameError("table", id, [*known, "all", "none"])
    index = case.free.graph.parties.index
    return tuple(
        Table(table.id, tuple(sorted(index(member) for member in table.members)))
        for table in case.scenario.tables
        if table.id in wanted
    )


def _out_of_reach(case: Case, outcome: str, inside: Bools) -> str:
    """Why no step of anybody leads to an outcome: what nobody can move would have to stand otherwise."""
    graph = case.free.graph
    shocks: list[str] = []
    fixed: list[str] = []
    for axis, stride, level in zip(graph.axes, graph.strides, graph.levels(case.start), strict=True):
        nobodys = axis.owner < 0 or axis.moves == "fixed"
        if nobodys and not (graph.codes[inside] // stride % axis.size == level).any():
            (shocks if axis.owner < 0 else fixed).append(f"'{axis.option}'")
    if fixed:
        return (
            f"the outcome '{outcome}' needs options to stand otherwise than at the status quo that are fixed "
            f"({', '.join(fixed)}), so no step of anybody leads there. Free them, or name another outcome."
        )
    which = f" ({', '.join(shocks)})" if shocks else ""
    return (
        f"the outcome '{outcome}' takes a shock{which}: it holds in no feasible state in which nature stands as"
        " at the status quo, so no step of anybody leads there. Name another outcome."
    )
