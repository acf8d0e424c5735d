"""What is kept is not measured again, and what cannot be swept is refused before anything is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.errors import RefusedError
from detente.scenario.model import Scenario
from detente.worlds.measure import Measure, Record
from detente.worlds.store import Store, facts_of
from detente.worlds.sweeping import swept


class Counting(Measure):
    """Says which worlds were measured."""

    def of(self, world: int) -> Record:
        asked.append(world)
        return Record(world, (float(world),), "broken" if world == 4 else "")


asked: list[int] = []


def silent(what: str, share: float) -> None:
    assert 0 <= share <= 1


def test_only_what_is_not_kept_is_measured(dam: Scenario, tmp_path: Path) -> None:
    asked.clear()
    measure = Counting(dam)
    first = swept(measure, range(1, 6), 1, tmp_path / "s", False, silent)
    again = swept(measure, range(1, 9), 1, tmp_path / "s", False, silent)
    assert asked == [*range(1, 9)]
    assert {world: again[world] for world in first} == first
    swept(measure, range(1, 9), 1, tmp_path / "s", True, silent)
    assert asked == [*range(1, 9), 4]
    with Store(tmp_path / "s", facts_of(measure)) as store:
        assert [record.world for record in store.records()] == [*range(1, 9)]


def test_what_came_before_an_interruption_is_kept(
    dam: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detente.worlds.sweeping.BATCH", 2)

    def telling(what: str, share: float) -> None:
        if what.startswith("6 of"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        swept(Counting(dam), range(1, 9), 1, tmp_path / "s", False, telling)
    with Store(tmp_path / "s", facts_of(Counting(dam))) as store:
        assert [record.world for record in store.records()] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("measure", "workers", "said"),
    [
        ({"seed": -1}, 1, "--seed is -1"),
        ({"seed": 1 << 63}, 1, "--seed is"),
        ({}, 0, "--workers is 0"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    dam: Scenario, measure: dict[str, int], workers: int, said: str
) -> None:
    with pytest.raises(RefusedError, match=said):
        swept(replace(Measure(dam), **measure), range(1, 3), workers, None, False, silent)
