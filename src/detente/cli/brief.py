"""The command that writes a brief."""

from __future__ import annotations

from typing import Annotated

import typer

from detente import __version__, catalogue, files, library
from detente.arguments import read
from detente.cli import limits
from detente.cli.app import Closes, Opens, ScenarioName, Sets, Starts, app
from detente.cli.command import Command
from detente.cli.completion import names_for
from detente.cli.ending import plainly, say
from detente.cli.output import apart, keep_input, opened
from detente.cli.progress import news_of_compiling, telling
from detente.errors import DetenteError
from detente.what_if import Changes, changed

ASSESS = catalogue.question("assess")
AHEAD = next(each for each in ASSESS.parameters if each.keyword == "foresight")


@app.command(cls=Command)
def report(
    scenario: ScenarioName = library.DEFAULT,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file: .pdf, .docx, .html or .md says the form.",
        ),
    ] = None,
    one_page: Annotated[bool, typer.Option("--one-page", help="Only the first page.")] = False,
    sections: Annotated[
        list[str] | None,
        typer.Option(
            "--section",
            metavar="SECTION",
            help="Only this section besides the verdicts, such as why, risks or sources; may be repeated.",
        ),
    ] = None,
    foresight: Annotated[
        str | None,
        typer.Option(AHEAD.flag, metavar=AHEAD.shown, help=AHEAD.help, autocompletion=names_for(AHEAD.keyword)),
    ] = None,
    worlds: Annotated[
        str, typer.Option("--worlds", "-n", metavar="N", help="Also in so many worlds with drawn numbers.")
    ] = "0",
    seed: Annotated[str, typer.Option("--seed", metavar="N", help="Other seeds, other worlds.")] = "1",
    sets: Sets = None,
    opens: Opens = None,
    closes: Closes = None,
    starts: Starts = None,
) -> None:
    """Write a brief: the bottom line on one page, then the reasons."""
    with plainly():
        from detente.briefing.bind import brief
        from detente.formats.documents import ENDINGS, of_file

        target = files.destination(output)
        if target is None:
            raise DetenteError(f"a brief goes to a file. Add -o brief.pdf, or another of {', '.join(ENDINGS)}.")
        form = of_file(target)
        keep_input(scenario, target)
        given = read(ASSESS, {"worlds": worlds, "seed": seed, "foresight": foresight})
        changes = Changes(*(each or () for each in (sets, opens, closes, starts)))
        crisis = changed(opened(scenario), changes)
        limits.room()
        with apart(), news_of_compiling(ASSESS), telling() as tell:
            bound = brief(crisis.scenario, __version__, sections, **given, changes=crisis.told, progress=tell)
            made = form.draw(bound, one_page)
        files.save(made, target)
        say(f"{target} written")
