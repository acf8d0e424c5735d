"""What holds, word for word from the definitions: sets and loops, for small graphs only.

Legal sequences are followed on nodes (state, last mover), so that nobody moves twice in a row; nothing is
assumed to be transitive, reversible or convergent.
"""

from __future__ import annotations

import itertools
import math
from functools import cached_property
from typing import TYPE_CHECKING

from detente.states.state_graph import StateGraph

if TYPE_CHECKING:
    from oracles.iseq import Iterated

NAMES = ("nash", "gmr", "smr", "seq", "sseq", "iseq")


def moves(graph: StateGraph, party: int, state: int) -> set[int]:
    """States that the party can bring about alone."""
    return {
        other
        for other in range(graph.states)
        if other != state and _allowed(graph, {party}, graph.levels(state), graph.levels(other))
    }


def joint_moves(graph: StateGraph, members: set[int], state: int) -> set[int]:
    """States that the members can bring about by changing their options at once."""
    return {
        other
        for other in range(graph.states)
        if other != state and _allowed(graph, members, graph.levels(state), graph.levels(other))
    }


def _allowed(graph: StateGraph, members: set[int], before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    for axis, old, new in zip(graph.axes, before, after, strict=True):
        if old == new:
            continue
        if axis.owner not in members or axis.owner < 0 or axis.moves == "fixed":
            return False
        if axis.moves == "up" and new < old:
            return False
        if axis.moves == "down" and new > old:
            return False
    return True


class Oracle:
    """The literal answers of one graph; the moves of every party and state are listed once."""

    def __init__(self, graph: StateGraph) -> None:
        self.graph = graph
        self.parties = range(len(graph.parties))
        self.levels = [graph.levels(state) for state in range(graph.states)]
        self.moves = [
            [
                {
                    other
                    for other in range(graph.states)
                    if other != state and _allowed(graph, {party}, self.levels[state], self.levels[other])
                }
                for state in range(graph.states)
            ]
            for party in self.parties
        ]
        self._reached: dict[object, set[int]] = {}

    def payoff(self, party: int, state: int) -> int:
        return int(self.graph.payoffs[party, state])

    def improvements(self, viewer: int, mover: int, state: int) -> set[int]:
        """Where the viewer expects the mover to gain by going."""
        ranks = self.graph.seen.get((viewer, mover), self.graph.ranks[mover])
        return {other for other in self.moves[mover][state] if ranks[other] > ranks[state]}

    def reach(self, members: frozenset[int], state: int, viewer: int | None) -> set[int]:
        """States reached by legal sequences of the members' moves, or of improvements as a viewer sees them."""
        key = (members, state, viewer)
        if key not in self._reached:
            self._reached[key] = self._follow(members, state, viewer)
        return self._reached[key]

    def _follow(self, members: frozenset[int], state: int, viewer: int | None) -> set[int]:
        seen: set[tuple[int, int]] = set()
        waiting = [(state, -1)]
        while waiting:
            here, last = waiting.pop()
            for mover in members - {last}:
                onward = self.moves[mover][here] if viewer is None else self.improvements(viewer, mover, here)
                for there in onward:
                    if (there, mover) not in seen:
                        seen.add((there, mover))
                        waiting.append((there, mover))
        return {there for there, _ in seen}

    @cached_property
    def iterated(self) -> Iterated:
        """All levels of iterated foresight."""
        from oracles.iseq import Iterated

        return Iterated(self.graph)

    def replies(self, concept: str, party: int, state: int) -> set[int]:
        others = frozenset(self.parties) - {party}
        if concept == "nash":
            return set()
        if concept == "iseq":
            return self.iterated.dared(party, state)
        return self.reach(others, state, party if concept in ("seq", "sseq") else None)

    def stable(self, concept: str, party: int, state: int) -> bool:
        """The definition: every improvement is answered."""
        here = self.payoff(party, state)
        improvements = {there for there in self.moves[party][state] if self.payoff(party, there) > here}
        return all(self.deterred(concept, party, state, there) for there in improvements)

    def deterred(self, concept: str, party: int, state: int, there: int) -> bool:
        here = self.payoff(party, state)
        for answer in self.replies(concept, party, there):
            if self.payoff(party, answer) > here:
                continue
            if concept in ("gmr", "seq", "iseq"):
                return True
            if all(self.payoff(party, escape) <= here for escape in self.moves[party][answer]):
                return True
        return False

    def anticipated(self, concept: str, party: int, state: int) -> int:
        """The payoff the party expects to end with after arriving in the state."""
        value = self.payoff(party, state)
        for answer in self.replies(concept, party, state):
            worth = self.payoff(party, answer)
            if concept in ("smr", "sseq"):
                worth = max([worth, *(self.payoff(party, escape) for escape in self.moves[party][answer])])
            value = min(value, worth)
        return value

    def margin(self, concept: str, party: int, state: int) -> float:
        """By how much the state holds for the party, in spans; infinite without moves."""
        if not all(self.graph.cardinal):
            return math.nan
        onward = self.moves[party][state]
        if not onward:
            return math.inf
        best = max(self.anticipated(concept, party, there) for there in onward)
        return (self.payoff(party, state) - best) / float(self.graph.spans[party])

    def coalition_stable(self, concept: str, members: frozenset[int], state: int) -> bool:
        """No improvement of the coalition, or each is answered so that some member ends no better."""
        here = {member: self.payoff(member, state) for member in members}

        def better(other: int) -> bool:
            return all(self.payoff(member, other) > here[member] for member in members)

        improvements = {there for there in self.reach(members, state, None) if better(there)}
        if concept == "nash":
            return not improvements
        outside = frozenset(self.parties) - members
        for there in improvements:
            answers = (
                self.reach_by_truth(outside, there) if concept == "seq" else self.reach(outside, there, None)
            )
            deterring = {answer for answer in answers if not better(answer)}
            if concept == "smr":
                deterring = {
                    answer
                    for answer in deterring
                    if not any(better(escape) for escape in self.reach(members, answer, None))
                }
            if not deterring:
                return False
        return True

    def reach_by_truth(self, members: frozenset[int], state: int) -> set[int]:
        """States reached by legal sequences of improvements, each as its mover truly ranks states."""
        return self.reach(members, state, -1)

    def simultaneous(self, party: int, state: int) -> bool:
        """Every improvement is spoiled by improvements that some of the others take at the same moment."""
        here = self.payoff(party, state)
        own = {there for there in self.moves[party][state] if self.payoff(party, there) > here}
        others = [other for other in self.parties if other != party]
        choices = [[None, *self.improvements(party, other, state)] for other in others]
        return all(
            any(
                self._worse_together(party, state, there, together)
                for together in itertools.product(*choices)
                if any(answer is not None for answer in together)
            )
            for there in own
        )

    def _worse_together(self, party: int, state: int, there: int, together: tuple[int | None, ...]) -> bool:
        before = self.levels[state]
        after = list(before)
        for moved in [there, *(answer for answer in together if answer is not None)]:
            for axis, level in enumerate(self.levels[moved]):
                if level != before[axis]:
                    after[axis] = level
        end = self.graph.find(tuple(after))
        return end is not None and self.payoff(party, end) <= self.payoff(party, state)
