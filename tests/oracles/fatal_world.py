"""A measure under which processes end, as they do when memory runs out."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from detente.worlds.measure import Measure, Record


class Fatal(Measure):
    """One world ends its process every time, another only the first time."""

    def __reduce__(self) -> tuple[object, ...]:
        return Fatal, (self.scenario, self.seed, self.foresight)

    def of(self, world: int) -> Record:
        if world == 5 or (world == 9 and not self._seen()):
            os.kill(os.getpid(), signal.SIGKILL)
        return Record(world, (float(world),))

    def _seen(self) -> bool:
        mark = Path(os.environ["DETENTE_TEST_MARK"])
        if mark.exists():
            return True
        mark.touch()
        return False
