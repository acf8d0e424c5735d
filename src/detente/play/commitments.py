"""Whether what was reached holds once nobody is bound: margins, and promises that sponsors would keep."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.play.cached_graph import CachedGraph
from detente.play.move_index import own_moves
from detente.play.outlook import Foresight
from detente.play.stages import Mixture
from detente.states.state_graph import Bools, Int64

DIGITS = 9  # figures that agree in so many are equal
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


def margin(cached: CachedGraph, state: int, foresight: Foresight) -> float:
    """By how much a state holds, as `firmness`."""
    return firmness(cached, state, foresight)[0]


def firmness(cached: CachedGraph, state: int, foresight: Foresight) -> tuple[float, tuple[int, ...]]:
    """By how much a state holds, and which parties are nearest to leaving it.

    The least over parties of payoff less best anticipated alternative, in spans: infinite where nobody has a
    move; not a number where a party is known only by order.
    """
    graph = cached.graph
    if not all(graph.cardinal):
        return float("nan"), ()
    cached, state = _here(cached, state)
    margins = [_party_margin(cached, party, state, concept) for party, concept in enumerate(foresight)]
    least = min(margins, default=float("inf"))
    if not np.isfinite(least):
        return least, ()
    return least, tuple(np.flatnonzero(np.round(margins, DIGITS) == round(least, DIGITS)).tolist())


def _party_margin(cached: CachedGraph, party: int, state: int, concept: str) -> float:
    targets = own_moves(cached.move_index, party, state)
    if len(targets) == 0:
        return float("inf")
    ahead = cached.outlook.most(party, concept, targets)
    worths, span = cached.worths(party), cached.graph.spans[party] * cached.graph.grid
    return float((worths[cached.graph.ranks[party, state]] - worths[ahead]) / span)


def keeping(
    cached: CachedGraph, sponsor: int, promises: tuple[Promise, ...], final: Mixture, foresight: Foresight
) -> Keeping:
    """Whether a sponsor, free again, would keep what it committed, at every final state.

    A commitment counts where it still stands: what lapsed and was changed on the way is not undone again.
    """
    tempted = [_temptation(cached, sponsor, promises, int(state), foresight) for state in final.states]
    broken = np.array([end >= 0 for end in tempted], dtype=np.bool_)
    if not broken.any():
        return Keeping(sponsor, 1.0)
    likeliest = int(np.argmax(np.where(broken, final.chances, -1.0)))
    start, end = int(final.states[likeliest]), tempted[likeliest]
    kept = float(final.chances[~broken].sum())
    return Keeping(sponsor, kept, start, end, anticipated_gain(cached, sponsor, start, end, foresight))


def anticipated_gain(
    cached: CachedGraph, party: int, start: int, end: int, foresight: Foresight
) -> float | None:
    """What a party anticipates to gain by a move, in spans; None where it is known only by order."""
    if not cached.graph.cardinal[party]:
        return None
    whole, (cached, start) = cached, _here(cached, start)
    end = int(cached.place(whole.home[[end]])[0])
    worths, span = cached.worths(party), cached.graph.spans[party] * cached.graph.grid
    ahead = cached.outlook.at(party, foresight[party], np.array([end]))[0]
    return float((worths[ahead] - worths[cached.graph.ranks[party, start]]) / span)


def _temptation(
    cached: CachedGraph, sponsor: int, promises: tuple[Promise, ...], state: int, foresight: Foresight
) -> int:
    """The best open move that undoes a promise, -1 where there is none."""
    whole, (cached, state) = cached, _here(cached, state)
    targets = own_moves(cached.move_index, sponsor, state)
    targets = targets[_undoes(cached, promises, state, targets)]
    ahead = cached.outlook.at(sponsor, foresight[sponsor], targets)
    opened = ahead > cached.graph.ranks[sponsor, state]
    targets, ahead = targets[opened], ahead[opened]
    if len(targets) == 0:
        return -1
    best = np.lexsort((cached.graph.ranks[sponsor, targets], ahead))[-1]
    return int(whole.place(cached.home[targets[[best]]])[0])


def _here(cached: CachedGraph, state: int) -> tuple[CachedGraph, int]:
    """The part of a ground that moves from a state can reach, and the state's index there."""
    part = cached.around(np.array([state], dtype=np.int64))
    return part, int(part.place(cached.home[[state]])[0])


def _undoes(cached: CachedGraph, promises: tuple[Promise, ...], state: int, targets: Int64) -> Bools:
    """Which moves change a promise that stands at a state."""
    undone = np.zeros(len(targets), dtype=np.bool_)
    axes, strides, codes = cached.graph.axes, cached.graph.strides, cached.graph.codes
    for promise in promises:
        size, stride = axes[promise.axis].size, strides[promise.axis]
        stands = int(codes[state]) // stride % size == promise.level
        undone |= stands & (codes[targets] // stride % size != promise.level)
    return undone
