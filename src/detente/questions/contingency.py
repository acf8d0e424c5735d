"""What if a shock comes, and is there a plan for it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from detente.answers.answer import common, finite
from detente.answers.assess import CycleSeen, Keeps, MoveSeen
from detente.answers.contingency import Aftermath as End
from detente.answers.contingency import (
    Contingency,
    Lever,
    Obstacle,
    PlanSeen,
    Regret,
    ShockSeen,
    Stand,
    Worth,
)
from detente.dynamics.ground import Fixed
from detente.dynamics.holding import Keeping
from detente.dynamics.stages import Course, Mixture
from detente.errors import RefusedError, UnknownNameError
from detente.graph.compile import compile_graph
from detente.graph.dependencies import dependencies
from detente.graph.evaluate import condition
from detente.graph.names import STATUS_QUO, labels, level_names
from detente.graph.state_graph import Bools, Floats, StateGraph
from detente.scenario.expression import Name, to_text
from detente.scenario.model import NATURE, Plan, Scenario
from detente.staging.aftermath import Aftermath, Carried, ends
from detente.staging.case import Case, conduct_of
from detente.staging.progress import Progress, silence
from detente.staging.shocks import NOWHERE
from detente.staging.subject import subject_of
from detente.staging.upsets import Upset, answers, upsets

LONGEST = 10_000  # rounds of the horizon at most
SLIGHT = 1e-12  # less is rounding


def contingency(
    scenario: Scenario,
    start: str | Sequence[str] | None = None,
    strategy: str | None = None,
    shocks: Sequence[str] | None = None,
    foresight: str | None = None,
    horizon: int = 10,
    progress: Progress | None = None,
) -> Contingency:
    """What every shock would do: its hazard, where play rests after it without a plan and with each that fits.

    A plan's levels are set when the shock has happened and stay so for one stage, in moves, replies and
    foresight alike; then they lapse. Regret is what the best plan would bring above having none.

    Parameters
    ----------
    scenario : Scenario
    start : str or sequence of str, optional
        Where things stand when a shock comes: `status-quo` (the default), the number of a state, or
        `OPTION=level` for whatever differs from the status quo.
    strategy : str, optional
        Where this strategy comes to rest instead.
    shocks : sequence of str, optional
        Only these shocks.
    foresight : str, optional
        The concept by which every party looks ahead. When absent: each party's own in the scenario, else `seq`.
    horizon : int
        Rounds over which the chance that a shock happens is given.
    progress : callable, optional
        Told, now and then, what is being done and which share is done.

    Returns
    -------
    Contingency

    Raises
    ------
    UnknownNameError
        For a shock, a strategy, an option, a level or a concept that does not exist.
    RefusedError
        Where the scenario has no shocks, start and strategy are both given, the start is no one feasible state,
        the strategy cannot begin, or the horizon is out of bounds.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    chosen = _chosen(scenario, shocks)
    if not 1 <= horizon <= LONGEST:
        raise RefusedError(f"rounds is {horizon}; the horizon has 1 to {LONGEST:,} rounds.")
    tell = progress or silence
    tell("states and payoffs", 0.0)
    asked = _Asked(scenario, start, strategy, foresight, horizon)
    known = [upset for upset in upsets(scenario, asked.graph) if upset.id in chosen]
    tell("without any shock", 0.1)
    calm = asked.calm()
    seen = []
    for done, upset in enumerate(known):
        tell(upset.title, 0.15 + 0.85 * done / len(known))
        seen.append(_Struck(asked, upset).seen())
    tell("done", 1.0)
    foresights = asked.conduct.foresight
    return Contingency(
        **common(scenario, asked.graph.states),
        strategy=strategy,
        start=asked.stands(asked.start),
        status_quo=scenario.status_quo,
        foresight=foresights[0] if len(set(foresights)) == 1 else "mixed",
        foresights=dict(zip(asked.graph.parties, foresights, strict=True)),
        horizon=horizon,
        clash_outcomes=scenario.clashes,
        calm=calm,
        shocks=tuple(seen),
    )


def _chosen(scenario: Scenario, wanted: Sequence[str] | None) -> frozenset[str]:
    natural = [option.id for option in scenario.options if option.owner == NATURE]
    known = [*natural, *(shock.id for shock in scenario.shocks)]
    if not known:
        raise RefusedError(
            "the scenario has no shocks, so there is nothing to plan for. Add an option of nature "
            "(`nature.x` with a `hazard`), or an entry under `shocks`."
        )
    for shock in wanted or ():
        if shock not in known:
            raise UnknownNameError("shock", shock, known)
    return frozenset(wanted or known)


