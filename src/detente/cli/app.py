"""The command line: one command per row of the catalogue, and a few about scenarios themselves.

Answers go to the standard output, everything else to the error stream. With an exit code other than 0 the
standard output stays empty: 1 a fault of the program, 2 bad input or a question that cannot be answered,
3 something could not be read or written or memory ran out, 130 interrupted, 141 the reader of a pipe went away.
"""

from __future__ import annotations

import errno
import inspect
import json
import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Any, NoReturn

import typer

from detente import __version__, catalogue, workbench
from detente.answers.answer import Answer
from detente.catalogue import QUESTIONS, Parameter, Question
from detente.cli import arguments
from detente.errors import DetenteError
from detente.report.page import Page

DEFAULT = "korea-2017"
FAULT, BAD_INPUT, NO_MEANS, INTERRUPTED, PIPE_CLOSED = 1, 2, 3, 130, 141
WIDEST = 110
PATIENCE = 1.0  # seconds before progress is worth telling

app = typer.Typer(
    name="detente",
    help="Think through a crisis between several parties: which outcomes hold, which strategies work, and why.",
    epilog="Exit codes: 0 answered, 1 a fault in detente, 2 bad input, 3 no file or memory, 130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ScenarioName = Annotated[str, typer.Argument(help="A built-in name, or a .yaml, .json or .gmcr file.")]
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
Charts = Annotated[
    str | None, typer.Option("--charts", metavar="FOLDER", help="Write every chart there, as SVG and PNG.")
]
KINDS: dict[str, Any] = {
    "text": str | None,
    "texts": list[str] | None,
    "switch": bool,
    "number": int,
    "share": float,
    "events": str | None,
}
SHOWN = {"text": "NAME", "texts": "NAME", "number": "N", "share": "SHARE", "events": "FILE"}
READ: dict[str, Any] = {"number": arguments.whole, "share": arguments.decimal}


@app.callback(invoke_without_command=True)
def start(
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    """Think through a crisis between several parties: which outcomes hold, which strategies work, and why."""
    if version:
        _print(f"detente {__version__}\n")
        raise typer.Exit


def _add(question: Question) -> None:
    """Make the command of a question from its row."""

    def run(**given: Any) -> None:
        scenario, form = given.pop("scenario"), given.pop("form")
        with _plainly():
            _readable(question, given)
            output = arguments.destination(given.pop("output"))
            charts = arguments.folder(given.pop("charts"), "--charts")
            _keep_input(scenario, output)
            form = arguments.form(form, output)
            opened = workbench.open_with_notices(scenario)
            for notice in opened.notices:
                _say(f"note: {notice}")
            chosen = {keyword: value for keyword, value in given.items() if value is not None}
            with _news_of_compiling(question), _progress(question) as progress:
                answer = workbench.ask(question.word, opened.scenario, **chosen, **progress)
            if charts is not None:
                _say(_written(workbench.save_charts(answer, charts), charts))
            _deliver(answer, form, output)

    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            _argument("scenario", ScenarioName, DEFAULT),
            *(
                _argument(parameter.keyword, _flag(parameter), _default(parameter))
                for parameter in question.parameters
            ),
            _argument("form", Form, None),
            _argument("output", Output, None),
            _argument("charts", Charts, None),
        ]
    )
    app.command(question.word, help=question.asks, cls=arguments.Command)(run)


def _argument(name: str, annotation: Any, default: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _default(parameter: Parameter) -> object:
    return False if parameter.kind == "switch" else parameter.default


def _flag(parameter: Parameter) -> Any:
    """An option, or a word after the scenario where the parameter's flag is a bare name."""
    shown = parameter.default is not None
    if not parameter.flag.startswith("-"):
        word = typer.Argument(help=parameter.help, metavar=parameter.flag.upper(), show_default=shown)
        return Annotated[KINDS[parameter.kind], word]
    option = typer.Option(
        parameter.flag,
        help=parameter.help,
        metavar=parameter.shown or SHOWN.get(parameter.kind),
        parser=READ.get(parameter.kind),
        show_default=shown,
    )
    return Annotated[KINDS[parameter.kind], option]


def _readable(question: Question, given: dict[str, Any]) -> None:
    """Refuse names that cannot be meant."""
    for parameter in question.parameters:
        value = given[parameter.keyword]
        if parameter.kind in ("text", "texts", "events") and value is not None:
            label = parameter.flag if parameter.flag.startswith("-") else parameter.flag.upper()
            advice = f"Give one, or leave it out. {parameter.help}"
            arguments.readable(label, [value] if isinstance(value, str) else value, advice)


for _question in QUESTIONS:
    _add(_question)


@app.command(cls=arguments.Command)
def scenarios(form: Form = None, output: Output = None) -> None:
    """List the built-in scenarios."""
    from detente.report.scenarios import page

    with _plainly():
        target = arguments.destination(output)
        form = arguments.form(form, target)
        known = tuple(workbench.open(name) for name in workbench.builtin())
        _deliver(page(known), form, target)


@app.command(cls=arguments.Command)
def glossary(form: Form = None, output: Output = None) -> None:
    """Say what the words mean."""
    from detente.report.glossary import page

    with _plainly():
        target = arguments.destination(output)
        _deliver(page(), arguments.form(form, target), target)


@app.command(cls=arguments.Command)
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

    with _plainly():
        target = arguments.destination(output)
        _keep_input(scenario, target)
        form = arguments.form(form, target)
        _deliver(page(*workbench.check(scenario), citations), form, target)


@app.command(cls=arguments.Command)
def new(
    name: Annotated[str, typer.Argument(help="The name of the crisis; the file is NAME.yaml.")],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead.")
    ] = None,
) -> None:
    """Write a small commented scenario to start from."""
    from detente.scenario.starter import starter

    with _plainly():
        title, path = arguments.starting(name, output)
        workbench.save(starter(title), path)
        _say(f"{path} written. Try: detente check {path}")


