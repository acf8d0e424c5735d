"""Every built-in crisis is read, compiled, written and read again without change."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases.published import BUILT_IN
from detente.scenario.dump import dumps
from detente.scenario.load import load, loads
from detente.states.compile import compile_graph

IDS = [path.stem for path in BUILT_IN]


def test_the_published_cases_are_there() -> None:
    published = {"chicken-2017", "cuba-1962", "elmira", "euphrates-1975", "garrison", "prisoners"}
    assert published <= set(IDS)


@pytest.mark.parametrize("path", BUILT_IN, ids=IDS)
def test_it_compiles(path: Path) -> None:
    scenario = load(path)
    graph = compile_graph(scenario)
    assert graph.states > 1
    assert graph.parties == tuple(party.id for party in scenario.parties)


@pytest.mark.parametrize("path", BUILT_IN, ids=IDS)
def test_written_and_read_again_it_is_the_same(path: Path) -> None:
    scenario = load(path)
    assert loads(dumps(scenario)) == scenario


@pytest.mark.parametrize("path", BUILT_IN, ids=IDS)
def test_it_says_what_it_is_and_cites_its_sources(path: Path) -> None:
    scenario = load(path)
    assert scenario.title
    assert scenario.about
    assert scenario.sources
    assert scenario.aim in {outcome.id for outcome in scenario.outcomes}


@pytest.mark.parametrize(
    "path", [path for path in BUILT_IN if path.stem != "korea-2017"], ids=lambda path: path.stem
)
def test_every_published_finding_says_how_good_it_is(path: Path) -> None:
    findings = load(path).findings
    assert findings
    assert all(finding.evidence for finding in findings)
