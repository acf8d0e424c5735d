"""Telling somebody who waits what is being done, and which share of it is done."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, float], None]


def silence(what: str, share: float) -> None:
    """Tell nobody."""
