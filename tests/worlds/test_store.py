"""A store holds whole worlds of one measure, or says what is wrong."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from detente.errors import RefusedError
from detente.scenario.model import Scenario
from detente.worlds.measure import Measure, Record
from detente.worlds.store import Store, digest, facts_of, merge


@pytest.fixture
def measure(dam: Scenario) -> Measure:
    return Measure(dam)


def filled(path: Path, measure: Measure, worlds: range) -> Store:
    store = Store(path, facts_of(measure))
    store.add(measure.of(world) for world in worlds)
    return store


def test_what_is_kept_comes_back(tmp_path: Path, measure: Measure) -> None:
    records = [measure.of(1), measure.of(2), Record(3, reason="no room")]
    with Store(tmp_path / "s", facts_of(measure)) as store:
        store.add(records)
    with Store(tmp_path / "s", facts_of(measure)) as store:
        assert list(store.records()) == records
        store.forget_failed()
        assert [record.world for record in store.records()] == [1, 2]


def test_order_and_parts_leave_no_trace(tmp_path: Path, measure: Measure) -> None:
    whole = filled(tmp_path / "whole", measure, range(1, 13))
    for shard in range(1, 5):
        filled(tmp_path / str(shard), measure, range(shard, 13, 4)).close()
    assert merge([tmp_path / str(shard) for shard in (3, 1, 4, 2)], tmp_path / "merged") == 12
    with Store(tmp_path / "merged", facts_of(measure)) as merged:
        assert digest(merged) == digest(whole)
        assert digest(merged) != digest(filled(tmp_path / "less", measure, range(1, 12)))


@pytest.mark.parametrize("change", ["update worlds set row = zeroblob(120)", "update worlds set seal = x'00'"])
def test_world_that_was_tampered_with_is_not_believed(tmp_path: Path, measure: Measure, change: str) -> None:
    filled(tmp_path / "s", measure, range(1, 4)).close()
    with sqlite3.connect(tmp_path / "s") as file:
        file.execute(f"{change} where world = 2")
    with Store(tmp_path / "s", facts_of(measure)) as store:
        assert [record.world for record in store.records()] == [1, 3]


def test_batch_that_fails_leaves_nothing(tmp_path: Path, measure: Measure) -> None:
    store = filled(tmp_path / "s", measure, range(1, 3))

    def breaking():  # type: ignore[no-untyped-def]
        yield measure.of(3)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.add(breaking())
    assert [record.world for record in store.records()] == [1, 2]


def test_full_disk_is_said_and_costs_nothing(tmp_path: Path, measure: Measure) -> None:
    with filled(tmp_path / "s", measure, range(1, 3)) as store:
        store._file.execute("pragma max_page_count = 1")
        with pytest.raises(RefusedError, match="no room is left for"):
            store.add(Record(world, reason="x" * 4000) for world in range(3, 50))
        assert [record.world for record in store.records()] == [1, 2]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"scenario": "0"}, "worlds of another scenario"),
        ({"seed": "9"}, "drawn with seed 1, not 9"),
        ({"foresight": "nash"}, "foresight of the scenario, not nash"),
        ({"columns": "[]"}, "other strategies or outcomes"),
        ({"schema": "7"}, "another version of detente"),
    ],
)
def test_worlds_of_something_else_are_refused(
    tmp_path: Path, measure: Measure, other: dict[str, str], said: str
) -> None:
    filled(tmp_path / "s", measure, range(1, 3)).close()
    with pytest.raises(RefusedError, match=said):
        Store(tmp_path / "s", {**facts_of(measure), **other})


def test_what_is_no_store_is_refused(tmp_path: Path, measure: Measure) -> None:
    (tmp_path / "text").write_text("this is no store of anything at all\n" * 50, encoding="utf-8")
    with pytest.raises(RefusedError, match="is no store of worlds"):
        Store(tmp_path / "text", facts_of(measure))
    with sqlite3.connect(tmp_path / "other") as other:
        other.execute("create table letters (text)")
    with pytest.raises(RefusedError, match="holds other tables"):
        Store(tmp_path / "other", facts_of(measure))
    with sqlite3.connect(tmp_path / "other") as other:
        assert other.execute("select name from sqlite_master").fetchall() == [("letters",)]
    with pytest.raises(RefusedError, match="cannot be opened"):
        Store(tmp_path / "missing" / "s", facts_of(measure))
    with pytest.raises(RefusedError, match="there is no file"):
        merge([tmp_path / "nowhere"], tmp_path / "merged")
