"""Compiled loops are kept where that is possible, and run where it is not."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from numba.core import caching

from detente import kept
from detente.errors import DetenteWarning
from detente.stability.closure import simd, sweeps
from detente.stability.compiled import native

NOWHERE = """
import sys
from numba.core import caching

caching.CacheImpl._locator_classes = []  # as in a read-only installation without a home
sys.argv = ["detente", "equilibria", "prisoners"]
from detente.__main__ import main

main()
"""


@pytest.fixture(autouse=True)
def _untold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_told", [])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("numba.core.config.CACHE_DIR", str(tmp_path))
    return tmp_path


def double(number: int) -> int:
    return 2 * number


def files(folder: Path) -> dict[str, Path]:
    """The files of the loop `double`, by their ending; nothing else lies there."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    assert all("double" in path.name for path in found)
    return {path.suffix: path for path in found}


def test_a_loop_is_kept_and_found_again(folder: Path) -> None:
    assert native(double)(21) == 42
    assert sorted(files(folder)) == [".nbc", ".nbi"]
    again = native(double)
    assert again(21) == 42
    assert sum(again.stats.cache_hits.values()) == 1  # type: ignore[attr-defined]


OUTER = """
from detente.stability.closure import simd, sweeps
from detente.stability.compiled import native
from {inner} import MORE, inner

@native
def outer(number):
    return inner(number) + MORE
"""
INNER = """
from detente.stability.compiled import step

MORE = {more}

@step
def inner(number):
    return {factor} * number
"""


def test_a_loop_is_compiled_anew_when_one_that_it_calls_was_changed(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, hits = tmp_path_factory.mktemp("loops"), []
    monkeypatch.syspath_prepend(str(place))
    (place / "outer_loop.py").write_text(OUTER.format(inner="inner_loop"))
    for more, factor, result in ((0, 2, 42), (0, 2, 42), (0, 3, 63), (1, 3, 64)):
        (place / "inner_loop.py").write_text(INNER.format(more=more, factor=factor))
        for name in ("outer_loop", "inner_loop"):
            monkeypatch.delitem(sys.modules, name, raising=False)
        importlib.invalidate_caches()
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
        outer = importlib.import_module("outer_loop").outer
        assert outer(21) == result
        hits.append(sum(outer.stats.cache_hits.values()))
    assert hits == [0, 1, 0, 0]


def test_instructions_of_which_a_loop_is_made_are_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = sweeps.best_escapes.py_func  # type: ignore[attr-defined]
    before = kept.wording(loop)
    assert kept.wording(loop) == before
    monkeypatch.setattr(simd, "LANES", 32)
    assert kept.wording(loop) != before


def test_a_loop_runs_where_no_folder_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching.CacheImpl, "_locator_classes", [])
    with pytest.warns(DetenteWarning, match="every run compiles them anew"):
        assert native(double)(21) == 42


@pytest.mark.parametrize("ending", [".nbc", ".nbi"])
@pytest.mark.parametrize("damage", ["empty", "cut", "changed", "other"])
def test_what_is_damaged_is_made_anew(ending: str, damage: str, folder: Path) -> None:
    native(double)(21)
    file = files(folder)[ending]
    whole = file.read_bytes()
    middle = len(whole) // 2
    damaged = {
        "empty": b"",
        "cut": whole[:middle],
        "changed": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "other": b"\x80\x05garbage.",
    }
    file.write_bytes(damaged[damage])
    if (ending, damage) == (".nbi", "changed"):  # may name another loop, which then is not found
        assert native(double)(21) == 42
    else:
        with pytest.warns(DetenteWarning, match="are damaged; they are compiled anew"):
            assert native(double)(21) == 42
    healed = native(double)
    assert healed(21) == 42
    assert sum(healed.stats.cache_hits.values()) == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("ending", [".nbc", ".nbi"])
