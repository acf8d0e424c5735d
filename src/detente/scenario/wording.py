"""How problems of form are told: the part that is meant, what stands there, and articles."""

from __future__ import annotations

from typing import Any

from detente.errors import Place
from detente.scenario.draft import Draft, Path
from detente.scenario.near import near_miss_or
from detente.scenario.nodes import Node, Scalar, Sequence

MISSING: Any = object()
"""What a part that cannot be read gives; its problem is noted."""


def refuse(draft: Draft, place: Place, path: Path, what: str, hint: str = "") -> Any:
    """Note that a part cannot be read, and give what stands for it."""
    draft.problem(place, f"{name_of(path)}{'' if what.startswith(':') else ' '}{what}", hint)
    return MISSING


def name_of(path: Path) -> str:
    """What the part is called in a message: the last name on the way to it."""
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "the document")


def one_of(text: str, values: tuple[str, ...]) -> str:
    """The advice to write one of a few words."""
    return near_miss_or(text, values, f"Write {', '.join(values[:-1])} or {values[-1]}.")


def form_of(node: Node) -> str:
    """What stands there, in a word or two."""
    if isinstance(node, Scalar):
        return f"'{short(node.text)}'" if node.text else "empty"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def n(word: str) -> str:
    """The rest of the article before a word: `a` or `an`."""
    return "n" if word[0] in "aeio" else ""


def short(text: str) -> str:
    """A text, cut where it is long."""
    return text if len(text) <= 40 else text[:39] + "…"
