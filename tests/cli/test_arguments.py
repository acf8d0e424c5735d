"""What somebody may type by mistake: told plainly, with code 2; nothing is answered, nothing written."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import typer.main
from typer.testing import CliRunner

from detente.catalogue import QUESTIONS, Parameter, Question
from detente.cli.main import app
from detente.scenario.starter import starter

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
NAMED = [
    (row, parameter)
    for row in QUESTIONS
    for parameter in row.parameters
    if parameter.kind in ("text", "texts", "events")
]
NUMBERS = [
    (row, parameter)
    for row in QUESTIONS
    for parameter in row.parameters
    if parameter.kind in ("number", "share")
]


class Done(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with a scenario, another folder and another file, in which commands run."""
    (tmp_path / "river.yaml").write_text(starter("river"), encoding="utf-8")
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    (tmp_path / "answers").mkdir()
    with contextlib.chdir(tmp_path):
        yield tmp_path


def detente(*arguments: str) -> Done:
    done = CliRunner().invoke(app, arguments, prog_name="detente", env={"COLUMNS": "80"})
    return Done(done.exit_code, done.stdout, done.stderr)


def refused(*arguments: str) -> str:
    """What is told of a mistake; it leaves every file and folder as it was."""
    before = sorted((str(path), path.stat().st_mtime_ns) for path in Path().rglob("*"))
    done = detente(*arguments)
    assert (done.code, done.out) == (2, ""), done
    assert "Traceback" not in done.err
    assert sorted((str(path), path.stat().st_mtime_ns) for path in Path().rglob("*")) == before
    return done.err


def typed(parameter: Parameter, value: str) -> tuple[str, ...]:
    return (parameter.flag, value) if parameter.flag.startswith("-") else (value,)


def label(pair: tuple[Question, Parameter]) -> str:
    return f"{pair[0].word} {pair[1].flag}"


@pytest.mark.parametrize("pair", NAMED, ids=label)
@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("", "is empty. Give one, or leave it out."),
        ("  ", "is empty. Give one, or leave it out."),
        ("x" * 5000, "has 5,000 characters; no name is so long."),
        ("a\0b", "holds the control character U+0000"),
        ("\x1b[31mred", "holds the control character U+001B"),
        ("two\nlines", "holds the control character U+000A"),
    ],
    ids=["empty", "blank", "endless", "NUL", "escape", "lines"],
)
def test_values_that_no_name_can_be(
    folder: Path, pair: tuple[Question, Parameter], value: str, told: str
) -> None:
    row, parameter = pair
    text = refused(row.word, "river.yaml", *typed(parameter, value))
    assert text.startswith(parameter.flag if parameter.flag.startswith("-") else parameter.flag.upper())
    assert told in text
    assert len(text) < 400


@pytest.mark.parametrize("pair", NUMBERS, ids=label)
@pytest.mark.parametrize("value", ["", "many", "1,5", "0x1f", "9" * 5000 + "x"])
def test_numbers_that_are_none_are_repeated(folder: Path, pair: tuple[Question, Parameter], value: str) -> None:
    row, parameter = pair
    text = refused(row.word, "river.yaml", parameter.flag, value)
    assert text.startswith(f"{parameter.flag}: ")
    assert f"'{value[:59]}" in text
    assert "number. Write e.g." in text
    assert len(text) < 400


@pytest.mark.parametrize("pair", NUMBERS, ids=label)
@pytest.mark.parametrize("value", ["-1", "nan", "inf", "1e400", "-0.5"])
def test_numbers_out_of_bounds_are_refused(folder: Path, pair: tuple[Question, Parameter], value: str) -> None:
    row, parameter = pair
    scenario = "korea-2017" if row.word in ("venues", "pressure") else "river.yaml"
    refused(row.word, scenario, parameter.flag, value)


def test_whole_numbers_with_thousands_of_digits(folder: Path) -> None:
    assert "too many digits" in refused("equilibria", "river.yaml", "--limit", "9" * 5000)


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row.word)
def test_an_option_given_twice_is_no_silent_choice(folder: Path, row: Question) -> None:
    once = [p.flag for p in row.parameters if p.flag.startswith("-") and p.kind not in ("texts", "switch")]
    for flag in (*once, "--format", "--output", "--charts"):
        assert f"{flag} is given twice. Keep one." in refused(row.word, "river.yaml", flag, "1", flag, "2")
    assert "--output is given 3 times." in refused(row.word, "-o", "a", "--output", "b", "--output=c")


def test_options_that_may_be_repeated_may(folder: Path) -> None:
    arguments = ("--concept", "nash", "--concept", "seq", "--all", "--all")
    assert detente("equilibria", "river.yaml", *arguments).code == 0


@pytest.mark.parametrize("command", ["overview", "assess", "check"])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "the name of the scenario is empty."),
        (" ", "the name of the scenario is empty."),
        ("x" * 5000, "…'. Known: chicken-2017"),
        ("x/" * 3000, "…'. Known: chicken-2017"),
        ("a\0b", "Known: chicken-2017"),
        ("answers", "answers is a folder"),
        ("river.yml", "Did you mean 'river.yaml'?"),
        ("RIVER.yaml", "Did you mean 'river.yaml'?"),
        ("answers/../rivr.yaml", f"Did you mean '{os.path.join('answers', '..', 'river.yaml')}'?"),
        ("Korea-2017", "Did you mean 'korea-2017'?"),
        ("letter.txt/river.yaml", "no scenario file"),
    ],
)
def test_names_that_are_no_scenario(folder: Path, command: str, name: str, told: str) -> None:
    text = refused(command, name)
    assert told in text
    assert len(text) < 300


