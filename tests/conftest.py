"""What the tests of a run share."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from cases.korea import quicker
from detente.answers.answer import Answer
from detente.ask import ask
from detente.library import open as load


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run, which its workers share."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def korea_answers(shared: Path) -> Callable[[str], Answer]:
    """What `korea-2017` answers to a question asked as `quicker` says, found once in a run."""

    @cache
    def answered(word: str) -> Answer:
        file = shared / f"{word}.pickle"
        if file.exists():
            found: Answer = pickle.loads(file.read_bytes())
            return found
        answer = ask(word, load("korea-2017"), **quicker(word))
        half = file.with_suffix(f".{os.getpid()}")
        half.write_bytes(pickle.dumps(answer))
        half.replace(file)
        return answer

    return answered
