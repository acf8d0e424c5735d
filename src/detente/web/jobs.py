"""Work under way and done: begun once however often it is asked for, told how far it is, ended on request."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, Literal

from detente.web.worker import Kind, Task, Worker

State = Literal["waiting", "working", "done", "failed", "cancelled"]
KEPT = 64  # jobs that are remembered


@dataclass
class Job:
    """One piece of work: what it is, how far it is, and what came of it."""

    key: str
    task: Task
    arguments: tuple[Any, ...]
    state: State = "waiting"
    what: str = ""
    share: float = 0.0
    result: Any = None
    over: threading.Event = field(default_factory=threading.Event)
    worker: Worker | None = None

    @property
    def open(self) -> bool:
        """Whether it is yet to be done."""
        return self.state in ("waiting", "working")


class Jobs:
    """Work under way and done, on so many processes."""

    def __init__(self, workers: int, slower: int = 0) -> None:
        self._workers = [Worker(slower=slower) for _ in range(workers)]
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._turn = threading.RLock()

    def job(self, what: object, task: Task, *arguments: Any) -> Job:
        """The job for some work: the one that is known already, unless it was ended.

        `what` tells it from all other work by how it is written.
        """
        key = hashlib.sha256(repr(what).encode()).hexdigest()[:20]
        with self._turn:
            known = self._jobs.get(key)
            if known is None or known.state == "cancelled":
                known = self._jobs[key] = Job(key, task, arguments)
                self._forget()
                self._next()
            self._jobs.move_to_end(key)
            return known

    def find(self, key: str) -> Job | None:
        """A job by its key."""
        return self._jobs.get(key)

    def cancel(self, job: Job) -> None:
        """End a job that is yet to be done; nothing of it is kept."""
        with self._turn:
            if not job.open:
                return
            worker, job.worker = job.worker, None
            job.state, job.what = "cancelled", ""
            job.over.set()
            if worker is not None:
                worker.end()
            self._next()

    def warm(self, task: Task, *arguments: Any) -> None:
        """Let every process do something once that later work is quicker for."""
        for worker in self._workers:
            worker.ask(task, *arguments, listener=lambda kind, content: self._next())

    def end(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()

    def _next(self) -> None:
        """Give what waits to whoever is free."""
        with self._turn:
            taken = {id(job.worker) for job in self._jobs.values() if job.state == "working"}
            free = [worker for worker in self._workers if id(worker) not in taken]
            for job in [job for job in self._jobs.values() if job.state == "waiting"]:
                if not free:
                    return
                job.worker, job.state = free.pop(), "working"
                job.worker.ask(job.task, *job.arguments, listener=self._listener(job))

    def _listener(self, job: Job) -> Any:
        def hear(kind: Kind, content: Any) -> None:
            with self._turn:
                if job.state != "working":
                    return
                if kind == "part":
                    job.what, job.share = content
                    return
                job.state = "done" if kind == "done" else "failed"
                job.result, job.worker = content, None
                job.over.set()
                self._next()

        return hear

    def _forget(self) -> None:
        done = [key for key, job in self._jobs.items() if not job.open]
        for key in done[: max(0, len(self._jobs) - KEPT)]:
            del self._jobs[key]
