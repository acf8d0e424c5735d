"""Only worths are worked out anew, and they are those of the variant compiled whole."""

from __future__ import annotations

import random

import numpy as np

from detente.graph.compile import compile_graph
from detente.graph.moves import restrict
from detente.graph.revalued import revalued
from detente.scenario.change import shift_attitude
from detente.scenario.model import Cardinal
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
