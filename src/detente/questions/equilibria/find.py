"""Which states hold?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from detente.answers.answer import common, finite
from detente.concepts import FORESIGHT, ITERATED, defined
from detente.errors import RefusedError, UnknownNameError
from detente.questions.equilibria.answer import CoalitionSeen, Equilibria, StateFound
from detente.questions.equilibria.together import (
    MOST_ITERATED,
    Held,
    coalitions_of,
    concepts_for,
    held,
)
from detente.questions.named import named
from detente.questions.progress import Progress, silence
from detente.scenario.expression import Name
from detente.scenario.model import Scenario
from detente.states.compile import compile_graph
from detente.states.evaluate import condition
from detente.states.state_graph import Bools, Floats, Int64, StateGraph


def equilibria(
    scenario: Scenario,
    concepts: Sequence[str] | None = None,
    outcome: str | None = None,
    all: bool = False,
    limit: int = 100,
    coalitions: Sequence[str] = (),
    progress: Progress = silence,
) -> Equilibria:
    """The states that no party has reason to leave, firmest first.

    A state is an equilibrium under a concept when it is stable for every party (Fang, Hipel and Kilgour 1993)
    and no coalition that is reckoned with can improve on it (Kilgour, Hipel, Fang and Peng 2001).
    States are ordered by their margin under sequential stability if it is asked for, else under the first
    concept asked for; then by the number of concepts under which they are equilibria; then by number.

    Parameters
    ----------
    scenario : Scenario
    concepts : sequence of str, optional
        Names of concepts, or `sim`; all when absent (with coalitions: nash, gmr and seq; beyond a
        million states not iseq, which takes longest).
    outcome : str, optional
        Look only at states of this outcome.
    all : bool
        List every state, equilibrium or not.
    limit : int
        List at most so many states; the counts are of all.
    coalitions : sequence of str
        Parties that may act together, joined by `+` as in `USA+ROK`; `all` for every set of two or more.
    progress : callable, optional
        Told what is being done and which share of it is done.

    Returns
    -------
    Equilibria

    Raises
    ------
    UnknownNameError
        For a concept, an outcome or a party that does not exist.
    RefusedError
        For a limit below 1, a coalition of one, or a concept that is not defined for coalitions.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    if limit < 1:
        raise RefusedError(f"limit is {limit}; a list holds at least 1 state.")
    together = coalitions_of(scenario, coalitions)
    asked = concepts_for([defined(name).name for name in concepts or ()], together)
    graph = compile_graph(scenario)
    left_out = (ITERATED,) if not concepts and ITERATED in asked and graph.states > MOST_ITERATED else ()
    asked = tuple(name for name in asked if name not in left_out)
    inside = _inside(scenario, graph, outcome)
    found = held(graph, asked, together, inside, progress)
    holds = np.stack([found[concept].holds for concept in asked])
    listed = np.flatnonzero(inside if all else holds.any(axis=0))
    first = FORESIGHT if FORESIGHT in asked else asked[0]
    order = _firmest(listed, found[first].margin, holds)[:limit]
    return Equilibria(
        **common(scenario, graph.states),
        concepts=asked,
        left_out=left_out,
        ordered_by=first,
        outcome=outcome,
        coalitions=tuple(
            CoalitionSeen(one, {concept: int(seen.leaves[one].sum()) for concept, seen in found.items()})
            for one in together
        ),
        alone={concept: int((seen.stable.all(axis=0) & inside).sum()) for concept, seen in found.items()},
        counts=_counts(asked, holds),
        by_outcome={
            each.id: _counts(asked, holds[:, condition(scenario, graph, each.where)])
            for each in scenario.outcomes
        },
        undetermined={
            concept: int((seen.holds & seen.doubtful.any(axis=0)).sum())
            for concept, seen in found.items()
            if seen.doubtful is not None
        },
        status_quo=scenario.status_quo,
        states=tuple(_found(scenario, graph, found, int(state)) for state in order),
        limit=limit,
        truncated=len(listed) > limit,
    )


def _inside(scenario: Scenario, graph: StateGraph, outcome: str | None) -> Bools:
    if outcome is None:
        return np.ones(graph.states, dtype=np.bool_)
    known = [known.id for known in scenario.outcomes]
    if outcome not in known:
        raise UnknownNameError("outcome", outcome, known)
    return condition(scenario, graph, Name(outcome))


def _counts(concepts: Sequence[str], holds: Bools) -> dict[str, int]:
    return {concept: int(row.sum()) for concept, row in zip(concepts, holds, strict=True)}


def _firmest(states: Int64, margin: Floats, holds: Bools) -> Int64:
    firmness = np.nan_to_num(margin[states], nan=0.0, posinf=np.inf, neginf=-np.inf)
    many = holds[:, states].sum(axis=0)
    order: Int64 = states[np.lexsort((states, -many, -firmness))]
    return order


def _found(scenario: Scenario, graph: StateGraph, found: Mapping[str, Held], state: int) -> StateFound:
    return StateFound(
        **named(scenario, graph, state),
        stable={concept: _stable(graph, seen, state) for concept, seen in found.items()},
        equilibrium=tuple(concept for concept, seen in found.items() if seen.holds[state]),
        margin={concept: finite(seen.margin[state]) for concept, seen in found.items()},
        undetermined=tuple(
            party
            for seen in found.values()
            if seen.doubtful is not None
            for party, unsure in zip(graph.parties, seen.doubtful[:, state], strict=True)
            if unsure
        ),
    )


def _stable(graph: StateGraph, seen: Held, state: int) -> tuple[str, ...]:
    return tuple(party for party, is_so in zip(graph.parties, seen.stable[:, state], strict=True) if is_so)
