"""The answer to: in which order of steps does an outcome come about, and who could break off on the way?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from detente.answers.answer import Answer
from detente.answers.vocabulary import MoveSeen


@dataclass(frozen=True)
class EndSeen:
    """Where a road ends.

    Attributes
    ----------
    state
        Its number, from 1.
    levels
        One level name per option, in declaration order.
    labels
        The outcomes it belongs to.
    margin
        By how much it holds, in spans of the party with the least; None where a party is known only by order,
        or nobody has a move.
    holds
        Whether it is an equilibrium.
    """

    state: int
    levels: tuple[str, ...]
    labels: tuple[str, ...]
    margin: float | None
    holds: bool


@dataclass(frozen=True)
class Mover:
    """A party that takes part in a step.

    Attributes
    ----------
    party
        Which party.
    now
        What its payoff gains by the step itself, in its spans; None where it is known only by order.
    end
        What it gains by the end of the road, compared with where the step begins.
    willing
        Whether it prefers that end to where the step begins.
    """

    party: str
    now: float | None
    end: float | None
    willing: bool


@dataclass(frozen=True)
class Answering:
    """A move of another party that answers a defection.

    Attributes
    ----------
    party
        Who answers.
    move
        What it does.
    """

    party: str
    move: MoveSeen


@dataclass(frozen=True)
class Defection:
    """What a party could do instead of a step, or beside it: the most tempting of its improvements.

    Attributes
    ----------
    party
        Which party.
    move
        What it could do.
    gain
        What it gains at once, in its spans; None where it is known only by order.
    expects
        What it expects to gain once the others have replied.
    deterred
        Whether it expects no gain.
    replies
        A shortest sequence of replies after which it is no better off (deterred), or as badly off as they can
        make it.
    """

    party: str
    move: MoveSeen
    gain: float | None
    expects: float | None
    deterred: bool
    replies: tuple[Answering, ...]


@dataclass(frozen=True)
class StepSeen:
    """One step.

    Attributes
    ----------
    move
        What is changed.
    labels
        The outcomes that hold after it.
    movers
        Those whose options change.
    table
        The table at which they agree on it; None where one party moves alone, or no open table seats them
        all.
    exposure
        The most that a party could expect to gain by another move of its own from there, in its spans, at
        least 0; None where parties are known only by order.
    exposed
        Whether anybody could.
    defections
        Who could do something else there that it prefers at once, most tempted first.
    """

    move: MoveSeen
    labels: tuple[str, ...]
    movers: tuple[Mover, ...]
    table: str | None
    exposure: float | None
    exposed: bool
    defections: tuple[Defection, ...]


@dataclass(frozen=True)
class RoadSeen:
    """A way from the status quo to an end.

    Attributes
    ----------
    end
        Where it ends.
    worst
        The largest exposure of its steps; None where parties are known only by order.
    exposed
        Whether any step is exposed.
    steps
        Empty where the status quo is the end.
    """

    end: EndSeen
    worst: float | None
    exposed: bool
    steps: tuple[StepSeen, ...]


@dataclass(frozen=True)
class Other:
    """Another end: the best road to it in short.

    Attributes
    ----------
    end
        Where it ends.
    worst
        The largest exposure of its steps, in spans; None where parties are known only by order.
    exposed
        Whether any step is exposed.
    steps
        How many steps it has.
    """

    end: EndSeen
    worst: float | None
    exposed: bool
    steps: int


@dataclass(frozen=True)
class PromiseSeen:
    """What a party must be promised at the end, over and above: slightly more than this.

    Attributes
    ----------
    party
        To whom.
    purpose
        To take part in its steps, or not to leave the end again.
    amount
        In its spans; None where it is known only by order, and a promise has no size.
    """

    party: str
    purpose: Literal["move", "stay"]
    amount: float | None


@dataclass(frozen=True, kw_only=True)
class Roadmap(Answer):
    """The order of steps from the status quo to an outcome.

    Attributes
    ----------
    outcome
        Where the road leads.
    foresight
        The concept by which parties look ahead; `mixed` where they differ.
    foresights
        The same per party.
    tables
        The tables at which steps may be agreed.
    status_quo
        The level of every option where the road begins.
    start
        The number of that state.
    holding
        How many states of the outcome hold, nature as at the status quo.
    considered
        To how many of them roads were looked for, those with the best margin.
    reached
        To how many of those there is a sound road.
    sound
        Whether a road was found that ends in a state that holds and whose every step is preferred by all who
        take it.
    road
        The best road; where none is sound, the one for which the least must be promised. None where options
        and tables leave no way at all.
    breaks
        The first step, from 1, that somebody would not take.
    promises
        What would mend it, where the road is not sound.
    others
        The next best ends, where the road is sound.
    alone
        The best road to the same end without any table, told without defections; None where there is none, or
        no table was open.
    """

    question: ClassVar[str] = "roadmap"
    key: ClassVar[tuple[str, ...]] = ("step",)

    outcome: str
    foresight: str
    foresights: Mapping[str, str]
    tables: tuple[str, ...]
    status_quo: tuple[str, ...]
    start: int
    holding: int
    considered: int
    reached: int
    sound: bool
    road: RoadSeen | None
    breaks: int | None
    promises: tuple[PromiseSeen, ...]
    others: tuple[Other, ...]
    alone: RoadSeen | None

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
