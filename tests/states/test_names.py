"""The order of states in words hangs neither on the order of options nor on that of levels."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from detente.scenario.load import loads
from detente.states.compile import compile_graph
from detente.states.names import alphabetical, level_names, likeliest

TEXT = """
detente: 1
title: Orders
parties: {{A: {{}}, B: {{}}}}
options: {{{options}}}
rules: [{{must: not (A.zone == c and B.area)}}]
interests: {{A: [{{wants: A.zone == a, weight: 1}}], B: [{{wants: B.area, weight: 1}}]}}
"""


def test_states_come_in_the_order_of_a_dictionary() -> None:
    orders, tops = set(), set()
    for levels in permutations("abc"):
        for first in (True, False):
            options = [f"A.zone: {{levels: [{', '.join(levels)}]}}", "B.area: {}"][:: 1 if first else -1]
            scenario = loads(TEXT.format(options=", ".join(options)) + "status_quo: {A.zone: a}\n")
            graph = compile_graph(scenario)
            states, ids = np.arange(graph.states), [option.id for option in scenario.options]
            turn = alphabetical(scenario, graph, states)
            words = [
                dict(zip(ids, level_names(scenario, graph, state), strict=True)) for state in states.tolist()
            ]
            told = [tuple(sorted(words[state].items())) for state in np.argsort(turn)]
            assert told == sorted(told)
            orders.add(tuple(told))
            equal = np.full(len(states), 1 / len(states))
            tops.add(tuple(sorted(words[likeliest(scenario, graph, states, equal)].items())))
    assert len(orders) == len(tops) == 1


def test_the_likeliest_state_is_the_likeliest() -> None:
    scenario = loads(TEXT.format(options="A.zone: {levels: [a, b, c]}, B.area: {}"))
    graph = compile_graph(scenario)
    assert likeliest(scenario, graph, np.array([0, 3, 2]), np.array([0.2, 0.5, 0.3])) == 3
