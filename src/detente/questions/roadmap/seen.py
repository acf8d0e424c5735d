"""Roads in words: each step with who takes it and who could break off, and what would mend a road."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import numpy as np

from detente.answers.answer import finite
from detente.play.move_index import own_moves
from detente.questions.named import named, option_named, party_named
from detente.questions.roadmap.answer import (
    Answering,
    Defection,
    DirectSeen,
    EndSeen,
    Mover,
    Other,
    PromiseSeen,
    RoadSeen,
    Staged,
    StepSeen,
    Unwilling,
)
from detente.questions.roadmap.direct_road import detours
from detente.questions.roadmap.road_search import Road
from detente.questions.roadmap.steps import changers
from detente.questions.roadmap.way import Way
from detente.stability.witness import witness_of_move
from detente.states.names import labels


def road_seen(way: Way, found: Road, place: int, told: bool = True) -> RoadSeen | None:
    """A road in words; `told`: with who could break off at each step."""
    if not found.found:
        return None
    steps = tuple(_step(way, start, end, found.states[-1], told) for start, end in pairwise(found.states))
    worst = max((step.exposure or 0.0 for step in steps), default=0.0) if way.cardinal else None
    aside = tuple(option_named(way.scenario, axis) for axis in detours(way.cached, found.states))
    return RoadSeen(_end(way, place), worst, any(step.exposed for step in steps), steps, aside)


def direct_seen(way: Way, found: Road) -> DirectSeen | None:
    """Why a road turns aside: what became of the one that goes only towards its end."""
    if way.most is not None or not found.found or not detours(way.cached, found.states):
        return None
    start, end, straight = found.states[0], found.states[-1], way.straight(found.states[-1])
    if straight is not None and straight.found:
        return DirectSeen("exposed", straight.worst if way.cardinal else None, ())
    ranks = way.cached.graph.ranks
    unwilling = tuple(
        Unwilling(party_named(way.cached.graph, party), way.gain(party, start, end))
        for party in changers(way.cached, start, end)
        if ranks[party, end] <= ranks[party, start]
    )
    return DirectSeen("unsearched" if straight is None else "none", None, unwilling)


def _end(way: Way, place: int) -> EndSeen:
    state, margin = int(way.cached.home[way.ends[place]]), way.margins[place]
    return EndSeen(
        **named(way.scenario, way.case.free.graph, state),
        margin=finite(margin) if way.cardinal else None,
        holds=way.holds(place),
    )


def _step(way: Way, start: int, end: int, goal: int, told: bool) -> StepSeen:
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


def _table(way: Way, who: tuple[int, ...]) -> str | None:
    """The smallest open table at which some parties sit, when they are several."""
    fitting = [table for table in way.tables if set(who) <= set(table.members)]
    return min(fitting, key=lambda table: len(table.members)).id if len(who) > 1 and fitting else None


def _defections(way: Way, start: int, end: int) -> tuple[Defection, ...]:
    """Per party that could at once do better than stay otherwise than by the step: its most tempting move."""
    found = [
        (party, target)
        for party in range(len(way.foresight))
        if (target := _tempting(way, party, start, end)) is not None
    ]
    seen = [_defection(way, party, start, target) for party, target in found]
    return tuple(sorted(seen, key=lambda one: (one.deterred, -(one.expects or 0.0))))


def _tempting(way: Way, party: int, start: int, end: int) -> int | None:
    """The improvement from which a party expects most, the step itself apart."""
    ranks, ahead = way.cached.ranks[party], way.cached.outlook.row(party, way.foresight[party])
    targets = own_moves(way.cached.move_index, party, start)
    targets = targets[(ranks[targets] > ranks[start]) & (targets != end)]
    if len(targets) == 0:
        return None
    return int(targets[np.lexsort((-targets, ranks[targets], ahead[targets]))[-1]])


def _defection(way: Way, party: int, start: int, target: int) -> Defection:
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


def breaks(way: Way, found: Road) -> int | None:
    """The first step that somebody whose options change would not take."""
    ranks = way.cached.graph.ranks
    for number, (start, end) in enumerate(pairwise(found.states), 1):
        who = changers(way.cached, start, end)
        if any(ranks[party, found.states[-1]] <= ranks[party, start] for party in who):
            return number
    return None


def promises(way: Way, found: Road, place: int) -> tuple[PromiseSeen, ...]:
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


def _promise(way: Way, party: int, purpose: Literal["move", "stay"], amount: float) -> PromiseSeen:
    graph = way.cached.graph
    return PromiseSeen(party_named(graph, party), purpose, amount if graph.cardinal[party] else None)


def other_seen(way: Way, found: Road, place: int) -> Other:
    """Another end, with the road to it in short."""
    worst = found.worst if way.cardinal else None
    return Other(_end(way, place), worst, found.worst > 0, len(found.states) - 1)


def alone(way: Way, best: Road, place: int) -> RoadSeen | None:
    """The best road to the same end when no table is open."""
    if not way.tables or len(best.states) == 1:
        return None
    return road_seen(way, way.road(best.states[-1], ()), place, told=False)


def staged(way: Way, best: Road) -> tuple[Staged, ...]:
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
