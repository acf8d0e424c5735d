"""After a shock: where it leaves play, where play goes without a plan and with one, and what that is worth.

Options of nature move in no walk, so they are held where the shock leaves them, which leaves fewer states and
the same course. Payoffs are those that hold after the shock, on the scales of the scenario before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from detente.play.cached_graph import CachedGraph, Fixed
from detente.play.chain import Conduct
from detente.play.commitments import CERTAIN, Keeping, Promise, keeping
from detente.play.shocks import NOWHERE, Shock
from detente.play.stages import NEVER, Course, Mixture, Stage, commit, mixture, play
from detente.scenario.model import Scenario
from detente.states import variant as variants
from detente.states.evaluate import levels_at
from detente.states.payoffs import payoffs
from detente.states.reading import Reading
from detente.states.space import Space
from detente.states.state_graph import Bools, Floats, StateGraph


@dataclass(frozen=True)
class Obstacle:
    """Why a plan cannot be carried out: an option (axis) would turn where it may not, or a rule would break."""

    kind: Literal["direction", "rule"]
    place: int


@dataclass(frozen=True, eq=False)
class Carried:
    """A plan after a shock.

    `fits` and `carried` are the probabilities, given the shock, that it is meant to be carried out and that it
    can be; `kept` is where play goes while it is kept and `lapsed` one stage later (None: it never can be);
    play that does not follow the plan goes on without one. `keeping` is per owner of what the plan sets.
    """

    fits: float
    carried: float
    obstacles: tuple[Obstacle, ...]
    kept: Course | None
    lapsed: Course | None
    keeping: tuple[Keeping, ...]

    @property
    def credible(self) -> bool:
        """Whether nobody who is free again has an open move out of it, wherever it leads."""
        return all(kept.keeps >= 1 - CERTAIN for kept in self.keeping)


class Aftermath:
    """One shock, given that it happens in the next round.

    `before` are the states of the whole graph in which it strikes, `struck` those of `free` in which it leaves
    play; both add up to 1. `free` is the ground on which play goes on, `home[state]` the whole graph's state.
    """

    def __init__(
        self, scenario: Scenario, whole: StateGraph, conduct: Conduct, shock: Shock, start: Mixture
    ) -> None:
        self.scenario, self.whole, self.conduct, self.shock = scenario, whole, conduct, shock
        self.before = given(shock, start)
        first = int(shock.leads[self.before.states[0]])
        variant = variants.whole(scenario, whole).calm(first).changed(shock.variant)
        self.free, self.home = CachedGraph(variant.graph), variant.home
        self.struck = self._struck(self.before)

    def unplanned(self) -> Course:
        """Where play goes with nobody bound."""
        return self._free_play(self.struck)

    def planned(self, fixed: Fixed, meant: Bools) -> Carried:
        """Where play goes when options are set to these levels and stay so for a stage, then are free again.

        Parameters
        ----------
        fixed : options (axes) with the levels to which the plan sets them.
        meant : (state of the whole graph,) where it is meant to be carried out.
        """
        states, chances = self.struck.states, self.struck.chances
        fits, begins = self._split(self.struck, fixed, meant)
        carried = float(chances[begins].sum())
        stuck = [int(state) for state in states[fits & ~begins]]
        obstacles = tuple(dict.fromkeys(found for state in stuck for found in self._obstacles(state, fixed)))
        fitting = float(chances[fits].sum())
        if not begins.any():
            return Carried(fitting, 0.0, obstacles, None, None, ())
        plan = play((Stage(self.free, self.conduct, fixed),), Mixture(states[begins], chances[begins]))
        after = self._free_play(plan.final)
        rest = self._free_play(Mixture(states[~begins], chances[~begins])) if not begins.all() else None
        final = Mixture(plan.final.states, plan.final.chances / carried)
        return Carried(
            fitting,
            carried,
            obstacles,
            plan if rest is None else _together(plan, rest),
            after if rest is None else _together(after, rest),
            self._keeping(fixed, final),
        )

    def met(self, inside: Bools) -> float:
        """Probability that play is, or comes, inside a set of states with nobody bound: at once or later."""
        return self.met_from(self.struck, inside)

    def met_with(self, fixed: Fixed, meant: Bools, inside: Bools) -> float:
        """The same where a plan is carried out at once, as far as it can be, and kept."""
        _, begins = self._split(self.struck, fixed, meant)
        kept = self.met_from(_where(self.struck, begins), inside, fixed)
        return kept + self.met_from(_where(self.struck, ~begins), inside)

    def met_from(self, start: Mixture, inside: Bools, fixed: Fixed = ()) -> float:
        """The same from other states, with options set to levels that are kept."""
        if len(start.states) == 0:
            return 0.0
        course = play((Stage(self.free, self.conduct, fixed, until=inside),), start)
        return float(sum(rest.probability for rest in course.rests if rest.why == "until"))

    def brings(self, before: Bools, inside: Bools) -> float:
        """Probability that the shock brings an outcome about, with nobody bound: see `brought`.

        What held already before the shock (`before`, over the whole graph) is not brought about by it.
        """
        return self.brought(self._struck(_where(self.before, ~before[self.before.states])), inside)

    def brings_with(self, fixed: Fixed, meant: Bools, before: Bools, inside: Bools) -> float:
        """The same where a plan is carried out at once, as far as it can be, and kept."""
        struck = self._struck(_where(self.before, ~before[self.before.states]))
        _, begins = self._split(struck, fixed, meant)
        kept = self.brought(_where(struck, begins), inside, fixed)
        return kept + self.brought(_where(struck, ~begins), inside)

    def brought(self, start: Mixture, inside: Bools, fixed: Fixed = ()) -> float:
        """Probability that play moves into a set of states, or begins in it and stays though it could leave.

        Where the set is all there is, play that begins in it has nothing to leave for.
        """
        at_once = inside[start.states]
        moved = self.met_from(_where(start, ~at_once), inside, fixed)
        if inside.all() or not at_once.any():
            return moved
        course = play((Stage(self.free, self.conduct, fixed),), _where(start, at_once))
        return moved + ends(course, inside)

    def worth(self, states: Mixture) -> tuple[Floats, Floats, Floats]:
        """Least, expected and greatest payoff over some states per party, less that before the shock, in spans.

        Not a number for parties known only by order.
        """
        graph = self.free.graph
        values = graph.payoffs[:, states.states] - self.reference[:, None]
        unit = np.where(np.array(graph.cardinal), graph.spans, np.nan)
        return values.min(axis=1) / unit, values @ states.chances / unit, values.max(axis=1) / unit

    @property
    def reference(self) -> Floats:
        """Expected payoff before the shock, by what counts after it, per party."""
        space, codes = Space(self.whole.axes), self.whole.codes[self.before.states]
        values, _ = payoffs(self.shock.variant, self.scenario, space, codes)
        expected: Floats = values @ self.before.chances
        return expected

    def _free_play(self, start: Mixture) -> Course:
        return play((Stage(self.free, self.conduct),), start)

    def _struck(self, before: Mixture) -> Mixture:
        """Where the shock leaves play that stood in these states of the whole graph."""
        return mixture(np.searchsorted(self.home, self.shock.leads[before.states]), before.chances)

    def _split(self, struck: Mixture, fixed: Fixed, meant: Bools) -> tuple[Bools, Bools]:
        """Where, among states after the shock, a plan is meant to be carried out, and where it is."""
        fits = meant[self.home[struck.states]]
        return fits, fits & (commit(self.free.graph, struck.states, fixed) != NEVER)

    def _keeping(self, fixed: Fixed, final: Mixture) -> tuple[Keeping, ...]:
        axes = self.free.graph.axes
        owners = sorted({axes[axis].owner for axis, _ in fixed})
        return tuple(
            keeping(
                self.free,
                owner,
                tuple(Promise(axis, level) for axis, level in fixed if axes[axis].owner == owner),
                final,
                self.conduct.foresight,
            )
            for owner in owners
        )

    def _obstacles(self, state: int, fixed: Fixed) -> list[Obstacle]:
        """What stands in the way of a plan in one state."""
        here = {axis: int(level) for axis, level in levels_at(self.free.graph, state).items()}
        allowed = {"both": (-1, 0, 1), "up": (0, 1), "down": (-1, 0), "fixed": (0,)}
        turned = [
            Obstacle("direction", axis)
            for axis, level in fixed
            if np.sign(level - here[axis]) not in allowed[self.free.graph.axes[axis].moves]
        ]
        reading = Reading(
            self.scenario, {axis: np.asarray(level) for axis, level in (here | dict(fixed)).items()}
        )
        broken = [
            Obstacle("rule", place)
            for place, rule in enumerate(self.scenario.rules)
            if not reading.condition(rule.must)
        ]
        return [*turned, *broken]


def given(shock: Shock, start: Mixture) -> Mixture:
    """Where play stood, given that a shock happens in the next round; empty where it cannot happen.

    States count by their hazard; where no hazard is stated, or it is 0 everywhere, by their probability.
    """
    possible = shock.leads[start.states] != NOWHERE
    weights = start.chances * np.nan_to_num(shock.chance[start.states], nan=1.0) * possible
    if not weights.any():
        weights = start.chances * possible
    kept = weights > 0
    return Mixture(start.states[kept], weights[kept] / weights.sum() if kept.any() else weights[kept])


def ends(course: Course, inside: Bools) -> float:
    """Probability of an end inside a set of states, or of going round through it for ever."""
    return course.success(inside) + course.partly(inside)


def _where(states: Mixture, kept: Bools) -> Mixture:
    return Mixture(states.states[kept], states.chances[kept])


def _together(one: Course, other: Course) -> Course:
    """Two parts of one course; a state in which both rest is one rest."""
    rests = {rest.state: rest for rest in other.rests}
    merged = []
    for rest in one.rests:
        twin = rests.pop(rest.state, None)
        merged.append(replace(rest, probability=rest.probability + twin.probability) if twin else rest)
    return Course((*one.phases, *other.phases), (*merged, *rests.values()), (*one.cycles, *other.cycles))
