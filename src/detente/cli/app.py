"""The command line: one command per row of the catalogue, and a few about scenarios themselves.

Answers go to the standard output, everything else to the error stream. With an exit code other than 0 the
standard output stays empty: 1 a fault of the program, 2 bad input or a question that cannot be answered,
3 something could not be read or written or memory ran out, 130 interrupted, 141 the reader of a pipe went away.
"""

from __future__ import annotations

from typing import Annotated

import typer

from detente import __version__
from detente.cli import completion
from detente.cli.output import printed

app = typer.Typer(
    name="detente",
    help="Think through a crisis between several parties: which outcomes hold, which strategies work, and why.",
    epilog="Exit codes: 0 answered, 1 a fault in detente, 2 bad input, 3 no file or memory, 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ScenarioName = Annotated[
    str,
    typer.Argument(
        help="A built-in name, a .yaml, .json or .gmcr file, or - for standard input.",
        autocompletion=completion.scenarios,
    ),
]
Form = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="terminal, json, markdown or html; else by the ending of the output file.",
    ),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file, whole or not at all."),
]
Export = Annotated[
    str | None,
    typer.Option("--export", metavar="FILE", help="Write every table there: .csv, .xlsx or .tex."),
]
Charts = Annotated[
    str | None, typer.Option("--charts", metavar="FOLDER", help="Write every chart there, as SVG and PNG.")
]


Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="ADDRESS=VALUE",
        help="Ask with another value; may be repeated.",
        autocompletion=completion.names_for("sets"),
    ),
]
Opens = Annotated[
    list[str] | None,
    typer.Option(
        "--open",
        metavar="TABLE",
        help="Ask with this table (or A+B) open in every stage.",
        autocompletion=completion.names_for("opens"),
    ),
]
Closes = Annotated[
    list[str] | None,
    typer.Option("--close-channel", metavar="CHANNELS", help="Ask with these channels of trade closed."),
]
Starts = Annotated[
    list[str] | None,
    typer.Option(
        "--start",
        metavar="OPTION=level",
        help="Ask with an option elsewhere at the start, or from the state with this number.",
        autocompletion=completion.names_for("starts"),
    ),
]
From = Annotated[
    list[str] | None,
    typer.Option(
        "--start",
        "--from",
        metavar="STATE",
        help="Ask with an option elsewhere at the start (OPTION=level), or from the state with this number.",
        autocompletion=completion.names_for("starts"),
    ),
]
"""As `Starts`, for questions that mean nothing else by `--from`."""


@app.callback(invoke_without_command=True)
def start(
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    """Think through a crisis between several parties: which outcomes hold, which strategies work, and why."""
    if version:
        printed(f"detente {__version__}\n")
        raise typer.Exit
