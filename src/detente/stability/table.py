"""The table of what holds: for every concept, party and state, whether it is stable and by how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from detente.concepts import CONCEPTS, Concept, named
from detente.stability.anticipate import by_replies, replies
from detente.stability.closure.closures import Field, copy_of, open_field, release, share
from detente.stability.closure.margins import judge
from detente.stability.closure.scales import Scale, by_order, by_payoffs, by_ranks
from detente.states.state_graph import Bools, Floats, StateGraph


@dataclass(frozen=True, eq=False)
class Stability:
    """What holds, for whom, and by how much.

    Bit k of `flags[party, state]` says that the state is stable for that party under `CONCEPTS[k]`.
    `margin[k, state]` is the least over the parties of payoff minus best alternative, in the party's spans:
    negative where somebody leaves, +inf where nobody has a move, nan everywhere if a party is ordinal.
    `margins[k, party, state]` holds them apart, where asked for. Rows of concepts that were not asked for
    are nan, their bits 0.
    """

    concepts: tuple[Concept, ...]
    flags: NDArray[np.uint8]
    margin: Floats
    margins: Floats | None

    def stable(self, name: str) -> Bools:
        """Bool[party, state]: whether the state is stable for the party under the concept."""
        found: Bools = (self.flags & np.uint8(1 << self._row(name))).astype(bool)
        return found

    def equilibria(self, name: str) -> Bools:
        """Bool[state]: whether the state is stable for every party under the concept."""
        common = np.bitwise_and.reduce(self.flags, axis=0)
        found: Bools = (common & np.uint8(1 << self._row(name))).astype(bool)
        return found

    def _row(self, name: str) -> int:
        concept = named(name)
        if concept not in self.concepts:
            raise ValueError(f"'{name}' was not among the concepts that this table was asked for.")
        return CONCEPTS.index(concept)


def stability(
    graph: StateGraph,
    concepts: Sequence[str | Concept] | None = None,
    per_party: bool = False,
    threads: int | None = None,
) -> Stability:
    """Which states hold, for every party and concept, and by what margin.

    Parameters
    ----------
    graph
        The compiled crisis.
    concepts
        Names or rows of `CONCEPTS`; all by default.
    per_party
        Whether to keep the margins of each party (8 bytes per concept, party and state).
    threads
        How many threads may share the work on a large graph (default: one per core); never changes the result.

    Raises
    ------
    UnknownNameError
        For a concept that does not exist.
    """
    wanted = CONCEPTS if concepts is None else tuple(named(c) if isinstance(c, str) else c for c in concepts)
    parties, states = graph.ranks.shape
    cardinal = all(graph.cardinal)
    flags = np.zeros((parties, states), np.uint8)
    shape = (len(CONCEPTS), parties, states) if per_party else (len(CONCEPTS), states)
    margin = np.empty(shape)
    with open_field(graph, threads) as field:
        _fill(field, margin, wanted if cardinal else ())
        for party in range(parties):
            rows = margin[:, party] if per_party else margin
            _judge_party(field, party, wanted, cardinal, flags[party], rows)
    margins = margin if per_party else None
    if margins is not None:
        margin = margins.min(axis=1)
    for array in (flags, margin, *(() if margins is None else (margins,))):
        array.setflags(write=False)
    return Stability(wanted, flags, margin, margins)


def _fill(field: Field, margin: Floats, concepts: Sequence[Concept]) -> None:
    """Start margins at +inf where concepts are asked for, nan elsewhere: by all threads, as new memory is slow
    to touch."""
    start = np.array([np.inf if concept in concepts else np.nan for concept in CONCEPTS])
    start = start.reshape(-1, *[1] * (margin.ndim - 1))

    def fill(begin: int, end: int) -> None:
        margin[..., begin:end] = start

    share(field, margin.shape[-1], fill)


def _judge_party(
    field: Field,
    party: int,
    concepts: Sequence[Concept],
    cardinal: bool,
    flags: NDArray[np.uint8],
    margin: Floats,
) -> None:
    """Fill the party's row of flags and lower the margins to its own."""
    for scale, some in _scales(field, party, concepts, cardinal):
        bare = (((concept, copy_of(field, scale.values)),) for concept in by_replies(some).none)
        for together in chain(bare, replies(field, party, some, scale.values)):
            judge(field, party, [(CONCEPTS.index(c), values) for c, values in together], scale, flags, margin)
            for _, values in together:
                release(field, values)


def _scales(
    field: Field, party: int, concepts: Sequence[Concept], cardinal: bool
) -> Iterator[tuple[Scale, Sequence[Concept]]]:
    """On which scale to judge which of the concepts: dared replies are known in ranks alone."""
    dared = by_replies(concepts).dared
    at_once = [concept for concept in concepts if concept not in dared]
    if at_once:
        yield (by_payoffs if cardinal else by_order)(field, party), at_once
    if dared:
        yield (by_ranks if cardinal else by_order)(field, party), dared
