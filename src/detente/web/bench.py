"""What the server keeps: crises, questions under way, and crises kept ready to be moved."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.web import tasks
from detente.web.desk import Crisis, Desk
from detente.web.jobs import Jobs
from detente.web.worker import Worker

WORKERS = 2
SLOWER = 10  # by how much work gives way to what answers at once


@dataclass
class Bench:
    """Everything that the server keeps: crises, questions under way, and those kept ready to be moved."""

    desk: Desk
    version: str
    jobs: Jobs = field(default_factory=lambda: Jobs(WORKERS, SLOWER // 2))
    quick: Worker = field(default_factory=Worker)
    slow: Worker = field(default_factory=lambda: Worker(slower=SLOWER))
    _told: set[tuple[int, int, str]] = field(default_factory=set)

    def prepare(self) -> None:
        """Load what is needed first, while somebody looks at the first page."""
        self.jobs.warm(tasks.loaded)
        crisis = self.desk.read(self.desk.own).crisis
        if crisis is not None:
            for worker, concept in ((self.quick, "seq"), (self.slow, None)):
                key = self.hold(worker, crisis)
                worker.ask(tasks.prepared, key, concept, listener=lambda kind, content: None)

    def hold(self, worker: Worker, crisis: Crisis) -> str:
        """The key by which a worker knows a crisis, told once to each process."""
        worker.begin()
        told = (id(worker), worker.begun, crisis.key)
        if told not in self._told:
            self._told.add(told)
            worker.ask(tasks.hold, crisis.key, crisis.scenario, listener=lambda kind, content: None)
        return crisis.key

    def end(self) -> None:
        """End every process."""
        self.jobs.end()
        self.quick.end()
        self.slow.end()
