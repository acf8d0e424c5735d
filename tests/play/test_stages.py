"""Strategies stage by stage: against literal play over all states, and small crises whose course is known."""

from __future__ import annotations

import numpy as np
import pytest

from detente.play.cached_graph import CachedGraph
from detente.play.chain import Conduct
from detente.play.stages import Course, Mixture, Stage, play, values, values_from
from detente.play.table_deals import Table
from detente.states.state_graph import Axis, StateGraph
from oracles.chains import play_literally, success
from oracles.random_strategies import random_case


def at(state: int) -> Mixture:
    return Mixture(np.array([state]), np.ones(1))


@pytest.mark.parametrize("seed", range(300))
def test_every_strategy_ends_as_the_definitions_say(seed: int) -> None:
    graph, _, _, stages, start = random_case(seed)
    course = play(stages, at(start))
    assert _ends(course) == pytest.approx(play_literally(graph, list(stages), {start: 1.0}), abs=1e-9)
    assert sum(_ends(course).values()) == pytest.approx(1.0)
    assert course.final.chances.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("seed", range(120))
def test_worth_on_the_way_is_success_from_there(seed: int) -> None:
    graph, _, _, stages, start = random_case(1_000 + seed)
    rng = np.random.default_rng(seed)
    inside = rng.random(graph.states) < 0.4
    aim = set(np.flatnonzero(inside).tolist())
    course = play(stages, at(start))
    worth = values(course, inside)
    assert course.success(inside) == pytest.approx(
        success(play_literally(graph, list(stages), {start: 1.0}), aim)
    )
    for index, phase in enumerate(course.phases):
        for local in rng.integers(0, max(len(phase.home), 1), 3) if len(phase.home) else ():
            state = int(phase.home[local])
            literal = success(play_literally(graph, list(stages[index:]), {state: 1.0}), aim)
            assert worth[index][local] == pytest.approx(literal, abs=1e-9)
    every = rng.permutation(graph.states)
    literal = [success(play_literally(graph, list(stages), {int(s): 1.0}), aim) for s in every[:4]]
    assert values_from(stages, every, inside)[:4] == pytest.approx(literal, abs=1e-9)


def _ends(course: Course) -> dict[tuple[str, frozenset[int]], float]:
    found: dict[tuple[str, frozenset[int]], float] = {}
    for rest in course.rests:
        key = ("blocked" if rest.why == "blocked" else "rest", frozenset([rest.state]))
        found[key] = found.get(key, 0.0) + rest.probability
    for cycle in course.cycles:
        key = ("cycle", frozenset(cycle.states.tolist()))
        found[key] = found.get(key, 0.0) + cycle.probability
    return found


def two_by_two(rows: list[list[int]], moves: tuple[str, str] = ("both", "both")) -> CachedGraph:
    """Two parties with an option each; states 0: no no, 1: yes no, 2: no yes, 3: yes yes."""
    payoffs = np.array(rows, dtype=np.int64)
    ranks = np.stack([np.unique(row, return_inverse=True)[1] for row in payoffs]).astype(np.int32)
    axes = (Axis("A.x", 0, 2, moves[0]), Axis("B.y", 1, 2, moves[1]))  # type: ignore[arg-type]
    spans = np.ptp(payoffs, axis=1).astype(float)
    return CachedGraph(StateGraph(("A", "B"), axes, np.arange(4), ranks, payoffs, (True, True), spans, 0.1))


NASH = Conduct(("nash", "nash"), (1.0, 1.0))
DILEMMA = [[1, 2, -1, 0], [1, -1, 2, 0]]  # yes is to defect
CHASE = [[1, 0, 0, 1], [0, 1, 1, 0]]  # A wants to match, B to differ


def test_a_commitment_is_set_at_once_and_kept_while_the_stage_lasts() -> None:
    cached = two_by_two(DILEMMA)
    held = play((Stage(cached, NASH, fixed=((0, 0),)),), at(3))
    assert [(r.state, r.probability, r.why) for r in held.rests] == [(2, 1.0, "rest")]


