"""Whether what was reached holds once nobody is bound: margins, and promises that sponsors would keep."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.dynamics.board import own_moves
from detente.dynamics.ground import Foresight, Ground
from detente.dynamics.stages import Mixture
from detente.graph.state_graph import Bools, Int64

CERTAIN = 1e-9  # a probability this close to 1 counts as 1


@dataclass(frozen=True)
class Promise:
    """An option that a sponsor committed (axis) and the level it was last set to."""

    axis: int
    level: int


@dataclass(frozen=True)
class Keeping:
    """Whether a sponsor keeps its commitments once it is free again.

    `keeps` is the probability of final states at which no open move of its own undoes one that still stands;
    `start` and `end` are the most tempting such move at the likeliest final state that has one (-1: none).
    """

    sponsor: int
    keeps: float
    start: int = -1
    end: int = -1
    gain: float | None = None


def margin(ground: Ground, state: int, foresight: Foresight) -> float:
    """By how much a state holds: the least over parties of payoff less best anticipated alternative, in spans.

    Infinite where nobody has a move; not a number where a party is known only by order.
    """
    graph = ground.graph
    if not all(graph.cardinal):
        return float("nan")
    ground, state = _here(ground, state)
    return min(
        (_party_margin(ground, party, state, concept) for party, concept in enumerate(foresight)),
        default=float("inf"),
    )


def _party_margin(ground: Ground, party: int, state: int, concept: str) -> float:
    targets = own_moves(ground.board, party, state)
    if len(targets) == 0:
        return float("inf")
    ahead = ground.anticipated(party, concept)[targets].max()
    worths, span = ground.worths(party), ground.graph.spans[party] * ground.graph.grid
    return float((worths[ground.graph.ranks[party, state]] - worths[ahead]) / span)


def keeping(
    ground: Ground, sponsor: int, promises: tuple[Promise, ...], final: Mixture, foresight: Foresight
) -> Keeping:
    """Whether a sponsor, free again, would keep what it committed, at every final state.

    A commitment counts where it still stands: what lapsed and was changed on the way is not undone again.
    """
    tempted = [_temptation(ground, sponsor, promises, int(state), foresight) for state in final.states]
    broken = np.array([end >= 0 for end in tempted], dtype=np.bool_)
    if not broken.any():
        return Keeping(sponsor, 1.0)
    likeliest = int(np.argmax(np.where(broken, final.chances, -1.0)))
    start, end = int(final.states[likeliest]), tempted[likeliest]
    kept = float(final.chances[~broken].sum())
    return Keeping(sponsor, kept, start, end, anticipated_gain(ground, sponsor, start, end, foresight))


def anticipated_gain(ground: Ground, party: int, start: int, end: int, foresight: Foresight) -> float | None:
    """What a party anticipates to gain by a move, in spans; None where it is known only by order."""
    if not ground.graph.cardinal[party]:
        return None
    whole, (ground, start) = ground, _here(ground, start)
    end = int(ground.place(whole.home[[end]])[0])
    worths, span = ground.worths(party), ground.graph.spans[party] * ground.graph.grid
    ahead = ground.anticipated(party, foresight[party])[end]
    return float((worths[ahead] - worths[ground.graph.ranks[party, start]]) / span)


def _temptation(
    ground: Ground, sponsor: int, promises: tuple[Promise, ...], state: int, foresight: Foresight
) -> int:
    """The best open move that undoes a promise, -1 where there is none."""
    whole, (ground, state) = ground, _here(ground, state)
    ahead = ground.anticipated(sponsor, foresight[sponsor])
    targets = own_moves(ground.board, sponsor, state)
    targets = targets[ahead[targets] > ground.graph.ranks[sponsor, state]]
    if len(targets) == 0:
        return -1
    targets = targets[_undoes(ground, promises, state, targets)]
    if len(targets) == 0:
        return -1
    best = np.lexsort((ground.graph.ranks[sponsor, targets], ahead[targets]))[-1]
    return int(whole.place(ground.home[targets[[best]]])[0])


def _here(ground: Ground, state: int) -> tuple[Ground, int]:
    """The part of a ground that moves from a state can reach, and the state's index there."""
    part = ground.around(np.array([state], dtype=np.int64))
    return part, int(part.place(ground.home[[state]])[0])


def _undoes(ground: Ground, promises: tuple[Promise, ...], state: int, targets: Int64) -> Bools:
    """Which moves change a promise that stands at a state."""
    undone = np.zeros(len(targets), dtype=np.bool_)
    axes, strides, codes = ground.graph.axes, ground.graph.strides, ground.graph.codes
    for promise in promises:
        size, stride = axes[promise.axis].size, strides[promise.axis]
        stands = int(codes[state]) // stride % size == promise.level
        undone |= stands & (codes[targets] // stride % size != promise.level)
    return undone
