"""The states of a crisis under other interests, attitudes, views or trade: their worth, worked out anew.

Which states there are stays as it is, save where a rule speaks of trade that has changed: then everything is
compiled anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from detente.scenario.expression import Expression
from detente.scenario.model import Scenario, Statements
from detente.states.compile import compile_graph, ordinal
from detente.states.dependencies import trades
from detente.states.moves import restrict
from detente.states.payoffs import payoffs
from detente.states.ranks import dense
from detente.states.reading import Reading
from detente.states.space import Space, axes_of
from detente.states.state_graph import Int64, StateGraph


def revalued(graph: StateGraph, codes: Int64, variant: Scenario, base: Scenario) -> StateGraph:
    """A graph, whole or with options held in place, with the payoffs of a variant of its scenario.

    Parameters
    ----------
    graph
        States of the base scenario.
    codes
        (state,) their codes among all level combinations (those of the whole graph).
    variant
        The scenario whose interests, attitudes, views and trade count; its options and rules are the same, and
        so are its states (see `varied` where they may not be).
    base
        The scenario whose weights scale values and whose spans stay.
    """
    values, pictured = payoffs(variant, base, Space(axes_of(variant)), codes)
    ranks = np.empty_like(graph.ranks)
    for party, cardinal in enumerate(graph.cardinal):
        if cardinal:
            ranks[party] = dense(values[party])
        elif affected(variant, base, _statements(variant, party)):
            values[party] = ranks[party] = ordinal(variant, axes_of(variant), codes, party)
        else:
            values[party], ranks[party] = graph.payoffs[party], graph.ranks[party]
    seen = {pair: dense(row) for pair, row in pictured.items()}
    return replace(graph, payoffs=values, ranks=ranks, seen=seen)


def _statements(scenario: Scenario, party: int) -> list[Expression]:
    """What orders the states for a party known by statements; nothing for one known by a ranking."""
    preference = scenario.preferences[party]
    return [one.where for one in preference.statements] if isinstance(preference, Statements) else []


def varied(graph: StateGraph, codes: Int64, variant: Scenario, base: Scenario) -> tuple[StateGraph, Int64]:
    """A variant of a crisis, with the options held in place that the graph holds, and the codes of its states.

    Worths alone are worked out anew wherever that is enough; where a rule depends on trade that has changed,
    states come or go and the variant is compiled whole (parameters as of `revalued`).

    Raises
    ------
    ScenarioError, RefusedError
        The rules leave no state, or none in which the options stand where they are held.
    """
    if not affected(variant, base, [rule.must for rule in base.rules]):
        return revalued(graph, codes, variant, base), codes
    whole = compile_graph(variant, base=base)
    levels = [len(option.levels) for option in variant.options]
    held = {axis: part.first for axis, part in enumerate(graph.axes) if part.size < levels[axis]}
    found, home = restrict(whole, held)
    return found, whole.codes[home]


def affected(variant: Scenario, base: Scenario, expressions: Sequence[Expression]) -> bool:
    """Whether some conditions of a scenario may hold elsewhere in a variant, since they depend on its trade."""
    before = {pressure.target: pressure for pressure in base.pressures}
    changed = {pressure.target for pressure in variant.pressures if pressure != before.get(pressure.target)}
    return bool(changed) and any(changed & trades(variant, one) for one in expressions)


def met(scenario: Scenario, levels: Sequence[int], conditions: Sequence[Expression]) -> bool:
    """Whether some conditions hold, by a scenario, where its options stand at these levels."""
    reading = Reading(scenario, {place: np.asarray(level) for place, level in enumerate(levels)})
    return all(bool(reading.condition(one)) for one in conditions)
