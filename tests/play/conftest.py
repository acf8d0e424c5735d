"""Under iterated foresight play asks bit by bit also on the small graphs of these tests."""

from __future__ import annotations

import pytest

from detente.play import outlook


@pytest.fixture(autouse=True)
def bit_by_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few ranks a graph has, moves are asked about one by one."""
    monkeypatch.setattr(outlook, "FEW", 0)
