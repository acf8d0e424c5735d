"""Only worths are worked out anew, and they are those of the variant compiled whole."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from detente.scenario.change import shift_attitude
from detente.scenario.load import loads
from detente.scenario.model import Cardinal, Number
from detente.states.compile import compile_graph
from detente.states.moves import restrict
from detente.states.revalued import revalued
from oracles.random_scenarios import Shape, random_scenario


def test_a_graph_revalued_is_the_variant_compiled_and_restricted() -> None:
    changed = 0
    for seed in range(40):
        base = random_scenario(random.Random(seed), Shape(ordinal=0.2))
        cardinal = [
            party.id
            for party, held in zip(base.parties, base.preferences, strict=True)
            if isinstance(held, Cardinal)
        ]
        if len(cardinal) < 2:
            continue
        variant = shift_attitude(base, cardinal[0], cardinal[1], 0.3)
        whole, wanted = compile_graph(base), compile_graph(variant, base=base)
        levels = whole.levels(seed % whole.states)
        part, home = restrict(whole, {0: levels[0]})
        found = revalued(part, whole.codes[home], variant, base)
        assert np.array_equal(found.payoffs, wanted.payoffs[:, home])
        assert np.array_equal(found.spans, wanted.spans)
        for one, other in (
            (found.ranks, wanted.ranks[:, home]),
            *zip(found.seen.values(), (ranks[home] for ranks in wanted.seen.values()), strict=True),
        ):
            assert np.array_equal(np.argsort(one, kind="stable"), np.argsort(other, kind="stable"))
        assert found.axes == part.axes
        changed += bool((found.payoffs != part.payoffs).any())
    assert changed > 10


MINE = """
detente: 1
title: A mine
parties: {A: {}, B: {}, X: {}}
options: {A.cut: {}, X.yield: {}}
pressure:
  X:
    channels:
      - {partner: A, good: coal, kind: licit, value: 50}
      - {partner: B, good: coal, kind: licit, value: 50}
    cuts: [{channels: A coal, by: A.cut, open: {no: 1, yes: 0}}]
interests:
  A: [{wants: X.yield, weight: 1}]
  B: {statements: ["pressure(X) >= 0.5", X.yield]}
  X: [{wants: 1 - pressure(X), weight: 1}]
"""


def test_statements_about_trade_order_the_states_anew_where_trade_changes() -> None:
    base = loads(MINE)
    trade = base.pressures[0]
    less = replace(trade.channels[0], value=Number(30.0))
    variant = replace(base, pressures=(replace(trade, channels=(less, *trade.channels[1:])),))
    whole, wanted = compile_graph(base), compile_graph(variant, base=base)
    assert not np.array_equal(whole.ranks[1], wanted.ranks[1])
    found = revalued(whole, whole.codes, variant, base)
    assert np.array_equal(found.ranks, wanted.ranks)
    assert np.array_equal(found.payoffs, wanted.payoffs)
