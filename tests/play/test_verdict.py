"""Verdicts: every part against its formula over all states."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.play.blockers import LIKELY, holdouts, spoilers
from detente.play.cached_graph import CachedGraph
from detente.play.chain import Conduct
from detente.play.commitments import Promise, keeping, margin
from detente.play.stages import Mixture, Stage, play, values
from detente.play.table_deals import Table
from detente.play.verdict import Plan, judge, ranked
from detente.states.moves import restrict
from detente.states.state_graph import Axis, StateGraph
from oracles.chains import Chain, Ends, play_literally, success
from oracles.random_strategies import random_case
from oracles.stability import Oracle


def at(state: int) -> Mixture:
    return Mixture(np.array([state]), np.ones(1))


@pytest.mark.parametrize("seed", range(80))
def test_spoilers_are_visits_times_chance_times_what_is_lost(seed: int) -> None:
    graph, _, _, stages, start = random_case(2_000 + seed, 30)
    inside = np.random.default_rng(seed).random(graph.states) < 0.4
    aim = set(np.flatnonzero(inside).tolist())
    course = play(stages, at(start))
    expected: dict[tuple[object, int, int], float] = {}
    for index, phase in enumerate(course.phases):
        stage = phase.stage
        fixed = dict(stage.fixed)
        states = [int(s) for s in range(graph.states) if all(graph.levels(s)[a] == v for a, v in fixed.items())]
        worth = {s: success(play_literally(graph, list(stages[index:]), {s: 1.0}), aim) for s in states}
        chain = Chain(restrict(graph, fixed)[0], stage.conduct, stage.tables, _until(stage, states))
        matrix = np.zeros((len(states), len(states)))
        for k in range(len(states)):
            for _, target, chance in chain.moves(k):
                matrix[k, target] += chance
        begun = np.zeros(len(states))
        for where, mass in zip(phase.entered, phase.start.chances, strict=True):
            if where >= 0:
                begun[states.index(int(phase.home[where]))] += mass
        visits, mass = np.zeros(len(states)), begun
        for _ in range(3_000):
            visits, mass = visits + mass, mass @ matrix
        for k, state in enumerate(states):
            for who, target, chance in chain.moves(k):
                lost = worth[state] - worth[states[target]]
                if lost > 1e-9 and visits[k] > 0:
                    name = who if who < len(graph.parties) else stage.tables[who - len(graph.parties)].id
                    key = (name, state, states[target])
                    expected[key] = expected.get(key, 0.0) + visits[k] * chance * lost
    found = spoilers(course, values(course, inside), most=10_000)
    shown = {((s.table if s.party is None else s.party), s.start, s.end): s.damage for s in found}
    kept = {key: damage for key, damage in expected.items() if damage > 1e-7}
    assert {key: damage for key, damage in shown.items() if damage > 1e-7} == pytest.approx(kept, rel=1e-5)
    assert [s.damage for s in found] == sorted((s.damage for s in found), reverse=True)


def _until(stage: Stage, states: list[int]) -> set[int]:
    return set() if stage.until is None else {k for k, s in enumerate(states) if stage.until[s]}


@pytest.mark.parametrize("seed", range(80))
def test_holdouts_are_the_smallest_promises_that_raise_success(seed: int) -> None:
    graph, _, conduct, stages, start = random_case(3_000 + seed, 30)
    inside = np.random.default_rng(seed).random(graph.states) < 0.3
    aim = set(np.flatnonzero(inside).tolist())
    course = play(stages, at(start))
    smallest: dict[int, float] = {}
    for index, phase in enumerate(course.phases):
        oracle = Oracle(phase.cached.graph)
        for component in np.flatnonzero(phase.arrived >= LIKELY):
            members = phase.endings.members(component)
            if len(members) > 1 or phase.until[members[0]]:
                continue
            rest = int(phase.walk.states[members[0]])
            here = success(play_literally(graph, list(stages[index:]), {int(phase.home[members[0]]): 1.0}), aim)
            for party in range(len(graph.parties)):
                if not graph.cardinal[party] or conduct.initiative[party] == 0:
                    continue
                for target in oracle.moves[party][rest]:
                    state = int(phase.cached.home[target])
                    there = success(play_literally(graph, list(stages[index:]), {state: 1.0}), aim)
                    if there > here + 1e-9:
                        ahead = oracle.anticipated(conduct.foresight[party], party, target)
                        promise = (oracle.payoff(party, rest) - ahead) / graph.spans[party]
                        smallest[party] = min(promise, smallest.get(party, np.inf))
    found = holdouts(course, stages, values(course, inside), inside)
    assert {h.party: h.promise for h in found} == pytest.approx(smallest, abs=1e-9)
    rounded = [round(h.promise, 9) for h in found]
    assert rounded == sorted(rounded)
    assert all(h.promise > -1e-12 and h.raises > 0 for h in found)


@pytest.mark.parametrize("seed", range(60))
def test_margins_and_keeping_are_judged_on_the_free_graph(seed: int) -> None:
    graph, cached, conduct, _, start = random_case(4_000 + seed)
    oracle = Oracle(graph)
    margins = [oracle.margin(c, p, start) for p, c in enumerate(conduct.foresight)]
    assert margin(cached, start, conduct.foresight) == pytest.approx(min(margins), nan_ok=True)
    rng = np.random.default_rng(seed)
    states = rng.permutation(graph.states)[:4]
    final = Mixture(np.sort(states), np.full(len(states), 1 / len(states)))
    for sponsor in range(len(graph.parties)):
        axes = [a for a, axis in enumerate(graph.axes) if axis.owner == sponsor]
        promises = tuple(Promise(a, int(rng.integers(graph.axes[a].size))) for a in axes if rng.random() < 0.7)
        broken = [s for s in final.states if _breaks(graph, conduct, sponsor, promises, int(s), oracle)]
        kept = keeping(cached, sponsor, promises, final, conduct.foresight)
        assert kept.keeps == pytest.approx(1 - len(broken) / len(states))
        assert (kept.start in broken) if broken else (kept.start, kept.end) == (-1, -1)


def _breaks(
    graph: StateGraph, conduct: Conduct, sponsor: int, promises: tuple[Promise, ...], state: int, oracle: Oracle
) -> bool:
    """Whether an open move changes something promised that stands."""
    for target in Chain(graph, conduct).open(sponsor, state):
        before, after = oracle.levels[state], oracle.levels[target]
        if any(before[p.axis] == p.level != after[p.axis] for p in promises):
            return True
    return False


@pytest.mark.parametrize("seed", range(60))
def test_a_verdict_is_the_sum_of_its_literal_parts(seed: int) -> None:
    graph, free, conduct, stages, start = random_case(5_000 + seed, 24)
    rng = np.random.default_rng(seed)
    outcomes = rng.random((3, graph.states)) < 0.4
    verdict = judge(free, conduct, Plan(stages), start, outcomes, aim=1)

    def literal(stages: list[Stage], begin: dict[int, float]) -> tuple[Ends, list[float]]:
        ends = play_literally(graph, stages, begin)
        return ends, [success(ends, set(np.flatnonzero(row).tolist())) for row in outcomes]

    assert verdict.success == pytest.approx(literal(list(stages), {start: 1.0})[1], abs=1e-9)
    final = dict(zip(verdict.course.final.states.tolist(), verdict.course.final.chances.tolist(), strict=True))
    assert verdict.lasting == pytest.approx(literal([Stage(free, conduct)], final)[1], abs=1e-9)
    closed = [replace(stage, tables=()) for stage in stages]
    assert verdict.without_tables == pytest.approx(literal(closed, {start: 1.0})[1], abs=1e-9)
    for variant in verdict.variants:
        acts = replace(conduct, foresight=(variant.foresight,) * len(graph.parties))
        binding = variant.agreements == "binding"
        other = [
            replace(s, conduct=acts, tables=tuple(replace(t, binding=binding) for t in s.tables))
            for s in stages
        ]
        assert variant.success == pytest.approx(tuple(literal(other, {start: 1.0})[1]), abs=1e-9)
    without = play(tuple(closed), at(start)).final
    for party, gain in verdict.attendance:
        with_it = sum(mass * graph.payoffs[party, state] for state, mass in final.items())
        value = with_it - graph.payoffs[party, without.states] @ without.chances
        assert gain == pytest.approx(value / graph.spans[party], abs=1e-9)
    seated = {party for stage in stages for table in stage.tables for party in table.members}
    assert {party for party, _ in verdict.attendance} == seated


DILEMMA = [[1, 2, -1, 0], [1, -1, 2, 0]]  # yes is to defect
NASH = Conduct(("nash", "nash"), (1.0, 1.0))


def prisoners() -> CachedGraph:
    payoffs = np.array(DILEMMA, dtype=np.int64)
    ranks = (payoffs + 1).astype(np.int32)
    axes = (Axis("A.x", 0, 2, "both"), Axis("B.y", 1, 2, "both"))
    return CachedGraph(
        StateGraph(("A", "B"), axes, np.arange(4), ranks, payoffs, (True, True), np.full(2, 3.0), 0.1)
    )


def test_silence_by_commitment_is_not_credible_and_does_not_last() -> None:
    cached = prisoners()
    plan = Plan(
        (Stage(cached, NASH, fixed=((0, 0), (1, 0))),),
        promises=((0, (Promise(0, 0),)), (1, (Promise(1, 0),))),
    )
    silent = np.arange(4)[None, :] == 0
    verdict = judge(cached, NASH, plan, 3, silent, aim=0)
    assert (verdict.success[0], verdict.lasting[0], verdict.credible) == (1.0, 0.0, False)
    assert [(k.keeps, k.start, k.end) for k in verdict.keeping] == [(0.0, 0, 1), (0.0, 0, 2)]
    assert verdict.keeping[0].gain == pytest.approx(1 / 3)
    assert verdict.margin == pytest.approx(-1 / 3)
    seq = {(v.agreements, v.foresight): v.lasting[0] for v in verdict.variants}
    assert seq == {
        ("self-enforcing", "nash"): 0.0,
        ("self-enforcing", "seq"): 1.0,
        ("self-enforcing", "iseq"): 1.0,
        ("binding", "nash"): 0.0,
        ("binding", "seq"): 1.0,
        ("binding", "iseq"): 1.0,
    }


def test_only_what_was_committed_on_the_way_can_be_broken() -> None:
    cached, still = prisoners(), Conduct(("nash", "nash"), (0.0, 1.0))
    never = np.zeros(4, dtype=np.bool_)
    stages = (
        Stage(cached, still, fixed=((1, 0),), until=never, require=True),
        Stage(cached, still, fixed=((0, 0), (1, 1))),
    )
    promises = ((0, (Promise(0, 0),)), (1, (Promise(1, 1),)))
    silent = np.arange(4)[None, :] == 0
    stopped = judge(cached, still, Plan(stages, promises), 0, silent, aim=0)
    assert [rest.why for rest in stopped.course.rests] == ["missed"]
    assert [(k.sponsor, k.keeps, k.start, k.end) for k in stopped.keeping] == [(1, 0.0, 0, 2)]
    onward = (replace(stages[0], require=False), stages[1])
    reached = judge(cached, still, Plan(onward, promises), 0, silent, aim=0)
    assert [(k.sponsor, k.keeps) for k in reached.keeping] == [(0, 0.0), (1, 1.0)]


def test_strategies_rank_by_success_then_lasting_then_margin() -> None:
    cached = prisoners()
    silent = np.arange(4)[None, :] == 0
    held = Plan((Stage(cached, NASH, fixed=((0, 0), (1, 0))),))
    bare = Plan((Stage(cached, NASH),))
    table = Plan((Stage(cached, NASH, tables=(Table("cell", (0, 1), binding=True),)),))
    verdicts = [judge(cached, NASH, plan, 3, silent, aim=0) for plan in (bare, held, table)]
    assert [rank for _, rank in ranked(verdicts, 0)] == [1, 2, 3]
    assert ranked(verdicts, 0)[0] == (1, 1)
    assert ranked(verdicts, None) == ((0, 0), (1, 0), (2, 0))
    assert [rank for _, rank in ranked([*verdicts, verdicts[1]], 0)] == [1, 1, 3, 4]
