"""The answer to: what if a shock comes, and is there a plan for it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from detente.answers.answer import Answer
from detente.answers.vocabulary import CycleSeen, Keeps


@dataclass(frozen=True)
class Stand:
    """A state in which play stands."""

    state: Annotated[int, "Its number, from 1."]
    levels: Annotated[tuple[str, ...], "One level name per option, in declaration order."]
    labels: Annotated[tuple[str, ...], "The outcomes it belongs to."]
    probability: Annotated[float, "That play stands there."]


@dataclass(frozen=True)
class Worth:
    """A party's payoff where play ends, less its expected payoff before the shock, in its spans.

    Both are measured by what the party wants after the shock. Best and worst are over everything that has some
    probability. None for parties known only by order.
    """

    best: Annotated[float | None, "The most."]
    expected: Annotated[float | None, "On average."]
    worst: Annotated[float | None, "The least."]


@dataclass(frozen=True)
class Aftermath:
    """Where play ends."""

    rests: Annotated[tuple[Stand, ...], "Likeliest first; with the cycles, probabilities sum to 1."]
    cycles: Annotated[tuple[CycleSeen, ...], "Where play goes round for ever."]
    clashes: Annotated[
        Mapping[str, float],
        "Per outcome listed as a clash, the probability that it occurs: right after the shock (and after "
        "the plan is carried out), on the way, or in the end.",
    ]
    clash: Annotated[float, "The same for any of them."]
    brings: Annotated[
        Mapping[str, float],
        "Per clash, the probability that the shock brings it about: it did not hold before, and play moves "
        "into it afterwards or stays where the shock put it although it could leave. A clash that only "
        "says again what the shock itself does is none of these.",
    ]
    settles: Annotated[
        Mapping[str, float],
        "Per clash, the probability that play ends in it, or goes round through it for ever.",
    ]
    aim: Annotated[float | None, "The probability that play ends in the aim; None where there is none."]
    payoffs: Annotated[Mapping[str, Worth], "Per party."]


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way of a plan."""

    kind: Annotated[
        Literal["direction", "rule"],
        "An option would have to move in a direction that it may not; or a rule would break.",
    ]
    what: Annotated[str, "The option's id, or the rule's text."]
    because: Annotated[str, "The rule's reason, where the scenario gives one."]


@dataclass(frozen=True)
class PlanSeen:
    """A plan that answers a shock."""

    id: Annotated[str, "The plan's id."]
    title: Annotated[str, "What it is called."]
    sets: Annotated[Mapping[str, str], "The level to which it sets each of its options."]
    fits: Annotated[float, "The probability, given the shock, that its condition holds."]
    carried_out: Annotated[float, "The probability that besides it can be carried out."]
    obstacles: Annotated[tuple[Obstacle, ...], "Where it cannot."]
    kept: Annotated[
        Aftermath | None,
        "Where play rests while the plan is kept; None where it can never be carried out. Play that does "
        "not follow the plan counts as without one.",
    ]
    lapsed: Annotated[Aftermath | None, "Where play goes on to from there once nobody is bound by it any more."]
    credible: Annotated[
        bool | None,
        "Whether nobody, free again, has an open move that undoes its part of the plan.",
    ]
    credibility: Annotated[tuple[Keeps, ...], "The same per party that the plan sets something of."]
    gains: Annotated[
        Mapping[str, float | None],
        "Per party, expected payoff with the plan kept less without any plan, in its spans.",
    ]
    clash_saved: Annotated[float | None, "Probability of any clash without a plan less with this one."]


@dataclass(frozen=True)
class Regret:
    """What having no plan costs: the best plan less none; 0 without a plan that is better than none."""

    party: Annotated[str | None, "Whose expected payoff, in its spans; None for the probability of a clash."]
    amount: Annotated[float | None, "At least 0; None for parties known only by order."]
    plan: Annotated[str | None, "The best plan for it; None where none is better than no plan."]


@dataclass(frozen=True)
class Lever:
    """An option that moves a hazard."""

    option: Annotated[str, "Its id."]
    hazards: Annotated[
        Mapping[str, float | None],
        "Per level of the option, the hazard per round with all else as at the likeliest start; None "
        "where that state is not feasible.",
    ]


@dataclass(frozen=True)
class ShockSeen:
    """One shock."""

    id: Annotated[str, "Its id."]
    title: Annotated[str, "What it is called."]
    natural: Annotated[
        bool,
        "An option of nature that rises one level; else one of the scenario's shocks by name.",
    ]
    because: Annotated[str, "The scenario's reason for its hazard and effects."]
    sets: Annotated[Mapping[str, str], "The options that it sets, where it can happen, with their new levels."]
    hazard: Annotated[
        float | None,
        "Expected chance that it happens in the next round; None where the scenario states none.",
    ]
    within: Annotated[float | None, "Chance that it happens within those rounds if nothing else changes."]
    least: Annotated[
        float | None,
        "The least hazard over all states in which it can happen and nature stands as at the start.",
    ]
    greatest: Annotated[float | None, "The greatest of these."]
    levers: Annotated[tuple[Lever, ...], "What moves the hazard, strongest first."]
    possible: Annotated[float, "Probability of start states in which it can happen."]
    at_once: Annotated[
        Mapping[str, float | None],
        "Per party, what the shock itself does to its payoff before anybody moves, in its spans.",
    ]
    unplanned: Annotated[
        Aftermath | None,
        "Where play rests with nobody bound; None where the shock cannot happen.",
    ]
    plans: Annotated[tuple[PlanSeen, ...], "The plans that answer it, in the order of the document."]
    regrets: Annotated[
        tuple[Regret, ...],
        "Of having no plan: on clashes, then per party. Empty where no plan can be carried out.",
    ]
    advised: Annotated[
        str | None,
        "The plan to begin with: the fewest clashes brought about, then the aim, then the fewest clashes "
        "of any kind, then more parties that gain than lose, then one that sticks. None where no plan is "
        "better than none by these.",
    ]


@dataclass(frozen=True, kw_only=True)
class Contingency(Answer):
    """What every shock would do, without a plan and with each plan that answers it."""

    question: ClassVar[str] = "contingency"
    key: ClassVar[tuple[str, ...]] = ("shock", "plan")

    strategy: Annotated[str | None, "The strategy from whose end the shocks are seen; None: from one state."]
    best: Annotated[bool, "Whether that strategy was not asked for, but is the one that assess puts first."]
    start: Annotated[tuple[Stand, ...], "Where things stand when a shock comes, likeliest first."]
    status_quo: Annotated[tuple[str, ...], "The level of every option at the status quo, to compare with."]
    foresight: Annotated[str, "The concept by which parties look ahead; `mixed` where they differ."]
    foresights: Annotated[Mapping[str, str], "The same per party."]
    rounds: Annotated[int, "Over how many rounds `within` counts."]
    round_years: Annotated[
        float | None, "How many years a round takes; None where the scenario does not say."
    ] = None
    clash_outcomes: Annotated[tuple[str, ...], "The outcomes that the scenario lists as clashes."]
    aim: Annotated[str | None, "The outcome that the scenario aims at."]
    all: Annotated[bool, "Whether the page tells every shock in full; this answer holds everything either way."]
    calm: Annotated[Aftermath, "Where play goes from the start if no shock comes and nobody is bound."]
    shocks: Annotated[tuple[ShockSeen, ...], "Options of nature first, in the order of the document."]

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
