"""Side payments conditional on one state: the closed form.

A promise δ that party i is paid in state s, and nowhere else, shifts i's margin at s by exactly δ and no other
margin at s, under every concept but the iterated one: i compares s with what it anticipates elsewhere, and
nothing elsewhere has changed; what others anticipate of s does not enter their margins at s. (Under iterated
foresight a promise may change which replies elsewhere are dared, so that what it brings is tried.) The payer's
margin falls by what it pays. So payments that mend s exist exactly when the shortfalls add up to no more
than the surpluses, one span of a payer for one span of a receiver.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.states.ranks import dense
from detente.states.state_graph import Floats, Int64, StateGraph

SLIGHT = 1e-9  # spans: about one step of the payoff grid


@dataclass(frozen=True)
class Payment:
    """What one party promises another in one state: spans of the payer that become as many of the receiver."""

    payer: int
    receiver: int
    amount: float


def shortfalls(margins: Floats) -> Floats:
    """By how much each party's margin falls short of nought; [party, …] in and out."""
    return np.where(margins < 0, -margins, 0.0)


def by_nearness(margins: Floats, turn: Int64) -> Int64:
    """The order of states, the nearest to holding first: least total shortfall, then best least margin.

    Parameters
    ----------
    margins : (party, state), in spans.
    turn : (state,) which of two equals comes first.
    """
    missing = shortfalls(margins).sum(axis=0)
    least: Floats = np.round(margins.min(axis=0), 12)
    order: Int64 = np.lexsort((turn, -least, np.round(missing, 12)))
    return order


def payments(margins: Floats, payers: Sequence[int] | None = None) -> tuple[Payment, ...] | None:
    """Payments after which no margin is short, and the payers' least margin is as large as it can be.

    Parameters
    ----------
    margins : (party,) at the state, in spans; a party that has no move (inf) is not asked to pay, since
    nothing
        measures what it could give.
    payers : who may pay; everybody with a surplus by default.

    Returns
    -------
    tuple of Payment, or None
        None where the payers' surpluses do not cover the shortfalls.
    """
    missing = shortfalls(margins)
    may = [
        party for party in (range(len(margins)) if payers is None else payers) if 0 < margins[party] < np.inf
    ]
    given = _levelled([float(margins[party]) for party in may], float(missing.sum()))
    if given is None:
        return None
    return dealt(
        dict(zip(may, given, strict=True)), {int(one): float(missing[one]) for one in np.flatnonzero(missing)}
    )


def dealt(given: Mapping[int, float], wanted: Mapping[int, float]) -> tuple[Payment, ...]:
    """Who pays whom, when it is settled how much each gives and gets in all: the largest giver first."""
    left = {party: amount for party, amount in given.items() if amount > 0}
    found = []
    for receiver, missing in wanted.items():
        for payer in sorted(left, key=lambda one: -left[one]):
            amount = min(missing, left[payer])
            if amount > 0:
                found.append(Payment(payer, receiver, amount))
                left[payer] -= amount
                missing -= amount
    return tuple(found)


def shifted(margins: Floats, promised: Sequence[Payment]) -> Floats:
    """What payments make of margins by the law."""
    after = margins.copy()
    for payment in promised:
        after[payment.receiver] += payment.amount
        after[payment.payer] -= payment.amount
    return after


def paid(graph: StateGraph, state: int, promised: Sequence[Payment]) -> StateGraph:
    """The crisis in which these payments are made in one state: added to the payoffs, not through attitudes.

    Receivers get at least, payers give at most what was said, to within the grid of payoffs.
    """
    payoffs, ranks = graph.payoffs.copy(), graph.ranks.copy()
    got, gave = np.zeros(len(graph.parties)), np.zeros(len(graph.parties))
    for payment in promised:
        got[payment.receiver] += payment.amount
        gave[payment.payer] += payment.amount
    payoffs[:, state] += np.ceil((got - SLIGHT / 2) * graph.spans).astype(np.int64)
    payoffs[:, state] -= np.floor((gave + SLIGHT / 2) * graph.spans).astype(np.int64)
    for party in np.flatnonzero((got > 0) | (gave > 0)):
        ranks[party] = dense(payoffs[party])
    return replace(graph, payoffs=payoffs, ranks=ranks)


def _levelled(surpluses: Sequence[float], wanted: float) -> list[float] | None:
    """What each gives when the largest surpluses are drawn down to one level that just suffices."""
    if wanted > sum(surpluses) + SLIGHT:
        return None
    ordered = sorted(surpluses, reverse=True)
    level = 0.0
    for many in range(1, len(ordered) + 1):
        level = (sum(ordered[:many]) - wanted) / many
        if many == len(ordered) or level >= ordered[many]:
            break
    return [max(0.0, surplus - max(level, 0.0)) for surplus in surpluses]