@pytest.mark.parametrize(
    ("flag", "name", "told"),
    [
        ("-o", "", "--output is empty."),
        ("-o", " ", "--output is empty."),
        ("-o", "-", "Without it the answer goes to the standard output."),
        ("-o", "nowhere/a.json", "Make it first: mkdir -p nowhere"),
        ("-o", "anwsers/a.json", "Did you mean 'answers'?"),
        ("-o", "answers", "answers is a folder"),
        ("-o", "new/", "new/ is a folder"),
        ("-o", "..", ".. is a folder"),
        ("-o", "letter.txt/a.json", "letter.txt is a file, not a folder"),
        ("-o", "x" * 300, "too long"),
        ("-o", "a\nb", "control character"),
        ("--charts", "", "--charts is empty."),
        ("--charts", "letter.txt", "letter.txt is a file, not a folder"),
        ("--charts", "letter.txt/a/b", "letter.txt is a file, not a folder"),
        ("--charts", "x" * 300, "too long"),
        ("--charts", "a\0b", "control character"),
    ],
)
def test_destinations_that_cannot_be_written(folder: Path, flag: str, name: str, told: str) -> None:
    commands = [("overview", "river.yaml"), ("assess", "river.yaml")]
    if flag == "-o":
        commands += [("check", "river.yaml"), ("glossary",), ("scenarios",), ("schema",), ("new", "lake")]
    for command in commands:
        text = refused(*command, flag, name)
        assert told in text
        assert len(text) < 300


def test_a_destination_is_looked_at_before_the_work(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def worked(*given: object, **more: object) -> None:
        raise AssertionError("the question was asked first")

    monkeypatch.setattr("detente.cli.questions.ask", worked)
    refused("assess", "river.yaml", "-o", "nowhere/a.json")
    refused("assess", "river.yaml", "--charts", "letter.txt")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "NAME is empty. Name the crisis"),
        ("..", "is no name of a file"),
        (".", "is no name of a file"),
        ("a/lake", "detente new lake -o FOLDER/lake.yaml"),
        ("../lake", "detente new lake -o FOLDER/lake.yaml"),
        ("lake/", "detente new lake -o FOLDER/lake.yaml"),
        ("/", "names a folder too"),
        (r"C:\lake", "detente new lake -o FOLDER/lake.yaml"),
        ("a\0b", "control character U+0000"),
        ("a\nb", "control character U+000A"),
        ("\x1b[2Jlake", "control character U+001B"),
        ("lake\udcff", "a byte that is no UTF-8 text"),
        ("x" * 300, "300 bytes"),
        ("é" * 150, "300 bytes"),
        ("x" * 5000, "5,000 characters"),
        ("river", "river.yaml exists already"),
        ("river.yaml", "river.yaml exists already"),
    ],
)
def test_names_that_no_new_scenario_can_have(folder: Path, name: str, told: str) -> None:
    assert told in refused("new", name)


def test_a_new_name_may_be_long_foreign_or_end_as_the_file_does(folder: Path) -> None:
    for name, file in (
        ("é" * 90, "é" * 90 + ".yaml"),
        ("북한 2017", "북한 2017.yaml"),
        ("lake.yaml", "lake.yaml"),
    ):
        assert detente("new", name).code == 0
        assert detente("overview", file).code == 0


def test_all_and_none_do_not_join_tables(folder: Path) -> None:
    for word in ("all", "none"):
        text = refused("roadmap", "river.yaml", "--tables", word, "--tables", "river")
        assert f"'{word}' cannot be joined with other tables." in text


def test_unknown_names_forgive_case(folder: Path) -> None:
    assert "Did you mean 'seq'?" in refused("assess", "river.yaml", "--foresight", "SEQ")
    assert "Did you mean 'UPL'?" in refused("why", "river.yaml", "--party", "upl")


def test_a_summary_of_every_command_fits_its_line() -> None:
    told = detente("--help").out
    assert "..." not in told.replace("[ARGS]...", "")
    lines = told.splitlines()
    assert max(map(len, lines)) <= 80
    for name, command in COMMANDS.items():
        (line,) = (line for line in lines if line.startswith(f"  {name} "))
        assert line.split(maxsplit=1)[1].rstrip(".") == command.help.splitlines()[0].rstrip(".")


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help_names_values_in_words(command: str) -> None:
    options = detente(command, "--help").out.partition("Options:")[2]
    assert "<" not in options


def test_an_ending_that_stands_for_no_format_is_refused(folder: Path) -> None:
    told = refused("overview", "river.yaml", "-o", "answers/river.jsn")
    assert "'.jsn' stands for no format; nothing was written. Let the file end in one of .txt, .json" in told
    assert "'.pdf' stands for no format" in refused("scenarios", "-o", "list.pdf")
    assert detente("overview", "river.yaml", "-o", "answers/river.pdf", "--format", "html").code == 0
    assert detente("overview", "river.yaml", "-o", "answers/river.txt").code == 0
