"""What cells are worth in one world: small tables of the interests, added up and looked up cell by cell.

The sums are those of `states.payoffs`, whole numbers on the same fine grid, so that they come out the same to
the last digit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.stability.compiled import native, step
from detente.states.payoffs import GRID, THRESHOLD
from detente.states.state_graph import Bools, Floats, Int32, Int64

WIDE = 4.0e9  # payoffs that lie further apart, in units of the grid, are no keys


class Terms(NamedTuple):
    """Where interests count, in every world the same.

    An interest is its owner's own, or (`owner` -1 - k) that of the k-th view; its values over the options it
    names are `values[first[i]:first[i + 1]]` of a world, and are added to the small table `small[i]`. Small
    tables begin at `begin`, big ones at `top`; `entry[k]` is the small entry that is added to the big entry
    `goal[k]`, and `where[table, cell]` the big entry of a cell.
    """

    owner: Int64  # (interest,)
    relational: Bools  # (interest,)
    pictured: Int64  # (view,): the party that it is of
    first: Int64  # (interest + 1,)
    small: Int64  # (interest,)
    begin: Int64  # (small + 1,)
    top: Int64  # (big + 1,)
    entry: Int64  # (addition,)
    goal: Int64  # (addition,)
    where: Int32  # (big, cell)


class Sums(NamedTuple):
    """Room for the tables of a world."""

    factor: Floats  # (reader, interest)
    small: Int64  # (reader, small entry)
    big: Int64  # (reader, big entry)
    key: Int32  # (reader, cell)


def sums_for(terms: Terms, parties: int) -> Sums:
    """Room for a world."""
    readers = parties + len(terms.pictured)
    sizes = int(terms.begin[-1]), int(terms.top[-1])
    small, big = (np.zeros((readers, size), dtype=np.int64) for size in sizes)
    key = np.empty((readers, terms.where.shape[1]), dtype=np.int32)
    return Sums(np.empty((readers, len(terms.owner))), small, big, key)


@native
def add_up(terms, weights, attitudes, values, sums):  # type: ignore[no-untyped-def]
    """Fill the keys of a world from its numbers; False where payoffs lie too far apart for keys.

    Parameters
    ----------
    terms : Terms
    weights : (interest,) share of all weights of its owner, below 0 for what is avoided.
    attitudes : (party, party), 1 to oneself.
    values : (entry,) of all interests.
    sums : Sums
    """
    unit = _factors(terms, weights, attitudes, sums.factor)
    sums.small[:] = 0
    sums.big[:] = 0
    for interest in range(weights.size):
        first, begin = terms.first[interest], terms.begin[terms.small[interest]]
        for reader in range(sums.factor.shape[0]):
            factor = sums.factor[reader, interest] * unit
            if factor != 0.0:
                for k in range(terms.first[interest + 1] - first):
                    sums.small[reader, begin + k] += np.int64(np.rint(factor * values[first + k]))
    for reader in range(sums.big.shape[0]):
        small, big = sums.small[reader], sums.big[reader]
        for k in range(terms.goal.size):
            big[terms.goal[k]] += small[terms.entry[k]]
        if not _look_up(terms, big, 1 / (unit * GRID), sums.key[reader]):
            return False
    return True


@step
def _factors(terms, weights, attitudes, factor):  # type: ignore[no-untyped-def]
    """What each reader counts an interest for; returns how many steps of the fine grid make 1."""
    parties, bound = attitudes.shape[0], 1.0
    for reader in range(factor.shape[0]):
        total = 0.0
        holder = reader if reader < parties else terms.pictured[reader - parties]
        for interest in range(weights.size):
            owner = terms.owner[interest]
            if owner < 0:
                regard = 1.0 if reader == parties - 1 - owner else 0.0
            elif owner == holder:
                regard = 1.0 if reader < parties else 0.0
            else:
                regard = attitudes[holder, owner] if terms.relational[interest] else 0.0
            factor[reader, interest] = regard * weights[interest]
            total += abs(factor[reader, interest])
        bound = max(bound, total)
    return 2.0 ** min(60.0, 61.0 - np.ceil(np.log2(bound)))


@step
def _look_up(terms, big, scale, key):  # type: ignore[no-untyped-def]
    """Write the keys of a reader: payoffs in units of the grid less a constant; False where they do not fit."""
    low, high = 0.0, 0.0
    for table in range(terms.top.size - 1):
        least = most = big[terms.top[table]]
        for entry in range(terms.top[table], terms.top[table + 1]):
            least, most = min(least, big[entry]), max(most, big[entry])
        low += least
        high += most
    if (high - low) * scale > WIDE:
        return False
    middle = np.int64((low + high) * 0.5 * scale)
    if terms.top.size == 3:  # the commonest by far
        for cell in range(key.size):
            total = big[terms.where[0, cell]] + big[terms.where[1, cell]]
            key[cell] = np.int64(np.floor(total * scale + (1 - THRESHOLD))) - middle
    else:
        for cell in range(key.size):
            total = np.int64(0)
            for table in range(terms.where.shape[0]):
                total += big[terms.where[table, cell]]
            key[cell] = np.int64(np.floor(total * scale + (1 - THRESHOLD))) - middle
    return True
