"""Work for a process beside the server, in a module that it can load too."""

from __future__ import annotations

import os

from detente.errors import DetenteError
from detente.web.worker import Asked


def double(asked: Asked, number: int) -> int:
    asked.tell(("halfway", 0.5))
    return 2 * number


def refuse(asked: Asked) -> None:
    raise DetenteError("not this one")


def fail(asked: Asked) -> None:
    raise ValueError("oh")


def wait(asked: Asked) -> str:
    asked.tell((os.getpid(), 0.0))
    return "unwanted" if asked.unwanted.wait(30) else "never"
