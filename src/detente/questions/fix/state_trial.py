"""A state on the bench: how firmly it holds for each party after changes are made to the crisis.

Options of nature move for nobody, so they are held where they stand, which leaves fewer states and the same
margins.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from detente.concepts import CONCEPTS, Concept
from detente.questions.fix.edits import REVALUING, Edit, revised
from detente.questions.fix.side_payments import Payment, paid
from detente.scenario.expression import Expression, Name
from detente.scenario.model import Cardinal, Scenario
from detente.stability.table import stability
from detente.states import variant as variants
from detente.states.moves import own_moves, restrict
from detente.states.payoffs import GRID, payoffs
from detente.states.revalued import affected, met
from detente.states.space import Space, axes_of
from detente.states.state_graph import Bools, Floats, Int64, StateGraph


@dataclass(frozen=True, eq=False)
class Effect:
    """How a state stands: whether it holds for each party, and by what margin (nan: known by order only)."""

    stable: Bools  # (party,)
    margins: Floats  # (party,)

    @property
    def holds(self) -> bool:
        """Whether it holds for everybody."""
        return bool(self.stable.all())

    @property
    def margin(self) -> float:
        """The least margin."""
        return float(self.margins.min())


class StateTrial:
    """One state of a crisis under one concept, and the effect of changes on it.

    With an outcome, the state stands for it: a change after which the state no longer belongs to the outcome,
    or can no longer exist, is of no use. Then it holds for nobody, with margins of minus infinity.
    """

    def __init__(
        self, scenario: Scenario, whole: StateGraph, concept: Concept, state: int, outcome: str | None = None
    ) -> None:
        self.scenario, self.concept = scenario, concept
        self.variant = variants.whole(scenario, whole).calm(state)
        self.graph, self.codes = self.variant.graph, self.variant.codes
        self.state = self.variant.at(state)
        self._whole, self._outcome = whole, outcome
        self.options = [option.id for option in scenario.options]
        self._levels = whole.levels(state)
        self._rules: list[Expression] = [rule.must for rule in scenario.rules]
        self._wanted: list[Expression] = [] if outcome is None else [Name(outcome)]

    def at(self, state: int) -> StateTrial:
        """Another state of the whole crisis, by the same concept."""
        if not self.variant.looks_at(state):
            return StateTrial(self.scenario, self._whole, self.concept, state, self._outcome)
        other = copy(self)
        other.state, other._levels = self.variant.at(state), self._whole.levels(state)
        return other

    @cached_property
    def worth(self) -> Floats:
        """(party, state) V' of the model in payoff units: what others' attitudes pick up of each party."""
        bare = tuple(
            Cardinal(tuple(interest for interest in held.interests if interest.relational))
            if isinstance(held, Cardinal)
            else held
            for held in self.scenario.preferences
        )
        plain = replace(self.scenario, preferences=bare, attitudes=(), views=())
        units = payoffs(plain, self.scenario, Space(axes_of(self.scenario)), self.codes)[0]
        return units.astype(np.float64) * np.float64(GRID)

    def under(self, concept: Concept) -> StateTrial:
        """The same state judged by another concept."""
        other = copy(self)
        other.concept = concept
        return other

    @property
    def number(self) -> int:
        """The state's public number in the whole crisis."""
        return int(self.variant.home[self.state]) + 1

    def effect(self, edits: Sequence[Edit] = ()) -> Effect:
        """How the state stands once these changes are made, by the stability kernel on the changed crisis."""
        if self._lost(revised(self.scenario, edits)):
            parties = len(self.graph.parties)
            return Effect(np.zeros(parties, dtype=np.bool_), np.full(parties, -np.inf))
        graph, state = self.changed(edits)
        table = stability(graph, (self.concept,), per_party=True)
        assert table.margins is not None
        row = CONCEPTS.index(self.concept)
        return Effect(table.stable(self.concept.name)[:, state], table.margins[row, :, state].copy())

    def changed(self, edits: Sequence[Edit]) -> tuple[StateGraph, int]:
        """The changed crisis, and the state's index in it."""
        graph, state = self.graph, self.state
        if any(edit.kind in REVALUING for edit in edits):
            changed = self.variant.changed(revised(self.scenario, edits))
            graph, state = changed.graph, int(np.searchsorted(changed.codes, self.codes[state]))
        promised = [
            Payment(graph.parties.index(edit.party), graph.parties.index(edit.other), edit.amount)
            for edit in edits
            if edit.kind == "promise"
        ]
        if promised:
            graph = paid(graph, state, promised)
        bound = {self.options.index(edit.what) for edit in edits if edit.kind == "commitment"}
        if bound:
            levels = graph.levels(state)
            graph, home = restrict(graph, {axis: levels[axis] for axis in bound})
            state = int(np.searchsorted(home, state))
        return graph, state

    def at_once(self, edits: Sequence[Edit]) -> Floats:
        """(party,) margins under Nash once attitudes, views or channels change, from the moves alone.

        Where states come or go with trade, the moves themselves change, and the changed crisis is judged whole.
        """
        variant = revised(self.scenario, edits)
        if affected(variant, self.scenario, [*self._rules, *self._wanted]):
            return self.effect(edits).margins
        near = [own_moves(self.graph, party, self.state) for party in range(len(self.graph.parties))]
        states: Int64 = np.unique(np.concatenate([np.array([self.state]), *near]))
        worth = payoffs(variant, self.scenario, Space(axes_of(variant)), self.codes[states])[0]
        here = worth[:, np.searchsorted(states, self.state)]
        best = [
            worth[party, np.searchsorted(states, moves)].max() if len(moves) else -np.inf
            for party, moves in enumerate(near)
        ]
        return np.asarray((here - np.array(best)) / self.graph.spans, dtype=np.float64)

    def _lost(self, variant: Scenario) -> bool:
        """Whether the state cannot exist in a variant, or no longer belongs to what is wanted."""
        conditions = [*self._rules, *self._wanted]
        return affected(variant, self.scenario, conditions) and not met(variant, self._levels, conditions)
