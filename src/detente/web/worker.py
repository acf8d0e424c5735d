"""A process beside the server in which crises are computed: it can be ended at any moment.

What goes to it is (number, task, arguments); what comes back is (number, kind, content), where kind is `part`,
`done` or `failed`. Tasks of one worker run side by side in threads, and each is told when nobody wants it any
more. The process ends with the server.
"""

from __future__ import annotations

import os
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Literal

from detente.errors import DetenteError

Kind = Literal["part", "done", "failed", "gone"]
Listener = Callable[[Kind, Any], None]
Task = Callable[..., Any]
FAULT = "this is a fault in detente, please report it: {}: {}"


@dataclass
class Asked:
    """What a task is given besides its arguments: a way to tell a part, and whether it is still wanted."""

    tell: Callable[[Any], None]
    unwanted: threading.Event = field(default_factory=threading.Event)


class Worker:
    """A process of its own, begun when it is first needed and begun anew after it was ended.

    Parameters
    ----------
    threads : int
        How many tasks run at once.
    slower : int
        By how much the process gives way to others (`nice`).
    """

    def __init__(self, threads: int = 1, slower: int = 0) -> None:
        self._threads, self._slower, self._turn = threads, slower, threading.Lock()
        self.begun = 0
        self._listeners: dict[int, tuple[int, Listener]] = {}
        self._last = 0
        self._process: Any = None
        self._pipe: Connection | None = None

    def begin(self) -> None:
        """Begin the process where it does not run; `begun` counts how often."""
        with self._turn:
            self._running()

    def ask(self, task: Task, *arguments: Any, listener: Listener) -> int:
        """Begin a task; whatever comes of it is told to the listener, in another thread."""
        with self._turn:
            pipe = self._running()
            self._last += 1
            self._listeners[self._last] = (self.begun, listener)
            with suppress(OSError):  # it was ended meanwhile; who listens is told
                pipe.send((self._last, task, arguments))
            return self._last

    def drop(self, number: int) -> None:
        """Say that a task is not wanted any more; it ends when it next asks."""
        with self._turn:
            if self._listeners.pop(number, None) is not None and self._pipe is not None:
                with suppress(OSError):
                    self._pipe.send((number, None, ()))

    def end(self) -> None:
        """End the process and with it all that runs in it; those who wait are told that it is gone."""
        process = self._process
        if process is None:
            return
        process.kill()  # before the lock: who holds it may wait for the process to listen
        process.join()
        with self._turn:
            if self._process is process:
                self._process = self._pipe = None

    def _running(self) -> Connection:
        if self._pipe is None or not self._process.is_alive():
            context = get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(
                target=_work, args=(theirs, self._threads, self._slower), daemon=True
            )
            self._process.start()
            self.begun += 1
            theirs.close()
            threading.Thread(target=self._listen, args=(self._pipe, self.begun), daemon=True).start()
        return self._pipe

    def _listen(self, pipe: Connection, begun: int) -> None:
        """Hand on what one process says, until it ends; those who wait for it are then told."""
        try:
            while True:
                number, kind, content = pipe.recv()
                known = self._listeners.get(number)
                if kind != "part":
                    self._listeners.pop(number, None)
                if known is not None:
                    known[1](kind, content)
        except (EOFError, OSError):
            with self._turn:
                left = [number for number, (when, _) in self._listeners.items() if when == begun]
                waiting = [self._listeners.pop(number)[1] for number in left]
                if self.begun == begun:
                    self._process = self._pipe = None
            for listener in waiting:
                listener("gone", "the process that worked on it ended")


def _work(pipe: Connection, threads: int, slower: int) -> None:
    """What the process does: take tasks until the server is gone."""
    if slower and hasattr(os, "nice"):
        os.nice(slower)
    turn, wanted = threading.Lock(), dict[int, Asked]()

    def send(number: int, kind: Kind, content: Any) -> None:
        with turn:
            pipe.send((number, kind, content))

    def run(number: int, task: Task, arguments: tuple[Any, ...], asked: Asked) -> None:
        try:
            if not asked.unwanted.is_set():
                send(number, "done", task(asked, *arguments))
        except DetenteError as error:
            send(number, "failed", str(error))
        except (EOFError, OSError):
            os._exit(0)
        except Exception as error:
            traceback.print_exc()
            send(number, "failed", FAULT.format(type(error).__name__, error))
        finally:
            wanted.pop(number, None)

    pool = ThreadPoolExecutor(threads)
    try:
        while True:
            number, task, arguments = pipe.recv()
            if task is None:
                if number in wanted:
                    wanted[number].unwanted.set()
                continue
            wanted[number] = Asked(lambda content, number=number: send(number, "part", content))  # type: ignore[misc]
            pool.submit(run, number, task, arguments, wanted[number])
    except (EOFError, OSError):  # the server is gone
        os._exit(0)
