from __future__ import annotations

from collections.abc import Iterator

import pytest

from web.served import FERRY, Served, served


@pytest.fixture(scope="session")
def bench() -> Iterator[Served]:
    """A workbench on a small crisis."""
    with served(FERRY) as running:
        yield running
