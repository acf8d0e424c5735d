"""In which order to reach an outcome, and who could break off?"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from detente.answers.answer import common
from detente.errors import RefusedError
from detente.questions.named import foresight_named
from detente.questions.progress import Progress, silence
from detente.questions.roadmap.answer import Roadmap
from detente.questions.roadmap.road_search import NO_ROAD, Road, mended
from detente.questions.roadmap.seen import alone, breaks, direct_seen, other_seen, promises, road_seen, staged
from detente.questions.roadmap.way import ENDS, Way
from detente.questions.subject import goal_of
from detente.scenario.model import Scenario

OTHERS = 5  # next best ends that are told


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
    way = Way(goal.scenario, goal.outcome, outcome is not None, foresight, tables, steps)
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
        foresight=foresight_named(foresights),
        foresights=dict(zip(way.cached.graph.parties, foresights, strict=True)),
        most=steps,
        staged=staged(way, best),
        tables=tuple(table.id for table in way.tables),
        status_quo=scenario.status_quo,
        start=way.case.start + 1,
        holding=way.holding,
        considered=min(way.holding, ENDS),
        reached=len(ranking),
        sound=bool(ranking),
        road=road_seen(way, best, place),
        direct=direct_seen(way, best) if ranking else None,
        breaks=breaks(way, best),
        promises=() if ranking else promises(way, best, place),
        others=tuple(other_seen(way, roads[other], other) for other in ranking[1 : 1 + OTHERS]),
        alone=alone(way, best, place) if ranking else None,
    )


def _roads(way: Way, tell: Progress) -> list[Road]:
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


def _cheapest(way: Way, roads: Sequence[Road]) -> tuple[Road, int]:
    """Where none is sound: the road to an end that does not hold, or one for which least must be promised."""
    known = [place for place, one in enumerate(roads) if one.found]
    if way.holding == 0 and known:
        place = min(known, key=lambda place: (roads[place].worst, len(roads[place].states), place))
        return roads[place], place
    best, place = NO_ROAD, 0
    for tried, end in enumerate(way.ends.tolist()):
        found = mended(way.cached, way.members, way.start, end, best.worst)
        if found.found and found.worst < best.worst:
            best, place = found, tried
    return best, place
