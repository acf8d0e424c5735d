"""The code blocks of the README and the documentation: found, run, compared, and refreshed.

A page is a small workshop: its blocks run in order in one folder and one Python namespace.

- `console`: lines that begin with `$ detente` are run; what stands below is the output, where a lone `…` is any
  number of lines and `…` within a line any text. A last line `(exit code 2)` announces another code than 0.
- `yaml` with a caption is written to a file of that name; one without that begins with `detente:` must load.
- `python`: run; with `>>>` prompts, as a doctest.

Some pages of the reference, and those of the questions, end in a part that is written from the code, below a
line that says so.

`python tests/architecture/pages.py` writes the present output into every console block that shows all of it,
and these parts anew.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(
    r"^(?P<ticks>`{3,})(?:\{code-block\} *)?(?P<language>[\w-]+)[^\n]*\n(?P<body>.*?)^(?P=ticks) *$",
    re.MULTILINE | re.DOTALL,
)
CAPTION = re.compile(r"\A(?::\w+:.*\n)*?:caption: *(?P<name>\S+)\n")
WIDTH = "80"
BELOW = "<!-- What follows is written from the code: python tests/architecture/pages.py -->\n"


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, its text without options, the file it stands for, and its line."""

    language: str
    text: str
    caption: str
    line: int


@dataclass
class Workshop:
    """Where the blocks of one page run."""

    folder: Path
    names: dict[str, Any] = field(default_factory=dict)


def pages() -> list[Path]:
    """Every page whose blocks are promises: the README and all documentation."""
    docs = sorted(p for p in (ROOT / "docs").rglob("*.md") if "_build" not in p.parts)
    return [ROOT / "README.md", *docs]


def from_code() -> dict[Path, Callable[[], str]]:
    """The pages with a part that is written from the code, and what writes it."""
    from detente.answers.reference import common_keys, own_keys
    from detente.catalogue import QUESTIONS, resolve
    from detente.formats import markdown
    from detente.report import glossary
    from detente.scenario.schema import reference_markdown

    reference, questions = ROOT / "docs" / "reference", ROOT / "docs" / "questions"
    return {
        **{questions / f"{row.word}.md": partial(own_keys, resolve(row.answer)) for row in QUESTIONS},
        ROOT / "docs" / "how-to" / "read-json.md": common_keys,
        reference / "scenario-format.md": reference_markdown,
        reference / "glossary.md": lambda: markdown.render(glossary.page()).partition("\n")[2],
    }


def with_code_part(page: Path, text: str) -> str:
    """The page's text with the part that comes from the code as it is now."""
    write = from_code().get(page)
    return text if write is None else f"{text.partition(BELOW)[0]}{BELOW}\n{write().strip()}\n"


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page in order."""
    for found in FENCE.finditer(text):
        body = found["body"]
        caption = CAPTION.match(body)
        while body.startswith(":") and found[0].startswith("```{"):
            body = body.split("\n", 1)[1]
        line = text.count("\n", 0, found.start()) + 1
        yield Block(found["language"], body.lstrip("\n"), caption["name"] if caption else "", line)


def sessions(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with the output shown below it."""
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        while command.endswith("\\"):
            more, _, output = output.partition("\n")
            command = command[:-1] + more.strip()
        yield command.strip(), output


def run_block(block: Block, workshop: Workshop) -> None:
    """Run one block; an AssertionError says what differs."""
    if block.caption:
        (workshop.folder / block.caption).write_text(block.text, encoding="utf-8")
    if block.language == "yaml":
        read_yaml(block)
    if block.language == "python":
        run_python(block, workshop)
    if block.language == "console":
        for command, shown in sessions(block.text):
            expected, wanted = announced(shown)
            actual, code = run_command(command, workshop.folder)
            assert code == wanted, f"line {block.line}: `{command}` ended with {code}, not {wanted}:\n{actual}"
            assert agrees(expected, actual), (
                f"line {block.line}: `{command}` now prints\n{actual}\nnot\n{expected}"
            )


def announced(shown: str) -> tuple[str, int]:
    """The output that a block shows and the exit code that it announces."""
    found = re.search(r"^\(exit code (\d+)\)\n?\Z", shown, re.M)
    return (shown[: found.start()], int(found[1])) if found else (shown, 0)


def agrees(expected: str, actual: str) -> bool:
    """Whether the output shown is the real one; no output shown agrees with any."""
    if not expected.strip():
        return True
    lines = [line.rstrip() for line in expected.strip("\n").split("\n")]
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "…" else r"[^\n]*".join(map(re.escape, line.split("…"))) + r" *\n"
        for line in lines
    )
    return re.fullmatch(pattern, actual.strip("\n") + "\n") is not None


def run_command(command: str, folder: Path) -> tuple[str, int]:
    """Run `detente …` in this process; what it printed (both streams) and its exit code."""
    from detente.__main__ import main

    program, *arguments = shlex.split(command)
    assert program == "detente", f"a console block runs detente, not {program}"
    printed = io.StringIO()
    before, size, here = sys.argv, os.environ.get("COLUMNS"), Path.cwd()
    sys.argv, os.environ["COLUMNS"] = ["detente", *arguments], WIDTH
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            code = main()  # type: ignore[func-returns-value,unused-ignore]
    except SystemExit as ended:
        code = ended.code
    finally:
        os.chdir(here)
        sys.argv = before
        os.environ.pop("COLUMNS") if size is None else os.environ.__setitem__("COLUMNS", size)
    return printed.getvalue(), int(code or 0)


def run_python(block: Block, workshop: Workshop) -> None:
    """Run a Python block in the namespace of its page; with prompts, compare what it prints."""
    here = Path.cwd()
    os.chdir(workshop.folder)
    try:
        if ">>>" not in block.text:
            exec(compile("\n" * block.line + block.text, "<page>", "exec"), workshop.names)
            return
        workshop.names.setdefault("__name__", "page")
        test = doctest.DocTestParser().get_doctest(
            block.text.replace("…", "..."), {}, "page", "page", block.line
        )
        test.globs = workshop.names
        report = io.StringIO()
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        runner.run(test, out=report.write, clear_globs=False)
        assert not runner.failures, report.getvalue()
    finally:
        os.chdir(here)


def read_yaml(block: Block) -> None:
    """A whole scenario must load (a file waits for the commands of its page); a part must at least be YAML."""
    if block.caption:
        return
    if block.text.startswith("detente:"):
        from detente.scenario.load import loads

        loads(block.text)
    else:
        import yaml

        assert yaml.safe_load(block.text) is not None, f"line {block.line}: empty YAML"


def refreshed(text: str, workshop: Workshop) -> str:
    """The page with the present output in every console block that shows a whole output."""
    for block in list(blocks(text)):
        if block.language != "console":
            run_block(block, workshop)
            continue
        parts = []
        for command, shown in sessions(block.text):
            actual, code = run_command(command, workshop.folder)
            keep = not shown.strip() or "…" in shown
            lines = "\n".join(line.rstrip() for line in actual.strip("\n").split("\n")) + "\n"
            ending = f"(exit code {code})\n" if code else ""
            parts.append(f"$ {command}\n" + (shown if keep else lines + ending))
        text = text.replace(block.text, "".join(parts), 1)
    return text


def main() -> None:
    """Refresh the pages named on the command line, or all."""
    for page in [Path(name).resolve() for name in sys.argv[1:]] or pages():
        text = page.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            new = with_code_part(page, refreshed(text, Workshop(Path(folder))))
        if new != text:
            page.write_text(new, encoding="utf-8")
            print("refreshed", page.relative_to(ROOT))


if __name__ == "__main__":
    main()
