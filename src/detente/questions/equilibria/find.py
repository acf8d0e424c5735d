"""Which states hold?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from detente.answers.answer import common, finite
from detente.concepts import CONCEPTS, named
from detente.errors import RefusedError, UnknownNameError
from detente.questions.equilibria.answer import Equilibria, StateFound
from detente.scenario.expression import Name
from detente.scenario.model import Scenario
from detente.stability.table import Stability, stability
from detente.states.compile import compile_graph
from detente.states.evaluate import condition
from detente.states.names import labels, level_names
from detente.states.state_graph import Bools, Floats, Int64, StateGraph

FORESIGHT = "seq"
ROWS = {concept.name: row for row, concept in enumerate(CONCEPTS)}


def equilibria(
    scenario: Scenario,
    concepts: Sequence[str] | None = None,
    outcome: str | None = None,
    all: bool = False,
    limit: int = 100,
) -> Equilibria:
    """The states that no party has reason to leave, firmest first.

    A state is an equilibrium under a concept when it is stable for every party (Fang, Hipel and Kilgour 1993).
    States are ordered by their margin under sequential stability if it is asked for, else under the first
    concept asked for; then by the number of concepts under which they are equilibria; then by number.

    Parameters
    ----------
    scenario : Scenario
    concepts : sequence of str, optional
        Names of concepts; all five when absent.
    outcome : str, optional
        Look only at states of this outcome.
    all : bool
        List every state, equilibrium or not.
    limit : int
        List at most so many states; the counts are of all.

    Returns
    -------
    Equilibria

    Raises
    ------
    UnknownNameError
        For a concept or an outcome that does not exist.
    RefusedError
        For a limit below 1.
    TooLargeError
        When the scenario has more states than are admitted.
    """
    if limit < 1:
        raise RefusedError(f"limit is {limit}; a list holds at least 1 state.")
    chosen = tuple(dict.fromkeys(named(name).name for name in concepts or [c.name for c in CONCEPTS]))
    graph = compile_graph(scenario)
    inside = _inside(scenario, graph, outcome)
    table = stability(graph, chosen)
    holds = np.stack([table.equilibria(concept) & inside for concept in chosen])
    listed = np.flatnonzero(inside if all else holds.any(axis=0))
    first = FORESIGHT if FORESIGHT in chosen else chosen[0]
    order = _firmest(listed, table.margin[ROWS[first]], holds)[:limit]
    return Equilibria(
        **common(scenario, graph.states),
        concepts=chosen,
        ordered_by=first,
        outcome=outcome,
        counts=_counts(chosen, holds),
        by_outcome={
            each.id: _counts(chosen, holds[:, condition(scenario, graph, each.where)])
            for each in scenario.outcomes
        },
        status_quo=scenario.status_quo,
        states=tuple(
            _found(scenario, graph, table, dict(zip(chosen, holds[:, state], strict=True)), int(state))
            for state in order
        ),
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


def _found(
    scenario: Scenario, graph: StateGraph, table: Stability, holds: Mapping[str, np.bool_], state: int
) -> StateFound:
    return StateFound(
        state=state + 1,
        levels=level_names(scenario, graph, state),
        labels=labels(scenario, graph, state),
        stable={concept: _stable(graph, table, concept, state) for concept in holds},
        equilibrium=tuple(concept for concept, is_one in holds.items() if is_one),
        margin={concept: finite(table.margin[ROWS[concept], state]) for concept in holds},
    )


def _stable(graph: StateGraph, table: Stability, concept: str, state: int) -> tuple[str, ...]:
    bit, flags = 1 << ROWS[concept], table.flags[:, state]
    return tuple(party for party, held in zip(graph.parties, flags, strict=True) if held & bit)