def test_a_commitment_lapses_unless_repeated() -> None:
    cached = two_by_two(DILEMMA)
    lapsed = play((Stage(cached, NASH, fixed=((0, 0),)), Stage(cached, NASH)), at(0))
    assert [r.state for r in lapsed.rests] == [3]
    repeated = play((Stage(cached, NASH, fixed=((0, 0),)),) * 2, at(0))
    assert [r.state for r in repeated.rests] == [2]


def test_what_cannot_start_stays_where_it_is() -> None:
    cached = two_by_two(DILEMMA, ("up", "both"))
    course = play((Stage(cached, NASH), Stage(cached, NASH, fixed=((0, 0),))), at(1))
    assert [(r.state, r.why, r.phase) for r in course.rests] == [(3, "blocked", 1)]
    assert course.could_not_start == 1.0
    assert course.success(np.arange(4) == 3) == 1.0


def test_until_absorbs_on_entry_and_on_the_way() -> None:
    cached = two_by_two(DILEMMA)
    stop = Stage(cached, NASH, until=np.arange(4) == 0)
    assert [(r.state, r.why) for r in play((stop,), at(0)).rests] == [(0, "until")]
    half = Stage(cached, NASH, until=np.arange(4) == 1)
    chances = {(r.state, r.why): r.probability for r in play((half,), at(0)).rests}
    assert chances == pytest.approx({(1, "until"): 0.5, (3, "rest"): 0.5})


def test_until_is_asked_after_the_commitments_are_set() -> None:
    cached = two_by_two(DILEMMA)
    stage = Stage(cached, NASH, fixed=((0, 1),), until=np.arange(4) == 1)
    assert [(r.state, r.why) for r in play((stage,), at(0)).rests] == [(1, "until")]


def test_require_stops_what_missed() -> None:
    cached = two_by_two(DILEMMA)
    first = Stage(cached, NASH, until=np.arange(4) == 1, require=True)
    undo = Stage(cached, NASH, fixed=((1, 0), (0, 0)))
    chances = {(r.state, r.why): r.probability for r in play((first, undo), at(0)).rests}
    assert chances == pytest.approx({(3, "missed"): 0.5, (0, "rest"): 0.5})
    relaxed = Stage(cached, NASH, until=np.arange(4) == 1)
    assert [(r.state, r.probability) for r in play((relaxed, undo), at(0)).rests] == [(0, pytest.approx(1.0))]


def test_a_cycle_is_reported_as_a_cycle_and_goes_on_with_its_long_run() -> None:
    cached = two_by_two(CHASE)
    (cycle,) = play((Stage(cached, NASH),), at(0)).cycles
    assert cycle.states.tolist() == [0, 1, 2, 3]
    assert cycle.shares == pytest.approx([0.25] * 4)
    course = play((Stage(cached, NASH), Stage(cached, NASH, fixed=((0, 0),))), at(0))
    assert [(r.state, r.probability) for r in course.rests] == [(2, pytest.approx(1.0))]


def test_cycles_count_for_success_only_when_wholly_inside() -> None:
    course = play((Stage(two_by_two(CHASE), NASH),), at(0))
    assert course.success(np.ones(4, dtype=bool)) == 1.0
    assert course.success(np.arange(4) < 3) == 0.0
    assert course.partly(np.arange(4) < 3) == 1.0
    assert course.partly(np.ones(4, dtype=bool)) == 0.0


def test_only_a_binding_table_keeps_prisoners_silent() -> None:
    cached = two_by_two(DILEMMA)
    for binding, expected in ((False, 0.0), (True, 1.0)):
        table = Table("cell", (0, 1), binding)
        course = play((Stage(cached, NASH, tables=(table,), until=np.arange(4) == 0),), at(3))
        assert course.success(np.arange(4) == 0) == expected


def test_foresight_sees_the_commitment() -> None:
    """B would answer A's defection, so A stays silent under SEQ; once B is held, A has nothing to fear."""
    cached = two_by_two(DILEMMA)
    seq = Conduct(("seq", "seq"), (1.0, 1.0))
    assert [r.state for r in play((Stage(cached, seq),), at(0)).rests] == [0]
    assert [r.state for r in play((Stage(cached, seq, fixed=((1, 0),)),), at(0)).rests] == [1]
