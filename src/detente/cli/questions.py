"""One command per question, made from its row in the catalogue."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import Annotated, Any

import typer

from detente import arguments, catalogue, files, library
from detente.arguments import READINGS
from detente.ask import ask
from detente.catalogue import Parameter, Question
from detente.cli import limits
from detente.cli.app import Charts, Closes, Export, Form, From, Opens, Output, ScenarioName, Sets, Starts, app
from detente.cli.command import Command
from detente.cli.completion import names_for
from detente.cli.ending import plainly, say
from detente.cli.output import apart, deliver, form_of, keep_input, opened
from detente.cli.progress import news_of_compiling, progress
from detente.formats.sheets import caution
from detente.rendering import export, save_charts
from detente.what_if import Changes, changed

WHAT_IF = {"sets": Sets, "opens": Opens, "closes": Closes, "starts": Starts}
"""What may be changed before any question is asked, in the order of `Changes`."""


def add(question: Question) -> None:
    """Make the command of a question from its row."""

    def run(**given: Any) -> None:
        scenario, form = given.pop("scenario"), given.pop("form")
        with plainly():
            output = files.destination(given.pop("output"))
            charts = files.folder(given.pop("charts"), "--charts")
            sheets = files.sheets(given.pop("export"))
            changes = Changes(*(given.pop(name) or () for name in WHAT_IF))
            values = arguments.read(question, given)
            keep_input(scenario, output)
            form = form_of(form, output)
            crisis = changed(opened(scenario), changes)
            limits.room()
            with apart(), news_of_compiling(question), progress(question) as tell:
                answer = ask(question.word, crisis.scenario, tell, **values)
            answer = replace(answer, changes=crisis.told)
            if charts is not None:
                with apart():
                    written = save_charts(answer, charts)
                for path in written:
                    say(f"{path} written")
            if sheets is not None:
                exported = export(answer, sheets)
                for path in exported:
                    say(f"{path} written")
                if warned := caution({path: path.read_bytes() for path in exported}):
                    say(f"note: {warned}")
            deliver(answer, form, output)

    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            _argument("scenario", ScenarioName, library.DEFAULT),
            *(_argument(each.keyword, _flag(each), _default(each)) for each in question.parameters),
            *(_argument(name, flag, None) for name, flag in (WHAT_IF | _from(question)).items()),
            _argument("form", Form, None),
            _argument("output", Output, None),
            _argument("charts", Charts, None),
            _argument("export", Export, None),
        ]
    )
    app.command(question.word, help=question.asks, cls=Command)(run)


def _from(question: Question) -> dict[str, Any]:
    """`--from` as another name of `--start`, where the question has no other use for it."""
    taken = any(parameter.flag == "--from" for parameter in question.parameters)
    return {} if taken else {"starts": From}


def _argument(name: str, annotation: Any, default: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _default(parameter: Parameter) -> object:
    if parameter.kind == "switch":
        return False
    return None if parameter.default is None else str(parameter.default)


def _flag(parameter: Parameter) -> Any:
    """An option, or a word after the scenario where the flag is a bare name; text until it is read."""
    reading, shown = READINGS[parameter.kind], parameter.default is not None
    typed = bool if parameter.kind == "switch" else list[str] | None if reading.many else str | None
    if not parameter.flag.startswith("-"):
        word = typer.Argument(
            help=parameter.help,
            metavar=parameter.label,
            show_default=shown,
            autocompletion=names_for(parameter.keyword),
        )
        return Annotated[typed, word]
    option = typer.Option(
        *filter(None, (parameter.flag, parameter.short)),
        help=parameter.help,
        metavar=(parameter.shown or reading.shown) or None,
        show_default=shown,
        autocompletion=names_for(parameter.keyword),
    )
    return Annotated[typed, option]


for _question in catalogue.QUESTIONS:
    add(_question)
