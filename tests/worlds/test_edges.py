"""An edge is found where it was put."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from detente.scenario.judgements import judgements
from detente.scenario.model import Scenario
from detente.worlds.edges import HALVINGS, Change, changed, edges
from detente.worlds.measure import Measure


@pytest.mark.parametrize("where", [1.6, 2.2, 2.99, 3.01, 3.4, 4.4])
def test_edge_is_found_where_it_is(dam: Scenario, where: float) -> None:
    known = next(one for one in judgements(dam) if one.address == "interests.UP.1.weight")
    asked: list[float] = []

    def judge(changes: Sequence[Change]) -> list[str]:
        asked.extend(value for _, value in changes)
        return ["high" if value > where else "low" for _, value in changes]

    (verdict,) = judge([(known, known.number.central)])
    (edge,) = edges([known], judge, verdict)
    assert edge.verdict != verdict
    assert min(edge.kept, edge.flipped) <= where <= max(edge.kept, edge.flipped)
    assert abs(edge.flipped - edge.kept) == pytest.approx(1.5 / 2**HALVINGS)
    assert edge.way == pytest.approx(abs(edge.flipped - 3) / 1.5)
    assert len(asked) == 1 + 2 + HALVINGS


def test_none_where_both_ends_are_alike(dam: Scenario) -> None:
    known = [one for one in judgements(dam) if one.number.spread is not None]
    assert edges(known, lambda changes: ["same"] * len(changes), "same") == ()


def test_change_is_made_in_every_place(dam: Scenario) -> None:
    known = next(one for one in judgements(dam) if one.mutual)
    other = changed(dam, (known, 0.25))
    assert [one.number.central for one in judgements(other) if one.mutual] == [0.25]


@pytest.mark.parametrize("foresight", ["seq", "iseq"])
def test_the_fast_way_finds_the_edges_of_the_general_way(dam: Scenario, foresight: str) -> None:
    """Both ways say the same of every number, moved alone to both ends of its spread."""
    fast, general = Measure(dam, foresight=foresight), Measure(dam, foresight=foresight)
    general.__dict__["quick"] = None
    changes = [(known, end) for known in fast.worlds.inputs for end in (known.number.spread.low, 2.5)]
    for strategy in fast.strategies:
        assert fast.successes(changes, strategy, "treaty") == pytest.approx(
            general.successes(changes, strategy, "treaty")
        )
