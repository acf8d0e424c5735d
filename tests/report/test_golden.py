"""Whole reports of a small case, kept as they were last read: a change of wording shows up as a difference.

`python tests/report/test_golden.py` writes them anew; read the difference before you commit it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from detente.ask import ask
from detente.library import open
from detente.rendering import render

GOLDEN = Path(__file__).parents[1] / "crises" / "golden"
REPORTS: tuple[tuple[str, str, str, str], ...] = (
    ("overview", "prisoners", "terminal", "txt"),
    ("overview", "elmira", "terminal", "txt"),
    ("equilibria", "prisoners", "terminal", "txt"),
    ("equilibria", "prisoners", "json", "json"),
    ("equilibria", "elmira", "markdown", "md"),
    ("equilibria", "chicken-2017", "html", "html"),
    ("fix", "prisoners", "terminal", "txt"),
    ("why", "prisoners", "terminal", "txt"),
    ("why", "elmira", "markdown", "md"),
)
ASKED: Mapping[str, Mapping[str, str]] = {"fix": {"concept": "nash"}}
"""What a question is asked besides, where by default there would be little to tell."""


def report(word: str, name: str, form: str) -> str:
    return render(ask(word, open(name), **ASKED.get(word, {})), form)


@pytest.mark.parametrize(("word", "name", "form", "ending"), REPORTS)
def test_the_report_reads_as_it_was_kept(word: str, name: str, form: str, ending: str) -> None:
    kept = (GOLDEN / f"{name}-{word}.{ending}").read_text(encoding="utf-8")
    assert report(word, name, form) == kept


def main() -> None:
    for word, name, form, ending in REPORTS:
        (GOLDEN / f"{name}-{word}.{ending}").write_text(report(word, name, form), encoding="utf-8")


if __name__ == "__main__":
    main()
