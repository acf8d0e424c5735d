"""Files appear whole or not at all, and what is said about them is true."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from detente import written
from detente.written import Batch

ENDING = """
import sys
from pathlib import Path
from detente import written
from detente.written import Batch

with Batch() as batch:
    folder = Path(sys.argv[1]) / "new" / "newer"
    batch.make(folder)
    file, name = batch.open(folder)
    file.write(b"half")
    written.end()
    print(sorted(str(each) for each in Path(sys.argv[1]).rglob("*")))
"""


@pytest.fixture(autouse=True)
def _afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written, "_finished", [])


def test_what_is_finished_stays_with_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "newer"
    with Batch() as batch:
        batch.make(folder)
        file, name = batch.open(folder)
        with file:
            file.write(b"whole")
        batch.finish({name: folder / "answer"})
    assert [path.name for path in folder.iterdir()] == ["answer"]
    assert written.told() == f"written before: {folder / 'answer'}."


def test_what_is_not_finished_is_gone_with_the_folders_made_for_it(tmp_path: Path) -> None:
    with Batch() as batch:
        batch.make(tmp_path / "new" / "newer")
        batch.open(tmp_path / "new" / "newer")[0].close()
    assert list(tmp_path.iterdir()) == []
    assert written.told() == "nothing was written."


def test_an_end_removes_what_is_half_written(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", ENDING, str(tmp_path)], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_many_files_are_told_by_their_number() -> None:
    for name in "abcde":
        written.record(name)
    assert written.told() == "written before: a, b, c and 2 more."
    written.forget()
    assert written.told() == "nothing was written."


def test_what_is_kept_for_later_runs_does_not_count_as_written(tmp_path: Path) -> None:
    with Batch() as batch:
        file, name = batch.open(tmp_path)
        file.close()
        batch.finish({name: tmp_path / "loop"}, told=False)
    assert written.told() == "nothing was written."
