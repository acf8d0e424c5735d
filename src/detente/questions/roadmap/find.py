"""In which order to reach an outcome, and who could break off?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Literal

import numpy as np

from detente.answers.answer import common, finite
from detente.answers.vocabulary import MoveSeen
from detente.errors import RefusedError, UnknownNameError
from detente.play.cached_graph import CachedGraph
from detente.play.case import Case, conduct_of
from detente.play.durability import margins
from detente.play.move_index import own_moves
from detente.play.table_deals import Table
from detente.questions.ends import best_end
from detente.questions.named import moved, named, option_named, party_named
from detente.questions.progress import Progress, silence
from detente.questions.roadmap.answer import (
    Answering,
    Defection,
    EndSeen,
    Mover,
    Other,
    PromiseSeen,
    Roadmap,
    RoadSeen,
    Staged,
    StepSeen,
)
from detente.questions.roadmap.direct_road import detours, direct_road
from detente.questions.roadmap.exposure import exposures
from detente.questions.roadmap.road_search import NO_ROAD, Road, mended, road
from detente.questions.roadmap.steps import changers
from detente.questions.subject import goal_of, require_states, without_clashes
from detente.scenario.model import Scenario
from detente.stability.witness import witness_of_move
from detente.states.names import labels
from detente.states.state_graph import Bools, Int64

ENDS = 50  # to so many ends, at most, roads are looked for
OTHERS = 5  # next best ends that are told
DIRECT = 12  # options that differ, at most, where a road only towards the end is looked for besides
DIGITS = 12  # margins this close are the same


def roadmap(
    scenario: Scenario,
    outcome: str | None = None,
    foresight: str | None = None,
    tables: Sequence[str] | None = None,
    steps: int | None = None,
    progress: Progress | None = None,
) -> Roadmap:
    """The order of steps from the status quo to an outcome that is least exposed to anybody who breaks off.

    A step changes options of one party, or of several who sit at one open table. All whose options change
    prefer the end of the road to where the step begins, whatever lies between (indirect dominance: Harsanyi
    1974; Chwe 1994). Its exposure is the most that any party could expect to gain, in its spans, by another
    move of its own instead. Of all roads to the outcome's equilibria (nature as at the status quo; at most 50,
    best margin first) the one whose worst exposure is least is taken, then the one with the fewest steps.

    Parameters
    ----------
    scenario : Scenario
    outcome : str, optional
        Where the road is to lead. A state does as well: its number, or `OPTION=level`, several with commas
        between them. When absent: to where the strategy ends in the aim that assess puts first.
    foresight : str, optional
        The concept by which every party looks ahead. When absent: each party's own, else `iseq`.
    tables : sequence of str, optional
        Ids of the tables that are open; all that the scenario declares when absent or `all`, none with `none`.
    steps : int, optional
        A gradual road: in a step at most so many options change, and only towards where they stand in the end.
        When absent a step may change any number, and a road turns aside only where that makes it less exposed.
    progress : callable, optional
        Told, now and then, what is being done and which share is done.

    Returns
    -------
    Roadmap

    Raises
    ------
    UnknownNameError
        For an outcome, a table or a concept that does not exist.
    RefusedError
        Where no outcome is named and the scenario has no aim, or the outcome holds in no state that could
        be reached from the status quo without nature.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    tell = progress or silence
    if steps is not None and steps < 1:
        raise RefusedError(f"--steps is {steps}; at least one option changes in a step.")
    tell("states and payoffs", 0.0)
    goal = goal_of(scenario, outcome, "a road has no end")
    way = _Way(goal.scenario, goal.outcome, outcome is not None, foresight, tables, steps)
    roads = _roads(way, tell)
    ranking = sorted(
        (place for place, one in enumerate(roads) if one.found and way.holds(place)),
        key=lambda place: (roads[place].worst, len(roads[place].states), place),
    )
    tell("who could break off", 0.9)
    if ranking:
        best, place = roads[ranking[0]], ranking[0]
    else:
        best, place = _cheapest(way, roads) if steps is None else (NO_ROAD, 0)
    foresights = way.foresight
    return Roadmap(
        **common(scenario, way.case.free.graph.states),
        outcome=way.outcome,
        strategy=None if way.best is None else way.best.strategy.id,
        foresight=foresights[0] if len(set(foresights)) == 1 else "mixed",
        foresights=dict(zip(way.cached.graph.parties, foresights, strict=True)),
        most=steps,
        staged=_staged(way, best),
        tables=tuple(table.id for table in way.tables),
        status_quo=scenario.status_quo,
        start=way.case.start + 1,
        holding=way.holding,
        considered=min(way.holding, ENDS),
        reached=len(ranking),
        sound=bool(ranking),
        road=_road(way, best, place),
        breaks=_breaks(way, best),
        promises=() if ranking else _promises(way, best, place),
        others=tuple(_other(way, roads[other], other) for other in ranking[1 : 1 + OTHERS]),
        alone=_alone(way, best, place) if ranking else None,
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


def _roads(way: _Way, tell: Progress) -> list[Road]:
    """The road to every end; searches are compiled and hold no lock, so that cores share them."""
    roads: list[Road] = []
    crew = ThreadPoolExecutor(os.cpu_count() or 1)
    try:
        ends = way.ends.tolist()
        waiting = [crew.submit(way.road, end, way.members) for end in ends]
        for done, (end, found) in enumerate(zip(ends, waiting, strict=True)):
            tell(f"roads to state {int(way.cached.home[end]) + 1}", 0.1 + 0.8 * done / len(ends))
            roads.append(found.result())
    finally:
        crew.shutdown(cancel_futures=True)
    return roads


class _Way:
    """A scenario in which roads to an outcome are looked for: its ground without nature, and the ends.

    `ends` are states of `ground`; where no state of the outcome holds, the only one is the nearest to holding.
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
        chosen = order[: min(ENDS, holding) or 1]
        return among[chosen], found[chosen].tolist(), holding

    def road(self, end: int, members: Sequence[tuple[int, ...]]) -> Road:
        """The road to an end: one that goes only towards it, unless turning aside makes it less exposed."""
        given = (self.cached, members, self.exposed, self.start, end)
        if self.most is not None:
            return direct_road(*given, self.most)
        found = road(*given)
        few = sum(one != two for one, two in self._levels(self.start, end)) <= DIRECT
        if not found.found or not few or not detours(self.cached, found.states):
            return found
        direct = direct_road(*given)
        return direct if direct.found and direct.worst <= found.worst else found

    def _levels(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        return zip(self.cached.graph.levels(start), self.cached.graph.levels(end), strict=True)

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


def _cheapest(way: _Way, roads: Sequence[Road]) -> tuple[Road, int]:
    """Where none is sound: the road to an end that does not hold, or one for which least must be promised."""
    if way.holding == 0 and roads[0].found:
        return roads[0], 0
    best, place = NO_ROAD, 0
    for tried, end in enumerate(way.ends.tolist()):
        found = mended(way.cached, way.members, way.start, end, best.worst)
        if found.found and found.worst < best.worst:
            best, place = found, tried
    return best, place


def _road(way: _Way, found: Road, place: int, told: bool = True) -> RoadSeen | None:
    """A road in words; `told`: with who could break off at each step."""
    if not found.found:
        return None
    steps = tuple(_step(way, start, end, found.states[-1], told) for start, end in pairwise(found.states))
    worst = max((step.exposure or 0.0 for step in steps), default=0.0) if way.cardinal else None
    aside = tuple(option_named(way.scenario, axis) for axis in detours(way.cached, found.states))
    return RoadSeen(_end(way, place), worst, any(step.exposed for step in steps), steps, aside)


def _end(way: _Way, place: int) -> EndSeen:
    state, margin = int(way.cached.home[way.ends[place]]), way.margins[place]
    return EndSeen(
        **named(way.scenario, way.case.free.graph, state),
        margin=finite(margin) if way.cardinal else None,
        holds=way.holds(place),
    )


def _step(way: _Way, start: int, end: int, goal: int, told: bool) -> StepSeen:
    graph, move = way.cached.graph, way.changes(start, end)
    who = changers(way.cached, start, end)
    exposure = way.exposed.of(start, end)
    movers = tuple(
        Mover(
            party_named(graph, party),
            way.gain(party, start, end),
            way.gain(party, start, goal),
            bool(graph.ranks[party, goal] > graph.ranks[party, start]),
        )
        for party in who
    )
    defections = _defections(way, start, end) if told else ()
    return StepSeen(
        move=move,
        labels=labels(way.scenario, way.case.free.graph, move.to - 1),
        movers=movers,
        table=_table(way, who),
        exposure=exposure if way.cardinal else None,
        exposed=exposure > 0,
        defections=defections,
    )


def _table(way: _Way, who: tuple[int, ...]) -> str | None:
    """The smallest open table at which some parties sit, when they are several."""
    fitting = [table for table in way.tables if set(who) <= set(table.members)]
    return min(fitting, key=lambda table: len(table.members)).id if len(who) > 1 and fitting else None


def _defections(way: _Way, start: int, end: int) -> tuple[Defection, ...]:
    """Per party that could at once do better than stay otherwise than by the step: its most tempting move."""
    found = [
        (party, target)
        for party in range(len(way.foresight))
        if (target := _tempting(way, party, start, end)) is not None
    ]
    seen = [_defection(way, party, start, target) for party, target in found]
    return tuple(sorted(seen, key=lambda one: (one.deterred, -(one.expects or 0.0))))


def _tempting(way: _Way, party: int, start: int, end: int) -> int | None:
    """The improvement from which a party expects most, the step itself apart."""
    ranks, ahead = way.cached.ranks[party], way.cached.outlook.row(party, way.foresight[party])
    targets = own_moves(way.cached.move_index, party, start)
    targets = targets[(ranks[targets] > ranks[start]) & (targets != end)]
    if len(targets) == 0:
        return None
    return int(targets[np.lexsort((-targets, ranks[targets], ahead[targets]))[-1]])


def _defection(way: _Way, party: int, start: int, target: int) -> Defection:
    graph, concept = way.cached.graph, way.foresight[party]
    ahead = way.cached.outlook.row(party, concept)
    seen = witness_of_move(graph, concept, party, start, target, ahead)
    expects = None
    if graph.cardinal[party]:
        worths, span = way.cached.worths(party), graph.spans[party] * graph.grid
        expects = float((worths[ahead[target]] - worths[graph.ranks[party, start]]) / span)
    return Defection(
        party=party_named(graph, party),
        move=way.changes(start, target),
        gain=way.gain(party, start, target),
        expects=expects,
        deterred=seen.stable,
        replies=tuple(
            Answering(party_named(graph, step.mover), way.changes(step.start, step.end))
            for step in seen.replies
        ),
    )


def _breaks(way: _Way, found: Road) -> int | None:
    """The first step that somebody whose options change would not take."""
    ranks = way.cached.graph.ranks
    for number, (start, end) in enumerate(pairwise(found.states), 1):
        who = changers(way.cached, start, end)
        if any(ranks[party, found.states[-1]] <= ranks[party, start] for party in who):
            return number
    return None


def _promises(way: _Way, found: Road, place: int) -> tuple[PromiseSeen, ...]:
    """Per party, what it must be promised at the end so that it takes its steps, and stays."""
    if not found.found:
        return ()
    short: dict[int, float] = {}
    for start, end in pairwise(found.states):
        for party in changers(way.cached, start, end):
            ranks = way.cached.graph.ranks[party]
            if ranks[found.states[-1]] <= ranks[start]:
                loss = way.gain(party, found.states[-1], start) or 0.0
                short[party] = max(short.get(party, 0.0), loss)
    moving = [_promise(way, party, "move", amount) for party, amount in sorted(short.items())]
    if way.holds(place):
        return tuple(moving)
    staying = {}
    for party in range(len(way.foresight)):
        target = _tempting(way, party, int(way.ends[place]), -1)
        if target is not None:
            expects = _defection(way, party, int(way.ends[place]), target)
            if not expects.deterred:
                staying[party] = expects.expects or 0.0
    return (*moving, *(_promise(way, party, "stay", amount) for party, amount in staying.items()))


def _promise(way: _Way, party: int, purpose: Literal["move", "stay"], amount: float) -> PromiseSeen:
    graph = way.cached.graph
    return PromiseSeen(party_named(graph, party), purpose, amount if graph.cardinal[party] else None)


def _other(way: _Way, found: Road, place: int) -> Other:
    worst = found.worst if way.cardinal else None
    return Other(_end(way, place), worst, found.worst > 0, len(found.states) - 1)


def _alone(way: _Way, best: Road, place: int) -> RoadSeen | None:
    """The best road to the same end when no table is open."""
    if not way.tables or len(best.states) == 1:
        return None
    return _road(way, way.road(best.states[-1], ()), place, told=False)


def _staged(way: _Way, best: Road) -> tuple[Staged, ...]:
    """The scenario's own strategies in several stages, and whether they end where the road does."""
    if way.best is None or not best.found or way.case.aim is None:
        return ()
    end = int(way.cached.home[best.states[-1]])
    return tuple(
        Staged(
            strategy.id,
            strategy.title or strategy.id,
            len(strategy.stages),
            float(fare.success[way.case.aim]),
            sum(rest.probability for rest in fare.course.rests if rest.state == end),
        )
        for strategy, fare in way.best.fares
        if len(strategy.stages) > 1
    )
