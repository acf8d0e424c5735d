"""What compliance is worth: by hand, against all orders written out, and on the Korean crisis."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from detente.errors import RefusedError, UnknownNameError
from detente.library import open
from detente.questions.pressure.compliance import compliance
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.states.compile import compile_graph
from detente.states.evaluate import trade_at
from detente.states.names import state_called, state_of, status_quo
from detente.trade.economy import solve

BORDER = """
detente: 1
title: A border
parties: {T: {}, A: {}, B: {}, C: {}}
options:
  A.border: {levels: [lax, half, shut]}
  B.port: {levels: [strict, leaks]}
  C.banks: {levels: [shut, odd, ajar]}
  C.gift: {}
  nature.storm: {moves: up}
status_quo: {A.border: half, B.port: leaks, C.banks: ajar}
interests:
  T: [{avoids: pressure(T), weight: 1}]
  A: [{wants: pressure(T), weight: 1}]
  B: [{wants: pressure(T), weight: 1}]
  C: [{wants: pressure(T), weight: 1}]
pressure:
  T:
    channels:
      - {partner: A, good: coal, value: 60}
      - {partner: B, good: coal, value: 0}
      - {partner: B, good: fish, value: 20}
      - {partner: C, good: gold, value: 20}
    cuts:
      - {channels: A coal, by: A.border, open: {lax: 1, half: 0.5, shut: 0}}
      - {channels: B, by: B.port, open: {strict: 0, leaks: 1}}
      - {channels: C, by: C.banks, open: {shut: 0.5, odd: 0.5, ajar: 1}}
      - {channels: all, by: nature.storm, open: {no: 1, yes: 0.9}}
    diverts: [{from: A coal, to: B coal, spare: 40, when: B.port == leaks}]
    aids: [{partner: C, value: 30, when: C.gift}]
"""


@pytest.fixture(scope="module")
def border() -> Scenario:
    return loads(BORDER)


def worth(scenario: Scenario, levels: dict[str, str]) -> float:
    graph = compile_graph(scenario)
    trade = trade_at(scenario, graph, scenario.pressures[0].target, state_of(scenario, graph, levels))
    return 1 - solve(scenario.pressures[0], *trade).retained


def standing(scenario: Scenario) -> tuple[int, ...]:
    graph = compile_graph(scenario)
    return tuple(graph.levels(status_quo(scenario, graph)))


TIGHT = {"A": {"A.border": "shut"}, "B": {"B.port": "strict"}, "C": {"C.banks": "odd"}}
LOOSE = {"A": {"A.border": "lax"}, "B": {"B.port": "leaks"}, "C": {"C.banks": "ajar"}}


def of(scenario: Scenario, members: set[str]) -> float:
    levels: dict[str, str] = {}
    for party in "ABC":
        levels |= TIGHT[party] if party in members else LOOSE[party]
    return worth(scenario, levels)


def test_every_figure_against_its_definition(border: Scenario) -> None:
    found = compliance(border, border.pressures[0], standing(border))
    assert {each.party for each in found.enforcers} == {"A", "B", "C"}
    assert (found.loosest, found.tightest) == pytest.approx((of(border, set()), of(border, {"A", "B", "C"})))
    assert found.here == pytest.approx(worth(border, {}))
    for each in found.enforcers:
        assert each.alone == pytest.approx(of(border, {each.party}) - of(border, set()))
        others = {"A", "B", "C"} - {each.party}
        assert each.last == pytest.approx(found.tightest - of(border, others))
        assert each.here == pytest.approx(worth(border, TIGHT[each.party]) - found.here)
        orders = list(permutations("ABC"))
        mean = sum(
            of(border, set(order[: order.index(each.party) + 1]))
            - of(border, set(order[: order.index(each.party)]))
            for order in orders
        ) / len(orders)
        assert each.average == pytest.approx(mean)


def test_shares_add_up_and_the_largest_comes_first(border: Scenario) -> None:
    found = compliance(border, border.pressures[0], standing(border))
    averages = [each.average or 0.0 for each in found.enforcers]
    assert sum(averages) == pytest.approx(found.tightest - found.loosest)
    assert averages == sorted(averages, reverse=True)


def test_a_way_round_is_worth_shutting_only_once_the_others_comply(border: Scenario) -> None:
    found = {each.party: each for each in compliance(border, border.pressures[0], standing(border)).enforcers}
    assert found["B"].last == pytest.approx(0.6)  # its own fish, and the coal that it no longer takes in
    assert found["B"].alone == pytest.approx(0.2)


def test_of_equal_levels_the_nearest_is_taken(border: Scenario) -> None:
    (valve,) = next(
        each
        for each in compliance(border, border.pressures[0], standing(border)).enforcers
        if each.party == "C"
    ).valves
    assert (border.options[valve.option].id, valve.loosest, valve.tightest) == ("C.banks", 2, 1)


def test_aid_stays_as_it_is(border: Scenario) -> None:
    helped = replace(border, status_quo=(*border.status_quo[:3], "yes", border.status_quo[4]))
    found = compliance(helped, helped.pressures[0], standing(helped))
    assert found.loosest == pytest.approx(-0.3)
    assert sum(each.average or 0.0 for each in found.enforcers) == pytest.approx(found.tightest - found.loosest)


def test_korea() -> None:
    korea = open("korea-2017")
    found = compliance(korea, korea.pressures[0], standing(korea))
    assert [each.party for each in found.enforcers] == ["CHN", "USA", "RUS"]
    assert sum(each.average or 0.0 for each in found.enforcers) == pytest.approx(found.tightest - found.loosest)


class TestStateCalled:
    def test_the_status_quo_and_what_differs_from_it(self, border: Scenario) -> None:
        graph = compile_graph(border)
        assert state_called(border, graph, ()) == status_quo(border, graph)
        assert state_called(border, graph, ["status-quo"]) == status_quo(border, graph)
        called = state_called(border, graph, ["A.border=shut", "B.port = strict"])
        assert called == state_of(border, graph, {"A.border": "shut", "B.port": "strict"})

    @pytest.mark.parametrize("word", ["today", "A.border", "A.border=", "=shut"])
    def test_other_words_are_refused(self, border: Scenario, word: str) -> None:
        with pytest.raises(RefusedError, match=r"names no state\. Write status-quo, or OPTION=level"):
            state_called(border, compile_graph(border), [word])

    def test_two_levels_for_one_option_are_refused(self, border: Scenario) -> None:
        with pytest.raises(RefusedError, match=r"'A.border' cannot stand at lax and at shut"):
            state_called(border, compile_graph(border), ["A.border=lax", "A.border=shut"])

    def test_unknown_names_come_with_a_near_miss(self, border: Scenario) -> None:
        with pytest.raises(UnknownNameError, match=r"Did you mean 'A.border'"):
            state_called(border, compile_graph(border), ["A.boarder=lax"])
        with pytest.raises(UnknownNameError, match="Did you mean 'shut'"):
            state_called(border, compile_graph(border), ["A.border=shot"])
