"""How things stand when a shock comes, and how the ends of play are named: the same for every shock."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from detente.answers.answer import finite
from detente.answers.vocabulary import CycleSeen
from detente.errors import RefusedError, UnknownNameError
from detente.play.case import Case, conduct_of
from detente.play.shocks import Shock
from detente.play.stages import Course, Mixture
from detente.questions.contingency.aftermath import Aftermath, ends
from detente.questions.contingency.answer import Aftermath as End
from detente.questions.contingency.answer import Stand, Worth
from detente.questions.ends import BestEnd, best_end
from detente.questions.named import named
from detente.questions.subject import subject_of
from detente.scenario.expression import Name
from detente.scenario.model import Scenario
from detente.states.evaluate import condition
from detente.states.names import STATUS_QUO
from detente.states.state_graph import Bools, Floats, StateGraph
from detente.states.variant import whole


class Start:
    """The scenario from where it is looked at: what all shocks have in common."""

    def __init__(
        self,
        scenario: Scenario,
        start: str | Sequence[str] | None,
        strategy: str | None,
        foresight: str | None,
        rounds: int,
    ) -> None:
        self.scenario, self.rounds = scenario, rounds
        self.conduct = conduct_of(scenario, foresight)
        self._whole = whole(scenario)
        self.graph: StateGraph = self._whole.graph
        self.best: BestEnd | None = None
        self.start = self._start(start, strategy)

    def _start(self, start: str | Sequence[str] | None, strategy: str | None) -> Mixture:
        if strategy is None and not start:
            self.best = best_end(Case(self._whole, self.conduct))
            if self.best is not None:
                return self.best.course.final
        if strategy is None:
            subject = subject_of(self.scenario, self.graph, start or STATUS_QUO)
            if subject.state is None:
                raise RefusedError(
                    f"'{subject.name}' is no state but {_article(subject.kind)}. Say how things stand when the "
                    "shock comes: status-quo, a state's number, OPTION=level, or a strategy's end (--strategy)."
                )
            return Mixture(np.array([subject.state], dtype=np.int64), np.ones(1))
        if start:
            raise RefusedError("a state and a strategy are given to begin from. Keep one of the two.")
        known = {each.id: each for each in self.scenario.strategies}
        if strategy not in known:
            raise UnknownNameError("strategy", strategy, tuple(known))
        return Case(self._whole, self.conduct).course(known[strategy]).final

    def calm(self) -> End:
        """Where play goes if no shock comes."""
        nothing = np.arange(self.graph.states, dtype=np.int64)
        none = Shock("", "", True, None, np.ones(self.graph.states), nothing, self.scenario)
        still = Aftermath(self.scenario, self.graph, self.conduct, none, self.start)
        return self.end(still, still.unplanned(), still.met, still.brings)

    def end(
        self,
        after: Aftermath,
        course: Course,
        met: Callable[[Bools], float],
        brings: Callable[[Bools, Bools], float],
    ) -> End:
        """Where play ends, with names.

        `met` gives the probability that play is ever inside some states, `brings` that the shock brings them
        about: it takes where they lie in the whole graph and on the ground after the shock.
        """
        rests: dict[int, float] = {}
        for rest in course.rests:
            home = int(after.home[rest.state])
            rests[home] = rests.get(home, 0.0) + rest.probability
        clashes = {id: self.inside(after, id) for id in self.scenario.clashes}
        everything = np.zeros(after.free.graph.states, dtype=np.bool_)
        for inside in clashes.values():
            everything |= inside
        chances = {id: met(inside) for id, inside in clashes.items()}
        aim = self.scenario.aim
        return End(
            rests=self.stands(Mixture(np.array([*rests], dtype=np.int64), np.array([*rests.values()]))),
            cycles=tuple(
                CycleSeen(tuple(int(after.home[state]) + 1 for state in cycle.states), cycle.probability)
                for cycle in sorted(course.cycles, key=lambda cycle: -cycle.probability)
            ),
            clashes=chances,
            clash=met(everything),
            brings={
                id: brings(self._before(id), inside) if chances[id] > 0 else 0.0
                for id, inside in clashes.items()
            },
            aim=None if aim is None else ends(course, self.inside(after, aim)),
            settles={id: ends(course, inside) for id, inside in clashes.items()},
            payoffs=self._payoffs(after, course.final),
        )

    def inside(self, after: Aftermath, outcome: str) -> Bools:
        """Where an outcome holds, on the ground after a shock."""
        return condition(self.scenario, after.free.graph, Name(outcome))

    def _before(self, outcome: str) -> Bools:
        """Where an outcome holds in the scenario's own graph."""
        return condition(self.scenario, self.graph, Name(outcome))

    def stands(self, states: Mixture) -> tuple[Stand, ...]:
        """States of the whole graph with names, likeliest first."""
        pairs = zip(states.states.tolist(), states.chances.tolist(), strict=True)
        return tuple(
            Stand(**named(self.scenario, self.graph, state), probability=chance)
            for state, chance in sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
        )

    def by_party(self, amounts: Floats) -> dict[str, float | None]:
        """Amounts with the names of the parties; None where there is no number."""
        return {
            party: finite(amount) for party, amount in zip(self.graph.parties, amounts.tolist(), strict=True)
        }

    def _payoffs(self, after: Aftermath, final: Mixture) -> dict[str, Worth]:
        worst, expected, best = map(self.by_party, after.worth(final))
        return {party: Worth(best[party], expected[party], worst[party]) for party in self.graph.parties}


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
