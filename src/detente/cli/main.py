"""The whole command line: every command hangs on the app once its module is loaded."""

from __future__ import annotations

from detente.cli import bench, brief, questions, scenarios
from detente.cli.app import app

__all__ = ["app", "bench", "brief", "questions", "scenarios"]
