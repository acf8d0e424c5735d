"""The whole numbers in which a party's states are judged: keys where its payoffs fit, ranks in general.

A key is a payoff less that of the first state, in 32 bits. Keys compare as ranks do, so sweeps run on them, and
subtract as payoffs do, so margins need no look-up. Payoffs too far apart for that are judged by ranks, with a
table of what each rank is worth.
"""

from __future__ import annotations

from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from detente.stability.closure.closures import Field, laid_out, share
from detente.stability.closure.grid import FAR
from detente.stability.compiled import native
from detente.states.state_graph import Int32, Int64, StateGraph

FARTHEST = int(FAR) - 1
"""So far may payoffs lie from that of the first state to be keys: NONE and FAR stay what no state is worth."""

_REMEMBERED = 1 << 21  # states
_worths: WeakKeyDictionary[StateGraph, dict[int, Int64]] = WeakKeyDictionary()

_NO_WORTHS = np.zeros(0, np.int64)
_NO_PAYOFFS = np.zeros(0, np.int64)
_NO_PAYOFFS.setflags(write=False)


class Scale(NamedTuple):
    """What a party's states are worth to it, in numbers that sweeps can compare.

    `values` are laid out as a `Field` is, read-only, FAR in holes. Where `metric`, margins have a meaning: they
    are differences of `values` (keys), or of `payoffs` (of states) and `worths` (of ranks), which are empty
    where nobody needs them.
    """

    values: Int32
    metric: bool
    payoffs: Int64 = _NO_PAYOFFS
    worths: Int64 = _NO_WORTHS


def by_payoffs(field: Field, party: int) -> Scale:
    """By keys where the party's payoffs fit, otherwise by ranks; good until the next party's."""
    payoffs = _payoffs(field.graph, party)
    if not field.keys:
        field.keys.append(np.empty(len(payoffs), np.int32))
    keys, first = field.keys[0], payoffs[0]
    if share(field, len(payoffs), lambda begin, end: _beyond_keys(payoffs, first, keys, begin, end)):
        return by_ranks(field, party)
    return Scale(laid_out(field.grid, keys[:]), True)


def by_ranks(field: Field, party: int) -> Scale:
    """By ranks and what they are worth; good until the next party's."""
    return Scale(field.ranks[party], True, _payoffs(field.graph, party), _worth(field, party))


def by_order(field: Field, party: int) -> Scale:
    """By ranks alone, where margins have no meaning."""
    return Scale(field.ranks[party], False)


@native
def _beyond_keys(payoffs, first, keys, begin, end):  # type: ignore[no-untyped-def]
    """Write keys; whether a payoff lies too far from the first for one."""
    some, written, beyond = payoffs[begin:end], keys[begin:end], 0
    for place in range(len(some)):
        key = some[place] - first
        beyond += abs(key) > FARTHEST
        written[place] = key
    return beyond > 0


def _worth(field: Field, party: int) -> Int64:
    """What each of the party's ranks stands for, in units of the payoff grid (undefined for unused ranks).

    Kept as long as the graph lives, unless it is so large that memory is dearer than time.
    """
    ranks = int(field.graph.ranks[party].max()) + 1  # of a part of a crisis more than there are states
    if field.graph.states > _REMEMBERED:
        if not field.worths or len(field.worths[0]) < ranks:
            field.worths[:] = [np.empty(ranks, np.int64)]
        return _priced(field, party, field.worths[0])
    known = _worths.setdefault(field.graph, {})
    if party not in known:
        known[party] = _priced(field, party, np.empty(ranks, np.int64))
    return known[party]


def _priced(field: Field, party: int, worths: Int64) -> Int64:
    ranks, payoffs = np.ascontiguousarray(field.graph.ranks[party]), _payoffs(field.graph, party)
    ranks.setflags(write=False)
    share(field, len(ranks), lambda begin, end: _price(ranks, payoffs, worths, begin, end))
    return worths


def _payoffs(graph: StateGraph, party: int) -> Int64:
    """The party's payoffs, one after the other in memory and read-only, as loops are compiled for."""
    payoffs = np.ascontiguousarray(graph.payoffs[party])
    payoffs.setflags(write=False)
    return payoffs


@native
def _price(ranks, payoffs, worths, begin, end):  # type: ignore[no-untyped-def]
    for state in range(begin, end):
        worths[ranks[state]] = payoffs[state]
