"""Iterated sequential foresight, level by level and word for word: sets and loops, for small graphs only.

At level 0 everybody expects to keep what a state is worth. At level k + 1 a party expects the least that
legal sequences of the others' moves can bring, nobody moving twice in a row, in which each step promises its
mover, at level k, more than where it stood. A party with views iterates inside its own picture of everybody;
the others reckon with what it truly anticipates. Nothing is assumed to fall, to rise, to settle or to be
transitive.
"""

from __future__ import annotations

from detente.states.state_graph import StateGraph
from oracles.stability import Oracle

Level = dict[tuple[int, int], tuple[int, ...]]
"""What the picture (a viewer's, or the `TRUTH`) has a party anticipate in every state."""

TRUTH = -1


class Iterated:
    """All levels of one graph until one of them comes back; values of the truth are payoffs."""

    def __init__(self, graph: StateGraph) -> None:
        self.oracle = Oracle(graph)
        self.parties = range(len(graph.parties))
        self.states = range(graph.states)
        self.viewers = sorted({viewer for viewer, _ in graph.seen})
        self.worth: Level = {}
        for picture in [TRUTH, *self.viewers]:
            for party in self.parties:
                row = graph.seen.get((picture, party), graph.payoffs[party])
                self.worth[picture, party] = tuple(int(value) for value in row)
        self.levels: list[Level] = [self.worth]
        while True:
            following = self.following(self.levels[-1])
            if following in self.levels:
                self.period = len(self.levels) - self.levels.index(following)
                break
            self.levels.append(following)

    def following(self, level: Level) -> Level:
        """One step of F: what everybody anticipates when the others are expected to anticipate `level`."""
        found = {}
        for picture, party in self.worth:
            if picture == TRUTH and party in self.viewers:
                continue
            own = self.worth[picture, party]
            found[picture, party] = tuple(
                min([own[state], *(own[end] for end in self.replies(level, picture, party, state))])
                for state in self.states
            )
        for viewer in self.viewers:
            found[TRUTH, viewer] = found[viewer, viewer]
        return found

    def replies(self, level: Level, picture: int, party: int, state: int) -> set[int]:
        """Where legal sequences of the others' open moves lead."""
        seen: set[tuple[int, int]] = set()
        waiting = [(state, -1)]
        while waiting:
            here, last = waiting.pop()
            for mover in self.parties:
                if mover in (party, last):
                    continue
                for there in self.oracle.moves[mover][here]:
                    promised = level[picture, mover][there]
                    if promised > self.worth[picture, mover][here] and (there, mover) not in seen:
                        seen.add((there, mover))
                        waiting.append((there, mover))
        return {there for there, _ in seen}

    def dared(self, party: int, state: int) -> set[int]:
        """Where answers that may be dared lead: by them a party expects what it does at least."""
        picture = party if party in self.viewers else TRUTH
        return self.replies(self.level(2 * len(self.levels)), picture, party, state)

    def may_dare(self, viewer: int, mover: int, start: int, end: int) -> bool:
        """Whether the mover, as the viewer pictures it, perhaps expects to gain by a step."""
        picture = viewer if viewer in self.viewers else TRUTH
        return self.level(2 * len(self.levels))[picture, mover][end] > self.worth[picture, mover][start]

    def level(self, number: int) -> Level:
        """The level with this number, however large."""
        last = len(self.levels)
        return self.levels[number if number < last else last - self.period + (number - last) % self.period]

    def lo(self, party: int, state: int) -> int:
        """What odd levels come to in the end."""
        return self.level(2 * len(self.levels) + 1)[TRUTH, party][state]

    def hi(self, party: int, state: int) -> int:
        """What even levels come to in the end."""
        return self.level(2 * len(self.levels))[TRUTH, party][state]

    def stable_at(self, number: int, party: int, state: int) -> bool:
        """Whether at this level no move promises the party more than the state is worth."""
        values, here = self.level(number)[TRUTH, party], self.worth[TRUTH, party][state]
        return not any(values[there] > here for there in self.oracle.moves[party][state])

    def surely_open(self, party: int, state: int) -> set[int]:
        """Where the party may go and gain, whatever is left open."""
        here = self.worth[TRUTH, party][state]
        return {there for there in self.oracle.moves[party][state] if self.lo(party, there) > here}

    def maybe_open(self, party: int, state: int) -> set[int]:
        """Where the party may go and perhaps gain."""
        here = self.worth[TRUTH, party][state]
        return {there for there in self.oracle.moves[party][state] if self.hi(party, there) > here}

    def undetermined(self) -> int:
        """How many moves may be open and are not surely open."""
        return sum(
            len(self.maybe_open(party, state) - self.surely_open(party, state))
            for party in self.parties
            for state in self.states
        )
