"""The answer to: what if a shock comes, and is there a plan for it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from detente.answers.answer import Answer
from detente.answers.vocabulary import CycleSeen, Keeps


@dataclass(frozen=True)
class Stand:
    """A state in which play stands.

    Attributes
    ----------
    state
        Its number, from 1.
    levels
        One level name per option, in declaration order.
    labels
        The outcomes it belongs to.
    probability
        That play stands there.
    """

    state: int
    levels: tuple[str, ...]
    labels: tuple[str, ...]
    probability: float


@dataclass(frozen=True)
class Worth:
    """A party's payoff where play ends, less its expected payoff before the shock, in its spans.

    Both are measured by what the party wants after the shock. Best and worst are over everything that has some
    probability. None for parties known only by order.

    Attributes
    ----------
    best
        The most.
    expected
        On average.
    worst
        The least.
    """

    best: float | None
    expected: float | None
    worst: float | None


@dataclass(frozen=True)
class Aftermath:
    """Where play ends.

    Attributes
    ----------
    rests
        Likeliest first; with the cycles, probabilities sum to 1.
    cycles
        Where play goes round for ever.
    clashes
        Per outcome listed as a clash, the probability that it occurs: right after the shock (and after the
        plan is carried out), on the way, or in the end.
    clash
        The same for any of them.
    settles
        Per clash, the probability that play ends in it, or goes round through it for ever.
    payoffs
        Per party.
    """

    rests: tuple[Stand, ...]
    cycles: tuple[CycleSeen, ...]
    clashes: Mapping[str, float]
    clash: float
    settles: Mapping[str, float]
    payoffs: Mapping[str, Worth]


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way of a plan.

    Attributes
    ----------
    kind
        An option would have to move in a direction that it may not; or a rule would break.
    what
        The option's id, or the rule's text.
    because
        The rule's reason, where the scenario gives one.
    """

    kind: Literal["direction", "rule"]
    what: str
    because: str


@dataclass(frozen=True)
class PlanSeen:
    """A plan that answers a shock.

    Attributes
    ----------
    id
        The plan's id.
    title
        What it is called.
    sets
        The level to which it sets each of its options.
    fits
        The probability, given the shock, that its condition holds.
    carried_out
        The probability that besides it can be carried out.
    obstacles
        Where it cannot.
    kept
        Where play rests while the plan is kept; None where it can never be carried out. Play that does not
        follow the plan counts as without one.
    lapsed
        Where play goes on to from there once nobody is bound by it any more.
    credible
        Whether nobody, free again, has an open move that undoes its part of the plan.
    credibility
        The same per party that the plan sets something of.
    gains
        Per party, expected payoff with the plan kept less without any plan, in its spans.
    clash_saved
        Probability of any clash without a plan less with this one.
    """

    id: str
    title: str
    sets: Mapping[str, str]
    fits: float
    carried_out: float
    obstacles: tuple[Obstacle, ...]
    kept: Aftermath | None
    lapsed: Aftermath | None
    credible: bool | None
    credibility: tuple[Keeps, ...]
    gains: Mapping[str, float | None]
    clash_saved: float | None


@dataclass(frozen=True)
class Regret:
    """What having no plan costs: the best plan less none; 0 without a plan that is better than none.

    Attributes
    ----------
    party
        Whose expected payoff, in its spans; None for the probability of a clash.
    amount
        At least 0; None for parties known only by order.
    plan
        The best plan for it; None where none is better than no plan.
    """

    party: str | None
    amount: float | None
    plan: str | None


@dataclass(frozen=True)
class Lever:
    """An option that moves a hazard.

    Attributes
    ----------
    option
        Its id.
    hazards
        Per level of the option, the hazard per round with all else as at the likeliest start; None where that
        state is not feasible.
    """

    option: str
    hazards: Mapping[str, float | None]


@dataclass(frozen=True)
class ShockSeen:
    """One shock.

    Attributes
    ----------
    id
        Its id.
    title
        What it is called.
    natural
        An option of nature that rises one level; else one of the scenario's shocks by name.
    because
        The scenario's reason for its hazard and effects.
    sets
        The options that it sets, where it can happen, with their new levels.
    hazard
        Expected chance that it happens in the next round; None where the scenario states none.
    within
        Chance that it happens within those rounds if nothing else changes.
    least
        The least hazard over all states in which it can happen and nature stands as at the start.
    greatest
        The greatest of these.
    levers
        What moves the hazard, strongest first.
    possible
        Probability of start states in which it can happen.
    at_once
        Per party, what the shock itself does to its payoff before anybody moves, in its spans.
    unplanned
        Where play rests with nobody bound; None where the shock cannot happen.
    plans
        The plans that answer it, in the order of the document.
    regrets
        Of having no plan: on clashes, then per party. Empty where no plan can be carried out.
    """

    id: str
    title: str
    natural: bool
    because: str
    sets: Mapping[str, str]
    hazard: float | None
    within: float | None
    least: float | None
    greatest: float | None
    levers: tuple[Lever, ...]
    possible: float
    at_once: Mapping[str, float | None]
    unplanned: Aftermath | None
    plans: tuple[PlanSeen, ...]
    regrets: tuple[Regret, ...]


@dataclass(frozen=True, kw_only=True)
class Contingency(Answer):
    """What every shock would do, without a plan and with each plan that answers it.

    Attributes
    ----------
    strategy
        The strategy from whose end the shocks are seen; None: from one state.
    start
        Where things stand when a shock comes, likeliest first.
    status_quo
        The level of every option at the status quo, to compare with.
    foresight
        The concept by which parties look ahead; `mixed` where they differ.
    foresights
        The same per party.
    rounds
        Over how many rounds `within` counts.
    clash_outcomes
        The outcomes that the scenario lists as clashes.
    calm
        Where play goes from the start if no shock comes and nobody is bound.
    shocks
        Options of nature first, in the order of the document.
    """

    question: ClassVar[str] = "contingency"
    key: ClassVar[tuple[str, ...]] = ("shock", "plan")

    strategy: str | None
    start: tuple[Stand, ...]
    status_quo: tuple[str, ...]
    foresight: str
    foresights: Mapping[str, str]
    rounds: int
    clash_outcomes: tuple[str, ...]
    calm: Aftermath
    shocks: tuple[ShockSeen, ...]

    def rows(self) -> list[dict[str, object]]:
        """One record per shock and plan (None: without one): hazard, clash, credible, expected payoffs."""
        return [
            {
                "shock": shock.id,
                "plan": plan,
                "hazard": shock.hazard,
                "clash": end.clash,
                "credible": credible,
                **{f"expected_{party}": worth.expected for party, worth in end.payoffs.items()},
            }
            for shock in self.shocks
            for plan, end, credible in _ways(shock)
        ]


def _ways(shock: ShockSeen) -> list[tuple[str | None, Aftermath, bool | None]]:
    """Every way in which a shock may end: without a plan, and with each that can be carried out."""
    plain = [] if shock.unplanned is None else [(None, shock.unplanned, None)]
    return [*plain, *((plan.id, plan.kept, plan.credible) for plan in shock.plans if plan.kept is not None)]
