"""Strategies as the terms of tests ask for them, each played once however many claims ask for it.

Options of nature move in no walk, so they are held as they stand, which leaves fewer states and the same
course. What is remembered of a course is where it ends, so that the states it was played on can be forgotten.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np

from detente.play.case import Case, conduct_of
from detente.play.durability import forks, require_gains, rounds
from detente.play.first_passage import LONG
from detente.play.shocks import chanced, hazards
from detente.play.stages import Mixture
from detente.play.verdict import one_more_stage
from detente.questions.claims.changing import Changes, attempted, changed, of_crisis
from detente.questions.regards import STEP, Dyad, Regards, raised
from detente.scenario.model import Scenario, Strategy
from detente.states.names import status_quo
from detente.states.state_graph import Floats
from detente.states.variant import Variant, whole

KEPT = 2  # changed crises whose states are remembered


@dataclass(frozen=True, eq=False)
class Played:
    """Where a strategy ends: success per outcome, where it stands then, and where of that inside the aim."""

    success: tuple[float, ...]  # (outcome,)
    final: Mixture
    reached: Mixture | None


class Plays:
    """One world of a scenario under one foresight.

    Parameters
    ----------
    scenario : Scenario
        The world.
    foresight : str, optional
        The concept by which every party looks ahead; when absent each party's own, else `iseq`.
    base : Variant, optional
        The scenario whose scales the world has, on all its states; the scenario itself when absent.
    """

    def __init__(self, scenario: Scenario, foresight: str | None = None, base: Variant | None = None) -> None:
        self.scenario, self.foresight = scenario, foresight
        self.base = base or whole(scenario)
        self.whole = self.base.changed(scenario)
        self.outcomes = [outcome.id for outcome in scenario.outcomes]
        self._played: dict[tuple[Changes, Strategy], Played] = {}
        self._rounds: dict[tuple[str, Changes, str | None], float] = {}
        self._repaired: dict[tuple[str, Changes, frozenset[Dyad]], float] = {}
        self._chances: dict[Changes, Floats] = {}
        self._cases: OrderedDict[Changes, Case] = OrderedDict()

    @property
    def foresights(self) -> tuple[str, ...]:
        """By which concept each party looks ahead."""
        return conduct_of(self.scenario, self.foresight).foresight

    def case(self, changes: Changes = ()) -> Case:
        """The crisis as changes would have it, with nature's options held as they then stand."""
        key = of_crisis(changes)
        if key not in self._cases:
            crisis = changed(self.scenario, key)
            calm = self.base.calm(status_quo(crisis, self.base.graph))
            like = self._cases.get(())
            self._cases[key] = Case(calm.changed(crisis), conduct_of(crisis, self.foresight), like)
            while len(self._cases) > KEPT:
                self._cases.popitem(last=False)
        self._cases.move_to_end(key)
        return self._cases[key]

    def played(self, name: str, changes: Changes) -> Played:
        """How a strategy of the scenario fares with changes of the crisis and of how it is carried out.

        Raises
        ------
        RefusedError
            It cannot begin, or nobody meets where a venue is asked for.
        """
        strategy = attempted(self.scenario.strategy(name), changes)
        key = of_crisis(changes), strategy
        if key not in self._played:
            self._played[key] = self._play(self.case(changes), strategy)
        return self._played[key]

    def lasting(self, name: str, changes: Changes) -> tuple[float, ...]:
        """Success per outcome after one more stage in which nobody is bound and no table is open."""
        final, case = self.played(name, changes).final, self.case(changes)
        after = one_more_stage(case.free, case.conduct, final)
        return tuple(after.success(inside) for inside in case.outcomes)

    def rounds(self, name: str, changes: Changes, venue: str | None) -> float:
        """Expected rounds until the aim no longer holds once a strategy has got there; 0 where it never does.

        In a venue what the place lends is still lent. Beyond a billion rounds all are alike.
        """
        key = name, changes, venue
        if key not in self._rounds:
            reached = self.played(name, changes).reached
            self._rounds[key] = 0.0 if reached is None else self._last(name, reached, changes, venue)
        return self._rounds[key]

    def _last(self, name: str, reached: Mixture, changes: Changes, venue: str | None) -> float:
        """Expected rounds from where a strategy ends inside the aim."""
        case = self.case(changes)
        require_gains(case.free.graph)
        assert case.aim is not None
        place, cached = case.venue(venue)
        conduct = conduct_of(place, self.foresight)
        ahead = forks(
            cached,
            conduct.foresight,
            conduct.initiative,
            case.outcomes[case.aim],
            reached,
            self._hazards(case, of_crisis(changes)),
            case.lapses(attempted(self.scenario.strategy(name), changes)),
        )
        length = rounds(ahead, conduct.composure)
        return 2 * LONG if LONG < length < float("inf") else length

    def regards(self, name: str, changes: Changes) -> Regards:
        """A strategy under any attitudes."""
        case = self.case(changes)
        assert case.aim is not None
        return Regards(case, attempted(self.scenario.strategy(name), changes), case.aim)

    def repaired(self, name: str, changes: Changes, regards: Regards, dyads: tuple[Dyad, ...]) -> float:
        """Success on the aim with noisy movers when some relations are repaired."""
        key = name, changes, frozenset(dyads)
        if key not in self._repaired:
            better = raised(regards.attitudes, dyads, STEP)
            self._repaired[key] = regards.smooth(better, regards.views).success
        return self._repaired[key]

    def _play(self, case: Case, strategy: Strategy) -> Played:
        course = case.course(strategy)
        reached = None if case.aim is None else course.within(case.outcomes[case.aim])
        return Played(
            success=tuple(course.success(inside) for inside in case.outcomes),
            final=course.final,
            reached=reached if reached is not None and len(reached.states) else None,
        )

    def _hazards(self, case: Case, crisis: Changes) -> Floats:
        """(shock, state) chances per round of what shocks there are, on the states of a case."""
        if crisis not in self._chances:
            graph = self.base.graph
            found = hazards(chanced(case.scenario, graph), graph.states)
            self._chances[crisis] = np.ascontiguousarray(found[:, case.variant.home])
        return self._chances[crisis]

    def forget(self) -> None:
        """Give the memory of states back; what strategies came to is still known."""
        self._cases.clear()
        self._chances.clear()
