"""The fewest exchanges in the orders of parties known only by order after which an outcome holds, in words."""

from __future__ import annotations

from collections.abc import Sequence

from detente.questions.fix.answer import ExchangeSeen, ReorderingSeen
from detente.questions.fix.preference_changes import Order, Reordering, fewest_changes
from detente.questions.named import party_named
from detente.scenario.expression import to_text
from detente.scenario.model import Ranking, Scenario, Statements
from detente.states.evaluate import condition
from detente.states.state_graph import Bools, StateGraph

ORDERS = 3_000  # orders of the parties that are judged at most


def fewest_exchanges(scenario: Scenario, graph: StateGraph, concept: str, inside: Bools) -> ReorderingSeen:
    """The fewest changes of the orders of parties known only by order."""
    orders = [_order(scenario, graph, party) for party, known in enumerate(graph.cardinal) if not known]
    found = fewest_changes(graph, orders, concept, inside, ORDERS)
    return ReorderingSeen(
        changes=_exchanges(scenario, graph, orders, found),
        state=None if found.state is None else found.state + 1,
        exact=found.exact,
        depth=found.depth,
        tried=found.tried,
    )


def _order(scenario: Scenario, graph: StateGraph, party: int) -> Order:
    held = scenario.preferences[party]
    if isinstance(held, Ranking):
        groups = tuple(tuple(number - 1 for number in group) for group in held.groups if group)
        return Order(party, groups=groups)
    assert isinstance(held, Statements)
    return Order(
        party, statements=tuple(condition(scenario, graph, statement.where) for statement in held.statements)
    )


def _exchanges(
    scenario: Scenario, graph: StateGraph, orders: Sequence[Order], found: Reordering
) -> tuple[ExchangeSeen, ...]:
    """The changes in words; later swaps are told as the earlier ones have left the ranking."""
    standing = {order.party: list(order.groups) for order in orders}
    told = []
    for change in found.changes:
        held = scenario.preferences[change.party]
        if isinstance(held, Statements):
            text = to_text(held.statements[change.place - 1].where)
        else:
            groups = standing[change.party]
            above, below = groups[change.place - 2 : change.place]
            groups[change.place - 2 : change.place] = below, above
            text = f"{_numbers(below)} above {_numbers(above)}"
        told.append(ExchangeSeen(party_named(graph, change.party), change.kind, change.place, text))
    return tuple(told)


def _numbers(group: Sequence[int]) -> str:
    return ", ".join(str(state + 1) for state in group)
