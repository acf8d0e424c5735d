"""The answer to: in which order of steps does an outcome come about, and who could break off on the way?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from detente.answers.answer import Answer
from detente.answers.vocabulary import MoveSeen


@dataclass(frozen=True)
class EndSeen:
    """Where a road ends."""

    state: Annotated[int, "Its number, from 1."]
    levels: Annotated[tuple[str, ...], "One level name per option, in declaration order."]
    labels: Annotated[tuple[str, ...], "The outcomes it belongs to."]
    margin: Annotated[
        float | None,
        "By how much it holds, in spans of the party with the least; None where a party is known only by "
        "order, or nobody has a move.",
    ]
    holds: Annotated[bool, "Whether it is an equilibrium."]


@dataclass(frozen=True)
class Mover:
    """A party that takes part in a step."""

    party: Annotated[str, "Which party."]
    now: Annotated[
        float | None,
        "What its payoff gains by the step itself, in its spans; None where it is known only by order.",
    ]
    end: Annotated[float | None, "What it gains by the end of the road, compared with where the step begins."]
    willing: Annotated[bool, "Whether it prefers that end to where the step begins."]


@dataclass(frozen=True)
class Answering:
    """A move of another party that answers a defection."""

    party: Annotated[str, "Who answers."]
    move: Annotated[MoveSeen, "What it does."]


@dataclass(frozen=True)
class Defection:
    """What a party could do instead of a step, or beside it: the most tempting of its improvements."""

    party: Annotated[str, "Which party."]
    move: Annotated[MoveSeen, "What it could do."]
    gain: Annotated[float | None, "What it gains at once, in its spans; None where it is known only by order."]
    expects: Annotated[float | None, "What it expects to gain once the others have replied."]
    deterred: Annotated[bool, "Whether it expects no gain."]
    replies: Annotated[
        tuple[Answering, ...],
        "A shortest sequence of replies after which it is no better off (deterred), or as badly off as "
        "they can make it.",
    ]


@dataclass(frozen=True)
class StepSeen:
    """One step."""

    move: Annotated[MoveSeen, "What is changed."]
    labels: Annotated[tuple[str, ...], "The outcomes that hold after it."]
    movers: Annotated[tuple[Mover, ...], "Those whose options change."]
    table: Annotated[
        str | None,
        "The table at which they agree on it; None where one party moves alone, or no open table seats "
        "them all.",
    ]
    exposure: Annotated[
        float | None,
        "The most that a party could expect to gain by another move of its own from there, in its spans, "
        "at least 0; None where parties are known only by order.",
    ]
    exposed: Annotated[bool, "Whether anybody could."]
    defections: Annotated[
        tuple[Defection, ...],
        "Who could do something else there that it prefers at once, most tempted first.",
    ]


@dataclass(frozen=True)
class RoadSeen:
    """A way from the status quo to an end."""

    end: Annotated[EndSeen, "Where it ends."]
    worst: Annotated[
        float | None,
        "The largest exposure of its steps; None where parties are known only by order.",
    ]
    exposed: Annotated[bool, "Whether any step is exposed."]
    steps: Annotated[tuple[StepSeen, ...], "Empty where the status quo is the end."]
    detours: Annotated[
        tuple[str, ...],
        "Options that change on the way otherwise than towards where they stand in the end.",
    ]


@dataclass(frozen=True)
class Unwilling:
    """A party whose options stand otherwise in the end and that does not prefer it to how things stand."""

    party: Annotated[str, "Which party."]
    gain: Annotated[
        float | None,
        "What it gains by the end, against the status quo, in its spans; None where it is known only by order.",
    ]


@dataclass(frozen=True)
class DirectSeen:
    """What became of a road to the same end on which every change goes towards it."""

    outcome: Annotated[
        Literal["exposed", "none", "unsearched"],
        "`exposed`: there is one, and it is more exposed. `none`: there is none. `unsearched`: too many "
        "options differ to look for one.",
    ]
    worst: Annotated[
        float | None,
        "The largest exposure of its steps, in spans; None without one, or where parties are known by order.",
    ]
    unwilling: Annotated[
        tuple[Unwilling, ...],
        "Who would have to change options and would not as things stand; what is done first may change that.",
    ]


@dataclass(frozen=True)
class Staged:
    """A strategy of the scenario's own with several stages, to compare the road with."""

    id: Annotated[str, "Its id."]
    title: Annotated[str, "What it is called."]
    stages: Annotated[int, "How many stages it has."]
    success: Annotated[float, "How often it ends in the outcome, as in assess."]
    same: Annotated[float, "How often it ends where the road does."]