class _Asked:
    """The scenario from where it is looked at: what all shocks have in common."""

    def __init__(
        self,
        scenario: Scenario,
        start: str | Sequence[str] | None,
        strategy: str | None,
        foresight: str | None,
        horizon: int,
    ) -> None:
        self.scenario, self.horizon = scenario, horizon
        self.conduct = conduct_of(scenario, foresight)
        self.graph: StateGraph = compile_graph(scenario)
        self.start = self._start(start, strategy)

    def _start(self, start: str | Sequence[str] | None, strategy: str | None) -> Mixture:
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
        return Case(self.scenario, self.conduct).course(known[strategy]).final

    def calm(self) -> End:
        """Where play goes if no shock comes."""
        nothing = np.arange(self.graph.states, dtype=np.int64)
        none = Upset("", "", True, None, np.ones(self.graph.states), nothing, self.scenario)
        still = Aftermath(self.scenario, self.graph, self.conduct, none, self.start)
        return self.end(still, still.unplanned(), still.met)

    def end(self, after: Aftermath, course: Course, met: Callable[[Bools], float]) -> End:
        """Where play ends, with names; `met` gives the probability that it is ever inside some states."""
        rests: dict[int, float] = {}
        for rest in course.rests:
            home = int(after.home[rest.state])
            rests[home] = rests.get(home, 0.0) + rest.probability
        clashes = {id: self.inside(after, id) for id in self.scenario.clashes}
        everything = np.zeros(after.free.graph.states, dtype=np.bool_)
        for inside in clashes.values():
            everything |= inside
        return End(
            rests=self.stands(Mixture(np.array([*rests], dtype=np.int64), np.array([*rests.values()]))),
            cycles=tuple(
                CycleSeen(tuple(int(after.home[state]) + 1 for state in cycle.states), cycle.probability)
                for cycle in sorted(course.cycles, key=lambda cycle: -cycle.probability)
            ),
            clashes={id: met(inside) for id, inside in clashes.items()},
            clash=met(everything),
            settles={id: ends(course, inside) for id, inside in clashes.items()},
            payoffs=self._payoffs(after, course.final),
        )

    def inside(self, after: Aftermath, outcome: str) -> Bools:
        """Where an outcome holds, on the ground after a shock."""
        return condition(self.scenario, after.free.graph, Name(outcome))

    def stands(self, states: Mixture) -> tuple[Stand, ...]:
        """States of the whole graph with names, likeliest first."""
        pairs = zip(states.states.tolist(), states.chances.tolist(), strict=True)
        return tuple(
            Stand(
                state + 1,
                level_names(self.scenario, self.graph, state),
                labels(self.scenario, self.graph, state),
                chance,
            )
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


class _Struck:
    """One shock, looked at from the start."""

    def __init__(self, asked: _Asked, upset: Upset) -> None:
        self.asked, self.upset = asked, upset
        self.scenario, self.graph = asked.scenario, asked.graph
        self.possible = upset.leads[asked.start.states] != NOWHERE

    def seen(self) -> ShockSeen:
        """Everything about it."""
        start, upset = self.asked.start, self.upset
        chances = upset.chance[start.states]
        within = 1.0 - (1.0 - chances) ** self.asked.horizon
        least, greatest = self._extremes()
        shared: dict[str, Any] = {
            "id": upset.id,
            "title": upset.title,
            "natural": upset.natural,
            "because": self._because(),
            "hazard": finite(float(chances @ start.chances)),
            "within": finite(float(within @ start.chances)),
            "least": least,
            "greatest": greatest,
            "levers": self._levers(),
            "possible": float(start.chances[self.possible].sum()),
        }
        if not self.possible.any():
            return ShockSeen(
                **shared,
                sets={},
                at_once={},
                unplanned=None,
                plans=(),
                regrets=(),
            )
        after = Aftermath(self.scenario, self.graph, self.asked.conduct, upset, start)
        unplanned = self.asked.end(after, after.unplanned(), after.met)
        tried = [self._plan(after, plan, unplanned) for plan in self.scenario.plans]
        plans = tuple(plan for plan in tried if plan is not None)
        return ShockSeen(
            **shared,
            sets=self._sets(after),
            at_once=self.asked.by_party(after.worth(after.struck)[1]),
            unplanned=unplanned,
            plans=plans,
            regrets=_regrets(unplanned, [plan for plan in plans if plan.kept is not None]),
        )

    def _because(self) -> str:
        natural = {option.id: option.because for option in self.scenario.options}
        return (natural | {shock.id: shock.because for shock in self.scenario.shocks})[self.upset.id]

    def _sets(self, after: Aftermath) -> dict[str, str]:
        """The options that stand elsewhere right after it, at the likeliest state in which it strikes."""
        likeliest = int(after.before.states[int(after.before.chances.argmax())])
        before, now = (
            level_names(self.scenario, self.graph, state)
            for state in (likeliest, int(self.upset.leads[likeliest]))
        )
        triples = zip(self.scenario.options, before, now, strict=True)
        return {option.id: level for option, old, level in triples if level != old}

    def _extremes(self) -> tuple[float | None, float | None]:
        """The hazard where it can happen and nature stands as at the start."""
        graph, here = self.graph, self.graph.levels(int(self.asked.start.states[0]))
        alike = self.upset.leads != NOWHERE
        for axis, (part, stride) in enumerate(zip(graph.axes, graph.strides, strict=True)):
            if part.owner < 0:
                alike &= graph.codes // stride % part.size == here[axis]
        chances = self.upset.chance[alike]
        return (finite(chances.min()), finite(chances.max())) if len(chances) else (None, None)

    def _levers(self) -> tuple[Lever, ...]:
        """The options on whose level the hazard depends at the likeliest start, strongest first."""
        if self.upset.hazard is None or not self.possible.any():
            return ()
        start = self.asked.start
        likeliest = int(start.states[int(np.where(self.possible, start.chances, -1.0).argmax())])
        levers = []
        for axis in dependencies(self.scenario, self.upset.hazard):
            if self.graph.axes[axis].owner >= 0:
                lever = self._lever(axis, likeliest)
                stated = [hazard for hazard in lever.hazards.values() if hazard is not None]
                if max(stated) - min(stated) > SLIGHT:
                    levers.append((max(stated) - min(stated), lever))
        return tuple(lever for _, lever in sorted(levers, key=lambda pair: -pair[0]))

    def _lever(self, axis: int, state: int) -> Lever:
        levels = self.graph.levels(state)
        option = self.scenario.options[axis]
        hazards: dict[str, float | None] = {}
        for place, level in enumerate(option.levels):
            found = self.graph.find((*levels[:axis], place, *levels[axis + 1 :]))
            hazards[level] = None if found is None else float(self.upset.chance[found])
        return Lever(option.id, hazards)

    def _plan(self, after: Aftermath, plan: Plan, unplanned: End) -> PlanSeen | None:
        """How one plan fares; None where it does not answer this shock."""
        fixed, meant = self._fixed(plan), answers(self.scenario, self.graph, plan, self.upset)
        carried = after.planned(fixed, meant)
        if carried.fits <= 0.0:
            return None
        kept = lapsed = None
        if carried.kept is not None and carried.lapsed is not None:
            final = carried.kept.final
            kept = self.asked.end(after, carried.kept, partial(after.met_with, fixed, meant))
            lapsed = self.asked.end(after, carried.lapsed, partial(after.met_from, final))
        return PlanSeen(
            id=plan.id,
            title=plan.title or plan.id,
            sets=dict(plan.do),
            fits=carried.fits,
            carried_out=carried.carried,
            obstacles=self._obstacles(carried),
            kept=kept,
            lapsed=lapsed,
            credible=None if kept is None else carried.credible,
            credibility=tuple(self._keeps(after, kept) for kept in carried.keeping),
            gains={} if kept is None else _gains(unplanned, kept),
            clash_saved=None if kept is None else unplanned.clash - kept.clash,
        )

    def _fixed(self, plan: Plan) -> Fixed:
        places = {option.id: place for place, option in enumerate(self.scenario.options)}
        options = self.scenario.options
        return tuple(sorted((places[id], options[places[id]].levels.index(level)) for id, level in plan.do))

    def _obstacles(self, carried: Carried) -> tuple[Obstacle, ...]:
        found = []
        for obstacle in carried.obstacles:
            if obstacle.kind == "direction":
                found.append(Obstacle("direction", self.scenario.options[obstacle.place].id, ""))
            else:
                rule = self.scenario.rules[obstacle.place]
                found.append(Obstacle("rule", to_text(rule.must), rule.because))
        return tuple(found)

    def _keeps(self, after: Aftermath, kept: Keeping) -> Keeps:
        move = None
        if kept.end >= 0:
            start, end = int(after.home[kept.start]), int(after.home[kept.end])
            before, now = (level_names(self.scenario, self.graph, state) for state in (start, end))
            triples = zip(self.scenario.options, before, now, strict=True)
            move = MoveSeen(
                start + 1, end + 1, {option.id: level for option, old, level in triples if level != old}
            )
        return Keeps(self.graph.parties[kept.sponsor], kept.keeps, move, kept.gain)


def _gains(without: End, kept: End) -> dict[str, float | None]:
    return {
        party: _less(worth.expected, without.payoffs[party].expected) for party, worth in kept.payoffs.items()
    }


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _regrets(without: End, plans: Sequence[PlanSeen]) -> tuple[Regret, ...]:
    """What the best plan would bring above none: on clashes, then per party."""
    if not plans:
        return ()
    saved: Mapping[str, float | None] = {plan.id: plan.clash_saved for plan in plans}
    parties = [_regret(party, {plan.id: plan.gains[party] for plan in plans}) for party in without.payoffs]
    return (_regret(None, saved), *parties)


def _regret(party: str | None, gains: Mapping[str, float | None]) -> Regret:
    known = {plan: gain for plan, gain in gains.items() if gain is not None}
    if not known:
        return Regret(party, None, None)
    best = max(known, key=lambda plan: known[plan])
    return Regret(party, known[best], best) if known[best] > SLIGHT else Regret(party, 0.0, None)
