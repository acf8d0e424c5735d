"""The one kernel: what a party expects to end with after arriving in a state, under every concept.

    anticipated(t) = min(U(t), least f(u) over replies u to t)

with f(u) = U(u), or the best of u and of the party's own escapes from u for the symmetric concepts. Which
replies are dared hangs on what their movers expect in turn: these values are the lower bounds of `iterated`. A
state is stable for a party exactly when no move of its own has an anticipated value above the state's payoff
(model, section 3). Everything runs on ranks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple, assert_never

import numpy as np

from detente.concepts import CONCEPTS, Concept, named
from detente.stability.closure.closures import (
    Field,
    copy_of,
    escapes,
    least_reply,
    open_field,
    release,
)
from detente.stability.iterated import settled
from detente.states.state_graph import Int32, StateGraph

Together = tuple[tuple[Concept, Int32], ...]
"""Concepts whose values are found together, and these values."""


class Fearing(NamedTuple):
    """Concepts by the replies that they fear."""

    none: list[Concept]
    moves: list[Concept]
    improvements: list[Concept]
    dared: list[Concept]


def by_replies(concepts: Sequence[Concept]) -> Fearing:
    """Concepts sorted by the replies that they fear; a kind that nobody judges is an error, never silent."""
    found = Fearing([], [], [], [])
    for concept in concepts:
        match concept.replies:
            case "none":
                found.none.append(concept)
            case "moves":
                found.moves.append(concept)
            case "improvements":
                found.improvements.append(concept)
            case "dared":
                found.dared.append(concept)
            case _:
                assert_never(concept.replies)
    return found


def anticipated(graph: StateGraph, party: int, concept: str | Concept, threads: int | None = None) -> Int32:
    """What the party expects to end with after arriving in each state, as a rank.

    Parameters
    ----------
    graph
        The compiled crisis.
    party
        Index of the party that arrives.
    concept
        How far it looks ahead: a row of `CONCEPTS` or its name.
    threads
        How many threads may sweep a large graph (default: one per core); the result is the same for any number.

    Returns
    -------
    Int32[state]
        In the party's own ranks: arriving in t is worth leaving s exactly when the value at t exceeds its
        rank of s.
    """
    concept = named(concept) if isinstance(concept, str) else concept
    if by_replies((concept,)).none:
        own: Int32 = graph.ranks[party]
        return own
    with open_field(graph, threads) as field:
        return foreseen(field, party, concept)


def foreseen(field: Field, party: int, concept: Concept) -> Int32:
    """What `anticipated` returns for a concept that fears replies, on a graph that is laid out already."""
    (((_, least),),) = replies(field, party, (concept,))
    value: Int32 = np.minimum(field.grid.gather(least), field.graph.ranks[party])
    value.setflags(write=False)
    release(field, least)
    return value


def anticipations(
    graph: StateGraph, party: int, concepts: Sequence[Concept] = CONCEPTS, threads: int | None = None
) -> dict[str, Int32]:
    """What the party expects after arriving in each state under several concepts, as `anticipated`, at once.

    The graph is laid out once, and concepts that fear the same replies share their closures.

    Returns
    -------
    dict of Int32[state]
        By the name of the concept.
    """
    own = graph.ranks[party]
    found = {concept.name: own for concept in by_replies(concepts).none}
    with open_field(graph, threads) as field:
        for concept, least in chain.from_iterable(replies(field, party, concepts)):
            found[concept.name] = np.minimum(field.grid.gather(least), own)
    for values in found.values():
        values.setflags(write=False)
    return found


def replies(
    field: Field, party: int, concepts: Sequence[Concept], own: Int32 | None = None
) -> Iterator[Together]:
    """Per concept that fears replies, the least f over a cell and the replies to it.

    U is what `own` says (default: the party's ranks); dared replies are always told in ranks.
    Concepts that fear the same replies come together, as their least values are found together. The arrays are
    the caller's to use up.
    """
    own = field.ranks[party] if own is None else own
    fearing = by_replies(concepts)
    for kind in (fearing.moves, fearing.improvements):
        if kind:
            values = [_end(field, party, concept, own) for concept in kind]
            least_reply(field, party, field.others(party), kind[0].must_pay, values[0], values[-1])
            yield tuple(zip(kind, values, strict=True))
    if fearing.dared:
        lo = settled(field, party).lo[party]
        yield tuple((concept, copy_of(field, lo)) for concept in fearing.dared)


def _end(field: Field, party: int, concept: Concept, own: Int32) -> Int32:
    """What a cell is worth to the party if play ends there, or with the best of its own moves from there."""
    return escapes(field, party, own) if concept.escapes else copy_of(field, own)
