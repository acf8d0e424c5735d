"""The course of a strategy: its likeliest ways to its end, and who could bring the aim about from there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from detente.answers.vocabulary import HoldoutSeen
from detente.errors import RefusedError
from detente.play.blockers import Holdout, holdouts
from detente.play.case import Case
from detente.play.stages import NEVER, Course, values
from detente.play.table_deals import Table
from detente.questions.named import moved, outcome_named, party_named
from detente.questions.subject import require_states
from detente.questions.why.answer import Ending, NoDeal, PathSeen, Share, StepSeen, StrategySeen
from detente.questions.why.paths import Leg, Path, paths
from detente.questions.why.stances import stand
from detente.questions.why.view import View
from detente.scenario.model import Strategy
from detente.states.moves import free_axes, joint_moves
from detente.states.names import labels
from detente.states.state_graph import Bools, Floats, Int64

SHOWN = 3  # paths of a strategy that are told step by step


def strategy_seen(case: Case, name: str) -> tuple[StrategySeen, View, int]:
    """Why a strategy ends as it does; and where, and as what, the ending that matters most is to be judged."""
    strategy = next(each for each in case.scenario.strategies if each.id == name)
    if case.aim is None:
        raise RefusedError("the scenario names no aim, so no strategy fails. Add `aim: OUTCOME`.")
    inside = case.outcomes[case.aim]
    require_states(outcome_named(case.scenario, case.aim), inside)
    plan, course = case.plan(strategy), case.course(strategy)
    worth = values(course, inside)
    found = sorted(paths(course), key=lambda path: _success(path, inside))
    view, place = _judged(case, strategy, course, found[0], inside)
    failed = not _success(found[0], inside)
    seen = StrategySeen(
        id=strategy.id,
        title=strategy.title or strategy.id,
        sponsors=strategy.sponsors,
        success=course.success(inside),
        paths=tuple(_path(case, strategy, course, worth, path, inside) for path in found[:SHOWN]),
        others=len(found[SHOWN:]),
        no_deals=tuple(_no_deals(view, place, inside)) if failed else (),
        holdouts=tuple(
            _holdout(case, strategy, course, holdout)
            for holdout in (holdouts(course, plan.stages, worth, inside) if failed else ())
        ),
    )
    return seen, view, place


def _success(path: Path, inside: Bools) -> bool:
    return bool(inside[list(path.cycle)].all() if path.cycle else inside[path.end])


def _judged(case: Case, strategy: Strategy, course: Course, path: Path, inside: Bools) -> tuple[View, int]:
    """Away from the aim, what binds there counts; in the aim, the question is whether free parties keep it."""
    if _success(path, inside) or path.local == NEVER:
        return View(case), path.end
    view = _played(case, strategy, course, path.phase)
    return view, int(course.phases[path.phase].walk.states[path.local])


def _played(case: Case, strategy: Strategy, course: Course, phase: int) -> View:
    """A phase as it was played: its venue, and what was committed."""
    return View(case, course.phases[phase], phase + 1, strategy.stages[phase].venue)


def _path(
    case: Case, strategy: Strategy, course: Course, worth: Sequence[Floats], path: Path, inside: Bools
) -> PathSeen:
    first, begin = course.phases[0], float(course.success(inside))
    assert len(first.start.states) == 1
    steps = []
    for leg in path.legs:
        steps.append(_step(case, strategy, course, leg, begin, float(worth[leg.phase][leg.local])))
        begin = steps[-1].after
    return PathSeen(
        probability=path.probability,
        chance=path.chance,
        ending=_ending(course, path),
        state=path.end + 1,
        labels=labels(case.scenario, case.free.graph, path.end),
        inside=_success(path, inside),
        stage=path.phase + 1,
        steps=tuple(steps),
    )


def _ending(course: Course, path: Path) -> Ending:
    if path.cycle:
        return "cycle"
    return next(rest.why for rest in course.rests if (rest.phase, rest.state) == (path.phase, path.end))


def _step(case: Case, strategy: Strategy, course: Course, leg: Leg, before: float, after: float) -> StepSeen:
    """A step of a path with names, and what those who make it gain."""
    phase, stage = course.phases[leg.phase], strategy.stages[leg.phase]
    view = _played(case, strategy, course, leg.phase)
    parties, move = view.graph.parties, moved(case, leg.start, leg.end)
    table = None
    if leg.mover is None:
        who = tuple(s for s in strategy.sponsors if any(o.partition(".")[0] == s for o in move.changes))
    elif leg.mover < len(parties):
        who = (party_named(view.graph, leg.mover),)
    else:
        table = phase.stage.tables[leg.mover - len(parties)]
        who = tuple(party_named(view.graph, m) for m in table.members if _changes(view, m, leg.start, leg.end))
    ends = view.cached.place(np.array([leg.start, leg.end], dtype=np.int64))
    movers = () if leg.mover is None else tuple(parties.index(each) for each in who)
    return StepSeen(
        stage=leg.phase + 1,
        title=stage.title,
        kind="commit" if leg.mover is None else "move" if table is None else "table",
        who=who,
        table=None if table is None else table.id,
        move=move,
        chance=leg.chance,
        shares=tuple(_shares(view, movers, int(ends[0]), int(ends[1]))),
        before=before,
        after=after,
    )


def _changes(view: View, party: int, start: int, end: int) -> bool:
    """Whether a party's own options differ between two states of the free graph."""
    before, after = view.case.free.graph.levels(start), view.case.free.graph.levels(end)
    return any(before[axis] != after[axis] for axis in free_axes(view.case.free.graph, party))


