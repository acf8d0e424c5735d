"""A small commented scenario to start from."""

from __future__ import annotations

import json
from importlib import resources


def starter(title: str) -> str:
    """The text of a scenario that works as it is, under a title of its own."""
    text = resources.files("detente.scenario").joinpath("starter.yaml").read_text(encoding="utf-8")
    return text.replace("title: TITLE", f"title: {json.dumps(title, ensure_ascii=False)}", 1)
