"""Whose expectations foresight has to follow: the parties, and for each viewer everybody as it pictures them.

A party with views iterates inside its own picture: there all others move by the ranks that it believes of them,
and fear each other by the same ranks. Everybody else reckons with what a party truly anticipates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.states.state_graph import Int32, StateGraph


@dataclass(frozen=True)
class Mind:
    """A party as somebody pictures it; `viewer` is the party itself where it is as it truly is.

    `others` are the minds whose moves it reckons with, by their places among `minds_of`.
    """

    viewer: int
    party: int
    others: tuple[int, ...]


def minds_of(graph: StateGraph) -> tuple[Mind, ...]:
    """The parties as they are, in their order, then everybody else in the picture of each viewer."""
    parties = range(len(graph.parties))
    viewers = sorted({viewer for viewer, _ in graph.seen})
    pairs = [(party, party) for party in parties]
    pairs += [(viewer, party) for viewer in viewers for party in parties if party != viewer]
    places = {pair: place for place, pair in enumerate(pairs)}

    def others(viewer: int, party: int) -> tuple[int, ...]:
        picture = viewer in viewers
        return tuple(places[viewer if picture else one, one] for one in parties if one != party)

    return tuple(Mind(viewer, party, others(viewer, party)) for viewer, party in pairs)


def circle(minds: Sequence[Mind], place: int) -> tuple[int, ...]:
    """The mind at a place and all with which it reckons, through others too, by their places."""
    found, waiting = {place}, [place]
    while waiting:
        fresh = set(minds[waiting.pop()].others) - found
        found |= fresh
        waiting += fresh
    return tuple(sorted(found))


def mutual(minds: Sequence[Mind], place: int) -> tuple[int, ...]:
    """Of those with which a mind reckons those that reckon with it in turn, itself included."""
    return tuple(other for other in circle(minds, place) if place in circle(minds, other))


def ranks_of(graph: StateGraph, mind: Mind) -> Int32:
    """Int32[state]: the ranks by which a mind moves and fears."""
    own: Int32 = graph.ranks[mind.party]
    return graph.seen.get((mind.viewer, mind.party), own)
