"""The command line as a user meets it: streams, files and exit codes."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest
from typer.testing import CliRunner

from detente import __version__, rendering, written
from detente.cli.main import app
from detente.questions.equilibria.answer import Equilibria
from detente.report.page import Bar, Chart, Page

TOY = """
detente: 1
title: A toy
parties: {A: {name: Alpha}, B: {name: Beta}}
options: {A.go: {title: "Go [bold]<b>*now*</b>"}, B.stop: {}}
status_quo: {A.go: yes}
outcomes: {calm: not A.go}
interests: {A: [{wants: A.go, weight: 1}], B: [{avoids: A.go, weight: 2}, {wants: B.stop, weight: 1}]}
"""


class Done(NamedTuple):
    code: int
    out: str
    err: str


def detente(*arguments: str, cwd: Path | None = None, columns: str = "80") -> Done:
    """Run a command in this process, which is quicker."""
    with contextlib.chdir(cwd or Path.cwd()):
        done = CliRunner().invoke(app, arguments, prog_name="detente", env={"COLUMNS": columns})
    return Done(done.exit_code, done.stdout, done.stderr)


def process(*arguments: str, **environment: str) -> Done:
    """Run a command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "detente", *arguments],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **environment},
        timeout=120,
    )
    encoding = environment.get("PYTHONIOENCODING", "utf-8")
    return Done(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    path = tmp_path / "toy.yaml"
    path.write_text(TOY, encoding="utf-8")
    return path


def test_version() -> None:
    done = process("--version")
    assert done == Done(0, f"detente {__version__}\n", "")


def test_without_a_command_the_commands_are_listed() -> None:
    done = detente("--help")
    for command in ("overview", "equilibria", "assess", "scenarios", "glossary", "check", "new", "schema"):
        assert f"\n  {command} " in done.out


def test_an_answer_goes_to_the_standard_output(toy: Path) -> None:
    done = detente("equilibria", str(toy))
    assert done.code == 0
    assert done.out.startswith("What holds: A toy\n")
    assert done.err == ""
    assert max(map(len, done.out.splitlines())) <= 80


def test_json_is_the_documented_one(toy: Path) -> None:
    done = detente("equilibria", str(toy), "--format", "json", "--concept", "nash", "--concept", "seq", "--all")
    data = json.loads(done.out)
    jsonschema.validate(data, Equilibria.json_schema())
    assert data["concepts"] == ["nash", "seq"]
    assert len(data["states"]) == data["feasible"] == 4
    assert data["scenario"]["id"] == "toy"


@pytest.mark.parametrize("name", ["prisoners", "chicken-2017"])
def test_built_in_scenarios_open_by_name(name: str) -> None:
    assert detente("overview", name).code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("overview", "prisonners"), "Did you mean 'prisoners'?"),
        (("equilibria", "prisoners", "--concept", "sq"), "Did you mean 'seq'?"),
        (("equilibria", "prisoners", "--outcome", "silense"), "Did you mean 'silence'?"),
        (("equilibria", "prisoners", "--limit", "0"), "at least 1"),
        (("equilibria", "prisoners", "--format", "pdf"), "Known: terminal, json, markdown, html"),
        (("equilibria", "prisoners", "--nonsense"), "No such option"),
        (("ekvilibria",), "No such command"),
        (("overview", "."), "is a folder"),
        (("schema", "equilibrium"), "Did you mean 'equilibria'?"),
        (("check",), "Missing argument"),
        (("glossary", "--format", "json"), "no JSON form"),
    ],
)
def test_misuse_ends_with_2_a_sentence_and_an_empty_output(arguments: tuple[str, ...], told: str) -> None:
    done = detente(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert told in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("command", ["overview", "equilibria", "assess", "check"])
def test_every_problem_of_a_scenario_is_told_with_its_place(command: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        TOY.replace("{A.go: yes}", "{A.goo: yes}").replace("weight: 2", "weight: -2"), encoding="utf-8"
    )
    done = detente(command, str(bad))
    assert done.code == 2
    assert done.out == ""
    assert f"{bad}:6:" in done.err
    assert f"{bad}:8:" in done.err
    assert "2 problems; nothing was run." in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("name", "begins"), [("a.json", "{"), ("a.md", "# What"), ("a.html", "<!DOCTYPE"), ("a.txt", "What holds")]
)
def test_the_ending_of_the_file_chooses_the_format(toy: Path, name: str, begins: str) -> None:
    done = detente("equilibria", str(toy), "-o", name, cwd=toy.parent)
    assert done == Done(0, "", "")
    assert (toy.parent / name).read_text(encoding="utf-8").startswith(begins)
    assert sorted(path.name for path in toy.parent.iterdir()) == sorted(["toy.yaml", name])


