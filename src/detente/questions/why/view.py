"""The ground on which a state is judged, and what moves on it bring, by name."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from detente.answers.vocabulary import MoveSeen, Part
from detente.play.case import Case
from detente.play.stages import Phase
from detente.questions.named import level_named, moved, option_named, terms
from detente.stability.anticipate import anticipations
from detente.stability.iterated import Promised, promised
from detente.states.state_graph import Int32, Int64, StateGraph


class View:
    """Where states are judged: the free graph, or that of a phase with its venue and what is committed there.

    States are those of `graph`; `home` gives the free graph's.
    """

    def __init__(
        self, case: Case, phase: Phase | None = None, stage: int | None = None, venue: str | None = None
    ) -> None:
        self.case, self.phase, self.stage = case, phase, stage
        self.scenario, cached = case.venue(venue)
        self.whole = cached.graph
        self.cached = cached if phase is None else phase.cached
        self.fixed = () if phase is None else phase.stage.fixed
        self.ahead = lru_cache(maxsize=None)(self._ahead)
        self.promised = lru_cache(maxsize=None)(self._promised)

    @property
    def graph(self) -> StateGraph:
        """The graph on which moves are judged."""
        return self.cached.graph

    @property
    def home(self) -> Int64:
        """The free graph's state of every state of the graph."""
        return self.cached.home

    @property
    def bound(self) -> dict[str, str]:
        """Options that stand committed, with their levels."""
        known = self.case.scenario
        return {option_named(known, axis): level_named(known, axis, level) for axis, level in self.fixed}

    def concept(self, party: int) -> str:
        """How far a party looks."""
        return self.case.conduct.foresight[party]

    def spans(self, party: int, units: float) -> float | None:
        """Payoff units of the grid in the party's spans; None where it is known only by order."""
        return float(units) / float(self.graph.spans[party]) if self.graph.cardinal[party] else None

    def gain(self, party: int, start: int, end: int) -> float | None:
        """What a party's payoff gains from a state to a state."""
        payoffs = self.graph.payoffs[party]
        return self.spans(party, int(payoffs[end]) - int(payoffs[start]))

    def expects(self, party: int, state: int, rank: int) -> float | None:
        """What a rank is worth to a party, less what it has at a state."""
        if not self.graph.cardinal[party]:
            return None
        return self.gain(party, state, int(np.argmax(self.graph.ranks[party] == rank)))

    def move(self, start: int, end: int) -> MoveSeen:
        """A move with the options it changes, by name."""
        return moved(self.case, int(self.home[start]), int(self.home[end]))

    def parts(self, party: int, start: int, end: int) -> tuple[Part, ...]:
        """What a party gains from a state to a state, part by part, in its spans; parts of nothing left out."""
        if not self.graph.cardinal[party]:
            return ()
        states = int(self.home[start]), int(self.home[end])
        return terms(self.scenario, self.whole, party, *states, base=self.case.scenario)

    def _ahead(self, party: int) -> dict[str, Int32]:
        return anticipations(self.graph, party)

    def _promised(self, viewer: int) -> Promised:
        return promised(self.graph, viewer)
