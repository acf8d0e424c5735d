"""One shock: its hazard and what sways it, where it leaves play, and how each plan for it fares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from detente.answers.answer import finite
from detente.answers.vocabulary import Keeps
from detente.play.cached_graph import Fixed
from detente.play.commitments import Keeping
from detente.play.shocks import NOWHERE, Shock, answered
from detente.questions.contingency.advice import advised
from detente.questions.contingency.aftermath import Aftermath, Carried
from detente.questions.contingency.answer import Aftermath as End
from detente.questions.contingency.answer import Lever, Obstacle, PlanSeen, Regret, ShockSeen
from detente.questions.contingency.start import Start
from detente.questions.named import moved_in, option_named, party_named
from detente.scenario.expression import to_text
from detente.scenario.model import Plan
from detente.states.dependencies import dependencies
from detente.states.names import changes, likeliest

SLIGHT = 1e-12  # less is rounding


class ShockTold:
    """One shock, looked at from the start."""

    def __init__(self, outset: Start, shock: Shock) -> None:
        self.outset, self.shock = outset, shock
        self.scenario, self.graph = outset.scenario, outset.graph
        self.possible = shock.leads[outset.start.states] != NOWHERE

    def seen(self) -> ShockSeen:
        """Everything about it."""
        start, shock = self.outset.start, self.shock
        chances = shock.chance[start.states]
        within = 1.0 - (1.0 - chances) ** self.outset.rounds
        least, greatest = self._extremes()
        shared: dict[str, Any] = {
            "id": shock.id,
            "title": shock.title,
            "natural": shock.natural,
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
                advised=None,
            )
        after = Aftermath(self.scenario, self.graph, self.outset.conduct, shock, start)
        unplanned = self.outset.end(after, after.unplanned(), after.met, after.brings)
        tried = [self._plan(after, plan, unplanned) for plan in self.scenario.plans]
        plans = tuple(plan for plan in tried if plan is not None)
        return ShockSeen(
            **shared,
            sets=self._sets(after),
            at_once=self.outset.by_party(after.worth(after.struck)[1]),
            unplanned=unplanned,
            plans=plans,
            regrets=_regrets(unplanned, [plan for plan in plans if plan.kept is not None]),
            advised=advised(unplanned, plans),
        )

    def _because(self) -> str:
        natural = {option.id: option.because for option in self.scenario.options}
        return (natural | {shock.id: shock.because for shock in self.scenario.shocks})[self.shock.id]

    def _sets(self, after: Aftermath) -> dict[str, str]:
        """The options that stand elsewhere right after it, at the likeliest state in which it strikes."""
        before = likeliest(self.scenario, self.graph, after.before.states, after.before.chances)
        return changes(self.scenario, self.graph, before, int(self.shock.leads[before]))

    def _extremes(self) -> tuple[float | None, float | None]:
        """The hazard where it can happen and nature stands as at the start."""
        graph, here = self.graph, self.graph.levels(int(self.outset.start.states[0]))
        alike = self.shock.leads != NOWHERE
        for axis, (part, stride) in enumerate(zip(graph.axes, graph.strides, strict=True)):
            if part.owner < 0:
                alike &= graph.codes // stride % part.size == here[axis]
        chances = self.shock.chance[alike]
        return (finite(chances.min()), finite(chances.max())) if len(chances) else (None, None)

    def _levers(self) -> tuple[Lever, ...]:
        """The options on whose level the hazard depends at the likeliest start, strongest first."""
        if self.shock.hazard is None or not self.possible.any():
            return ()
        start = self.outset.start
        here = likeliest(self.scenario, self.graph, start.states[self.possible], start.chances[self.possible])
        levers = []
        for axis in dependencies(self.scenario, self.shock.hazard):
            if self.graph.axes[axis].owner >= 0:
                lever = self._lever(axis, here)
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
            hazards[level] = None if found is None else float(self.shock.chance[found])
        return Lever(option.id, hazards)

    def _plan(self, after: Aftermath, plan: Plan, unplanned: End) -> PlanSeen | None:
        """How one plan fares; None where it does not answer this shock."""
        fixed, meant = self._fixed(plan), answered(self.scenario, self.graph, plan, self.shock)
        carried = after.planned(fixed, meant)
        if carried.fits <= 0.0:
            return None
        kept = lapsed = None
        if carried.kept is not None and carried.lapsed is not None:
            final = carried.kept.final
            met, brings = partial(after.met_with, fixed, meant), partial(after.brings_with, fixed, meant)
            kept = self.outset.end(after, carried.kept, met, brings)
            lapsed = self.outset.end(
                after,
                carried.lapsed,
                partial(after.met_from, final),
                lambda _, inside: after.brought(final, inside),
            )
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
                found.append(Obstacle("direction", option_named(self.scenario, obstacle.place), ""))
            else:
                rule = self.scenario.rules[obstacle.place]
                found.append(Obstacle("rule", to_text(rule.must), rule.because))
        return tuple(found)

    def _keeps(self, after: Aftermath, kept: Keeping) -> Keeps:
        move = None
        if kept.end >= 0:
            start, end = int(after.home[kept.start]), int(after.home[kept.end])
            move = moved_in(self.scenario, self.graph, start, end)
        return Keeps(party_named(self.graph, kept.sponsor), kept.keeps, move, kept.gain)


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