@dataclass(frozen=True)
class Other:
    """Another end: the best road to it in short."""

    end: Annotated[EndSeen, "Where it ends."]
    worst: Annotated[
        float | None,
        "The largest exposure of its steps, in spans; None where parties are known only by order.",
    ]
    exposed: Annotated[bool, "Whether any step is exposed."]
    steps: Annotated[int, "How many steps it has."]


@dataclass(frozen=True)
class PromiseSeen:
    """What a party must be promised at the end, over and above: slightly more than this."""

    party: Annotated[str, "To whom."]
    purpose: Annotated[Literal["move", "stay"], "To take part in its steps, or not to leave the end again."]
    amount: Annotated[
        float | None,
        "In its spans; None where it is known only by order, and a promise has no size.",
    ]


@dataclass(frozen=True, kw_only=True)
class Roadmap(Answer):
    """The order of steps from the status quo to an outcome."""

    question: ClassVar[str] = "roadmap"
    key: ClassVar[tuple[str, ...]] = ("step",)

    outcome: Annotated[str, "Where the road leads."]
    strategy: Annotated[
        str | None,
        "The strategy that assess puts first, to whose ends it leads; None: to the outcome's states that hold "
        "best.",
    ]
    foresight: Annotated[str, "The concept by which parties look ahead; `mixed` where they differ."]
    foresights: Annotated[Mapping[str, str], "The same per party."]
    most: Annotated[
        int | None,
        "So many options change in a step at most, each towards its end; None: any number, in any direction.",
    ]
    staged: Annotated[
        tuple[Staged, ...],
        "The scenario's strategies with several stages, best first; none where an outcome was named.",
    ]
    tables: Annotated[tuple[str, ...], "The tables at which steps may be agreed."]
    status_quo: Annotated[tuple[str, ...], "The level of every option where the road begins."]
    start: Annotated[int, "The number of that state."]
    holding: Annotated[int, "How many states of the outcome hold, nature as at the status quo."]
    considered: Annotated[int, "To how many of them roads were looked for, those with the best margin."]
    reached: Annotated[int, "To how many of those there is a sound road."]
    sound: Annotated[
        bool,
        "Whether a road was found that ends in a state that holds and whose every step is preferred by "
        "all who take it.",
    ]
    road: Annotated[
        RoadSeen | None,
        "The best road; where none is sound, the one for which the least must be promised. None where "
        "options and tables leave no way at all.",
    ]
    direct: Annotated[
        DirectSeen | None,
        "Why the road turns aside; None where it does not, or how many options a step changes was bounded.",
    ] = None
    breaks: Annotated[int | None, "The first step, from 1, that somebody would not take."]
    promises: Annotated[tuple[PromiseSeen, ...], "What would mend it, where the road is not sound."]
    others: Annotated[tuple[Other, ...], "The next best ends, where the road is sound."]
    alone: Annotated[
        RoadSeen | None,
        "The best road to the same end without any table, told without defections; None where there is "
        "none, or no table was open.",
    ]

    def rows(self) -> list[dict[str, object]]:
        """One record per step: who moves, what changes, and how exposed it is."""
        steps = self.road.steps if self.road is not None else ()
        return [
            {
                "step": number,
                "movers": ", ".join(mover.party for mover in step.movers),
                "table": step.table,
                "changes": "; ".join(f"{option}: {level}" for option, level in step.move.changes.items()),
                "to": step.move.to,
                "exposure": step.exposure,
            }
            for number, step in enumerate(steps, 1)
        ]
