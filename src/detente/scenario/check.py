"""Is the scenario right? One small rule per mistake; all of them run."""

from __future__ import annotations

from collections.abc import Callable

from detente.scenario.draft import Draft

RULES: tuple[Callable[[Draft], None], ...] = ()
