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
