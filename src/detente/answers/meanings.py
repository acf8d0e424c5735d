"""What the fields of a record mean, said once: beside the type, as `Annotated[float, "What it is."]`."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any, get_type_hints


def about(record: type) -> str:
    """What a record is: the first line of its docstring."""
    return (record.__doc__ or "").strip().partition("\n")[0]


def meanings(record: Any) -> dict[str, str]:
    """What each field of a dataclass means, in order; None is told as JSON has it, null.

    A field of which nothing is said is left out.
    """
    hints = get_type_hints(record, include_extras=True)
    said = {field.name: _text(hints[field.name]) for field in fields(record)}
    return {name: re.sub(r"\bNone\b", "null", text) for name, text in said.items() if text}


def _text(hint: Any) -> str:
    return next((said for said in getattr(hint, "__metadata__", ()) if isinstance(said, str)), "")
