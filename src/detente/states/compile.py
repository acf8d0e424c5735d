"""From words to arrays: the one crossing."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import numpy as np

from detente.scenario.model import Cardinal, Ranking, Scenario
from detente.states.evaluate import condition
from detente.states.faults import refuse_rules_that_divide
from detente.states.payoffs import payoffs
from detente.states.ranks import by_ranking, by_statements, dense
from detente.states.space import Space, axes_of
from detente.states.state_graph import Axis, Floats, Int32, Int64, StateGraph, bare
from detente.states.states import feasible

_THREADED = 1 << 22


def compile_graph(scenario: Scenario, base: Scenario | None = None) -> StateGraph:
    """The crisis as arrays: its feasible states and how every party ranks them.

    The graphs used last are remembered, so that questions about one scenario share the work.

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


def _compiled(scenario: Scenario, base: Scenario | None) -> StateGraph:
    known = _shelf.find((scenario, base))
    if known is None:
        known = _build(scenario, base)
        _shelf.keep((scenario, base), known)
    return known


class _Shelf:
    """The graphs used last, as many as fit a fixed amount of memory, and at least one."""

    def __init__(self, most: int) -> None:
        self.most, self.lock = most, Lock()
        self.graphs: OrderedDict[tuple[Scenario, Scenario | None], StateGraph] = OrderedDict()

    def find(self, key: tuple[Scenario, Scenario | None]) -> StateGraph | None:
        with self.lock:
            if key in self.graphs:
                self.graphs.move_to_end(key)
            return self.graphs.get(key)

    def keep(self, key: tuple[Scenario, Scenario | None], graph: StateGraph) -> None:
        with self.lock:
            self.graphs[key] = graph
            while len(self.graphs) > 1 and sum(map(_size, self.graphs.values())) > self.most:
                self.graphs.popitem(last=False)


_shelf = _Shelf(most=1 << 28)


def _size(graph: StateGraph) -> int:
    """Bytes of a graph's arrays."""
    wide = graph.codes.nbytes + graph.payoffs.nbytes + graph.ranks.nbytes
    return wide + sum(ranks.nbytes for ranks in graph.seen.values())


def _build(scenario: Scenario, base: Scenario | None) -> StateGraph:
    axes = axes_of(scenario)
    refuse_rules_that_divide(scenario)
    codes = feasible(scenario)
    values, pictured = payoffs(scenario, base or scenario, Space(axes), codes)
    parties = tuple(party.id for party in scenario.parties)
    for party, preference in enumerate(scenario.preferences):
        if not isinstance(preference, Cardinal):
            values[party] = ordinal(scenario, axes, codes, party)
    seen = {pair: np.empty(len(codes), dtype=np.int32) for pair in pictured}
    ranks = np.empty(values.shape, dtype=np.int32)
    _rank([*values, *pictured.values()], [*ranks, *seen.values()])
    return StateGraph(
        parties=parties,
        axes=axes,
        codes=codes,
        ranks=ranks,
        payoffs=values,
        cardinal=tuple(isinstance(preference, Cardinal) for preference in scenario.preferences),
        spans=_spans(parties, values, None if base is None else _compiled(base, None)),
        seen=seen,
    )


def _rank(rows: list[Int64], ranks: list[Int32]) -> None:
    """Dense ranks of every row, on two threads where rows are small enough for the memory of two."""
    with ThreadPoolExecutor(2 if rows[0].size <= _THREADED else 1) as pool:
        for target, dense_ranks in zip(ranks, pool.map(dense, rows), strict=True):
            target[:] = dense_ranks


def ordinal(scenario: Scenario, axes: tuple[Axis, ...], codes: Int64, party: int) -> Int32:
    """Ranks of states for a party known by order only (a ranking orders all states, and no fewer)."""
    preference = scenario.preferences[party]
    if isinstance(preference, Ranking):
        return by_ranking(scenario.parties[party].id, preference.groups, len(codes))
    assert not isinstance(preference, Cardinal)
    states = bare(axes, codes)
    holds = (condition(scenario, states, statement.where) for statement in preference.statements)
    return by_statements(holds, len(codes))


def _spans(parties: tuple[str, ...], payoffs: Int64, base: StateGraph | None) -> Floats:
    """Distance between best and worst payoff in the base scenario, 1 where a party is indifferent there."""
    spans = [max(1.0, float(row.max() - row.min())) for row in payoffs]
    known = {} if base is None else dict(zip(base.parties, base.spans.tolist(), strict=True))
    return np.array(
        [known.get(party, span) for party, span in zip(parties, spans, strict=True)], dtype=np.float64
    )
