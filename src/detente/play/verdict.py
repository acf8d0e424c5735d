"""What works: a strategy's verdict, so that every question that needs one gets the same.

A verdict holds the course of play, success against every outcome, whether it lasts, whether it holds and is
credible once nobody is bound, what the tables add and for whom, and who stands in the way. Everything is exact,
for the central case, under the initiative, foresight and choice of the conduct given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from detente.concepts import FORESIGHT
from detente.play.blockers import Holdout, Spoiler, holdouts, spoilers
from detente.play.cached_graph import CachedGraph
from detente.play.chain import Conduct
from detente.play.commitments import CERTAIN, DIGITS, Keeping, Promise, firmness, keeping
from detente.play.exits import Exit, exits
from detente.play.outlook import Foresight
from detente.play.stages import NEVER, Course, Mixture, Stage, play, values
from detente.states.state_graph import Bools, Floats

Agreements = Literal["self-enforcing", "binding"]
AGREEMENTS: tuple[Agreements, ...] = ("self-enforcing", "binding")
FORESIGHTS = ("nash", "seq", FORESIGHT)


@dataclass(frozen=True, eq=False)
class Plan:
    """A strategy in indices: its stages, and what each sponsor commits (its last word on every option)."""

    stages: tuple[Stage, ...]
    promises: tuple[tuple[int, tuple[Promise, ...]], ...] = ()  # (sponsor, promises)


@dataclass(frozen=True)
class UnderConduct:
    """Success and lasting success, per outcome, if the parties conducted themselves otherwise."""

    agreements: Agreements
    foresight: str
    success: tuple[float, ...]
    lasting: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Verdict:
    """How a strategy fares.

    `success`, `partly`, `lasting` and `without_tables` are per outcome; `margins` per rest of the course, in
    spans (inf: nobody has a move; nan: parties known only by order), `margin` the least of them, and `nearest`
    the parties whose each is; `attendance` is per party at a table what its tables bring it, in spans (nan:
    known only by order).
    """

    course: Course
    success: Floats  # (outcome,)
    partly: Floats  # (outcome,)
    lasting: Floats  # (outcome,)
    without_tables: Floats  # (outcome,)
    margins: Floats  # (rest,)
    nearest: tuple[tuple[int, ...], ...]  # (rest,)
    margin: float
    keeping: tuple[Keeping, ...]
    attendance: tuple[tuple[int, float], ...]
    spoilers: tuple[Spoiler, ...]
    exits: tuple[Exit, ...]
    holdouts: tuple[Holdout, ...]
    variants: tuple[UnderConduct, ...]

    @property
    def credible(self) -> bool:
        """Whether no sponsor, free again, would undo what it committed, wherever play ends."""
        return all(kept.keeps >= 1 - CERTAIN for kept in self.keeping)


@dataclass(frozen=True, eq=False)
class Fare:
    """How far a strategy gets: what strategies are ranked by; as in `Verdict`.

    `after` is one more stage from where it ends, with nobody bound.
    """

    course: Course
    after: Course
    success: Floats
    lasting: Floats
    margins: Floats
    nearest: tuple[tuple[int, ...], ...]

    @property
    def margin(self) -> float:
        """The least margin of its rests."""
        return float(self.margins.min()) if len(self.margins) else float("nan")


def fared(free: CachedGraph, conduct: Conduct, plan: Plan, start: int, outcomes: Bools) -> Fare:
    """Play a strategy and one stage more; parameters as of `judge`."""
    course = play(plan.stages, Mixture(np.array([start], dtype=np.int64), np.ones(1)))
    after = one_more_stage(free, conduct, course.final)
    firm = [firmness(free, rest.state, conduct.foresight) for rest in course.rests]
    return Fare(
        course=course,
        after=after,
        success=_per_outcome(course.success, outcomes),
        lasting=_per_outcome(after.success, outcomes),
        margins=np.array([least for least, _ in firm]),
        nearest=tuple(parties for _, parties in firm),
    )


def judge(
    free: CachedGraph, conduct: Conduct, plan: Plan, start: int, outcomes: Bools, aim: int | None = None
) -> Verdict:
    """Judge a strategy.

    Parameters
    ----------
    free : the free graph of the scenario itself: no commitments, no tables, no venue.
    conduct : how the parties behave; the plan's stages must carry the same.
    plan : the strategy.
    start : the state in which it begins.
    outcomes : (outcome, state) which states belong to each outcome.
    aim : index of the outcome by which blockers are judged; none, no blockers.

    Raises
    ------
    RefusedError
        A table, or noisy choice, asks for gains of a party known only by order.
    """
    begin = Mixture(np.array([start], dtype=np.int64), np.ones(1))
    fare = fared(free, conduct, plan, start, outcomes)
    course, final = fare.course, fare.course.final
    closed = play(_with_tables(plan.stages, open=False), begin) if _seated(plan) else course
    worth = values(course, outcomes[aim]) if aim is not None else ()
    known = (tuple(fare.success.tolist()), tuple(fare.lasting.tolist()))
    return Verdict(
        course=course,
        success=fare.success,
        partly=_per_outcome(course.partly, outcomes),
        lasting=fare.lasting,
        without_tables=_per_outcome(closed.success, outcomes),
        margins=fare.margins,
        nearest=fare.nearest,
        margin=fare.margin,
        keeping=tuple(
            keeping(free, sponsor, promises, final, conduct.foresight)
            for sponsor, promises in _given(plan, course)
        ),
        attendance=_attendance(free, _seated(plan), final, closed.final),
        spoilers=spoilers(course, worth) if aim is not None else (),
        exits=exits(course, fare.after, None if aim is None else outcomes[aim], worth),
        holdouts=holdouts(course, plan.stages, worth, outcomes[aim]) if aim is not None else (),
        variants=_variants(free, conduct, plan, begin, outcomes, known),
    )


def ranked(verdicts: Sequence[Verdict | Fare], aim: int | None) -> tuple[tuple[int, int], ...]:
    """Strategies (by index) from best to worst on the aim, each with its rank, from 1: equals share one.

    By success, then lasting, then margin. Without an aim they keep their order, unranked (0). Where no margin
    is defined it counts least.
    """
    if aim is None:
        return tuple((place, 0) for place in range(len(verdicts)))

    return placed([(one.success[aim], one.lasting[aim], one.margin) for one in verdicts])


def placed(figures: Sequence[tuple[float, float, float]]) -> tuple[tuple[int, int], ...]:
    """As `ranked`, given success, lasting success and margin of each."""

    def merit(success: float, lasting: float, margin: float) -> tuple[float, ...]:
        firm = -np.inf if np.isnan(margin) else margin
        return tuple(-round(float(one), DIGITS) for one in (success, lasting, firm))

    merits = [merit(*one) for one in figures]
    order = sorted(range(len(figures)), key=merits.__getitem__)
    return tuple((place, 1 + sum(other < merits[place] for other in merits)) for place in order)


def one_more_stage(free: CachedGraph, conduct: Conduct, final: Mixture) -> Course:
    """Play on from where a strategy ended, with no commitments, tables or venue."""
    return play((Stage(free, conduct),), final)


def _given(plan: Plan, course: Course) -> tuple[tuple[int, tuple[Promise, ...]], ...]:
    """What sponsors committed in the stages that play came to: their last word there on every option."""
    begun = [phase for phase in course.phases if (phase.entered != NEVER).any()]
    last = {axis: level for phase in begun for axis, level in phase.stage.fixed}
    given = [
        (sponsor, tuple(Promise(one.axis, last[one.axis]) for one in promises if one.axis in last))
        for sponsor, promises in plan.promises
    ]
    return tuple((sponsor, promises) for sponsor, promises in given if promises)


def _variants(
    free: CachedGraph,
    conduct: Conduct,
    plan: Plan,
    begin: Mixture,
    outcomes: Bools,
    known: tuple[tuple[float, ...], tuple[float, ...]],
) -> tuple[UnderConduct, ...]:
    """The same strategy with other agreements and foresight; `known` is how it fares with its own."""
    found: list[UnderConduct] = []
    for agreements in AGREEMENTS:
        for concept in FORESIGHTS:
            acts = replace(conduct, foresight=(concept,) * len(conduct.foresight))
            stages = _with_tables(plan.stages, binding=agreements == "binding", foresight=acts.foresight)
            same = next((v for v in found if v.foresight == concept and not _seated(plan)), None)
            if same is not None:
                found.append(replace(same, agreements=agreements))
            elif _alike(stages, plan.stages):
                found.append(UnderConduct(agreements, concept, *known))
            else:
                course = play(stages, begin)
                lasting = one_more_stage(free, acts, course.final)
                success = tuple(_per_outcome(course.success, outcomes).tolist())
                held = tuple(_per_outcome(lasting.success, outcomes).tolist())
                found.append(UnderConduct(agreements, concept, success, held))
    return tuple(found)


def _alike(stages: tuple[Stage, ...], others: tuple[Stage, ...]) -> bool:
    """Whether stages of the same plan are played alike: the same tables and conduct."""
    return all(
        one.tables == other.tables and one.conduct == other.conduct
        for one, other in zip(stages, others, strict=True)
    )


def _with_tables(
    stages: tuple[Stage, ...],
    open: bool = True,
    binding: bool | None = None,
    foresight: Foresight | None = None,
) -> tuple[Stage, ...]:
    """The same stages with tables closed, or of one kind, and perhaps other foresight."""
    changed = []
    for stage in stages:
        tables = stage.tables if open else ()
        if binding is not None:
            tables = tuple(replace(table, binding=binding) for table in tables)
        conduct = replace(stage.conduct, foresight=foresight or stage.conduct.foresight)
        changed.append(replace(stage, tables=tables, conduct=conduct))
    return tuple(changed)


def _seated(plan: Plan) -> tuple[int, ...]:
    """Parties that sit at some table of a plan."""
    deals = {party for stage in plan.stages for table in stage.tables for party in table.members}
    return tuple(sorted(deals))


def _attendance(
    free: CachedGraph, seated: tuple[int, ...], final: Mixture, closed: Mixture
) -> tuple[tuple[int, float], ...]:
    """What the tables bring each of their members: expected payoff with them less without, in spans."""
    graph = free.graph
    gains = []
    for party in seated:
        with_tables = graph.payoffs[party, final.states] @ final.chances
        without = graph.payoffs[party, closed.states] @ closed.chances
        gain = float(with_tables - without) / float(graph.spans[party])
        gains.append((party, gain if graph.cardinal[party] else float("nan")))
    return tuple(gains)


def _per_outcome(measure: Callable[[Bools], float], outcomes: Bools) -> Floats:
    return np.clip(np.array([measure(inside) for inside in outcomes], dtype=np.float64), 0.0, 1.0)
