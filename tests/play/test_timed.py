"""Timed play: against plays word for word round by round, against simulation, and laws that it keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from detente.play.cached_graph import CachedGraph
from detente.play.chain import Conduct
from detente.play.shocks import NOWHERE, Shock, risen
from detente.play.stages import NEVER, Lapse, Mixture, Stage, commit, play
from detente.play.timed import Timed, timed
from detente.states.state_graph import Axis, StateGraph
from oracles.random_graphs import dense
from oracles.random_strategies import random_case
from oracles.turns import Clock, Spot

NONE: Any = None


def shock(id: str, chance: np.ndarray, leads: np.ndarray, natural: bool = False) -> Shock:
    return Shock(id, id, natural, NONE, np.where(leads == NOWHERE, 0.0, chance), leads, NONE)


class Trial:
    """A random strategy, with shocks that lead anywhere and after which parties want something else."""

    def __init__(self, seed: int) -> None:
        self.graph, _, _, self.stages, self.start = random_case(seed, largest=18)
        self.rng = np.random.default_rng(seed)
        self.stages = tuple(self._lapsing(stage) for stage in self.stages)
        self.inside = self.rng.random(self.graph.states) < 0.4
        self.shocks = tuple(self._named(f"named-{k}") for k in range(int(self.rng.integers(0, 3))))
        for axis, part in enumerate(self.graph.axes):
            if part.owner < 0 and part.size > 1:
                odds = self.rng.choice([0.0, 0.2, 1.0], self.graph.states, p=[0.3, 0.6, 0.1])
                self.shocks = (shock(part.option, odds, risen(self.graph, axis), True), *self.shocks)
        self.known: dict[frozenset[int], tuple[Stage, ...]] = {frozenset(): self.stages}

    def _lapsing(self, stage: Stage) -> Stage:
        """The stage with commitments, half of them, that may be quietly dropped."""
        rng = np.random.default_rng(self.graph.states + len(stage.fixed))
        return replace(
            stage,
            lapses=tuple(
                Lapse(
                    axis,
                    level,
                    int(rng.integers(self.graph.axes[axis].size)),
                    float(rng.choice([0.1, 0.5, 1.0])),
                )
                for axis, level in stage.fixed
                if rng.random() < 0.5
            ),
        )

    def _named(self, id: str) -> Shock:
        count = self.graph.states
        leads = np.where(self.rng.random(count) < 0.8, self.rng.integers(0, count, count), NOWHERE)
        return shock(id, self.rng.choice([0.0, 0.1, 0.5, 1.0], count, p=[0.3, 0.4, 0.25, 0.05]), leads)

    def after(self, struck: frozenset[int]) -> tuple[Stage, ...]:
        if struck not in self.known:
            order = np.random.default_rng(sum(3**k for k in struck)).permutation(self.graph.states)
            payoffs = self.graph.payoffs.copy()
            payoffs[0] = payoffs[0][order]
            ranks = np.stack([dense(row) for row in payoffs])
            cached = CachedGraph(replace(self.graph, payoffs=payoffs, ranks=ranks))
            self.known[struck] = tuple(replace(stage, cached=cached) for stage in self.stages)
        return self.known[struck]

    @property
    def begins(self) -> bool:
        start = np.array([self.start])
        return bool(commit(self.graph, start, self.stages[0].fixed)[0] != NEVER)

    def timed(self, rounds: int, neglected: float = 0.0) -> Timed:
        return timed(self.after, self.shocks, self.graph, self.start, self.inside, rounds, neglected)

    def clock(self) -> Clock:
        return Clock(self.graph, self.after, self.shocks)


def trials(first: int, many: int) -> list[int]:
    found = (seed for seed in range(first, first + 10 * many) if Trial(seed).begins)
    return [seed for seed, _ in zip(found, range(many), strict=False)]


@pytest.mark.parametrize("seed", trials(60_000, 60))
def test_play_stands_where_the_definitions_say(seed: int) -> None:
    trial = Trial(seed)
    found, clock, aim = trial.timed(5), trial.clock(), set(np.flatnonzero(trial.inside).tolist())
    mass = calm = {clock.begun(trial.start): 1.0}
    for rounds in range(6):
        assert found.success[rounds] == pytest.approx(_within(mass, aim), abs=1e-12)
        assert found.calm[rounds] == pytest.approx(_within(calm, aim), abs=1e-12)
        if rounds < 5:
            mass, calm = clock.round(mass), clock.round(calm, shaking=False)
    assert found.left_out == 0.0
    first = clock.graph.levels(clock.begun(trial.start).state)
    for place, known in enumerate(trial.shocks):
        axis = next((k for k, part in enumerate(trial.graph.axes) if part.option == known.id), None)
        came = sum(
            share
            for spot, share in mass.items()
            if place in spot.struck or (axis is not None and trial.graph.levels(spot.state)[axis] > first[axis])
        )
        assert found.came[place] == pytest.approx(came, abs=1e-12)


@pytest.mark.parametrize("seed", trials(61_000, 25))
def test_what_a_shock_costs_is_what_it_takes_from_the_undisturbed_play(seed: int) -> None:
    trial, rounds = Trial(seed), 3
    found, clock, aim = trial.timed(rounds), trial.clock(), set(np.flatnonzero(trial.inside).tolist())
    lost = {(k, sign): 0.0 for k in range(clock.upsets()) for sign in (1, -1)}
    calm = {clock.begun(trial.start): 1.0}
    for left in range(rounds, 0, -1):
        for spot, share in calm.items():
            for k in range(clock.upsets()):
                if (hazard := clock.chance(spot, k)) > 0:
                    spared, struck = (
                        _worth_after(clock, where, k + 1, aim, left) for where in (spot, clock.upset(spot, k))
                    )
                    lost[k, 1 if spared > struck else -1] += share * hazard * abs(spared - struck)
        calm = clock.round(calm, shaking=False)
    assert found.forestalled == pytest.approx([lost[k, 1] for k in range(clock.upsets())], abs=1e-12)
    assert found.furthered == pytest.approx([lost[k, -1] for k in range(clock.upsets())], abs=1e-12)


@pytest.mark.parametrize("seed", trials(62_000, 60))
def test_the_costs_of_shocks_are_all_that_parts_success_with_from_without(seed: int) -> None:
    found = Trial(seed).timed(6)
    left = found.calm[-1] - found.forestalled.sum() + found.furthered.sum()
    assert found.success[-1] == pytest.approx(left, abs=1e-12)


@pytest.mark.parametrize("seed", trials(63_000, 60))
def test_undisturbed_and_without_cycles_long_play_ends_as_the_strategy_does(seed: int) -> None:
    trial = Trial(seed)
    course = play(trial.stages, Mixture(np.array([trial.start]), np.ones(1)))
    if any((phase.endings.closed & (np.diff(phase.endings.begin) > 1)).any() for phase in course.phases):
        pytest.skip("goes round somewhere")
    found = timed(trial.after, (), trial.graph, trial.start, trial.inside, 4_000)
    assert found.calm[-1] == pytest.approx(course.success(trial.inside), abs=1e-6)


@pytest.mark.parametrize("seed", trials(64_000, 30))
def test_what_is_not_followed_bounds_what_is_missed(seed: int) -> None:
    trial = Trial(seed)
    whole, part = trial.timed(4), trial.timed(4, neglected=0.2)
    assert part.left_out <= 0.2 + 1e-12
    assert (part.success <= whole.success + 1e-12).all()
    assert (part.success >= whole.success - part.left_out - 1e-12).all()
    assert part.calm == pytest.approx(whole.calm, abs=1e-12)


def test_simulation_agrees() -> None:
    trial = next(
        t
        for t in map(Trial, trials(65_000, 60))
        if len(t.shocks) > 1 and t.stages[0].lapses and 0.2 < t.timed(4).success[-1] < 0.8
    )
    clock, rng = trial.clock(), np.random.default_rng(11)
    ends = [clock.simulate(trial.start, 4, rng) for _ in range(6_000)]
    found = trial.timed(4)
    assert np.mean([trial.inside[spot.state] for spot in ends]) == pytest.approx(found.success[-1], abs=0.03)


@pytest.mark.parametrize("chance", [0.0, 0.1, 1.0])
def test_a_commitment_against_interest_is_kept_as_often_as_it_does_not_lapse(
    chance: float,
) -> None:
    """One party would rather not do what it committed: once that is dropped it does not take it up again."""
    payoffs = np.array([[10, 0]], dtype=np.int64)
    axis = (Axis("A.pay", 0, 2, "both"),)
    graph = StateGraph(
        ("A",), axis, np.arange(2), np.array([[1, 0]], dtype=np.int32), payoffs, (True,), np.ones(1)
    )
    stage = Stage(
        CachedGraph(graph), Conduct(("nash",), (1.0,), (1.0,)), ((0, 1),), lapses=(Lapse(0, 1, 0, chance),)
    )
    found = timed(lambda _: (stage,), (), graph, 0, np.array([False, True]), 5)
    assert found.success == pytest.approx((1 - chance) ** np.arange(6), abs=1e-12)
    assert found.calm.tolist() == [1.0] * 6
    assert found.lapsing == (0,)
    assert found.forestalled == pytest.approx([1 - (1 - chance) ** 5], abs=1e-12)


def test_what_cannot_go_back_only_binds_no_longer() -> None:
    """An option that may only rise stays where it was put; its owner is free, and raises it further."""
    payoffs = np.array([[0, 1, 5]], dtype=np.int64)
    axis = (Axis("A.build", 0, 3, "up"),)
    graph = StateGraph(
        ("A",), axis, np.arange(3), np.array([[0, 1, 2]], dtype=np.int32), payoffs, (True,), np.ones(1)
    )
    stage = Stage(
        CachedGraph(graph), Conduct(("nash",), (1.0,), (1.0,)), ((0, 1),), lapses=(Lapse(0, 1, 0, 0.5),)
    )
    found = timed(lambda _: (stage,), (), graph, 0, np.array([False, True, False]), 3)
    assert found.success == pytest.approx(0.5 ** np.arange(4), abs=1e-12)


def _within(mass: dict[Spot, float], aim: set[int]) -> float:
    return sum(share for spot, share in mass.items() if spot.state in aim)


def _worth_after(clock: Clock, spot: Spot, following: int, aim: set[int], left: int) -> float:
    """The chance to stand inside from within a round, where the shocks from one on may still come in it."""
    if following == clock.upsets():
        return clock.worth(spot, aim, left, shaking=True)
    hazard = clock.chance(spot, following)
    calm = (1 - hazard) * _worth_after(clock, spot, following + 1, aim, left) if hazard < 1 else 0.0
    if hazard == 0:
        return calm
    return calm + hazard * _worth_after(clock, clock.upset(spot, following), following + 1, aim, left)
