"""From words to arrays: the one crossing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np

from detente.graph.evaluate import condition
from detente.graph.payoffs import payoffs
from detente.graph.ranks import by_ranking, by_statements, dense
from detente.graph.space import Space, axes_of
from detente.graph.state_graph import Axis, Floats, Int32, Int64, StateGraph
from detente.graph.states import feasible
from detente.scenario.model import Cardinal, Ranking, Scenario

_THREADED = 1 << 22


def compile_graph(scenario: Scenario, base: Scenario | None = None) -> StateGraph:
    """The crisis as arrays: its feasible states and how every party ranks them.

    The last few graphs are remembered, so that questions about one scenario share the work.

    Parameters
    ----------
    scenario
        The crisis, or a variant of one.
    base
        The scenario of which it is a variant: weights are scaled and spans measured there. None: itself.

    Returns
    -------
    StateGraph

    Raises
    ------
    TooLargeError
        More combinations or feasible states than are admitted.
    ScenarioError
        The rules leave no state, or a ranking does not fit the states.
    RefusedError
        A quantity that is no number in [0, 1], or an attitude where one side is known by order only.
    """
    return _compiled(scenario, None if base == scenario else base)


@lru_cache(maxsize=4)
def _compiled(scenario: Scenario, base: Scenario | None) -> StateGraph:
    axes = axes_of(scenario)
    codes = feasible(scenario)
    values, pictured = payoffs(scenario, base or scenario, Space(axes), codes)
    parties = tuple(party.id for party in scenario.parties)
    for party, preference in enumerate(scenario.preferences):
        if not isinstance(preference, Cardinal):
            values[party] = _ordinal(scenario, axes, codes, party)
    ranks = _ranked([*values, *pictured.values()])
    return StateGraph(
        parties=parties,
        axes=axes,
        codes=codes,
        ranks=np.stack(ranks[: len(parties)]),
        payoffs=values,
        cardinal=tuple(isinstance(preference, Cardinal) for preference in scenario.preferences),
        spans=_spans(parties, values, None if base is None else _compiled(base, None)),
        seen=dict(zip(pictured, ranks[len(parties) :], strict=True)),
    )


def _ranked(rows: list[Int64]) -> list[Int32]:
    """Dense ranks of every row; sorting leaves room for a second thread, large rows for the memory of one."""
    with ThreadPoolExecutor(2 if rows[0].size <= _THREADED else 1) as pool:
        return list(pool.map(dense, rows))


def _ordinal(scenario: Scenario, axes: tuple[Axis, ...], codes: Int64, party: int) -> Int32:
    preference = scenario.preferences[party]
    if isinstance(preference, Ranking):
        return by_ranking(scenario.parties[party].id, preference.groups, len(codes))
    assert not isinstance(preference, Cardinal)
    bare = _bare(axes, codes)
    holds = (condition(scenario, bare, statement.where) for statement in preference.statements)
    return by_statements(holds, len(codes))


def _bare(axes: tuple[Axis, ...], codes: Int64) -> StateGraph:
    """States without parties, over which conditions can be evaluated already."""
    nothing = np.empty((0, len(codes)), dtype=np.int64)
    return StateGraph((), axes, codes, nothing.astype(np.int32), nothing, (), np.empty(0))


def _spans(parties: tuple[str, ...], payoffs: Int64, base: StateGraph | None) -> Floats:
    """Distance between best and worst payoff in the base scenario, 1 where a party is indifferent there."""
    spans = [max(1.0, float(row.max() - row.min())) for row in payoffs]
    known = {} if base is None else dict(zip(base.parties, base.spans.tolist(), strict=True))
    return np.array(
        [known.get(party, span) for party, span in zip(parties, spans, strict=True)], dtype=np.float64
    )
