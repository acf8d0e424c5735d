"""Processes share the worlds, and one that ends costs none."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.scenario.model import Scenario
from detente.worlds.measure import Measure
from detente.worlds.run import measured
from oracles.fatal_world import Fatal


def test_any_number_of_processes_finds_the_same(dam: Scenario) -> None:
    measure = Measure(dam)
    alone = list(measured(measure, range(1, 9), 1))
    assert [record.world for record in alone] == [*range(1, 9)]
    shared = sorted(measured(measure, range(1, 9), 2), key=lambda record: record.world)
    assert repr(shared) == repr(alone)


def test_world_that_ends_its_process_costs_no_other(
    dam: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_TEST_MARK", str(tmp_path / "seen"))
    found = {record.world: record for record in measured(Fatal(dam), range(1, 13), 2)}
    assert sorted(found) == [*range(1, 13)]
    assert [world for world, record in found.items() if record.failed] == [5]
    assert "ended, twice" in found[5].reason
