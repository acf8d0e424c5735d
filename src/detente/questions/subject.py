"""What a question is about: a state, an outcome or a strategy, from the words somebody typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Literal, TypeVar

import numpy as np

from detente.answers.answer import Answer, key_of
from detente.errors import RefusedError, UnknownNameError
from detente.scenario.expression import Comparison, Expression, Logic, Name
from detente.scenario.model import Outcome, Scenario
from detente.states.compile import compile_graph
from detente.states.evaluate import condition
from detente.states.names import STATUS_QUO, level_names, state_called, status_quo
from detente.states.state_graph import Bools, StateGraph

AnswerType = TypeVar("AnswerType", bound=Answer)
Kind = Literal["state", "outcome", "strategy"]
KINDS: tuple[Kind, ...] = ("state", "outcome", "strategy")
MOST_DIGITS = 20  # of the number of a state


@dataclass(frozen=True)
class Subject:
    """What is meant: an outcome or a strategy by its id, or a state by its index and by what it was called.

    `also` holds the other kinds of thing that bear the same name and were not meant.
    """

    kind: Kind
    name: str
    state: int | None = None
    also: tuple[Kind, ...] = ()


def subject_of(scenario: Scenario, graph: StateGraph, words: str | Sequence[str]) -> Subject:
    """What some words mean.

    Read in this order: `OPTION=level` (several may stand together; the rest is as today), `status-quo`, the
    number of a state, an outcome, a strategy. `state:`, `outcome:` or `strategy:` before a name settles it.

    Raises
    ------
    UnknownNameError
        A name that nothing bears, with a near miss.
    RefusedError
        A state that does not exist, or words that mean no one thing.
    """
    parts = (words if isinstance(words, str) else " ".join(words)).replace(",", " ").split() or [STATUS_QUO]
    if any("=" in part for part in parts):
        levels = tuple(part for part in parts if part != STATUS_QUO)
        return Subject("state", ", ".join(levels), state_called(scenario, graph, levels))
    if len(parts) > 1:
        raise RefusedError(f"'{' '.join(parts)}' names more than one thing. Ask about one at a time.")
    kind, sign, name = parts[0].rpartition(":")
    if sign and kind not in KINDS:
        raise UnknownNameError("kind of subject", kind, KINDS)
    meant = [known for known in _bearing(scenario, name) if kind in ("", known)]
    if not meant:
        raise _unknown(scenario, kind, name)
    if meant[0] == "state":
        return Subject("state", name, _state(scenario, graph, name), tuple(meant[1:]))
    return Subject(meant[0], name, None, tuple(meant[1:]))


@dataclass(frozen=True)
class Goal:
    """An outcome that is to hold, last or be reached, and the scenario that knows it.

    A single state is an outcome too: then the scenario is the one asked about with that outcome added.
    """

    scenario: Scenario
    outcome: str


def goal_of(scenario: Scenario, words: str | None, so: str) -> Goal:
    """What some words mean as a goal: an outcome, or a state as `subject_of` reads it; the aim without any.

    Parameters
    ----------
    so : what follows for the question where there is neither (`nothing is said to last`).

    Raises
    ------
    RefusedError
        Neither words nor an aim, or a state that does not exist.
    UnknownNameError
        A name that no outcome bears.
    """
    known = [outcome.id for outcome in scenario.outcomes]
    wanted = scenario.aim if words is None else words
    if wanted is None:
        raise RefusedError(f"the scenario names no aim, so {so}. Name an outcome or a state, or an aim.")
    if wanted in known:
        return Goal(scenario, wanted)
    if not (wanted == STATUS_QUO or wanted.isdecimal() or "=" in wanted or wanted.startswith("state:")):
        raise UnknownNameError("outcome", wanted, known)
    graph = compile_graph(scenario)
    state = subject_of(scenario, graph, wanted).state
    assert state is not None
    standing: list[Expression] = [
        Comparison(Name(option.id), "==", Name(level))
        for option, level in zip(scenario.options, level_names(scenario, graph, state), strict=True)
    ]
    where = reduce(lambda left, right: Logic("and", left, right), standing)
    alone = Outcome(f"state {state + 1}", where)
    return Goal(replace(scenario, outcomes=(*scenario.outcomes, alone)), alone.id)


def asked_of(answer: AnswerType, scenario: Scenario) -> AnswerType:
    """An answer as one about the scenario that was asked about, when a goal was added to it."""
    return replace(answer, scenario=key_of(scenario))


def without_clashes(scenario: Scenario, graph: StateGraph, outcome: str, inside: Bools) -> Bools:
    """The states of an outcome in which nothing happens that the scenario lists under `clashes`.

    All of them where no others are left, or where the outcome itself is a clash.
    """
    if outcome in scenario.clashes:
        return inside
    clashing = [condition(scenario, graph, Name(clash)) for clash in scenario.clashes]
    calm: Bools = inside & ~np.any(clashing, axis=0) if clashing else inside
    return calm if calm.any() else inside


def require_states(outcome: str, inside: Bools) -> None:
    """Refuse what is asked of an outcome to which no feasible state belongs.

    Raises
    ------
    RefusedError
        What is wrong with the outcome, and what to do.
    """
    if not inside.any():
        raise RefusedError(
            f"no feasible state belongs to the outcome '{outcome}', so nothing can bring it about. "
            "Change its condition or the rules."
        )


def _bearing(scenario: Scenario, name: str) -> list[Kind]:
    """What bears a name, in the order in which it is read."""
    found: dict[Kind, bool] = {
        "state": name == STATUS_QUO or name.isdecimal(),
        "outcome": name in {outcome.id for outcome in scenario.outcomes},
        "strategy": name in {strategy.id for strategy in scenario.strategies},
    }
    return [kind for kind, bears in found.items() if bears]


def _state(scenario: Scenario, graph: StateGraph, name: str) -> int:
    if name == STATUS_QUO:
        return status_quo(scenario, graph)
    if len(name) > MOST_DIGITS or not 1 <= int(name) <= graph.states:
        raise RefusedError(f"there is no state {name}; states are numbered from 1 to {graph.states}.")
    return int(name) - 1


def state_levels(scenario: Scenario, number: str) -> dict[str, str]:
    """The level of every option in a state, by its number.

    Raises
    ------
    RefusedError
        There is no such state.
    """
    graph = compile_graph(scenario)
    levels = level_names(scenario, graph, _state(scenario, graph, number))
    return {option.id: level for option, level in zip(scenario.options, levels, strict=True)}


def _unknown(scenario: Scenario, kind: str, name: str) -> RefusedError | UnknownNameError:
    """What to say of a name that nothing bears."""
    for option in scenario.options:
        if option.id == name and not kind:
            levels = ", ".join(option.levels)
            return RefusedError(f"'{name}' is an option; write {name}=LEVEL for a state (levels: {levels}).")
    if name in {party.id for party in scenario.parties} and not kind:
        return RefusedError(
            f"'{name}' is a party; name a state, an outcome or a strategy. (`why` takes --party {name} too.)"
        )
    outcomes = [outcome.id for outcome in scenario.outcomes]
    strategies = [strategy.id for strategy in scenario.strategies]
    known = {"state": [STATUS_QUO], "outcome": outcomes, "strategy": strategies}
    every = [STATUS_QUO, *outcomes, *strategies]
    return UnknownNameError(kind or "state, outcome or strategy", name, known.get(kind, every))
