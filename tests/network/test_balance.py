"""Camps and frustration against enumeration, theory and a published network."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest
import yaml

from detente.network import balance as module
from detente.network.balance import SignedNetwork, balance, triads

TRIBES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "tribes_gahuku_gama_balance.yaml"


def network(seed: int, count: int) -> SignedNetwork:
    rng = np.random.default_rng(seed)
    weights = np.triu(rng.choice([-2.0, -1.0, 0.0, 1.0, 1.5], size=(count, count)), 1)
    return SignedNetwork(tuple(f"n{i}" for i in range(count)), weights + weights.T)


def literal_index(net: SignedNetwork) -> float:
    """The definition: over every assignment of sides, the weight of ties that contradict it."""
    best = float("inf")
    for side in product((0, 1), repeat=len(net.nodes)):
        cost = 0.0
        for i, j, weight in net.edges:
            friends, together = weight > 0, side[i] == side[j]
            if friends != together:
                cost += abs(weight)
        best = min(best, cost)
    return best


@pytest.mark.parametrize("seed", range(40))
def test_index_equals_the_definition(seed: int) -> None:
    net = network(seed, 3 + seed % 6)
    found = balance(net)
    assert found.index == pytest.approx(literal_index(net))
    assert sum(abs(weight) for *_, weight in found.against) == pytest.approx(found.index)
    assert sorted(found.camps[0] + found.camps[1]) == sorted(net.nodes)


@pytest.mark.parametrize("seed", range(8))
def test_program_agrees_with_enumeration(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    net = network(100 + seed, 9)
    by_enumeration = balance(net)
    monkeypatch.setattr(module, "ENUMERATED", 0)
    assert balance(net).index == pytest.approx(by_enumeration.index)


def test_two_hostile_camps_are_balanced() -> None:
    weights = np.array([[0, 1, -1], [1, 0, -1], [-1, -1, 0.0]])
    net = SignedNetwork(("a", "b", "c"), weights)
    assert balance(net).index == 0
    assert set(balance(net).camps) == {("a", "b"), ("c",)}
    assert triads(net)[0].balanced


def test_three_mutual_enemies_are_not() -> None:
    net = SignedNetwork(("a", "b", "c"), -(np.ones((3, 3)) - np.eye(3)))
    assert balance(net).index == 1
    assert not triads(net)[0].balanced


def test_no_ties_and_no_nodes() -> None:
    assert balance(SignedNetwork((), np.zeros((0, 0)))).index == 0
    assert balance(SignedNetwork(("a", "b"), np.zeros((2, 2)))).share == 0


def test_asymmetric_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="symmetric"):
        SignedNetwork(("a", "b"), np.array([[0, 1], [0, 0.0]]))


@pytest.mark.skipif(not TRIBES.exists(), reason="the shared cases are not beside this checkout")
def test_highland_tribes() -> None:
    """Read 1954 as shipped with signnet (Schoch 2023): frustration 7, 86.76 % of triangles balanced."""
    case = yaml.safe_load(TRIBES.read_text())
    nodes = tuple(case["nodes"])
    weights = np.zeros((len(nodes), len(nodes)))
    for a, b, sign in case["edges"]:
        weights[nodes.index(a), nodes.index(b)] = weights[nodes.index(b), nodes.index(a)] = sign
    net = SignedNetwork(nodes, weights)
    assert (len(nodes), len(net.edges), sum(w < 0 for *_, w in net.edges)) == tuple(case["published"]["counts"])
    assert balance(net).index == case["published"]["frustration"]
    found = triads(net)
    share = sum(triad.balanced for triad in found) / len(found)
    assert share == pytest.approx(case["published"]["balanced_triangles"], abs=1e-6)
