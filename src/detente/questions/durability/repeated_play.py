"""Repeated play: how much a party must care for tomorrow to leave a temptation alone today (model, section 6).

At a state s, G is the most that a party gains at once by a move of its own; P what it loses for good when play
then goes on, as the walk says, to the equilibrium that is worst for it. It keeps to s for ever when its
discount factor is at least G / (G + P), or the L-th root of that where a breach is noticed only after L rounds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from detente.play.absorption import endings
from detente.play.cached_graph import CachedGraph
from detente.play.chain import Conduct, walk
from detente.play.move_index import own_moves
from detente.states.state_graph import Int64

Verdict = Literal["untempted", "deterred", "unpunished", "unsettled"]
NOWHERE = -1


@dataclass(frozen=True)
class Patience:
    """What keeps a party from a tempting move.

    `untempted`: no move of its own gains at once, any discount factor will do (0). `deterred`: `discount` is
    the least that will. `unpunished`: where play goes after the move it is no worse off, so none will.
    `unsettled`: play comes to no equilibrium after it, so nothing is known to punish; none is given. `gain` (G)
    and `loss` (P) are in spans, `move` and `punishment` states (-1: none).
    """

    party: int
    verdict: Verdict
    discount: float | None
    gain: float
    loss: float | None = None
    move: int = NOWHERE
    punishment: int = NOWHERE


def patience(cached: CachedGraph, conduct: Conduct, state: int, party: int, lag: int = 1) -> Patience:
    """How patient a cardinal party must be for a state to last in repeated play.

    Where several moves gain alike, the party takes the one that is punished least.

    Parameters
    ----------
    ground : the free graph.
    conduct : how the parties behave after the move.
    state, party : indices.
    lag : rounds until a breach is noticed, at least 1.
    """
    cached, back = cached.part(np.array([state], dtype=np.int64))
    state = int(np.searchsorted(back, state))
    payoffs, unit = cached.payoffs[party], cached.graph.spans[party]
    moves = own_moves(cached.move_index, party, state)
    here, most = int(payoffs[state]), int(payoffs[moves].max()) if len(moves) else 0
    if len(moves) == 0 or most <= here:
        return Patience(party, "untempted", 0.0, min(0.0, (most - here) / unit) if len(moves) else 0.0)
    gain = most - here
    found = [
        _punished(cached, conduct, state, party, int(move), gain, lag) for move in moves[payoffs[moves] == most]
    ]
    least = min(found, key=_deterrence)
    punishment = int(back[least.punishment]) if least.punishment >= 0 else NOWHERE
    return replace(least, move=int(back[least.move]), punishment=punishment)


def _deterrence(found: Patience) -> tuple[int, float]:
    """Order of temptations: first those that nothing deters, then those that need most patience."""
    return (0, 0.0) if found.discount is None else (1, -found.discount)


def _punished(
    cached: CachedGraph, conduct: Conduct, state: int, party: int, move: int, gain: int, lag: int
) -> Patience:
    payoffs, unit = cached.payoffs[party], float(cached.graph.spans[party])
    ends = _equilibria_after(cached, conduct, move)
    if len(ends) == 0:
        return Patience(party, "unsettled", None, gain / unit, None, move)
    worst = int(ends[payoffs[ends].argmin()])
    loss = int(payoffs[state]) - int(payoffs[worst])
    if loss <= 0:
        return Patience(party, "unpunished", None, gain / unit, loss / unit, move, worst)
    discount = float((gain / (gain + loss)) ** (1.0 / lag))
    return Patience(party, "deterred", discount, gain / unit, loss / unit, move, worst)


def _equilibria_after(cached: CachedGraph, conduct: Conduct, move: int) -> Int64:
    """Equilibria that the walk reaches from a state, ascending."""
    course = walk(cached, conduct, np.array([move], dtype=np.int64))
    ends = endings(course)
    sizes = np.diff(ends.begin)
    rests = course.states[ends.order[ends.begin[:-1][ends.closed & (sizes == 1)]]]
    return np.sort(np.array([rest for rest in rests if _holds(cached, conduct, int(rest))], dtype=np.int64))


def _holds(cached: CachedGraph, conduct: Conduct, state: int) -> bool:
    """Whether no party, whatever its initiative, has an open move."""
    for party, concept in enumerate(conduct.foresight):
        moves = own_moves(cached.move_index, party, state)
        if (cached.outlook.at(party, concept, moves) > cached.ranks[party, state]).any():
            return False
    return True
