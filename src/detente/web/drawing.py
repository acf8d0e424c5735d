"""Pages of this server as HTML: templates around what the questions tell."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from detente.catalogue import QUESTIONS
from detente.formats.palette import DARK, LIGHT, style
from detente.formats.plain import visible
from detente.what_if import Changes

WHAT_IF = ("sets", "opens", "closes", "starts")
"""How changes stand in an address, in the order of `Changes`."""
TITLES = {
    "overview": "The crisis",
    "assess": "What works",
    "why": "Why",
    "equilibria": "What holds",
    "fix": "What would fix it",
    "roadmap": "In which order",
    "durability": "Will it last",
    "venues": "Where to talk",
    "pressure": "Pressure",
    "relations": "Relations",
    "contingency": "Shocks",
    "sweep": "If numbers are off",
    "robustness": "What it turns on",
    "backtest": "Held against the past",
    "claims": "Claims",
}
"""How questions are called where room is short; one without a line here goes by its own word."""


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("detente.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["visible"] = visible
    made.globals["questions"] = [
        (row.word, TITLES.get(row.word, row.word.capitalize()), row.asks) for row in QUESTIONS
    ]
    return made


def drawn(template: str, **given: Any) -> str:
    """A template filled in; every text is escaped."""
    return _environment().get_template(f"{template}.html").render(**given)


def address(path: str, changes: Changes = Changes(), **more: Any) -> str:  # noqa: B008 (frozen)
    """An address that carries changes, and what else is given."""
    pairs = carried(changes)
    pairs += [(name, value) for name, value in more.items() if value]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def carried(changes: Changes) -> list[tuple[str, str]]:
    """Changes as they stand in an address, in the order of `WHAT_IF`."""
    listed = (changes.values, changes.tables, changes.channels, changes.starts)
    return [(name, text) for name, texts in zip(WHAT_IF, listed, strict=True) for text in texts]


@cache
def sent() -> dict[str, tuple[bytes, str]]:
    """The files that pages load, by name: what is in them, and of which type they are."""
    kinds = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
    folder = resources.files("detente.web") / "static"
    found = {
        file.name: (file.read_bytes(), kinds["." + file.name.rpartition(".")[2]])
        for file in folder.iterdir()
        if "." + file.name.rpartition(".")[2] in kinds
    }
    charts = (
        f":root {{ {style(LIGHT)} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {style(DARK)} }} }}\n"
    )
    return {**found, "charts.css": (charts.encode(), "text/css")}


def as_line(data: Any) -> bytes:
    """Data as one line of JSON."""
    return json.dumps(data, separators=(",", ":")).encode() + b"\n"
