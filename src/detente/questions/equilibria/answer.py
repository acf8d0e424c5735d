"""The answer to: which states hold?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from detente.answers.answer import Answer


@dataclass(frozen=True)
class StateFound:
    """One state: how every option stands, and for whom and how firmly it holds.

    Attributes
    ----------
    state
        Its number, from 1, in the scenario's state order.
    levels
        One level name per option, in declaration order.
    labels
        The outcomes it belongs to.
    stable
        Per concept, the parties for which it is stable.
    equilibrium
        The concepts under which it is stable for every party.
    margin
        Per concept, by how much it holds (below 0: fails) against single parties, in spans of the party with
        the least; None where parties are known only by order, where nobody has a move, and under SIM.
    """

    state: int
    levels: tuple[str, ...]
    labels: tuple[str, ...]
    stable: Mapping[str, tuple[str, ...]]
    equilibrium: tuple[str, ...]
    margin: Mapping[str, float | None]


@dataclass(frozen=True)
class CoalitionSeen:
    """Parties that may act together.

    Attributes
    ----------
    members
        Who may act together.
    leaves
        Per concept, how many states it would leave of those that hold against single parties and against the
        coalitions before it.
    """

    members: tuple[str, ...]
    leaves: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Equilibria(Answer):
    """The states that hold, firmest first.

    Attributes
    ----------
    concepts
        What was asked for.
    ordered_by
        The concept whose margin orders the states.
    outcome
        The outcome to which counts and states are confined.
    coalitions
        Those that were reckoned with besides single parties.
    alone
        Per concept, how many states hold against single parties.
    counts
        Per concept, how many states are an equilibrium: hold against parties and coalitions.
    by_outcome
        Per outcome and concept, how many of those belong to the outcome.
    status_quo
        The level of every option at the status quo, to compare with.
    states
        Those that are an equilibrium under any concept asked for, or every state if that was asked; at most
        `limit`.
    limit
        The most states that are shown.
    truncated
        Whether there are more than `limit`.
    """

    question: ClassVar[str] = "equilibria"
    key: ClassVar[tuple[str, ...]] = ("state",)

    concepts: tuple[str, ...]
    ordered_by: str
    outcome: str | None
    coalitions: tuple[CoalitionSeen, ...]
    alone: Mapping[str, int]
    counts: Mapping[str, int]
    by_outcome: Mapping[str, Mapping[str, int]]
    status_quo: tuple[str, ...]
    states: tuple[StateFound, ...]
    limit: int
    truncated: bool

    def rows(self) -> list[dict[str, object]]:
        """One record per state: its number, a column per option and per concept's margin, and what it is."""
        return [
            {
                "state": found.state,
                **dict(zip(self.options, found.levels, strict=True)),
                "labels": list(found.labels),
                "equilibrium": list(found.equilibrium),
                **{f"margin_{concept}": margin for concept, margin in found.margin.items()},
            }
            for found in self.states
        ]
