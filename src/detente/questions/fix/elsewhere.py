"""The least changes over all states of an outcome, not only over the one that is nearest to holding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from detente.questions.fix.edits import Kind
from detente.questions.fix.mending import Mended, Searched, mend
from detente.questions.fix.side_payments import shortfalls
from detente.questions.fix.state_trial import Effect, StateTrial

COUNTED = ("view", "commitment", "channel")
"""Kinds of which one is the least that can be asked for."""


@dataclass(frozen=True, eq=False)
class Sought:
    """The changes of one kind: in the nearest state, where the least of them is made, and how far was looked.

    `states` is in how many of the outcome's states it was sought, those where nothing could be cheaper
    included; `searched` how thoroughly in these, and `tried` how many changes were judged.
    """

    first: Mended
    best: Mended
    where: StateTrial
    states: int
    searched: Searched
    tried: int


def sought(
    first: StateTrial, others: Sequence[int], kind: Kind, standing: Callable[[int], Effect], spare: int
) -> Sought:
    """The least changes of a kind after which some state of an outcome holds.

    Parameters
    ----------
    first : the state that is nearest to holding.
    others : the outcome's other states, the nearest first.
    kind : promise, attitude, view, commitment or channel.
    standing : how a state stands without changes.
    spare : how many more changes may be judged, in all other states together.
    """
    found = best = mend(first, kind, standing(first.number - 1))
    where, searched, tried = first, found.searched, found.tried
    for done, state in enumerate(others, start=1):
        before = standing(state)
        if _least_possible(kind, before) >= best.price:  # nor in any state after this one
            break
        if tried - found.tried >= spare:
            return Sought(found, best, where, done, searched, tried)
        trial = first.at(state)
        one = mend(trial, kind, before, best.price)
        tried += max(1, one.tried)
        searched = "some" if one.searched == "some" else searched
        if one.least is not None and one.least.result.holds:
            best, where = one, trial
    return Sought(found, best, where, len(others) + 1, searched, tried)


def _least_possible(kind: Kind, before: Effect) -> float:
    """What a change of a kind in a state costs at least."""
    if kind == "promise":
        return float(shortfalls(before.margins).sum())
    return 1.0 if kind in COUNTED else 0.0
