"""The answer to: which states hold?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from detente.answers.answer import Answer


@dataclass(frozen=True)
class StateFound:
    """One state: how every option stands, and for whom and how firmly it holds."""

    state: Annotated[int, "Its number, from 1, in the scenario's state order."]
    levels: Annotated[tuple[str, ...], "One level name per option, in declaration order."]
    labels: Annotated[tuple[str, ...], "The outcomes it belongs to."]
    stable: Annotated[Mapping[str, tuple[str, ...]], "Per concept, the parties for which it is stable."]
    equilibrium: Annotated[tuple[str, ...], "The concepts under which it is stable for every party."]
    margin: Annotated[
        Mapping[str, float | None],
        "Per concept, by how much it holds (below 0: fails) against single parties, in spans of the party "
        "with the least; None where parties are known only by order, where nobody has a move, and under "
        "SIM.",
    ]
    undetermined: Annotated[
        tuple[str, ...],
        "The parties that stay under iSEQ only if a move of theirs is closed of which foresight cannot tell.",
    ]


@dataclass(frozen=True)
class CoalitionSeen:
    """Parties that may act together."""

    members: Annotated[tuple[str, ...], "Who may act together."]
    leaves: Annotated[
        Mapping[str, int],
        "Per concept, how many states it would leave of those that hold against single parties and "
        "against the coalitions before it.",
    ]


@dataclass(frozen=True, kw_only=True)
class Equilibria(Answer):
    """The states that hold, firmest first."""

    question: ClassVar[str] = "equilibria"
    key: ClassVar[tuple[str, ...]] = ("state",)

    concepts: Annotated[tuple[str, ...], "What was asked for."]
    left_out: Annotated[
        tuple[str, ...],
        "Concepts that take too long on so many states to be judged without being asked for.",
    ]
    ordered_by: Annotated[str, "The concept whose margin orders the states."]
    outcome: Annotated[str | None, "The outcome to which counts and states are confined."]
    coalitions: Annotated[tuple[CoalitionSeen, ...], "Those that were reckoned with besides single parties."]
    alone: Annotated[Mapping[str, int], "Per concept, how many states hold against single parties."]
    counts: Annotated[
        Mapping[str, int],
        "Per concept, how many states are an equilibrium: hold against parties and coalitions.",
    ]
    by_outcome: Annotated[
        Mapping[str, Mapping[str, int]],
        "Per outcome and concept, how many of those belong to the outcome.",
    ]
    undetermined: Annotated[
        Mapping[str, int],
        "Under iSEQ, where asked for: how many of `counts` hang on moves of which foresight cannot tell "
        "whether they are open.",
    ]
    status_quo: Annotated[tuple[str, ...], "The level of every option at the status quo, to compare with."]
    states: Annotated[
        tuple[StateFound, ...],
        "Those that are an equilibrium under any concept asked for, or every state if that was asked; at "
        "most `limit`.",
    ]
    limit: Annotated[int, "The most states that are shown."]
    truncated: Annotated[bool, "Whether there are more than `limit`."]

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
