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
    state : int
        Its number, from 1.
    levels : tuple of str
        One level name per option, in declaration order.
    labels : tuple of str
        The outcomes it belongs to.
    probability : float
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
    """

    best: float | None
    expected: float | None
    worst: float | None


@dataclass(frozen=True)
class Aftermath:
    """Where play ends.

    Attributes
    ----------
    rests : tuple of Stand
        Likeliest first; with the cycles, probabilities sum to 1.
    cycles : tuple of CycleSeen
    clashes : mapping
        Per outcome listed as a clash, the probability that it occurs: right after the shock (and after the plan
        is carried out), on the way, or in the end.
    clash : float
        The same for any of them.
    settles : mapping
        Per clash, the probability that play ends in it, or goes round through it for ever.
    payoffs : mapping
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
    kind : {'direction', 'rule'}
        An option would have to move in a direction that it may not; or a rule would break.
    what : str
        The option's id, or the rule's text.
    because : str
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
    id, title : str
    sets : mapping
        The level to which it sets each of its options.
    fits, carried_out : float
        The probability, given the shock, that its condition holds, and that besides it can be carried out.
    obstacles : tuple of Obstacle
        Where it cannot.
    kept : Aftermath or None
        Where play rests while the plan is kept; None where it can never be carried out. Play that does not
        follow the plan counts as without one.
    lapsed : Aftermath or None
        Where play goes on to from there once nobody is bound by it any more.
    credible : bool or None
        Whether nobody, free again, has an open move that undoes its part of the plan.
    credibility : tuple of Keeps
        The same per party that the plan sets something of.
    gains : mapping
        Per party, expected payoff with the plan kept less without any plan, in its spans.
    clash_saved : float or None
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
    party : str or None
        Whose expected payoff, in its spans; None for the probability of a clash.
    amount : float or None
        At least 0; None for parties known only by order.
    plan : str or None
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
    option : str
    hazards : mapping
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
    id, title : str
    natural : bool
        An option of nature that rises one level; else one of the scenario's shocks by name.
    because : str
        The scenario's reason for its hazard and effects.
    sets : mapping
        The options that it sets, where it can happen, with their new levels.
    hazard : float or None
        Expected chance that it happens in the next round; None where the scenario states none.
    within : float or None
        Chance that it happens within those rounds if nothing else changes.
    least, greatest : float or None
        The hazard over all states in which it can happen and nature stands as at the start.
    levers : tuple of Lever
        What moves the hazard, strongest first.
    possible : float
        Probability of start states in which it can happen.
    at_once : mapping
        Per party, what the shock itself does to its payoff before anybody moves, in its spans.
    unplanned : Aftermath or None
        Where play rests with nobody bound; None where the shock cannot happen.
    plans : tuple of PlanSeen
        The plans that answer it, in the order of the document.
    regrets : tuple of Regret
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
    strategy : str or None
        The strategy from whose end the shocks are seen; None: from one state.
    start : tuple of Stand
        Where things stand when a shock comes, likeliest first.
    status_quo : tuple of str
        The level of every option at the status quo, to compare with.
    foresight : str
        The concept by which parties look ahead; `mixed` where they differ.
    foresights : mapping
        The same per party.
    rounds : int
        Over how many rounds `within` counts.
    clash_outcomes : tuple of str
        The outcomes that the scenario lists as clashes.
    calm : Aftermath
        Where play goes from the start if no shock comes and nobody is bound.
    shocks : tuple of ShockSeen
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
