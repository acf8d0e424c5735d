"""Commands about scenarios themselves: list, check, begin one; the words and the schemas."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from detente import catalogue, files, library
from detente.arguments import readable
from detente.cli import limits
from detente.cli.app import Closes, Form, Opens, Output, ScenarioName, Sets, Starts, app
from detente.cli.command import Command
from detente.cli.ending import plainly, say
from detente.cli.output import apart, deliver, form_of, keep_input, opened, write
from detente.cli.progress import telling
from detente.errors import DetenteError
from detente.formats.sheets import caution
from detente.report import words
from detente.what_if import Changes, changed


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
    everything: Annotated[
        bool, typer.Option("--all", help="Show also what interests and relations add up to.")
    ] = False,
    spreads: Annotated[
        bool, typer.Option("--spreads", help="List the numbers that are given without a spread.")
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
        checked = library.check(scenario)
        for notice in checked.notices:
            say(f"note: {notice}")
        told = page(checked.scenario, checked.report, checked.support, citations, everything, spreads)
        deliver(told, form, target)


@app.command(cls=Command)
def new(
    name: Annotated[str, typer.Argument(help="The name of the crisis; the file is NAME.yaml.")],
    base: Annotated[
        str | None, typer.Option("--from", metavar="SCENARIO", help="Begin with a copy of this scenario.")
    ] = None,
    table: Annotated[
        list[str] | None,
        typer.Option("--table", metavar="FILE", help="Take sections from a .csv or .xlsx; may be repeated."),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead.")
    ] = None,
) -> None:
    """Begin a scenario: a small one, a copy, or one from tables."""
    from detente.scenario.schema import PUBLISHED
    from detente.scenario.starter import starter

    with plainly():
        title, path = files.starting(name, output)
        if table:
            text = library.text_from_tables(title, [Path(each) for each in table], base)
        else:
            text = starter(title) if base is None else library.text_of(base)
        files.save(f"# yaml-language-server: $schema={PUBLISHED}\n{text}", path)
        say(f"{path} written. Try: detente check {path}")


@app.command(cls=Command)
def convert(
    scenario: ScenarioName,
    target: Annotated[str, typer.Argument(metavar="FILE", help="The file to write; its ending says the form.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")] = False,
) -> None:
    """Write a scenario as YAML, JSON or a game for Gambit."""
    from detente.exchange.writers import writer

    with plainly():
        path = files.target(target, force)
        form = writer(path)
        written = form.write(opened(scenario), path)
        for each in written:
            files.target(str(each), force)
        files.save_all(written)
        say("\n".join(f"{each} written: {form.about}." for each in written))
        if warned := caution(written):
            say(f"note: {warned}")


@app.command(cls=Command)
def compare(
    one: Annotated[str, typer.Argument(help="A scenario.", metavar="A")],
    other: Annotated[
        str | None, typer.Argument(help="Another one; A with what is set when left out.", metavar="[B]")
    ] = None,
    questions: Annotated[
        list[str] | None,
        typer.Option("--question", metavar="QUESTION", help="Ask both this; else assess and equilibria."),
    ] = None,
    sets: Sets = None,
    opens: Opens = None,
    closes: Closes = None,
    starts: Starts = None,
    form: Form = None,
    output: Output = None,
) -> None:
    """Say in what two scenarios differ, and their answers."""
    from detente.comparing import ASKED
    from detente.comparing import compare as compared

    with plainly():
        target = files.destination(output)
        form = form_of(form, target)
        changes = Changes(*(given or () for given in (sets, opens, closes, starts)))
        if other is None and changes == Changes():
            raise DetenteError(
                "compare what with what? Name a second scenario, or change the first with --set."
            )
        first = opened(one)
        second = changed(first if other is None else opened(other), changes)
        limits.room()
        with apart(), telling() as tell:
            found = compared(first, second.scenario, questions or ASKED, tell)
        deliver(replace(found, changes=second.told), form, target)


@app.command(cls=Command)
def schema(
    question: Annotated[
        str | None, typer.Argument(help="The schema of this question's answer instead.")
    ] = None,
    path: Annotated[
        bool, typer.Option("--path", help="Print where the schema of scenario files lies instead.")
    ] = False,
    output: Output = None,
) -> None:
    """Print the JSON Schema of scenario files, or of an answer."""
    from detente.scenario.schema import PUBLISHED, json_schema

    with plainly():
        if path:
            if question is not None:
                raise DetenteError("--path is of the schema of scenario files; leave the question out.")
            write(f"{PUBLISHED}\n", files.destination(output))
            return
        target, row = files.destination(output), None
        if question is not None:
            readable("QUESTION", [question], "Name a question, or leave it out for scenario files.")
            row = catalogue.question(question)
        found = catalogue.resolve(row.answer).json_schema() if row else json_schema()
        write(json.dumps(found, indent=2) + "\n", target)


@app.command(cls=Command)
def merge(
    stores: Annotated[
        list[str], typer.Argument(help="Files that `detente sweep --store` wrote.", metavar="STORE…")
    ],
    target: Annotated[
        str, typer.Option("--into", help="The file that takes the worlds of all.", metavar="FILE")
    ],
) -> None:
    """Put the worlds of several stores into one."""
    from detente.worlds.store import merge as merged

    with plainly():
        for each in (*stores, target):
            readable("STORE", [each], "Name the files that hold the worlds.")
        many = merged([Path(each) for each in stores], Path(target))
        say(f"{target} holds {words.count(many, 'world')}")
