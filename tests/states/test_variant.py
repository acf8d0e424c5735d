"""A changed crisis: worth what a crisis written so would be, and shared wherever the change leaves it alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.play.case import BY_ITSELF, Case, conduct_of
from detente.scenario.change import (
    close_channel,
    move_venue,
    open_table,
    shift_attitude,
    strike_shock,
)
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from detente.states.compile import compile_graph
from detente.states.names import status_quo
from detente.states.variant import Variant, whole

PORT = """
detente: 1
title: A port
aim: open
parties: {A: {}, B: {}, C: {}}
options:
  A.toll: {levels: [none, low, high]}
  B.ships: {}
  C.watch: {}
  nature.storm: {moves: up, hazard: 0.1}
rules: [{must: not (C.watch and pressure(B) > 0.5), because: a poor town has no watch}]
outcomes: {open: B.ships and A.toll != high}
interests:
  A: [{wants: A.toll == high, weight: 2}, {wants: B.ships, weight: 3}]
  B:
    - {avoids: B.ships and A.toll == high, weight: 2}
    - {wants: B.ships, weight: 1}
    - {avoids: C.watch, weight: 1}
  C: [{wants: C.watch, weight: 1}, {avoids: risk(nature.storm), weight: 1}, {avoids: pressure(B), weight: 1}]
relations: {A > B: 0.2, C > B: -0.1}
pressure:
  B:
    channels: [{partner: A, good: salt, value: 10}, {partner: C, good: salt, value: 6}]
    cuts: [{channels: A, by: A.toll, open: {none: 1, low: 0.5, high: 0}}]
tables: {quay: [A, B]}
venues:
  inn: {title: Inn, composure: {A: 2}}
  hall: {title: Hall, composure: {A: 2}, attitudes: {A > B: 0.4}}
shocks: {feud: {hazard: 0.2, attitudes: {A > B: -0.5}, set: {B.ships: no}}}
"""


@pytest.fixture(scope="module")
def port() -> Scenario:
    return loads(PORT)


def same(variant: Variant, scenario: Scenario) -> bool:
    """Whether a variant's states are worth what they are in the scenario compiled whole."""
    graph = compile_graph(scenario, base=variant.base)
    places = np.searchsorted(graph.codes, variant.codes)
    return (
        (graph.codes[places] == variant.codes).all()
        and (graph.payoffs[:, places] == variant.graph.payoffs).all()
        and (graph.spans == variant.graph.spans).all()
    )


def test_worths_are_those_of_the_crisis_written_so(port: Scenario) -> None:
    everything = whole(port)
    calm = everything.calm(status_quo(port, everything.graph))
    assert (everything.graph.states, calm.graph.states) == (20, 10)
    changed = [
        shift_attitude(port, "A", "B", 0.3),
        move_venue(port, "hall"),
        strike_shock(port, "feud"),
        close_channel(port, "B", "C"),
    ]
    for scenario in changed:
        assert same(everything.changed(scenario), scenario)
        assert same(calm.changed(scenario), scenario)
        assert same(calm.changed(scenario).changed(port), port)  # and back


def test_states_come_and_go_with_the_trade_that_a_rule_speaks_of(port: Scenario) -> None:
    calm = whole(port).calm(0)
    poorer = calm.changed(close_channel(port, "B", "C"))
    assert poorer.graph.states < calm.graph.states
    assert set(poorer.codes) < set(calm.codes)
    assert [calm.whole[home] for home in poorer.home] == poorer.codes.tolist()
    assert calm.changed(close_channel(port, "B", "C")).changed(port).codes.tolist() == calm.codes.tolist()
    assert poorer.inside("open").sum() <= calm.inside("open").sum()


def test_a_state_is_found_by_its_place_in_the_whole_crisis(port: Scenario) -> None:
    everything = whole(port)
    for state in range(everything.graph.states):
        calm = everything.calm(state)
        assert calm.home[calm.at(state)] == state
        assert [calm.looks_at(int(home)) for home in calm.home] == [True] * len(calm.home)
        others = sorted(set(range(everything.graph.states)) - set(calm.home.tolist()))
        assert not any(calm.looks_at(other) for other in others)


def test_what_changes_no_worth_shares_the_states(port: Scenario) -> None:
    everything = whole(port)
    alike = [
        open_table(port, ("A", "B", "C")),
        move_venue(port, "inn"),
        replace(port, strategies=(BY_ITSELF,)),
    ]
    for scenario in alike:
        assert everything.changed(scenario).graph is everything.graph
    assert everything.changed(move_venue(port, "hall")).graph is not everything.graph


def test_a_changed_case_is_whole_and_keeps_what_the_change_leaves_alone(port: Scenario) -> None:
    case = Case(port, conduct_of(port))
    hall = case.venue("hall")[1]
    tabled = case.changed(case.variant.changed(open_table(port, ("A", "B", "C"))))
    assert tabled.free is case.free
    assert tabled.venue("hall")[1] is hall
    assert tabled.venue("inn")[1] is case.free
    moved = case.changed(case.variant.changed(shift_attitude(port, "A", "B", 0.3)))
    assert moved.free is not case.free
    assert moved.venue("hall")[1] is not hall
    fresh = Case(shift_attitude(port, "A", "B", 0.3), conduct_of(port))
    # Spans stay those of the crisis before the change, so only what does not weigh gains is alike.
    assert moved.verdict(BY_ITSELF).success.tolist() == fresh.verdict(BY_ITSELF).success.tolist()
    assert moved.aim == fresh.aim == 0


def test_what_is_given_in_a_state_stays_given_after_further_changes(port: Scenario) -> None:
    plain = whole(port)
    code = plain.codes[3]

    def granting(graph, codes):
        payoffs = graph.payoffs.copy()
        payoffs[0, np.searchsorted(codes, code)] += 7
        return replace(graph, payoffs=payoffs)

    granted = plain.granted(granting)
    scenario = shift_attitude(port, "A", "B", 0.3)
    for given, bare in ((granted, plain), (granted.changed(scenario), plain.changed(scenario))):
        apart = given.graph.payoffs - bare.graph.payoffs
        assert (apart.sum(), apart[0, 3]) == (7, 7)