@app.command(cls=arguments.Command)
def schema(
    question: Annotated[
        str | None, typer.Argument(help="The schema of this question's answer instead.")
    ] = None,
    output: Output = None,
) -> None:
    """Print the JSON Schema of scenario files, or of an answer."""
    from detente.scenario.schema import json_schema

    with _plainly():
        target, row = arguments.destination(output), None
        if question is not None:
            arguments.readable("QUESTION", [question], "Name a question, or leave it out for scenario files.")
            row = catalogue.question(question)
        found = catalogue.resolve(row.answer).json_schema() if row else json_schema()
        _write(json.dumps(found, indent=2) + "\n", target)


@contextmanager
def _plainly() -> Iterator[None]:
    """End with a plain message and the right exit code, whatever happens inside."""
    try:
        yield
    except typer.Exit:
        raise
    except DetenteError as error:
        _fail(str(error), BAD_INPUT)
    except KeyboardInterrupt:
        _fail("interrupted; nothing was written.", INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(PIPE_CLOSED) from None
    except MemoryError:
        _fail("not enough memory for this scenario; nothing was written.", NO_MEANS)
    except OSError as error:
        _fail(f"{error.filename or 'output'}: {error.strerror or error}; nothing was written.", NO_MEANS)
    except Exception as error:
        traceback.print_exc()
        _fail(f"this is a fault in detente {__version__}, please report it: {error!r}", FAULT)


def _fail(message: str, code: int) -> NoReturn:
    _say(message)
    raise typer.Exit(code)


def _say(message: str) -> None:
    if sys.stderr is None:
        return
    from detente.formats.plain import encodable, visible

    lines = (visible(line) for line in message.splitlines())
    print(encodable("\n".join(lines), sys.stderr.encoding or "utf-8"), file=sys.stderr)


def _keep_input(scenario: str, output: Path | None) -> None:
    """Refuse to write an answer over the scenario that was asked about."""
    if output is not None and output.exists() and os.path.exists(scenario) and output.samefile(scenario):
        raise DetenteError(f"{output} is the scenario itself; nothing was written. Choose another file.")


def _written(charts: tuple[Path, ...], folder: Path) -> str:
    if not charts:
        return f"note: this answer has no chart; nothing was written to {folder}"
    return "\n".join(f"{path} written" for path in charts)


def _deliver(subject: Answer | Page, form: str, output: Path | None) -> None:
    if output is not None:
        _write(workbench.render(subject, form), output)  # type: ignore[arg-type]
        return
    width = min(shutil.get_terminal_size((80, 24)).columns, WIDEST)
    text = workbench.render(subject, form, width, _colour(), _encoding())  # type: ignore[arg-type]
    _write(text, None)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        _print(text)
    else:
        workbench.save(text, output)


def _print(text: str) -> None:
    if sys.stdout is None:
        raise OSError(errno.EBADF, "closed", "standard output")
    sys.stdout.write(text)
    sys.stdout.flush()


def _encoding() -> str:
    """What the terminal can show: Python writes UTF-8 in the C locale too, whose terminals may have none."""
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "")
    if locale in ("C", "POSIX"):
        return "ascii"
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def _colour() -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") == "dumb"
    return _is_terminal(sys.stdout) and not plain


def _is_terminal(stream: IO[str] | None) -> bool:
    """Whether somebody watches; a stream may be closed."""
    return stream is not None and stream.isatty()


@contextmanager
def _progress(question: Question) -> Iterator[dict[str, Callable[[str, float], None]]]:
    """Show how far a long question has come, on a terminal that can take it back afterwards."""
    takes_one = "progress" in inspect.signature(catalogue.resolve(question.function)).parameters
    if not (takes_one and _is_terminal(sys.stderr) and os.environ.get("TERM", "dumb") != "dumb"):
        yield {}
        return
    began = time.monotonic()

    def tell(what: str, share: float) -> None:
        if time.monotonic() - began > PATIENCE:
            _erase(f"{share:4.0%}  {what}"[:70])

    try:
        yield {"progress": tell}
    finally:
        _erase("")


def _erase(instead: str) -> None:
    """Replace the last line of the terminal."""
    from detente.formats.plain import encodable, visible

    sys.stderr.write(f"\r\x1b[K{encodable(visible(instead), sys.stderr.encoding or 'utf-8')}")
    sys.stderr.flush()


@contextmanager
def _news_of_compiling(question: Question) -> Iterator[None]:
    """Say on a terminal when kernels are compiled, which takes a while and happens on a first run only."""
    if not (question.kernels and _is_terminal(sys.stderr)):
        yield
        return
    from numba.core import event

    class FirstCompile(event.Listener):  # type: ignore[misc]
        told = False

        def on_start(self, event: object) -> None:
            if not self.told:
                self.told = True
                _say("compiling kernels (first run only)…")

        def on_end(self, event: object) -> None:
            """Nothing to say: the answer follows."""

    with event.install_listener("numba:compile", FirstCompile()):
        yield
