"""What a shell offers on Tab: scenarios, and the names that the scenario on the line knows."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from typing import Any

from detente import library
from detente.errors import DetenteError
from detente.offered import KNOWN


def scenarios(incomplete: str) -> list[str]:
    """Built-in scenarios and files in this folder that begin so."""
    return [name for name in (*library.builtin(), *library.here()) if name.startswith(incomplete)]


def names_for(keyword: str) -> Callable[..., list[str]] | None:
    """What completes the values of a parameter; None where nothing is known to."""
    names = KNOWN.get(keyword)
    if names is None:
        return None

    def complete(ctx: Any, incomplete: str) -> list[str]:
        try:
            with warnings.catch_warnings(action="ignore"):
                scenario = library.open_with_notices(_scenario(ctx)).scenario
        except (DetenteError, OSError):
            return []
        return [name for name in names(scenario) if name.startswith(incomplete)]

    return complete


def _scenario(ctx: Any) -> str:
    """The scenario on the line: the word after the command, before an option that waits for its value too."""
    named = ctx.params.get("scenario") or ctx.params.get("one")
    typed = os.environ.get("_TYPER_COMPLETE_ARGS") or os.environ.get("COMP_WORDS") or ""
    words = typed.split()[2:3]
    waiting = words[0] if words and not words[0].startswith("-") else library.DEFAULT
    return str(waiting if named in (None, library.DEFAULT) else named)
