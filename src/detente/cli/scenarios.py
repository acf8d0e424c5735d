"""Commands about scenarios themselves: list, check, begin one; the words and the schemas."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from detente import catalogue, files, library
from detente.arguments import readable
from detente.cli.app import Form, Output, ScenarioName, app
from detente.cli.command import Command
from detente.cli.ending import plainly, say
from detente.cli.output import deliver, form_of, keep_input, write


@app.command(cls=Command)
def scenarios(form: Form = None, output: Output = None) -> None:
    """List the built-in scenarios."""
    from detente.report.scenarios import page

    with plainly():
        target = files.destination(output)
        form = form_of(form, target)
        known = tuple(library.open(name) for name in library.builtin())
        deliver(page(known), form, target)


@app.command(cls=Command)
def glossary(form: Form = None, output: Output = None) -> None:
    """Say what the words mean."""
    from detente.report.glossary import page

    with plainly():
        target = files.destination(output)
        deliver(page(), form_of(form, target), target)


@app.command(cls=Command)
def check(
    scenario: ScenarioName,
    citations: Annotated[
        bool, typer.Option("--citations", help="List the judgements that carry neither source nor reason.")
    ] = False,
    form: Form = None,
    output: Output = None,
) -> None:
    """Check a scenario: every problem at once, each with its place."""
    from detente.report.check import page

    with plainly():
        target = files.destination(output)
        keep_input(scenario, target)
        form = form_of(form, target)
        deliver(page(*library.check(scenario), citations), form, target)


@app.command(cls=Command)
def new(
    name: Annotated[str, typer.Argument(help="The name of the crisis; the file is NAME.yaml.")],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead.")
    ] = None,
) -> None:
    """Write a small commented scenario to start from."""
    from detente.scenario.starter import starter

    with plainly():
        title, path = files.starting(name, output)
        files.save(starter(title), path)
        say(f"{path} written. Try: detente check {path}")


@app.command(cls=Command)
def schema(
    question: Annotated[
        str | None, typer.Argument(help="The schema of this question's answer instead.")
    ] = None,
    output: Output = None,
) -> None:
    """Print the JSON Schema of scenario files, or of an answer."""
    from detente.scenario.schema import json_schema

    with plainly():
        target, row = files.destination(output), None
        if question is not None:
            readable("QUESTION", [question], "Name a question, or leave it out for scenario files.")
            row = catalogue.question(question)
        found = catalogue.resolve(row.answer).json_schema() if row else json_schema()
        write(json.dumps(found, indent=2) + "\n", target)
