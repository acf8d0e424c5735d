"""An outcome that is to last, and the play that begins in it."""

from __future__ import annotations

import numpy as np

from detente.errors import RefusedError, UnknownNameError
from detente.play.cached_graph import CachedGraph
from detente.play.case import Case, conduct_of
from detente.play.durability import (
    Forks,
    firmest,
    forks,
    require_gains,
)
from detente.play.shocks import chanced, hazards
from detente.play.stages import Mixture
from detente.questions.ends import best_end
from detente.questions.subject import require_states, without_clashes
from detente.scenario.model import Scenario
from detente.states.moves import untouched
from detente.states.names import likeliest
from detente.states.state_graph import Bools


class Keeping:
    """An outcome that is to last: where it holds, where it begins, and what every party would choose there."""

    def __init__(
        self, scenario: Scenario, outcome: str, chosen: bool, strategy: str | None, foresight: str | None
    ) -> None:
        self.scenario, self.outcome = scenario, outcome
        self.case = Case(scenario, conduct_of(scenario, foresight))
        self.cached: CachedGraph = self.case.free
        self.foresight, self.composure = self.case.conduct.foresight, self.case.conduct.composure
        require_gains(self.cached.graph)
        self.inside = self.case.outcomes[[known.id for known in scenario.outcomes].index(self.outcome)]
        require_states(self.outcome, self.inside)
        self.best = best_end(self.case) if strategy is None and not chosen else None
        self.strategy = strategy if self.best is None else self.best.strategy.id
        self.start, self.mass = self._best() if self.strategy is None else self._end(self.strategy)
        self.shocks = chanced(scenario, self.cached.graph)
        self.lapses = () if self.strategy is None else self.case.lapses(scenario.strategy(self.strategy))
        self.forks = self.forked(self.cached)

    def forked(self, cached: CachedGraph) -> Forks:
        """What every party would choose, on this ground or on one where payoffs differ."""
        initiative, chances = self.case.conduct.initiative, hazards(self.shocks, cached.graph.states)
        return forks(cached, self.foresight, initiative, self.inside, self.start, chances, self.lapses)

    def _best(self) -> tuple[Mixture, float]:
        """The outcome's states with the best margin, alike; if possible without what nobody can bring about."""
        inside = without_clashes(self.scenario, self.cached.graph, self.outcome, self.inside)
        calm = inside & untouched(self.cached.graph, self.case.start)
        among = np.flatnonzero(calm if calm.any() else inside)
        best = firmest(self.cached, self.foresight, among)
        return Mixture(best, np.full(len(best), 1.0 / len(best))), 1.0

    def _end(self, id: str) -> tuple[Mixture, float]:
        """Where a strategy ends inside: its rests, and its cycles that lie wholly inside."""
        known = {strategy.id: strategy for strategy in self.scenario.strategies}
        if id not in known:
            raise UnknownNameError("strategy", id, tuple(known))
        ends = self.case.course(known[id]).within(self.inside)
        mass = float(ends.chances.sum())
        if not mass > 0:
            raise RefusedError(
                f"strategy '{id}' never ends inside the outcome '{self.outcome}', so there is nothing to last. "
                "Ask without --strategy how long the outcome's best state would last; assess says where the "
                "strategy ends."
            )
        return Mixture(ends.states, ends.chances / mass), mass

    @property
    def clash(self) -> Bools:
        """The states of the outcomes in which parties' plans collide."""
        clashes = [known.id in self.scenario.clashes for known in self.scenario.outcomes]
        return np.asarray(self.case.outcomes[clashes].any(axis=0), dtype=np.bool_)

    @property
    def likeliest(self) -> int:
        """The state in which it most probably begins."""
        return likeliest(self.scenario, self.cached.graph, self.start.states, self.start.chances)