def test_a_format_that_is_named_wins_over_the_ending(toy: Path) -> None:
    detente("overview", str(toy), "-o", "a.txt", "--format", "json", cwd=toy.parent)
    assert json.loads((toy.parent / "a.txt").read_text(encoding="utf-8"))["question"] == "overview"


def test_a_failure_leaves_an_older_file_as_it_was(toy: Path) -> None:
    old = toy.parent / "a.json"
    old.write_text("old", encoding="utf-8")
    assert detente("equilibria", str(toy), "--outcome", "nowhere", "-o", str(old)).code == 2
    assert old.read_text(encoding="utf-8") == "old"


def test_the_scenario_is_never_written_over(toy: Path) -> None:
    for command in ("overview", "check"):
        done = detente(command, str(toy), "-o", str(toy))
        assert done.code == 2
        assert "is the scenario itself" in done.err
    assert toy.read_text(encoding="utf-8") == TOY


def test_an_output_that_cannot_be_written_ends_with_3(toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object, **more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(written.os, "open", full)
    done = detente("overview", str(toy), "-o", str(toy.parent / "a.json"))
    assert (done.code, done.out) == (3, "")
    assert done.err == f"{toy.parent / 'a.json'}: No space left on device; nothing was written.\n"


def test_an_empty_format_is_no_format(toy: Path) -> None:
    done = detente("overview", str(toy), "--format", "")
    assert done.code == 2
    assert not done.out


@pytest.mark.parametrize("form", ["terminal", "markdown", "json", "html"])
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_every_format_fits_a_plain_terminal(toy: Path, form: str, encoding: str) -> None:
    toy.write_text(TOY.replace("A toy", "A toy – Zoë → 북한"), encoding="utf-8")
    done = process("overview", str(toy), "--format", form, PYTHONIOENCODING=encoding, LC_ALL="C")
    assert done.code == 0
    assert done.err == ""
    assert "A toy" in done.out


@pytest.mark.parametrize(("locale", "plain"), [("C", True), ("POSIX", True), ("C.UTF-8", False)])
def test_the_plainest_locale_gets_plain_letters(toy: Path, locale: str, plain: bool) -> None:
    assert process("overview", str(toy), LC_ALL=locale).out.isascii() == plain


def test_errors_fit_a_plain_terminal(tmp_path: Path) -> None:
    bad = tmp_path / "zoë.yaml"
    bad.write_text(TOY.replace("{A.go: yes}", "{A.gö: yes}"), encoding="utf-8")
    done = process("overview", str(bad), PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.code == 2
    assert "problem" in done.err
    assert "Traceback" not in done.err


def test_markup_in_a_name_stays_text(toy: Path) -> None:
    assert "Go [bold]<b>*now*</b>" in detente("overview", str(toy), columns="110").out
    assert "<b>" not in detente("overview", str(toy), "--format", "html").out
    assert r"\[bold\]\<b\>\*now\*\</b\>" in detente("overview", str(toy), "--format", "markdown").out


@pytest.mark.parametrize("width", ["40", "60", "80", "200"])
def test_nothing_is_wider_than_the_terminal(width: str) -> None:
    for arguments in (("overview", "garrison"), ("equilibria", "garrison"), ("glossary",), ("scenarios",)):
        assert max(map(len, detente(*arguments, columns=width).out.splitlines())) <= int(width)


def test_new_writes_a_scenario_that_works_as_it_is(tmp_path: Path) -> None:
    assert detente("new", "strait", cwd=tmp_path).code == 0
    for command in ("check", "overview", "equilibria"):
        done = detente(command, "strait.yaml", cwd=tmp_path)
        assert done.code == 0, done.err
    assert "No warnings. Every judgement carries" in " ".join(
        detente("check", "strait.yaml", cwd=tmp_path).out.split()
    )
    assert detente("overview", "strait.yaml", cwd=tmp_path).out.startswith("strait\n")


def test_new_overwrites_nothing_and_takes_any_name(tmp_path: Path) -> None:
    assert detente("new", 'a "crisis": #1', "-o", "x.yaml", cwd=tmp_path).code == 0
    assert detente("overview", "x.yaml", cwd=tmp_path).out.startswith('a "crisis": #1\n')
    before = (tmp_path / "x.yaml").read_bytes()
    assert detente("new", "b", "-o", "x.yaml", cwd=tmp_path).code == 2
    assert (tmp_path / "x.yaml").read_bytes() == before


def test_check_lists_what_nothing_supports(toy: Path) -> None:
    done = detente("check", str(toy), "--citations")
    assert done.code == 0
    assert "3 judgements carry neither a reason nor a source." in " ".join(done.out.split())
    assert "8:17   A wants A.go: weight" in done.out


def test_schemas_are_json_schemas() -> None:
    for arguments in ((), ("overview",), ("equilibria",)):
        schema = json.loads(detente("schema", *arguments).out)
        jsonschema.Draft202012Validator.check_schema(schema)


def test_a_reader_that_goes_away_is_no_fault(toy: Path) -> None:
    command = [sys.executable, "-m", "detente", "glossary"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(timeout=60) == 141


def test_charts_are_written_beside_the_answer(toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page("p", (Chart("bars", "Margins", (Bar("a", 1.0, "1"),), "a leads", "shares"),))
    monkeypatch.setattr(rendering, "page_of", lambda answer: page)
    done = detente("overview", "toy.yaml", "--charts", "pictures", cwd=toy.parent)
    assert done.code == 0
    assert done.out.startswith("p\n")
    names = ["overview-1-margins.png", "overview-1-margins.svg"]
    assert sorted(path.name for path in (toy.parent / "pictures").iterdir()) == names
    assert all(f"{name} written" in done.err for name in names)


def test_an_answer_without_a_chart_says_so(toy: Path) -> None:
    done = detente("overview", "prisoners", "--charts", "pictures", cwd=toy.parent)
    assert done.code == 0
    assert "no chart" in done.err
    assert not (toy.parent / "pictures").exists()


def test_charts_that_cannot_be_written_leave_the_output_empty(toy: Path) -> None:
    done = detente("overview", "toy.yaml", "--charts", "toy.yaml", cwd=toy.parent)
    assert (done.code, done.out) == (2, "")
    assert "is a file" in done.err


def test_an_interrupt_ends_with_130_and_a_word(tmp_path: Path) -> None:
    fifo = tmp_path / "slow.yaml"
    os.mkfifo(fifo)
    command = [sys.executable, "-m", "detente", "overview", str(fifo)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        time.sleep(1.5)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert out == ""
    assert "Traceback" not in err


def test_a_fault_says_that_it_is_one(toy: Path) -> None:
    code = (
        "import sys, detente.cli.questions as q, detente.cli.main as m\n"
        "q.ask = lambda *a, **k: 1 / 0\n"
        f"sys.argv = ['detente', 'overview', {str(toy)!r}]\n"
        "m.app()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "please report it: ZeroDivisionError" in done.stderr
