"""The command that serves the workbench."""

from __future__ import annotations

import webbrowser
from importlib.util import find_spec
from threading import Thread
from typing import Annotated

import typer

from detente import __version__, arguments, library
from detente.cli import signals
from detente.cli.app import ScenarioName, app
from detente.cli.command import Command
from detente.cli.ending import plainly
from detente.cli.output import printed
from detente.errors import DetenteError

NEEDED = ("starlette", "uvicorn", "jinja2")
INSTALL = "Install with: pip install 'detente[web]'"


@app.command(cls=Command)
def serve(
    scenario: ScenarioName = library.DEFAULT,
    port: Annotated[
        str, typer.Option("--port", metavar="N", help="Listen there; 0 takes any port that is free.")
    ] = "0",
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
) -> None:
    """Open the workbench: move a number, see what changes."""
    with plainly():
        if any(find_spec(library) is None for library in NEEDED):
            raise DetenteError(f"the workbench needs {', '.join(NEEDED)}; nothing was served. {INSTALL}")
        if scenario == library.STDIN:
            raise DetenteError("the workbench reads a file again and again; name one instead of -.")
        library.known(scenario)
        from detente.web.serve import serve as begin

        def tell(address: str) -> None:
            printed(f"{address}\n")
            if not no_browser:
                Thread(target=webbrowser.open, args=(address,), daemon=True).start()

        begin(scenario, __version__, _port(port), tell, signals.before_end)


def _port(text: str) -> int:
    try:
        return arguments.whole(text)
    except ValueError as error:
        raise DetenteError(f"--port: {error}") from None
