"""A short name for exactly what a scenario says."""

from __future__ import annotations

import hashlib
import json
from dataclasses import MISSING, fields, is_dataclass

from detente.scenario.model import Scenario


def fingerprint(scenario: Scenario) -> str:
    """A hash of everything a scenario says, the same on every machine; its id takes no part.

    Fields at their default are left out, so a format that learns a new field keeps the hashes of old scenarios.
    """
    text = json.dumps(_content(scenario), separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _content(value: object) -> object:
    if isinstance(value, tuple):
        return [_content(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        content: dict[str, object] = {"": type(value).__name__}
        for field in fields(value):
            item = getattr(value, field.name)
            if field.compare and (field.default is MISSING or item != field.default):
                content[field.name] = _content(item)
        return content
    return value + 0.0 if isinstance(value, float) else value  # -0.0 equals 0.0
