"""From payoffs, published rankings and prioritized statements to dense integer ranks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from detente.errors import Place, Problem, ScenarioError
from detente.states.state_graph import Bools, Int32, Int64

_BITS = 30  # statements read before the order so far is written down in ranks


def dense(values: Int64) -> Int32:
    """Rank of every value among the different ones: 0 is lowest, equal values share a rank.

    Values and places are packed into one word where they fit, since sorting numbers is several times faster
    than sorting places by number.
    """
    lowest, bits = int(values.min()), max(1, int(len(values) - 1).bit_length())
    if (int(values.max()) - lowest).bit_length() + bits > 63:
        return np.unique(values, return_inverse=True)[1].astype(np.int32).reshape(-1)
    packed = (values - lowest) << bits
    packed |= np.arange(len(values), dtype=np.int64)
    packed.sort()
    order = packed & ((1 << bits) - 1)
    packed >>= bits
    steps = np.zeros(len(values), dtype=np.int32)
    np.not_equal(packed[1:], packed[:-1], out=steps[1:], casting="unsafe")
    ranks = np.empty(len(values), dtype=np.int32)
    ranks[order] = np.cumsum(steps, dtype=np.int32)
    return ranks


def by_ranking(party: str, groups: Sequence[Sequence[int]], states: int) -> Int32:
    """Ranks from a published order of state numbers, best group first.

    Raises
    ------
    ScenarioError
        A state is missing, named twice, or does not exist.
    """
    named = np.array([number for group in groups for number in group], dtype=np.int64)
    counts = np.bincount(named[(named >= 1) & (named <= states)], minlength=states + 1)[1:]
    wrong = {
        "does not exist": named[(named < 1) | (named > states)],
        "is missing": np.flatnonzero(counts == 0) + 1,
        "stands there more than once": np.flatnonzero(counts > 1) + 1,
    }
    problems = [
        Problem(
            Place(), f"the ranking of {party}: state {_few(numbers)} {what}.", f"States are 1 to {states:,}."
        )
        for what, numbers in wrong.items()
        if len(numbers)
    ]
    if problems:
        raise ScenarioError(problems)
    ranks = np.empty(states, dtype=np.int32)
    kept = [group for group in groups if group]
    for rank, group in enumerate(reversed(kept)):
        ranks[np.asarray(group) - 1] = rank
    return ranks


def by_statements(holds: Iterable[Bools], states: int) -> Int32:
    """Ranks from prioritized statements: where each holds, the most important first.

    A state is better when it satisfies the first statement on which two states differ (Fang, Hipel, Kilgour
    and Peng 2003). Any number of statements is compared exactly.
    """
    order = np.zeros(states, dtype=np.int64)
    for count, where in enumerate(holds, start=1):
        order = order * 2 + where
        if count % _BITS == 0:
            order = dense(order).astype(np.int64)
    return dense(order)


def _few(numbers: Int64) -> str:
    shown = ", ".join(str(number) for number in numbers[:5])
    return f"{shown} and {len(numbers) - 5} more" if len(numbers) > 5 else shown
