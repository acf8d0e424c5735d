"""An edge is found where it was put."""

from __future__ import annotations

import pytest

from detente.scenario.judgements import judgements
from detente.scenario.model import Scenario
from detente.worlds.edges import HALVINGS, edges


@pytest.mark.parametrize("where", [1.6, 2.2, 2.99, 3.01, 3.4, 4.4])
def test_edge_is_found_where_it_is(dam: Scenario, where: float) -> None:
    known = next(one for one in judgements(dam) if one.address == "interests.UP.1.weight")
    asked: list[float] = []

    def judge(scenario: Scenario) -> str:
        weight = next(one for one in judgements(scenario) if one.address == known.address).number.central
        asked.append(weight)
        return "high" if weight > where else "low"

    verdict = judge(dam)
    (edge,) = edges(dam, known, judge, verdict)
    assert edge.verdict != verdict
    assert min(edge.kept, edge.flipped) <= where <= max(edge.kept, edge.flipped)
    assert abs(edge.flipped - edge.kept) == pytest.approx(1.5 / 2**HALVINGS)
    assert edge.way == pytest.approx(abs(edge.flipped - 3) / 1.5)
    assert len(asked) == 1 + 2 + HALVINGS


def test_none_where_both_ends_are_alike(dam: Scenario) -> None:
    known = next(one for one in judgements(dam) if one.number.spread is not None)
    assert edges(dam, known, lambda scenario: "same", "same") == ()
