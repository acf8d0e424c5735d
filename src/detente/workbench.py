"""Where the parts meet: open a scenario by any name, ask, and put the answer into any format.

`detente.load`, `detente.show` and `detente.render` stand here, and the command line is a thin layer over it.
"""

from __future__ import annotations

import errno
import os
import re
import sys
import tempfile
import unicodedata
import warnings
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from detente import catalogue
from detente.answers.answer import Answer, draw_html_with
from detente.errors import DetenteError, Problem, ScenarioError, UnknownNameError
from detente.report import words
from detente.report.page import Drawing, Note, Page
from detente.scenario.citations import Uncited, uncited
from detente.scenario.document import read_document
from detente.scenario.doubts import doubts
from detente.scenario.draft import Draft
from detente.scenario.load import accepted, draft
from detente.scenario.model import Scenario
from detente.scenario.near import near_miss
from detente.scenario.sanity import SanityReport, report

if TYPE_CHECKING:
    from detente.network.history import Record

Format = Literal["terminal", "json", "markdown", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: dict[str, Format] = {".json": "json", ".md": "markdown", ".html": "html", ".htm": "html"}
SCENARIO_SUFFIXES = (".yaml", ".yml", ".json", ".gmcr")
LONGEST_NAME = 60
LONGEST_PATH = 100  # characters of a path that a message repeats


class Opened(NamedTuple):
    """A scenario, and what its reader should know about how it was read."""

    scenario: Scenario
    notices: tuple[str, ...] = ()


class Checked(NamedTuple):
    """A scenario without problems, what it adds up to, and the judgements that nothing supports."""

    scenario: Scenario
    report: SanityReport
    uncited: tuple[Uncited, ...]


def open(source: str | os.PathLike[str]) -> Scenario:
    """A crisis to ask about.

    Parameters
    ----------
    source : str or path
        The name of a built-in scenario (`detente.scenarios()` lists them), or the path of a scenario in YAML or
        JSON, or of a `.gmcr` file.

    Returns
    -------
    Scenario

    Raises
    ------
    ScenarioError
        With every problem of the file and its place.
    UnknownNameError
        When there is neither a file nor a built-in scenario of that name.
    """
    scenario, notices = open_with_notices(source)
    for notice in notices:
        warnings.warn(notice, stacklevel=2)
    return scenario


def open_with_notices(source: str | os.PathLike[str]) -> Opened:
    """As `open`, with what its reader should know about the file instead of warnings."""
    path = _find(os.fspath(source))
    if path.suffix.lower() == ".gmcr":
        from detente.exchange.gmcr import read_gmcr

        return Opened(*read_gmcr(path))
    return Opened(accepted(_drafted(path)))


def check(source: str | os.PathLike[str]) -> Checked:
    """What a scenario's interests and relations add up to, and what nothing supports.

    Raises
    ------
    ScenarioError
        With every problem of the file and its place.
    """
    path = _find(os.fspath(source))
    read = None if path.suffix.lower() == ".gmcr" else _drafted(path)
    scenario = open_with_notices(path).scenario if read is None else accepted(read)
    if read is not None:
        _computable(read, scenario)
    return Checked(scenario, report(scenario), uncited(scenario, read))


def builtin() -> tuple[str, ...]:
    """The names of the scenarios that come with the product."""
    return tuple(sorted(path.stem for path in _builtin_folder().glob("*.yaml")))


def ask(word: str, scenario: Scenario, **parameters: object) -> Answer:
    """Ask a question by its word."""
    row = catalogue.question(word)
    files = {parameter.keyword for parameter in row.parameters if parameter.kind == "events"}
    read = {
        keyword: read_events(value, scenario)
        if keyword in files and isinstance(value, str | os.PathLike)
        else value
        for keyword, value in parameters.items()
    }
    answer: Answer = catalogue.resolve(row.function)(scenario, **read)
    return answer


def read_events(path: str | os.PathLike[str], scenario: Scenario) -> Record:
    """Coded events between the parties of a scenario, for `relations`.

    Parameters
    ----------
    path : str or path
        A file in the layout of ICEWS, GDELT or POLECAT, or a table with date, source, target and goldstein;
        plain or gzipped.
    scenario : Scenario
        Its parties are known by id, name and `iso` code, and by every name and code of the same state.

    Raises
    ------
    ScenarioError
        The file is missing, is no known layout, or holds rows that cannot be read, each with its line.
    """
    from detente.exchange import events

    return events.read_events(os.fspath(path), events.names_of(scenario))


def page_of(answer: Answer) -> Page:
    """An answer as a page, with a note for every part of the scenario that played no role."""
    told: Page = catalogue.resolve(catalogue.question(answer.question).page)(answer)
    notes = tuple(Note(words.unused(part)) for part in answer.unused)
    return Page(told.title, (*told.blocks, *notes))


def render(
    subject: Answer | Page,
    format: Format = "terminal",
    width: int = 80,
    colour: bool = False,
    encoding: str = "utf-8",
) -> str:
    """An answer, or a page, as text.

    Parameters
    ----------
    subject : Answer or Page
    format : {"terminal", "json", "markdown", "html"}
        `json` is for answers only: it comes from the answer itself, the rest from its page.
    width, colour, encoding
        What a terminal can show; other formats use the encoding only.

    Raises
    ------
    UnknownNameError
        For another format.
    DetenteError
        For a page as JSON.
    """
    if format not in FORMATS:
        raise UnknownNameError("format", format, FORMATS)
    if format == "json":
        if isinstance(subject, Page):
            raise DetenteError("a page has no JSON form; choose terminal, markdown or html.")
        return subject.to_json(ascii_only=not _holds_everything(encoding))
    page = subject if isinstance(subject, Page) else page_of(subject)
    return _draw(page, format, width, colour, encoding)


def show(answer: Answer) -> None:
    """Print an answer as a terminal shows it."""
    print(render(answer, encoding=sys.stdout.encoding or "utf-8"), end="")


def save_charts(subject: Answer | Page, folder: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Write every chart of an answer as an SVG and as a PNG: all of them, or none.

    Parameters
    ----------
    subject : Answer or Page
    folder : path
        Made where it is missing. A file is called after the question, the number of the chart on the page and
        its title, such as `relations-1-ties-and-camps.svg`; one of the same name is replaced.

    Returns
    -------
    tuple of Path
        What was written, in the order of the page; nothing where the answer has no chart.

    Raises
    ------
    DetenteError
        When the folder is a file.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise DetenteError(f"{folder} is a file; charts are written into a folder.")
    page = subject if isinstance(subject, Page) else page_of(subject)
    blocks = [block for block in page.blocks if isinstance(block, Drawing)]
    if not blocks:
        return ()
    from detente.formats import charts

    first = "page" if isinstance(subject, Page) else subject.question
    drawn = [
        (f"{first}-{n}-{_slug(block.title)}.{kind}", charts.draw(block, kind))
        for n, block in enumerate(blocks, 1)
        for kind in charts.KINDS
    ]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".charts") as aside:
        for name, picture in drawn:
            save(picture, Path(aside) / name)
        for name, _ in drawn:
            os.replace(Path(aside) / name, folder / name)
    return tuple(folder / name for name, _ in drawn)


def save(content: str | bytes, path: Path) -> None:
    """Write a file whole or not at all: a reader never finds half of it, and a failure leaves the old one.

    A symbolic link stays one: the file that it leads to is written.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    path = Path(os.path.realpath(path))
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".detente.")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def prepare_notebooks() -> None:
    """Let notebooks draw answers as pages."""
    draw_html_with(_html)


def _find(name: str) -> Path:
    """The file that a name stands for: a built-in scenario first, then a path."""
    if name in builtin():
        return _builtin_folder() / f"{name}.yaml"
    if not name.strip():
        raise DetenteError(f"the name of the scenario is empty. Name a file, or: {', '.join(builtin())}.")
    path = Path(name)
    try:
        if path.is_dir():
            raise DetenteError(f"{name} is a folder; a scenario is one file.")
        if path.exists():
            return path
        beside = _scenarios_in(path.parent)
    except PermissionError:
        raise
    except (OSError, ValueError):
        beside = ()
    shown = name if len(name) <= LONGEST_PATH else name[: LONGEST_PATH - 1] + "…"
    near = near_miss(shown, beside)
    raise UnknownNameError("scenario file or built-in scenario", shown, (near,) if near else builtin())


def _scenarios_in(folder: Path) -> tuple[str, ...]:
    """The scenario files of a folder."""
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return tuple(str(file) for file in files if file.suffix in SCENARIO_SUFFIXES)


def _drafted(path: Path) -> Draft:
    """A file read and checked; a built-in scenario goes by its name, not by where it is installed."""
    shown = path.name if path.parent == _builtin_folder() else str(path)
    return draft(read_document(path), shown, path.stem)


def _computable(draft: Draft, scenario: Scenario) -> None:
    """Refuse hazards and interests at which a question would stop, each with its place."""
    doubted = tuple(doubts(scenario))
    if not doubted:
        return
    from detente.states.faults import faults

    problems = [Problem(draft.place(*doubt.path), what) for doubt, what in faults(scenario, doubted)]
    if problems:
        raise ScenarioError(sorted(problems))


def _builtin_folder() -> Path:
    return Path(str(resources.files("detente"))) / "scenarios"


def _draw(page: Page, format: Format, width: int, colour: bool, encoding: str) -> str:
    if format == "html":
        from detente.formats import html

        return html.render(page).encode(encoding, "xmlcharrefreplace").decode(encoding)
    if format == "markdown":
        from detente.formats import markdown
        from detente.formats.plain import encodable

        return encodable(markdown.render(page), encoding)
    from detente.formats import terminal

    return terminal.render(page, width, colour, encoding)


def _html(answer: Answer) -> str:
    from detente.formats import html

    return html.fragment(page_of(answer))


def _slug(title: str) -> str:
    """A title as part of a file's name: short, in plain letters, without anything a file system minds."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_NAME].strip("-") or "chart"


def _holds_everything(encoding: str) -> bool:
    return encoding.lower().replace("-", "").replace("_", "").startswith("utf")


def _mode(path: Path) -> int:
    """The permissions that the file has, or that a new file would get."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
