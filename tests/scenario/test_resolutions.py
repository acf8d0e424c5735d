"""Resolutions and recorded trade: read, written back, checked, and without influence on anything else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.library import open
from detente.scenario.citations import uncited
from detente.scenario.dump import dumps
from detente.scenario.load import loads
from detente.scenario.model import Limit, Number, Recorded, Resolution, Scenario
from detente.states.compile import compile_graph
from scenario.texts import problems

HARBOUR = """
detente: 1
title: A harbour
sources: {log: {title: The harbour's log}}
parties: {A: {}, B: {}}
options: {B.border: {levels: [lax, full]}}
interests: {A: [{wants: B.border == lax, weight: 1}], B: [{avoids: B.border == lax, weight: 1}]}
pressure:
  A:
    unit: mn
    channels:
      - {partner: B, good: coal, value: 10}
      - {partner: C, good: fish, value: 5}
    cuts: [{channels: B, by: B.border, open: {lax: 1, full: 0}}]
    resolutions:
      1: {date: 2016-03-02, title: Coal capped, limits: [{channels: coal, open: 0.5, since: 2017-01-01}]}
      second-1: {date: 2017-08-05, because: The letter of it., limits: [{channels: coal, open: 0}]}
    recorded:
      - {year: 2016, value: 14, source: log p3}
      - {year: 2017, value: 3, partner: B, flow: export, because: B's customs}
"""


@pytest.fixture(scope="module")
def harbour() -> Scenario:
    return loads(HARBOUR)


def test_they_are_read(harbour: Scenario) -> None:
    (trade,) = harbour.pressures
    first, second = trade.resolutions
    assert (first.id, first.date, first.title) == ("1", "2016-03-02", "Coal capped")
    assert (first.limits[0].channels, first.limits[0].open.central) == ("coal", 0.5)
    assert first.limits[0].since == "2017-01-01"
    assert second == Resolution(
        "second-1", "2017-08-05", "", (Limit("coal", Number(0.0)),), "The letter of it."
    )
    assert trade.recorded == (
        Recorded(2016, Number(14.0), source=("log p3",)),
        Recorded(2017, Number(3.0), "B", "export", "B's customs"),
    )


def test_they_are_written_back(harbour: Scenario) -> None:
    assert loads(dumps(harbour)) == harbour
    korea = open("korea-2017")
    assert [text.id for text in korea.pressures[0].resolutions] == ["2270", "2321", "2371", "2375", "2397"]
    assert loads(dumps(korea)) == korea


def test_they_change_no_payoff(harbour: Scenario) -> None:
    bare = replace(
        harbour,
        pressures=tuple(replace(trade, resolutions=(), recorded=()) for trade in harbour.pressures),
    )
    assert (compile_graph(bare).ranks == compile_graph(harbour).ranks).all()


def test_what_supports_nothing_is_listed(harbour: Scenario) -> None:
    assert "share of coal that 1 leaves" in {found.what for found in uncited(harbour)}
    assert not any("second-1" in found.what or "recorded" in found.what for found in uncited(harbour))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("date: 2017-08-05", "date: 2017-13-05", "'2017-13-05' is no day. Write e.g. 2017-08-05."),
        (
            "date: 2017-08-05",
            "date: 2015-08-05",
            "resolution 'second-1' of 2015-08-05 stands after one of 2016-03-02.",
        ),
        ("since: 2017-01-01", "since: 2016-01-01", "a limit holds since 2016-01-01, before the resolution"),
        (
            "{channels: coal, open: 0}",
            "{channels: coll, open: 0}",
            "no channel is called 'coll'. Did you mean 'coal'?",
        ),
        (
            "{channels: coal, open: 0}",
            "{channels: coal, open: 2}",
            "open share is 2; an open share is between 0 and 1.",
        ),
        ("partner: B, flow", "partner: D, flow", "'A' has no partner called 'D'. Its partners: B, C."),
        ("flow: export, because", "flow: out, because", "flow is 'out'."),
        ("year: 2016", "year: 20160", "20160 is no calendar year. Write e.g. 2017."),
        ("year: 2016", "year: soon", "year is 'soon'; a whole number from 1 is expected."),
    ],
)
def test_mistakes_are_found(old: str, new: str, said: str) -> None:
    assert HARBOUR.count(old) == 1
    (found,) = problems(HARBOUR.replace(old, new))
    assert said in found


def test_korea_names_a_source_for_every_figure() -> None:
    (trade,) = open("korea-2017").pressures
    assert all(figure.source for figure in trade.recorded)
    assert all(text.source and text.because for text in trade.resolutions)
