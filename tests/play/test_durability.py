"""How long something lasts: against a literal chain over all states, plain simulation and closed forms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.errors import RefusedError
from detente.play.cached_graph import CachedGraph
from detente.play.chain import Conduct
from detente.play.commitments import margin
from detente.play.durability import (
    chain,
    firmest,
    forks,
    lasting,
    likeliest_break,
    margins,
    rounds,
    slips,
)
from detente.play.stages import Lapse, Mixture
from detente.states.state_graph import Axis, StateGraph
from oracles.keeping import Keeping
from oracles.random_graphs import random_graph

CONCEPTS = ["nash", "gmr", "smr", "seq", "sseq", "iseq"]


def random_conduct(rng: np.random.Generator, graph: StateGraph) -> Conduct:
    count = len(graph.parties)
    return Conduct(
        foresight=tuple(str(name) for name in rng.choice(CONCEPTS, count)),
        initiative=tuple(float(w) for w in rng.choice([0.0, 0.5, 1.0, 2.0], count, p=[0.1, 0.2, 0.5, 0.2])),
        composure=tuple(float(k) for k in rng.uniform(0, 8, count)),
    )


def random_case(seed: int) -> tuple[StateGraph, Conduct, np.ndarray, Mixture, np.ndarray]:
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, 30, ordinal=False)
    inside = rng.random(graph.states) < rng.choice([0.3, 0.6, 0.9])
    inside[rng.integers(graph.states)] = True
    states = np.unique(rng.choice(graph.states, 3))
    if not inside[states].any():
        states = np.flatnonzero(inside)[:1]
    start = Mixture(states.astype(np.int64), rng.dirichlet(np.ones(len(states))))
    hazards = rng.choice([0.0, 0.0, 0.05, 0.4, 1.0], (2, graph.states), p=[0.4, 0.2, 0.2, 0.18, 0.02])
    return graph, random_conduct(rng, graph), inside, start, hazards


def random_lapses(seed: int, graph: StateGraph) -> tuple[Lapse, ...]:
    """Up to two commitments that may be dropped, none for a third of all seeds."""
    rng, free = np.random.default_rng(seed + 7), [k for k, axis in enumerate(graph.axes) if axis.owner >= 0]
    chosen = rng.permutation(free)[: seed % 3].tolist()
    return tuple(
        Lapse(axis, *(int(k) for k in rng.integers(graph.axes[axis].size, size=2)), rng.choice([0.1, 0.4, 1.0]))
        for axis in chosen
    )


@pytest.mark.parametrize("seed", range(180))
def test_rounds_causes_and_survival_are_those_of_the_literal_chain(seed: int) -> None:
    graph, conduct, inside, start, hazards = random_case(seed)
    lapses = random_lapses(seed, graph)
    found = forks(CachedGraph(graph), conduct.foresight, conduct.initiative, inside, start, hazards, lapses)
    passage = lasting(found, conduct.composure, rounds=12)

    literal = Keeping(graph, conduct, set(np.flatnonzero(inside).tolist()), hazards.tolist(), lapses)
    states, among, exits = literal.matrix()
    mass = np.array([dict(zip(start.states.tolist(), start.chances, strict=True)).get(s, 0.0) for s in states])
    mass /= mass.sum()
    survival, now = [], mass
    for _ in range(13):
        survival.append(now.sum())
        now = now @ among
    assert passage.survival == pytest.approx(survival, abs=1e-12)
    if np.isinf(passage.rounds):
        assert np.linalg.matrix_power(among, 1 << 20)[mass > 0].sum() > 1e-6
        return
    reached = mass @ np.linalg.matrix_power(among + np.eye(len(states)), len(states)) > 0
    inner = np.eye(reached.sum()) - among[np.ix_(reached, reached)]
    visits = np.linalg.solve(inner.T, mass[reached])
    assert passage.rounds == pytest.approx(visits.sum(), rel=1e-8)
    assert passage.exits == pytest.approx(visits @ exits[reached], abs=1e-9)
    assert passage.exits.sum() == pytest.approx(1.0)
    assert rounds(found, conduct.composure) == pytest.approx(passage.rounds, rel=1e-12)


@pytest.mark.parametrize("seed", [3, 8, 21])
def test_simulation_of_the_same_rounds_agrees(seed: int) -> None:
    graph, conduct, inside, start, hazards = random_case(seed)
    hazards = np.maximum(hazards, 0.01)
    passage = lasting(
        forks(CachedGraph(graph), conduct.foresight, conduct.initiative, inside, start, hazards),
        conduct.composure,
    )
    literal = Keeping(graph, conduct, set(np.flatnonzero(inside).tolist()), hazards.tolist())
    rng, runs = np.random.default_rng(seed), 1500
    within = inside[start.states]
    chances = start.chances[within] / start.chances[within].sum()
    taken = [literal.simulate(int(rng.choice(start.states[within], p=chances)), rng) for _ in range(runs)]
    times, causes = np.array([time for time, _ in taken]), np.array([cause for _, cause in taken])
    assert times.mean() == pytest.approx(passage.rounds, abs=4 * times.std() / runs**0.5 + 1e-9)
    for cause, share in enumerate(passage.exits):
        assert (causes == cause).mean() == pytest.approx(share, abs=0.06)


def one_party(gain: float) -> StateGraph:
    """Two states, one option, one party: leaving state 0 gains so much of its span."""
    payoffs = np.array([[0, round(gain * 1e9)]])
    ranks = np.unique(payoffs, return_inverse=True)[1].reshape(1, 2).astype(np.int32)
    return StateGraph(
        ("A",), (Axis("A.x", 0, 2, "both"),), np.arange(2), ranks, payoffs, (True,), np.array([1e9])
    )


def held(graph: StateGraph, kappa: float, hazard: float = 0.0, factor: float = 1.0) -> float:
    only = np.array([True, False])
    begin = Mixture(np.array([0]), np.ones(1))
    found = forks(CachedGraph(graph), ("nash",), (1.0,), only, begin, np.full((1, 2), hazard))
    return rounds(found, (kappa,), (factor,))


@pytest.mark.parametrize("kappa", [0.0, 1.0, 10.0, 40.0])
@pytest.mark.parametrize("gain", [-0.4, -0.01, 0.0, 0.3])
def test_one_state_and_one_party_last_as_the_logit_says(gain: float, kappa: float) -> None:
    assert held(one_party(gain), kappa) == pytest.approx(1 + np.exp(-kappa * gain), rel=1e-9)


def test_a_hazard_competes_with_the_party_and_comes_first() -> None:
    slip = 1 / (1 + np.exp(10 * 0.4))
    leave = 0.02 + 0.98 * slip
    assert held(one_party(-0.4), 10.0, 0.02) == pytest.approx(1 / leave, rel=1e-12)
    assert held(one_party(-0.4), 10.0, 0.02, 0.5) == pytest.approx(1 / (0.01 + 0.99 * slip), rel=1e-12)


def test_a_thousand_rounds_and_a_trillion_are_equally_exact() -> None:
    assert held(one_party(-1.0), 30.0) == pytest.approx(1 + np.exp(30), rel=1e-12)


@pytest.mark.parametrize("seed", range(60))
def test_more_composure_of_all_lengthens_a_single_state_that_holds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, 30, ordinal=False)
    conduct, cached = random_conduct(rng, graph), CachedGraph(graph)
    holds = margins(cached, conduct.foresight, np.arange(graph.states))
    state, firm = int(holds.argmax()), float(holds.max())
    only = np.arange(graph.states) == state
    begin = Mixture(np.array([state]), np.ones(1))
    found = forks(cached, conduct.foresight, conduct.initiative, only, begin, np.zeros((0, graph.states)))
    lengths = [rounds(found, [kappa * factor for kappa in conduct.composure]) for factor in (0.5, 1, 2, 4)]
    if firm >= 0 and np.isfinite(lengths[0]):
        assert lengths == sorted(lengths)


@pytest.mark.parametrize("seed", range(60))
def test_rarer_shocks_never_shorten_what_only_shocks_end(seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, 24, ordinal=False)
    every = np.ones(graph.states, dtype=bool)
    begin = Mixture(np.array([int(rng.integers(graph.states))]), np.ones(1))
    hazards = rng.uniform(0.01, 0.3, (2, 1)) * np.ones(graph.states)
    count = len(graph.parties)
    found = forks(CachedGraph(graph), ("seq",) * count, (1.0,) * count, every, begin, hazards)
    whole, halved = rounds(found, (10.0,) * count), rounds(found, (10.0,) * count, (0.5, 1.0))
    assert whole == pytest.approx(1 / (1 - (1 - hazards[0, 0]) * (1 - hazards[1, 0])))
    assert halved > whole
    shares = lasting(found, (10.0,) * count).exits[count:]
    assert shares == pytest.approx(np.log1p(-hazards[:, 0]) / np.log1p(-hazards[:, 0]).sum())


@pytest.mark.parametrize("seed", range(60))
def test_margins_are_those_of_every_state_by_itself(seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, 30, ordinal=False)
    conduct, cached = random_conduct(rng, graph), CachedGraph(graph)
    among = np.flatnonzero(rng.random(graph.states) < 0.6)
    found = margins(cached, conduct.foresight, among)
    if len(among):
        assert firmest(cached, conduct.foresight, among).tolist() == among[found >= found.max() - 1e-9].tolist()
    assert found == pytest.approx([margin(cached, int(s), conduct.foresight) for s in among])


@pytest.mark.parametrize("seed", range(60))
def test_slips_are_the_exits_that_gain_nothing_and_clash_where_they_land(seed: int) -> None:
    graph, conduct, inside, start, hazards = random_case(seed)
    clash = np.random.default_rng(seed).random(graph.states) < 0.5
    cached = CachedGraph(graph)
    found = forks(cached, conduct.foresight, conduct.initiative, inside, start, hazards)
    passage = lasting(found, conduct.composure)
    literal = Keeping(graph, conduct, set(np.flatnonzero(inside).tolist()), hazards.tolist())
    for party in range(len(graph.parties)):
        exits = chain(found, conduct.composure).exits[:, party]
        often = np.where(exits > 0, passage.visits, 0.0) * exits
        if not often.sum() > 0:
            continue
        slipped = into = 0.0
        for state, share in zip(found.states.tolist(), (often / often.sum()).tolist(), strict=True):
            outside = literal.best(party, state, within=False) if share > 0 else []
            here = literal.oracle.payoff(party, state) / float(graph.spans[party])
            if outside and literal.value(party, outside[0]) <= here + 1e-9:
                slipped += share
                highest = max(graph.payoffs[party, outside])
                into += share * clash[min(t for t in outside if graph.payoffs[party, t] == highest)]
        told = slips(cached, conduct.foresight, found, often, inside, party, clash)
        assert told == pytest.approx((slipped, into), abs=1e-9)


@pytest.mark.parametrize("seed", range(60))
def test_the_break_shown_is_a_best_move_out_of_the_state_left_most_often(seed: int) -> None:
    graph, conduct, inside, start, hazards = random_case(seed)
    cached = CachedGraph(graph)
    found = forks(cached, conduct.foresight, conduct.initiative, inside, start, hazards)
    passage = lasting(found, conduct.composure)
    literal = Keeping(graph, conduct, set(np.flatnonzero(inside).tolist()), hazards.tolist())
    for party in range(len(graph.parties)):
        exits = chain(found, conduct.composure).exits[:, party]
        often = np.where(exits > 0, passage.visits, 0.0) * exits
        broken = likeliest_break(cached, conduct.foresight, found, often, inside, party)
        assert (broken is None) == (passage.exits[party] == 0)
        if broken is not None:
            outside = literal.best(party, broken.start, within=False)
            assert broken.end in outside
            assert graph.payoffs[party, broken.end] == max(graph.payoffs[party, outside])
            here = literal.oracle.payoff(party, broken.start) / float(graph.spans[party])
            assert broken.gain == pytest.approx(literal.value(party, broken.end) - here)
            assert 0 < broken.share <= 1 + 1e-12


def test_parties_known_by_order_are_refused() -> None:
    graph = replace(one_party(0.5), cardinal=(False,))
    begin = Mixture(np.array([0]), np.ones(1))
    with pytest.raises(RefusedError, match="A is known only by an order"):
        forks(CachedGraph(graph), ("nash",), (1.0,), np.ones(2, bool), begin, np.zeros((0, 2)))


def test_a_start_outside_is_refused() -> None:
    begin = Mixture(np.array([1]), np.ones(1))
    only = np.array([True, False])
    with pytest.raises(RefusedError, match="does not begin"):
        forks(CachedGraph(one_party(0.5)), ("nash",), (1.0,), only, begin, np.zeros((0, 2)))
