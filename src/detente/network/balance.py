"""Who stands with whom: frustration, camps and unbalanced triads of a signed network.

A network is balanced when its nodes fall into two camps with friendship inside and enmity between (Cartwright
and Harary 1956). The frustration index is the least total weight of edges that stand against any such division
(Harary 1959; Aref and Wilson 2018); it is computed exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from detente.optimiser import optimal, optimiser

ENUMERATED = 18  # up to this many nodes every division is tried; beyond, a mixed-integer program


@dataclass(frozen=True, eq=False)
class SignedNetwork:
    """Nodes and a symmetric matrix of signed weights (0: no edge)."""

    nodes: tuple[str, ...]
    weights: NDArray[np.float64]  # (node, node)

    def __post_init__(self) -> None:
        if self.weights.shape != (len(self.nodes),) * 2 or not np.allclose(self.weights, self.weights.T):
            raise ValueError("weights must be a symmetric matrix with one row per node")
        self.weights.setflags(write=False)

    @property
    def edges(self) -> tuple[tuple[int, int, float], ...]:
        """Every pair with a weight other than 0, as (lower index, higher index, weight)."""
        upper = np.triu(self.weights, 1)
        return tuple((int(i), int(j), float(upper[i, j])) for i, j in zip(*np.nonzero(upper), strict=True))


@dataclass(frozen=True)
class Balance:
    """The division into two camps that the fewest ties contradict.

    `index` is the weight of the contradicting ties, `share` that weight over all weight, `camps` the two camps
    (the second may be empty), `against` the contradicting pairs, heaviest first.
    """

    index: float
    share: float
    camps: tuple[tuple[str, ...], tuple[str, ...]]
    against: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True)
class Triad:
    """Three nodes tied pairwise; balanced when the product of the three signs is positive."""

    nodes: tuple[str, str, str]
    weights: tuple[float, float, float]  # first-second, first-third, second-third
    balanced: bool


def balance(network: SignedNetwork) -> Balance:
    """Divide the network into the two camps that leave the least weight of ties on the wrong side.

    Exact: by trying every division up to 18 nodes, by a mixed-integer program beyond.
    """
    if len(network.nodes) <= ENUMERATED:
        side = _enumerate_divisions(network)
    else:
        side = _solve_division(network)
    against = [
        (network.nodes[i], network.nodes[j], weight)
        for i, j, weight in network.edges
        if (weight > 0) != (side[i] == side[j])
    ]
    index = sum(abs(weight) for *_, weight in against)
    total = sum(abs(weight) for *_, weight in network.edges)
    camps = tuple(
        tuple(node for node, where in zip(network.nodes, side, strict=True) if where == camp) for camp in (0, 1)
    )
    return Balance(
        index=index,
        share=index / total if total else 0.0,
        camps=(camps[0], camps[1]),
        against=tuple(sorted(against, key=lambda edge: (-abs(edge[2]), edge[:2]))),
    )


def triads(network: SignedNetwork) -> tuple[Triad, ...]:
    """Every triangle of the network in the order of its nodes, balanced or not."""
    found = []
    for i, j, k in combinations(range(len(network.nodes)), 3):
        weights = (network.weights[i, j], network.weights[i, k], network.weights[j, k])
        if all(weights):
            found.append(
                Triad(
                    nodes=(network.nodes[i], network.nodes[j], network.nodes[k]),
                    weights=(float(weights[0]), float(weights[1]), float(weights[2])),
                    balanced=bool(np.prod(np.sign(weights)) > 0),
                )
            )
    return tuple(found)


def _enumerate_divisions(network: SignedNetwork) -> NDArray[np.int64]:
    """Side (0 or 1) of each node in the best division; the first node is always on side 0."""
    count = len(network.nodes)
    if count == 0:
        return np.zeros(0, dtype=np.int64)
    divisions = np.arange(1 << (count - 1), dtype=np.int64) << 1
    cost = np.zeros(len(divisions))
    for i, j, weight in network.edges:
        apart = ((divisions >> i) ^ (divisions >> j)) & 1
        cost += abs(weight) * (apart if weight > 0 else 1 - apart)
    best = divisions[int(np.argmin(cost))]
    side: NDArray[np.int64] = (best >> np.arange(count, dtype=np.int64)) & 1
    return side


def _solve_division(network: SignedNetwork) -> NDArray[np.int64]:
    """The same by a mixed-integer program: one binary per node, one frustration variable per edge."""
    model = optimiser()
    sides = [model.addBinary() for _ in network.nodes]
    model.addConstr(sides[0] == 0)
    for i, j, weight in network.edges:
        against = model.addVariable(lb=0, ub=1, obj=abs(weight))
        if weight > 0:
            model.addConstr(against - sides[i] + sides[j] >= 0)
            model.addConstr(against + sides[i] - sides[j] >= 0)
        else:
            model.addConstr(against - sides[i] - sides[j] >= -1)
            model.addConstr(against + sides[i] + sides[j] >= 1)
    model.minimize()
    if not optimal(model):
        raise RuntimeError(f"the division of {len(network.nodes)} nodes could not be solved")
    return np.array([round(model.val(side)) for side in sides], dtype=np.int64)
