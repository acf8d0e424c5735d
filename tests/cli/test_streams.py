"""Outputs that cannot be written, streams that are closed, and names that lead elsewhere."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from detente import files
from detente.scenario.document import read_document

BUFFERED = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
full_disk = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")


def ending(redirected: str, *arguments: str) -> tuple[int, str]:
    """The exit code of a command whose streams the shell redirects, and what it said."""
    command = ["sh", "-c", f'exec "$@" {redirected}', "sh", sys.executable, "-m", "detente", *arguments]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, env=BUFFERED, timeout=60)
    return done.returncode, done.stderr


@full_disk
@pytest.mark.parametrize("asked", ["--version", "--help", "glossary"])
def test_a_full_disk_behind_the_standard_output_ends_with_3_and_a_sentence(asked: str) -> None:
    assert ending("> /dev/full", asked) == (3, "output: No space left on device; nothing was written.\n")


def test_a_closed_standard_output_ends_with_3_and_a_sentence() -> None:
    assert ending(">&-", "glossary") == (3, "standard output: closed; nothing was written.\n")


def test_a_closed_error_stream_changes_no_exit_code() -> None:
    assert ending("2>&-", "check", "no-such-crisis")[0] == 2
    assert ending("2>&- > /dev/null", "equilibria", "no-such-crisis")[0] == 2


@full_disk
def test_an_error_stream_that_takes_nothing_changes_no_exit_code(tmp_path: Path) -> None:
    assert ending("2> /dev/full", "equilibria", "no-such-crisis")[0] == 2
    assert ending("2> /dev/full", "equilibria", "--no-such-flag")[0] == 2
    assert ending("2> /dev/full > /dev/null", "pressure", "korea-2017", "--charts", str(tmp_path))[0] == 0
    assert list(tmp_path.iterdir())


def test_what_is_said_on_a_closed_error_stream_never_reaches_the_answer() -> None:
    command = [
        "sh",
        "-c",
        'exec "$@" 2>&-',
        "sh",
        sys.executable,
        "-m",
        "detente",
        "overview",
        "--no-such-flag",
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, timeout=60)
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.parametrize("asked", ["--help", "--version", "glossary", "overview --help"])
def test_a_reader_who_goes_away_ends_it_with_141(asked: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "detente", *asked.split()]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, timeout=60)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.slow
def test_without_a_standard_input_charts_are_drawn(tmp_path: Path) -> None:
    target = tmp_path / "answer.html"
    assert ending("<&-", "pressure", "korea-2017", "-o", str(target)) == (0, "")
    assert "<svg" in target.read_text("utf-8")
    code, said = ending("<&- > /dev/null", "pressure", "korea-2017", "--charts", str(tmp_path / "charts"))
    assert (code, "written" in said) == (0, True)
    assert ending("<&-", "overview", "-") == (2, "the standard input is closed; name a file instead of -.\n")


def test_what_is_cut_off_does_not_count_as_nothing(tmp_path: Path) -> None:
    target = tmp_path / "glossary.txt"
    command = [
        "bash",
        "-c",
        f'ulimit -f 1; exec "$@" > {target}',
        "sh",
        sys.executable,
        "-m",
        "detente",
        "glossary",
    ]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=60)
    assert (done.returncode, target.stat().st_size) == (3, 1024)
    assert done.stderr == "output: File too large; written before: part of the answer.\n"


def test_charts_that_were_written_do_not_count_as_nothing(tmp_path: Path) -> None:
    charts = ("pressure", "korea-2017", "--charts", str(tmp_path))
    code, said = ending("> /dev/full", *charts)
    assert code == 3
    assert said.splitlines()[-1].startswith(f"output: No space left on device; written before: {tmp_path}")


def test_a_link_leads_to_the_file_that_is_written(tmp_path: Path) -> None:
    target, link = tmp_path / "answer.txt", tmp_path / "latest.txt"
    link.symlink_to(target)
    files.save("new\n", link)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new\n"


def test_links_in_a_circle_are_refused_and_stay(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.symlink_to(other)
    other.symlink_to(one)
    with pytest.raises(OSError, match="symbolic links"):
        files.save("new\n", one)
    assert one.is_symlink()


def test_a_file_that_may_not_be_read_is_no_bad_scenario(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "locked.yaml")

    file = tmp_path / "locked.yaml"
    file.write_text("detente: 1\n", encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(PermissionError):
        read_document(file)