def _shares(view: View, members: Sequence[int], start: int, end: int) -> Iterator[Share]:
    for party in members:
        gain = view.gain(party, start, end)
        if gain is not None:
            yield Share(party_named(view.graph, party), gain, view.parts(party, start, end))


def _no_deals(view: View, state: int, inside: Bools) -> Iterator[NoDeal]:
    """Per table open at the ending: the agreement on the aim that comes nearest, and who stands against it."""
    if view.phase is None:
        return
    titles = {table.id: table.title for table in view.case.scenario.tables}
    for table in view.phase.stage.tables:
        targets = joint_moves(view.graph, table.members, state)
        targets = targets[inside[view.home[targets]]]
        if len(targets):
            yield _no_deal(view, table, titles[table.id], state, targets)


def _no_deal(view: View, table: Table, title: str, state: int, targets: Int64) -> NoDeal:
    members = list(table.members)
    rises = view.graph.payoffs[members][:, targets] - view.graph.payoffs[members, state][:, None]
    gains = rises / view.graph.spans[members][:, None]
    nearest = int(targets[np.lexsort((-targets, gains.sum(axis=0), gains.min(axis=0)))[-1]])
    shares = tuple(_shares(view, members, state, nearest))
    ends = int(view.home[state]), int(view.home[nearest])
    against = tuple(
        share.party
        for member, share in zip(members, shares, strict=True)
        if share.gain < 0 or (share.gain == 0 and _changes(view, member, *ends))
    )
    stands = (stand(view, member, nearest, view.concept(member)) for member in members)
    breakers = () if against or table.binding else tuple(s.party for s in stands if s.stance == "leaves")
    return NoDeal(table.id, title, view.move(state, nearest), shares, against, breakers)


def _holdout(case: Case, strategy: Strategy, course: Course, found: Holdout) -> HoldoutSeen:
    view = _played(case, strategy, course, found.phase)
    start, end = view.cached.place(np.array([found.start, found.end], dtype=np.int64)).tolist()
    parts = view.parts(found.party, start, end)
    gain = sum(part.amount for part in parts)
    return HoldoutSeen(
        party=party_named(view.graph, found.party),
        stage=found.phase + 1,
        move=view.move(start, end),
        promise=found.promise,
        raises=found.raises,
        gain=gain,
        fear=-found.promise - gain,
        parts=parts,
    )
