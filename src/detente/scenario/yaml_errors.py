"""What a YAML parser complains of, at the line where it went wrong and in words for everybody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

from detente.errors import Place, Problem
from detente.scenario.nodes import MAX_DEPTH

TOO_DEEP = f"nested more than {MAX_DEPTH} levels deep.", "A scenario needs about six."
_INDENT = "Check its indentation, `key: value` and `- item`."
_MISFIT = "the line does not fit the lines above it.", _INDENT
_AROUND = "the line does not fit the lines around it.", _INDENT
_NO_COLON = "a colon is missing on this line, or it belongs to the text above.", _INDENT


def syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str, quoted: Any = None) -> Problem:
    """Turn the parser's words into the next step; a parser notices late, so the place may be further up.

    `quoted` is the last text in quotes that was read before it.
    """
    mark: Any = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines()
    source = lines[line] if line < len(lines) else ""
    opening: Any = error.context_mark if error.context_mark and error.context_mark.line < line else None
    problem = str(error.problem or error.context or "")
    what, hint = _explain(problem, source, column, f" It opens on line {opening.line + 1}." if opening else "")
    if quoted is not None and quoted.start_mark.line < quoted.end_mark.line == line:
        start = quoted.start_mark
        what = f"the quote that opens here is closed by one on line {line + 1} only."
        return Problem(Place(file, start.line + 1, start.column + 1), what, "Close it where the text ends.")
    if problem == "could not find expected ':'" and opening:
        return Problem(Place(file, opening.line + 1, opening.column + 1), *_NO_COLON)
    if opening and _left_open(what, lines, line, opening.line):
        what = f"a quote or bracket that opens here is not closed before line {line + 1}."
        return Problem(Place(file, opening.line + 1, opening.column + 1), what, hint)
    if (what, hint) == _MISFIT:
        first = _without_colon(lines, line) if "mapping values" in problem else _culprit(lines, line)
        if first != line:
            told = _NO_COLON if "mapping values" in problem else _AROUND
            return Problem(Place(file, first + 1, _indent(lines[first]) + 1), *told)
    return Problem(Place(file, line + 1, column + 1), what, hint)


def _explain(problem: str, source: str, column: int, opening: str) -> tuple[str, str]:
    here = source[column : column + 1]
    if "nesting depth" in problem:
        return TOO_DEEP
    if not source[column:].strip() and ("expected" in problem or "quoted scalar" in problem):
        return f"the text ends before a quote or bracket is closed.{opening}", "Close it."
    if "mapping values" in problem and ": " not in source[:column] and "{" not in source[:column]:
        return _MISFIT
    if here == ":" and opening:
        return f"a bracket is not closed before this colon.{opening}", "Close it, or quote the text."
    if "mapping values" in problem or here == ":":
        return "a colon followed by a space inside an unquoted text.", 'Quote the text: "…: …".'
    if here == "\t" or (not here.strip() and "\t" in source[: column + 1]):
        return "a tab stands where spaces are expected.", "Indent with spaces."
    if "cannot start any token" in problem:
        return f"an unquoted text cannot begin with '{here}'.", "Quote the text."
    if "',' or '}'" in problem or "',' or ']'" in problem:
        return f"a comma or a closing bracket is missing.{opening}", "Close it, or quote the text."
    if "expected" in problem or "did not find" in problem or "entries are not allowed" in problem:
        return _MISFIT
    return f"not YAML: {problem}.", "Quote the text if it is meant as text."


def _left_open(what: str, lines: Sequence[str], line: int, opening: int) -> bool:
    """Whether what opened earlier was to be closed: the text is over, or an entry of its own has begun."""
    if what.startswith("the text ends before"):
        return True
    begun = re.match(r"\s*(- )?[\w.~> -]+:( |$)", lines[line]) if line < len(lines) else None
    unclosed = what.startswith(("a bracket is not closed", "a comma or a closing bracket"))
    return unclosed and begun is not None and _indent(lines[line]) <= _indent(lines[opening])


def _without_colon(lines: Sequence[str], line: int) -> int:
    """The line above, if it holds no colon: it was to be a name, and has run into this one."""
    above = _above(lines, line)
    if above is None or ":" in lines[above] or _indent(lines[above]) > _indent(lines[line]):
        return line
    return above


def _culprit(lines: Sequence[str], line: int) -> int:
    """The line whose indentation is wrong, where a later one shows that something is.

    That line, P, is indented deeper than some line above, Q, and less than all between; where one between
    stands as deep as P, it is P itself. If Q is no section at the margin, and lines as deep as P stand on both
    sides of it, or it stands at the margin, then it is Q; else it is the first line after Q.
    """
    depth = _indent(lines[line]) if line < len(lines) else 0
    outer = _above(lines, line)
    after = line
    while outer is not None and _indent(lines[outer]) > depth:
        after, outer = outer, _above(lines, outer)
    if outer is None or _indent(lines[outer]) == depth:
        return line
    before = _above(lines, outer)
    section = re.match(r"[a-z_]+:", lines[outer]) is not None
    astray = _indent(lines[outer]) == 0 or (before is not None and _indent(lines[before]) == depth)
    return outer if astray and not section else after


def _above(lines: Sequence[str], line: int) -> int | None:
    return next((each for each in range(min(line, len(lines)) - 1, -1, -1) if not _blank(lines[each])), None)


def _blank(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
