"""Every shock counts alike, whether it is an option of nature or stands under `shocks:`."""

from __future__ import annotations

import pytest

import detente
from detente.scenario.load import loads
from detente.scenario.model import Scenario

HARVEST = """
detente: 1
title: A truce until the harvest
parties: {A: {}, B: {}}
options:
  A.raid: {}
  B.fence: {}
  OPTION
outcomes: {truce: TRUCE}
aim: truce
interests:
  A: [{wants: A.raid, weight: 1}, {avoids: B.fence, weight: 2}]
  B: [{avoids: A.raid, weight: 3}, {avoids: B.fence, weight: 1}]
"""


def truce(more: str = "", option: str = "", truce: str = "not A.raid") -> Scenario:
    return loads(HARVEST.replace("OPTION", option).replace("TRUCE", truce) + more)


def rounds(scenario: Scenario) -> float:
    found = detente.durability(scenario).lasts.rounds
    assert found is not None
    return found


def test_a_named_shock_ends_it_as_soon_as_one_of_nature() -> None:
    natural = truce("", "nature.storm: {moves: up, hazard: 0.5}", "not A.raid and not nature.storm")
    named = truce(
        "shocks: {storm: {hazard: 0.5, set: {A.away: yes}}}",
        "A.away: {moves: fixed}",
        "not A.raid and not A.away",
    )
    assert rounds(named) == pytest.approx(rounds(natural))
    assert rounds(named) < 2.0 < rounds(truce())
    shares = [
        [way.probability for way in detente.durability(one).exits if way.shock] for one in (natural, named)
    ]
    assert shares[0] == pytest.approx(shares[1])


def test_a_shock_that_changes_nothing_ends_nothing() -> None:
    fixed = truce("shocks: {calm-day: {hazard: 0.5, set: {A.away: no}}}", "A.away: {moves: fixed}")
    assert rounds(fixed) == rounds(truce("", "A.away: {moves: fixed}"))


def test_where_the_outcome_still_stands_after_it_the_page_says_so() -> None:
    angry = truce("shocks: {quarrel: {title: A quarrel, hazard: 0.25, attitudes: {A > B: -0.5}}}")
    answer = detente.durability(angry)
    way = next(one for one in answer.exits if one.shock == "quarrel")
    assert way.stands == pytest.approx(1.0)
    page = " ".join(detente.render(answer).split())
    assert "A quarrel (quarrel)" in page
    assert "of all plays the end is a shock right after which the outcome still stands" in page


def test_venues_reckon_with_it_too() -> None:
    places = """venues: {hall: {host: B}}
tables: {talks: [A, B]}
strategies: {meet: {sponsors: [A], stages: [{venue: hall, tables: [talks], commit: {A.raid: no}}]}}
"""
    angry = places + "shocks: {quarrel: {hazard: 0.25, attitudes: {A > B: -0.5}}}"
    lasts = [detente.venues(truce(one)).venues[0].hosted.lasts for one in (places, angry)]
    assert lasts[0] is not None
    assert lasts[1] is not None
    assert (lasts[1].rounds or 0.0) < (lasts[0].rounds or 0.0)