def test_what_cannot_be_read_stops_no_run(ending: str, folder: Path) -> None:
    native(double)(21)
    file = files(folder)[ending]
    file.unlink()
    file.mkdir()
    with pytest.warns(DetenteWarning, match="cannot be kept in .*: Is a directory; every run"):
        assert native(double)(21) == 42
    assert not [path for path in folder.rglob("*") if path.name.startswith(".")]


def test_a_full_disk_stops_no_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept.Batch, "open", full)
    with pytest.warns(DetenteWarning, match="No space left on device"):
        assert native(double)(21) == 42


def asked(folder: Path, before: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """A question in a process of its own, after something in its shell, with a folder for compiled loops."""
    command = [
        "sh",
        "-c",
        f'{before}\nexec "$@"',
        "sh",
        sys.executable,
        "-m",
        "detente",
        "equilibria",
        "prisoners",
    ]
    surroundings = {**os.environ, "NUMBA_CACHE_DIR": str(folder), **settings}
    return subprocess.run(command, capture_output=True, text=True, timeout=300, env=surroundings)


@pytest.fixture(scope="module")
def loops(shared: Path) -> Path:
    """A folder of compiled loops, which is filled once in a run."""
    folder = shared / "loops"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def plain(loops: Path) -> subprocess.CompletedProcess[str]:
    done = asked(loops)
    assert (done.returncode, done.stderr) == (0, "")
    return done


@pytest.mark.slow
def test_a_question_is_answered_where_nothing_can_be_kept() -> None:
    done = subprocess.run([sys.executable, "-c", NOWHERE], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0
    assert (
        done.stderr == "note: no folder can be written to keep compiled loops; every run compiles them anew.\n"
    )
    assert "Prisoners" in done.stdout


@pytest.mark.slow
@pytest.mark.usefixtures("plain")
def test_a_question_is_answered_whatever_lies_in_the_folder_of_compiled_loops(
    loops: Path, tmp_path: Path
) -> None:
    shutil.copytree(loops, tmp_path, ignore=shutil.ignore_patterns(".*"), dirs_exist_ok=True)
    whole = asked(tmp_path)
    assert (whole.returncode, whole.stderr) == (0, "")
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    for n, path in enumerate(kept):
        path.write_bytes(path.read_bytes()[: 40 * n])
    done = asked(tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (0, whole.stdout, 1)
    assert "are damaged; they are compiled anew" in done.stderr
    done = asked(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, whole.stdout, "")


@pytest.mark.slow
def test_a_question_is_answered_where_compiled_loops_find_no_room(tmp_path: Path) -> None:
    done = asked(tmp_path, before="ulimit -f 1")
    assert done.returncode == 0
    assert "Prisoners" in done.stdout
    assert done.stderr.startswith("note: compiled loops cannot be kept in ")
    assert done.stderr.endswith("File too large; every run compiles them anew.\n")
    assert not [path for path in tmp_path.rglob("*") if path.suffix == ".nbc" or path.name.startswith(".")]


@pytest.mark.parametrize(
    "settings",
    [
        {"NUMBA_DISABLE_JIT": "1"},
        {"NUMBA_NUM_THREADS": "0"},
        {"NUMBA_NUM_THREADS": "many", "NUMBA_OPT": "fast", "NUMBA_CAPTURED_ERRORS": "none"},
        {"NUMBA_DUMP_IR": "1", "NUMBA_CACHE_LOCATOR_CLASSES": "Nowhere"},
        {"PYTHONWARNINGS": "error"},
    ],
    ids=str,
)
def test_settings_meant_for_others_change_no_answer(
    settings: dict[str, str], loops: Path, plain: subprocess.CompletedProcess[str]
) -> None:
    done = asked(loops, **settings)
    assert (done.returncode, done.stdout, done.stderr) == (0, plain.stdout, "")


def test_what_a_setting_prints_stays_out_of_the_answer(
    loops: Path, plain: subprocess.CompletedProcess[str]
) -> None:
    done = asked(loops, NUMBA_DEBUG_CACHE="1")
    assert (done.returncode, done.stdout) == (0, plain.stdout)
    assert "[cache]" in done.stderr
