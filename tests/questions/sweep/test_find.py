"""Worlds are counted right, kept, gone on with and put together."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

import detente
from detente.errors import RefusedError
from detente.scenario.dump import dumps
from detente.scenario.load import loads
from detente.scenario.model import Scenario
from worlds.conftest import DAM


@pytest.fixture
def dam() -> Scenario:
    return loads(DAM, id="dam")


def test_shares_are_those_of_the_rows(dam: Scenario) -> None:
    answer = detente.sweep(dam, 40, workers=1)
    rows = answer.rows()
    assert [row["world"] for row in rows] == [*range(1, 41)]
    for one in answer.strategies:
        reached = [row[f"{one.strategy}.success.treaty"] for row in rows]
        seen = one.success["treaty"]
        assert seen.mean == pytest.approx(sum(reached) / 40)
        assert seen.certain == sum(each > 1 - 1e-9 for each in reached) / 40
        assert seen.never == sum(each < 1e-9 for each in reached) / 40
        assert seen.low <= seen.mean <= seen.high
        assert one.first
        assert one.first.mean == sum(row[f"{one.strategy}.rank"] == 1 for row in rows) / 40
    assert answer.strategies[0].behind == (0, 0, 0)
    means = [one.success["treaty"].mean for one in answer.strategies]
    assert means == sorted(means, reverse=True)
    assert 0 < means[0] < 1
    assert answer.strategies[2].behind == pytest.approx((means[0] - means[2],) * 3, abs=0.2)


def test_more_worlds_and_other_workers_leave_the_first_ones_as_they_are(dam: Scenario) -> None:
    few, many = detente.sweep(dam, 5, workers=1), detente.sweep(dam, 9, workers=2, inputs=True)
    for row, longer in zip(few.rows(), many.rows(), strict=False):
        assert row == {name: longer[name] for name in row}
    assert many.inputs[0] == "interests.UP.1.weight"
    assert len({row["interests.UP.1.weight"] for row in many.rows()}) == 9
    assert detente.sweep(dam, 5, seed=2, workers=1).rows() != few.rows()


def test_store_is_gone_on_with_and_shards_are_a_whole(dam: Scenario, tmp_path: Path) -> None:
    whole = detente.sweep(dam, 12, workers=1)
    assert detente.sweep(dam, 5, workers=1, store=tmp_path / "s").worlds == 5
    measured: list[str] = []
    again = detente.sweep(
        dam, 12, workers=1, store=tmp_path / "s", progress=lambda what, share: measured.append(what)
    )
    assert again.rows() == whole.rows()
    assert measured[-1].startswith("7 of 7 worlds")
    parts = [detente.sweep(dam, 12, workers=1, shard=f"{place}/3").rows() for place in (1, 2, 3)]
    assert sorted((row for part in parts for row in part), key=lambda row: row["world"]) == whole.rows()


def test_failed_worlds_count_nowhere_and_are_tried_again_when_asked(
    dam: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.worlds.measure import Measure

    sound = Measure._values

    def breaking(self: Measure, world: int) -> tuple[float, ...]:
        if world == 3:
            raise ArithmeticError("a flood")
        return sound(self, world)

    monkeypatch.setattr(Measure, "_values", breaking)
    answer = detente.sweep(dam, 4, workers=1, store=tmp_path / "s")
    assert (answer.worlds, answer.wanted) == (3, 4)
    assert [(one.world, one.reason) for one in answer.failed] == [(3, "ArithmeticError: a flood")]
    assert [row["failed"] for row in answer.rows()] == ["", "", "ArithmeticError: a flood", ""]
    monkeypatch.setattr(Measure, "_values", sound)
    assert detente.sweep(dam, 4, workers=1, store=tmp_path / "s").failed == answer.failed
    assert detente.sweep(dam, 4, workers=1, store=tmp_path / "s", retry=True).worlds == 4


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"worlds": 0}, "--worlds is 0"),
        ({"shard": "3/2"}, "no part of a whole"),
        ({"shard": "half"}, "no part of a whole"),
        ({"workers": 0}, "--workers is 0"),
        ({"foresight": "iseqq"}, "did you mean|iseq"),
    ],
)
def test_what_cannot_be_meant_is_refused(dam: Scenario, given: dict[str, object], said: str) -> None:
    with pytest.raises(detente.DetenteError, match=said):
        detente.sweep(dam, **given)


def test_scenario_that_is_sure_of_everything_has_no_worlds() -> None:
    with pytest.raises(RefusedError, match="no number of the scenario has a spread"):
        detente.sweep(detente.load("prisoners"))


def test_killed_sweep_goes_on_to_the_same_rows(dam: Scenario, tmp_path: Path) -> None:
    """The command is killed without warning, and no process of it is left."""
    (tmp_path / "dam.yaml").write_text(dumps(dam), encoding="utf-8")
    command = [sys.executable, "-m", "detente", "sweep", "dam.yaml", "-n", "2000", "--store", "s.db"]
    with subprocess.Popen([*command, "--workers", "2"], cwd=tmp_path) as running:
        while not ((tmp_path / "s.db").exists() and _kept(tmp_path / "s.db") > 20):
            time.sleep(0.2)
            assert running.poll() is None
        running.kill()
    kept = _kept(tmp_path / "s.db")
    assert 20 < kept < 2000
    store = ["--store", "s.db", "--format", "json"]
    done = subprocess.run(
        [*command[:4], str(tmp_path / "dam.yaml"), "-n", str(kept + 5), *store, "--workers", "1"],
        cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip
    table = json.loads(done.stdout)["table"]
    assert table == json.loads(detente.sweep(dam, kept + 5, workers=1).to_json())["table"]
    deadline = time.monotonic() + 10
    while tmp_path in _folders() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert tmp_path not in _folders()


@pytest.mark.slow
@pytest.mark.parametrize("foresight", ["seq", "nash"])
def test_sweep_killed_time_and_again_comes_to_the_same_rows(
    dam: Scenario, foresight: str, tmp_path: Path
) -> None:
    """By threads (seq) and by processes; `DETENTE_KILLS=20` kills it more often."""
    (tmp_path / "dam.yaml").write_text(dumps(dam), encoding="utf-8")
    many = 4000 if foresight == "seq" else 200
    ask = [sys.executable, "-m", "detente", "sweep", "dam.yaml", "--foresight", foresight]
    ask += ["-n", str(many), "--workers", "2", "--format", "json"]
    kept, chance = [0], random.Random(foresight)
    for _ in range(int(os.environ.get("DETENTE_KILLS", "4"))):
        command = [*ask, "--store", "s.db"]
        with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL) as running:
            time.sleep(chance.uniform(0, 6))
            running.kill()
        kept.append(_kept(tmp_path / "s.db"))
        assert kept[-1] >= kept[-2]
    done, whole = (
        json.loads(subprocess.run([*ask, *store], cwd=tmp_path, capture_output=True, check=True).stdout)
        for store in (["--store", "s.db"], [])
    )
    assert done == whole
    assert _kept(tmp_path / "s.db") == many == done["worlds"]


def _kept(path: Path) -> int:
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=10)) as file:
        return int(file.execute("select count(*) from worlds").fetchone()[0])
    return 0


def _folders() -> set[Path]:
    """The folders in which the processes of this machine are at work, as far as that can be seen."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            found.add((process / "cwd").resolve())
    return found
